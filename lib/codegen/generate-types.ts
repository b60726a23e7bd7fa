/** Writes a schema as TypeScript declarations. The same schema always gives the same bytes, in the order its types are written. */
import {
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLUnionType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isTypeDefinitionNode,
  isUnionType,
  parse,
} from 'graphql';
import type { SchemaModel } from '../sdl';
import { resolverTypes } from './resolver-types';
import { fieldIdentifier, identifier, reference } from './type-names';

const header = `// Generated from the GraphQL schema by \`appsync-local codegen\`. Do not edit: change the schema and run it again.
/* eslint-disable */
`;

/**
 * TypeScript types for resolvers and clients: an interface per object and input type, a union of string literals per enum,
 * `<Type><Field>Args` for every field with arguments; then, for fields that a resolver may answer, `<Type><Field>Context` and
 * `<Type><Field>Result`. AWSJSON is `unknown`: resolvers see a value, clients its text.
 * @returns a module that compiles under `strict` and imports types of `@aws-appsync/utils` alone
 */
export function generateTypes(model: SchemaModel): string {
  const blocks = parse(model.sdl).definitions.flatMap((node) => {
    const type = isTypeDefinitionNode(node) ? model.schema.getType(node.name.value) : undefined;
    return type ? declarations(type, model) : [];
  });
  const resolvers = resolverTypes(model);
  // A schema without types of its own must still be a module.
  return [header, ...resolvers.imports, ...(blocks.length > 0 ? blocks : ['export {};\n']), ...resolvers.declarations].join('\n');
}

function declarations(type: GraphQLNamedType, model: SchemaModel): string[] {
  if (isObjectType(type) || isInterfaceType(type)) return [outputInterface(type, model), ...Object.values(type.getFields()).flatMap((field) => fieldArguments(type.name, field))];
  if (isInputObjectType(type)) return [inputInterface(type)];
  if (isEnumType(type)) return [enumUnion(type)];
  if (isUnionType(type)) return [memberUnion(type)];
  return [];
}

function outputInterface(type: GraphQLObjectType | GraphQLInterfaceType, { schema }: SchemaModel): string {
  const names = isInterfaceType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];
  const fields = Object.values(type.getFields()).map((field) => {
    const declared = isNonNullType(field.type) ? `${field.name}: ${reference(field.type)}` : `${field.name}?: ${reference(field.type)}`;
    return `${comment(field.description, field.deprecationReason, '  ')}  ${declared};\n`;
  });
  const typename = `  __typename?: ${names.map((name) => `'${name}'`).join(' | ') || 'never'};\n`;
  return `${comment(type.description)}export interface ${identifier(type.name)} {\n${typename}${fields.join('')}}\n`;
}

function inputInterface(type: GraphQLInputObjectType): string {
  return `${comment(type.description)}export interface ${identifier(type.name)} {\n${inputMembers(Object.values(type.getFields()))}}\n`;
}

function fieldArguments(typeName: string, field: GraphQLField<unknown, unknown>): string[] {
  if (field.args.length === 0) return [];
  const name = fieldIdentifier(typeName, field.name, 'Args');
  return [`/** Arguments of \`${typeName}.${field.name}\`. */\nexport interface ${name} {\n${inputMembers(field.args)}}\n`];
}

/** A value with a default may be left out, yet `!` still forbids null. */
function inputMembers(members: readonly (GraphQLArgument | GraphQLInputField)[]): string {
  return members
    .map((member) => {
      const isRequired = isNonNullType(member.type) && member.defaultValue === undefined;
      return `${comment(member.description, member.deprecationReason, '  ')}  ${member.name}${isRequired ? '' : '?'}: ${reference(member.type)};\n`;
    })
    .join('');
}

function enumUnion(type: GraphQLEnumType): string {
  return `${comment(type.description)}export type ${identifier(type.name)} = ${type.getValues().map(({ name }) => `'${name}'`).join(' | ')};\n`;
}

function memberUnion(type: GraphQLUnionType): string {
  return `${comment(type.description)}export type ${identifier(type.name)} = ${type.getTypes().map(({ name }) => identifier(name)).join(' | ')};\n`;
}

function comment(description: string | null | undefined, deprecationReason?: string | null, indent = ''): string {
  const lines = (description ?? '').split('\n').filter((line, i, all) => line.trim() !== '' || (i > 0 && i < all.length - 1));
  if (deprecationReason) lines.push(`@deprecated ${deprecationReason.replace(/\s+/g, ' ')}`);
  const safe = lines.map((line) => line.trimEnd().replace(/\*\//g, '*\\/'));
  if (safe.length === 0) return '';
  if (safe.length === 1) return `${indent}/** ${safe[0]} */\n`;
  return `${indent}/**\n${safe.map((line) => `${indent} *${line ? ` ${line}` : ''}\n`).join('')}${indent} */\n`;
}
