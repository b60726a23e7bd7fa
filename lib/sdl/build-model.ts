/** A valid document to the model that checks, code generation and the local runtime read. */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  extendSchema,
  type FieldDefinitionNode,
  type GraphQLNamedType,
  GraphQLSchema,
  type InputValueDefinitionNode,
  isObjectType,
  Kind,
  type StringValueNode,
} from 'graphql';
import type { SourceFile, SourceLocation } from '../diagnostics';
import { appSyncDialect } from './dialect';
import { printForAppSync } from './merge';
import type { Locate } from './parse';
import type { SdlRuleModel } from './rules/sdl-rule';
import type { AuthDirective, SubscriptionField } from './schema-model';

/** @throws GraphQLError when the document breaks a law that only building finds */
export function buildModel(sources: readonly SourceFile[], document: DocumentNode, locate: Locate): SdlRuleModel {
  const schema = executableSchema(document);
  const { locations, authDirectives } = indexCoordinates(document, locate);
  let sdl: string | undefined;
  return {
    sources,
    schema,
    document,
    locate,
    subscriptions: subscriptionFields(schema, locate),
    get sdl() {
      return (sdl ??= printForAppSync(document));
    },
    authDirectives: (coordinate) => authDirectives.get(coordinate) ?? [],
    locationOf: (coordinate) => locations.get(coordinate),
  };
}

/** `extendSchema` takes root types from a `schema` block alone; without one the default names count. */
function executableSchema(document: DocumentNode): GraphQLSchema {
  const schema = extendSchema(appSyncDialect, document, { assumeValidSDL: true });
  if (document.definitions.some(({ kind }) => kind === Kind.SCHEMA_DEFINITION)) return schema;
  const root = (name: string) => objectType(schema.getType(name));
  return new GraphQLSchema({ ...schema.toConfig(), query: root('Query'), mutation: root('Mutation'), subscription: root('Subscription') });
}

function objectType(type: GraphQLNamedType | undefined) {
  return isObjectType(type) ? type : undefined;
}

function subscriptionFields(schema: GraphQLSchema, locate: Locate): SubscriptionField[] {
  const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  return fields.flatMap(({ name, astNode }) => {
    if (!astNode) return [];
    const subscribe = astNode.directives?.find((directive) => directive.name.value === 'aws_subscribe');
    const mutations = subscribe ? stringNodes(subscribe, 'mutations').map((node) => ({ name: node.value, location: locate(node) })) : [];
    return [{ fieldName: name, mutations, location: locate(astNode) }];
  });
}

interface Coordinates {
  readonly locations: ReadonlyMap<string, SourceLocation>;
  readonly authDirectives: ReadonlyMap<string, readonly AuthDirective[]>;
}

function indexCoordinates(document: DocumentNode, locate: Locate): Coordinates {
  const locations = new Map<string, SourceLocation>();
  const authDirectives = new Map<string, readonly AuthDirective[]>();
  for (const node of document.definitions) {
    if (!('name' in node) || !node.name || node.kind === Kind.DIRECTIVE_DEFINITION) continue;
    const typeName = node.name.value;
    locations.set(typeName, locate(node));
    authDirectives.set(typeName, authDirectivesOf(node.directives as readonly ConstDirectiveNode[] | undefined, locate));
    const members: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] = 'fields' in node ? (node.fields ?? []) : [];
    for (const field of members) {
      const coordinate = `${typeName}.${field.name.value}`;
      locations.set(coordinate, locate(field));
      if (field.kind !== Kind.FIELD_DEFINITION) continue;
      authDirectives.set(coordinate, authDirectivesOf(field.directives, locate));
      for (const argument of field.arguments ?? []) locations.set(`${coordinate}.${argument.name.value}`, locate(argument));
    }
  }
  return { locations, authDirectives };
}

function authDirectivesOf(directives: readonly ConstDirectiveNode[] = [], locate: Locate): AuthDirective[] {
  return directives.flatMap((node) => {
    const name = node.name.value;
    if (!isAuthDirective(name)) return [];
    const hasGroups = node.arguments?.some((argument) => argument.name.value === 'cognito_groups' && argument.value.kind !== Kind.NULL);
    return [{ name, ...(hasGroups ? { groups: stringNodes(node, 'cognito_groups').map(({ value }) => value) } : {}), location: locate(node) }];
  });
}

function isAuthDirective(name: string): name is AuthDirective['name'] {
  return ['aws_api_key', 'aws_iam', 'aws_oidc', 'aws_lambda', 'aws_cognito_user_pools', 'aws_auth'].includes(name);
}

/** The strings of a list argument; a single string counts as a list of one, as GraphQL coerces it. */
function stringNodes(directive: ConstDirectiveNode, argumentName: string): StringValueNode[] {
  const value = directive.arguments?.find((argument) => argument.name.value === argumentName)?.value;
  const items = value?.kind === Kind.LIST ? value.values : value ? [value] : [];
  return items.filter((item): item is StringValueNode => item.kind === Kind.STRING);
}
