/** A first query to paste, so that an API answers something before anybody has read its schema. */
import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { SchemaModel } from './schema-model';

export interface ExampleQueryOptions {
  /** The directives that let the caller in: `['aws_api_key']`. */
  readonly directives: readonly string[];
  /** Whether the caller's mode also answers for what carries no directive. */
  readonly isDefault: boolean;
}

/**
 * The query that needs least: the first root field the caller may read with no required argument, otherwise the first with some;
 * selects the leaves of its type, and of one level below when it has none.
 * @returns undefined when no query field is open to the caller
 */
export function exampleQuery(model: SchemaModel, options: ExampleQueryOptions): string | undefined {
  const query = model.schema.getQueryType();
  const isOpen = opensWith(model, options);
  for (const takesArguments of [false, true])
    for (const field of Object.values(query?.getFields() ?? {})) {
      if (field.args.some(isRequiredArgument) !== takesArguments || !query || !isOpen(query, field)) continue;
      const text = selection(field, isOpen, 2);
      if (text !== undefined) return `{ ${text} }`;
    }
  return undefined;
}

type IsOpen = (type: GraphQLObjectType, field: GraphQLField<unknown, unknown>) => boolean;

/** A field's own directives replace its type's. */
function opensWith(model: SchemaModel, { directives, isDefault }: ExampleQueryOptions): IsOpen {
  return (type, field) => {
    const own = model.authDirectives(`${type.name}.${field.name}`);
    const effective = own.length > 0 ? own : model.authDirectives(type.name);
    return effective.length === 0 ? isDefault : effective.some(({ name }) => directives.includes(name));
  };
}

/** @returns undefined when the field's type has nothing that can be selected within the depth */
function selection(field: GraphQLField<unknown, unknown>, isOpen: IsOpen, depth: number): string | undefined {
  const required = field.args.filter(isRequiredArgument).map(({ name, type }) => `${name}: ${exampleValue(type)}`);
  const call = `${field.name}${required.length > 0 ? `(${required.join(', ')})` : ''}`;
  const type = getNamedType(field.type);
  if (isLeafType(type)) return call;
  if (!isObjectType(type) || depth === 0) return isObjectType(type) ? undefined : `${call} { __typename }`;
  const open = Object.values(type.getFields()).filter((member) => isOpen(type, member) && !member.args.some(isRequiredArgument));
  const leaves = open.filter((member) => isLeafType(getNamedType(member.type))).map(({ name }) => name);
  const hasNoContent = leaves.length === 0 || leaves.every((name) => name === 'nextToken');
  const below = hasNoContent ? open.map((member) => (isLeafType(getNamedType(member.type)) ? undefined : selection(member, isOpen, depth - 1))).find((text) => text !== undefined) : undefined;
  const members = [...(below ? [below] : []), ...leaves.slice(0, 4)];
  return members.length > 0 ? `${call} { ${members.join(' ')} }` : undefined;
}

function exampleValue(type: GraphQLInputType): string {
  if (isNonNullType(type)) return exampleValue(type.ofType);
  if (isListType(type)) return `[${exampleValue(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return `{ ${required.map((field) => `${field.name}: ${exampleValue(field.type)}`).join(', ')} }`;
  }
  switch (type.name) {
    case 'Int':
    case 'Float':
    case 'AWSTimestamp':
      return '1';
    case 'Boolean':
      return 'true';
    case 'AWSDate':
      return '"2026-01-31"';
    case 'AWSTime':
      return '"12:00:00"';
    case 'AWSDateTime':
      return '"2026-01-31T12:00:00Z"';
    case 'AWSEmail':
      return '"alice@example.com"';
    case 'AWSJSON':
      return '"{}"';
    case 'AWSPhone':
      return '"+1 206 555 0100"';
    case 'AWSURL':
      return '"https://example.com"';
    case 'AWSIPAddress':
      return '"192.0.2.1"';
    default:
      return '"1"';
  }
}
