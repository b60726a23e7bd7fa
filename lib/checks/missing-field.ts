/** Why a `Type.field` cannot have a resolver, told by the schema; the same words for a resource and for a resolver file. */
import { isObjectType } from 'graphql';
import { didYouMean, type Note } from '../diagnostics';
import type { SchemaModel } from '../sdl';

export interface MissingField {
  /** Completes a sentence about the resolver: `type "Qery", which the schema does not have`. */
  readonly what: string;
  readonly notes: readonly Note[];
  readonly fix: string;
}

/** @returns undefined when the field exists and may have a resolver */
export function missingField({ schema, locationOf }: SchemaModel, typeName: string, fieldName: string): MissingField | undefined {
  const type = schema.getType(typeName);
  if (!type) {
    const objectTypes = Object.values(schema.getTypeMap()).filter((known) => isObjectType(known) && !known.name.startsWith('__'));
    const fix = didYouMean(typeName, objectTypes.map(({ name }) => name)) ?? `define "${typeName}" in the schema, or remove the resolver`;
    return { what: `type "${typeName}", which the schema does not have`, notes: [], fix };
  }
  if (isObjectType(type) && Object.hasOwn(type.getFields(), fieldName)) return undefined;
  const location = locationOf(typeName);
  const notes = location ? [{ message: `"${typeName}" is declared here`, location }] : [];
  if (!isObjectType(type)) return { what: `"${typeName}", which is not an object type`, notes, fix: 'attach the resolver to a field of an object type' };
  const fieldNames = Object.keys(type.getFields());
  const fix = didYouMean(fieldName, fieldNames) ?? `add "${fieldName}" to "${typeName}" in the schema, or remove the resolver`;
  return { what: `field "${fieldName}", which "${typeName}" does not have`, notes, fix };
}
