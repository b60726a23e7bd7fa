/**
 * A filter object (`{ title: { contains: 'x' }, or: [...] }`) to a DynamoDB expression with aliases.
 * Observed: recorded from AWS EvaluateCode in localstack/appsync-utils, `__tests__/__snapshots__/transform.test.js.snap`,
 * down to the dangling joiner an empty member leaves.
 */
import { isPlainObject } from './builtin';
import { toDynamoDB, type TypedValue } from './dynamodb-values';

export interface Expression {
  readonly expression: string;
  readonly expressionNames: Readonly<Record<string, string>>;
  readonly expressionValues: Readonly<Record<string, TypedValue>>;
}

const comparators: Readonly<Record<string, string>> = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };

const attributeTypes: Readonly<Record<string, string>> = {
  _null: 'NULL',
  string: 'S',
  stringSet: 'SS',
  number: 'N',
  numberSet: 'NS',
  binary: 'B',
  binarySet: 'BS',
  boolean: 'BOOL',
  list: 'L',
  map: 'M',
};

/** @returns null when AppSync cannot render the filter: an unknown operator, an operand of the wrong type, not an object */
export function toFilterExpression(filter: unknown): Expression | null {
  if (!isPlainObject(filter)) return null;
  const writer = new FilterWriter();
  const expression = writer.filter(filter, ':');
  return expression === null ? null : { expression, expressionNames: writer.names, expressionValues: writer.values };
}

/** Each method returns null for what cannot be rendered, which makes the whole filter null. */
class FilterWriter {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, TypedValue> = {};

  /** @param path start of every value alias below: `:` and the chain of groups, such as `:and_0_or_1_` */
  filter(filter: unknown, path: string): string | null {
    if (!isPlainObject(filter)) return null;
    return joined(
      Object.entries(filter).map(([key, member]) => {
        switch (key) {
          case 'and':
          case 'or':
            return this.group(key, member, path);
          case 'not': {
            const negated = this.filter(member, `${path}not_`);
            return negated === null ? null : `(NOT ${negated})`;
          }
          default:
            this.names[`#${key}`] = key;
            return this.operators(member, `#${key}`, `${path}${key}_`);
        }
      }),
      ' AND ',
    );
  }

  private group(kind: 'and' | 'or', members: unknown, path: string): string | null {
    if (!Array.isArray(members)) return null;
    const rendered = joined(
      members.map((member, i) => this.filter(member, `${path}${kind}_${i}_`)),
      kind === 'and' ? ' AND ' : ' OR ',
    );
    return rendered !== null && members.length > 1 ? `(${rendered})` : rendered;
  }

  private operators(operators: unknown, operand: string, path: string): string | null {
    if (!isPlainObject(operators)) return null;
    const conditions = Object.entries(operators);
    const rendered = joined(
      conditions.map(([operator, value]) => this.condition(operator, value, operand, path)),
      ' AND ',
    );
    return rendered !== null && conditions.length > 1 ? `(${rendered})` : rendered;
  }

  private condition(operator: string, value: unknown, operand: string, path: string): string | null {
    const alias = `${path}${operator}`;
    const comparator = Object.hasOwn(comparators, operator) ? comparators[operator] : undefined;
    if (comparator !== undefined) return `(${operand} ${comparator} ${this.bind(alias, value)})`;
    switch (operator) {
      case 'contains':
        return `(contains(${operand},${this.bind(alias, value)}))`;
      case 'notContains':
        return `(NOT contains(${operand},${this.bind(alias, value)}))`;
      case 'beginsWith':
        return `(begins_with(${operand},${this.bind(alias, value)}))`;
      case 'between':
        if (!Array.isArray(value) || value.length < 2) return null;
        return `(${operand} BETWEEN ${this.bind(`${alias}_start`, value[0])} AND ${this.bind(`${alias}_end`, value[1])})`;
      case 'in':
        if (!Array.isArray(value)) return null;
        if (value.length === 0) return '(null)';
        return `(${operand} IN (${value.map((item, i) => this.bind(`${alias}_${i}`, item)).join(', ')}))`;
      case 'attributeExists':
        if (typeof value !== 'boolean') return null;
        return value ? `(attribute_exists(${operand}))` : `(attribute_not_exists(${operand}))`;
      case 'attributeType': {
        const type = typeof value === 'string' && Object.hasOwn(attributeTypes, value) ? attributeTypes[value] : undefined;
        return type === undefined ? null : `(attribute_type(${operand},${this.bind(alias, type)}))`;
      }
      case 'size':
        return this.operators(value, operand.startsWith('size(') ? operand : `size(${operand})`, `${alias}_`);
      default:
        return null;
    }
  }

  private bind(alias: string, value: unknown): string {
    this.values[alias] = toDynamoDB(value);
    return alias;
  }
}

function joined(parts: readonly (string | null)[], joiner: string): string | null {
  return parts.includes(null) ? null : parts.join(joiner);
}
