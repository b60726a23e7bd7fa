/**
 * Scalars and enums on their way out: the built-in scalars with graphql-java's leniency, everything else by the schema's own scalar.
 * Observed: texts "Expected type 'Int' but was 'String'." and "Invalid input for Enum 'X'." in public reports of AppSync errors.
 */
import { type GraphQLLeafType, isEnumType } from 'graphql';

/** Thrown when a value has no representation in the scalar; the message completes "Can't serialize value (/path) : ". */
export class UnserializableValue extends Error {}

export type LeafSerializer = (value: unknown) => unknown;

export function leafSerializer(type: GraphQLLeafType): LeafSerializer {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map((value) => value.name));
    return (value) => {
      if (typeof value === 'string' && names.has(value)) return value;
      throw new UnserializableValue(`Invalid input for Enum '${type.name}'. No value found for name '${textOf(value)}'`);
    };
  }
  switch (type.name) {
    case 'ID':
    case 'String':
      return (value) => (typeof value === 'string' ? value : textOf(value));
    case 'Int':
      return (value) => integer(value);
    case 'Float':
      return (value) => finite(value);
    case 'Boolean':
      return (value) => boolean(value);
    default:
      return (value) => {
        try {
          return type.serialize(value);
        } catch (error) {
          throw new UnserializableValue(error instanceof Error ? error.message : String(error));
        }
      };
  }
}

function integer(value: unknown): number {
  const number = numberFrom(value);
  if (number !== undefined && Number.isInteger(number) && number >= -(2 ** 31) && number < 2 ** 31) return number;
  throw new UnserializableValue(`Expected type 'Int' but was '${javaClassOf(value)}'.`);
}

function finite(value: unknown): number {
  const number = numberFrom(value);
  if (number !== undefined && Number.isFinite(number)) return number;
  throw new UnserializableValue(`Expected type 'Float' but was '${javaClassOf(value)}'.`);
}

/** Numeric text counts as a number. */
function numberFrom(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '') {
    const parsed = Number(value);
    return Number.isNaN(parsed) ? undefined : parsed;
  }
  return undefined;
}

function boolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toLowerCase() === 'true';
  if (typeof value === 'number') return value !== 0;
  throw new UnserializableValue(`Expected type 'Boolean' but was '${javaClassOf(value)}'.`);
}

/** Assumed: maps and lists in a String field come out as Java prints them, `{a=1, b=[x, y]}`. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value).map(([key, member]) => `${key}=${textOf(member)}`).join(', ')}}`;
  }
  return String(value);
}

function javaClassOf(value: unknown): string {
  if (Array.isArray(value)) return 'ArrayList';
  switch (typeof value) {
    case 'string':
      return 'String';
    case 'boolean':
      return 'Boolean';
    case 'number':
      return Number.isInteger(value) ? (Math.abs(value) < 2 ** 31 ? 'Integer' : 'Long') : 'Double';
    default:
      return 'LinkedHashMap';
  }
}
