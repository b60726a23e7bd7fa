/** A valid document to the model that checks, code generation and the local runtime read. */
import {
  type ASTNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  extendSchema,
  type FieldDefinitionNode,
  type GraphQLNamedType,
  GraphQLSchema,
  type InputValueDefinitionNode,
  isObjectType,
  isTypeDefinitionNode,
  isTypeSystemExtensionNode,
  Kind,
  type StringValueNode,
} from 'graphql';
import type { SourceFile } from '../diagnostics';
import { appSyncDialect } from './dialect';
import { printForAppSync, withoutRedeclarations } from './merge';
import type { Locate } from './parse';
import type { SdlRuleModel } from './rules/sdl-rule';
import type { AdaptedDefinition, AuthDirective, SubscriptionField } from './schema-model';

export interface ModelParts {
  readonly sources: readonly SourceFile[];
  /** Everything the user wrote. */
  readonly definitions: readonly DefinitionNode[];
  /** The definitions merged, without redeclarations. */
  readonly document: DocumentNode;
  /** Names without a definition; scalars stand in for them. */
  readonly unknownTypes: ReadonlySet<string>;
  readonly locate: Locate;
}

/** @throws GraphQLError when the document breaks a law that only building finds */
export function buildModel({ sources, definitions, document, unknownTypes, locate }: ModelParts): SdlRuleModel {
  const schema = executableSchema(withStandIns(document, unknownTypes));
  const nodes = nodesByCoordinate(document);
  const authDirectives = new Map<string, readonly AuthDirective[]>();
  let sdl: string | undefined;
  return {
    sources,
    schema,
    unknownTypes,
    document,
    locate,
    subscriptions: subscriptionFields(schema, locate),
    adapted: adaptedDefinitions(definitions, locate),
    get sdl() {
      return (sdl ??= printForAppSync(document));
    },
    authDirectives(coordinate) {
      // The local runtime asks for every field of every operation.
      let found = authDirectives.get(coordinate);
      if (!found) authDirectives.set(coordinate, (found = authDirectivesOf(nodes.get(coordinate), locate)));
      return found;
    },
    locationOf(coordinate) {
      const node = nodes.get(coordinate);
      return node && locate(node);
    },
  };
}

/** A scalar may stand wherever a type may, so that the rest of the schema keeps its meaning; a root type that is unknown is left out. */
function withStandIns(document: DocumentNode, unknownTypes: ReadonlySet<string>): DocumentNode {
  if (unknownTypes.size === 0) return document;
  const standIns = [...unknownTypes].map((value): DefinitionNode => ({ kind: Kind.SCALAR_TYPE_DEFINITION, name: { kind: Kind.NAME, value } }));
  const definitions = document.definitions.map((node) =>
    node.kind === Kind.SCHEMA_DEFINITION ? { ...node, operationTypes: node.operationTypes.filter(({ type }) => !unknownTypes.has(type.name.value)) } : node,
  );
  return { ...document, definitions: [...definitions, ...standIns] };
}

function adaptedDefinitions(definitions: readonly DefinitionNode[], locate: Locate): AdaptedDefinition[] {
  const kept = new Set(withoutRedeclarations(definitions));
  return definitions.flatMap((node): AdaptedDefinition[] => {
    const how = isTypeSystemExtensionNode(node) ? 'merged' : kept.has(node) ? undefined : 'left out';
    if (how === undefined) return [];
    const name = 'name' in node ? (node.name?.value ?? '') : 'schema';
    return [{ how, kind: node.kind, name, location: locate(node) }];
  });
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

/** `Type`, `Type.field` and `Type.field.argument`; places are worked out when asked for, since few ever are. */
function nodesByCoordinate(document: DocumentNode): ReadonlyMap<string, ASTNode> {
  const nodes = new Map<string, ASTNode>();
  for (const node of document.definitions) {
    if (!isTypeDefinitionNode(node)) continue;
    const typeName = node.name.value;
    nodes.set(typeName, node);
    const members: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] = 'fields' in node ? (node.fields ?? []) : [];
    for (const member of members) {
      const coordinate = `${typeName}.${member.name.value}`;
      nodes.set(coordinate, member);
      if (member.kind !== Kind.FIELD_DEFINITION) continue;
      for (const argument of member.arguments ?? []) nodes.set(`${coordinate}.${argument.name.value}`, argument);
    }
  }
  return nodes;
}

function authDirectivesOf(owner: ASTNode | undefined, locate: Locate): AuthDirective[] {
  const directives = owner && 'directives' in owner ? ((owner.directives ?? []) as readonly ConstDirectiveNode[]) : [];
  return directives.flatMap((node) => {
    const name = node.name.value;
    if (!isAuthDirective(name)) return [];
    const hasGroups = node.arguments?.some((argument) => argument.name.value === 'cognito_groups' && argument.value.kind !== Kind.NULL);
    const groups = hasGroups ? { groups: stringNodes(node, 'cognito_groups').map(({ value }) => value) } : {};
    return [
      {
        name,
        ...groups,
        // Counting lines takes time, and most directives are in order.
        get location() {
          return locate(node);
        },
      },
    ];
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
