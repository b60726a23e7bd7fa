/** Many definitions to the one document AppSync accepts: it refuses extensions and redeclarations of what is its own. */
import {
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  OperationTypeNode,
  print,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
  type TypeExtensionNode,
} from 'graphql';
import { appSyncDialect } from './dialect';

/**
 * The definitions without scalars and directives that AppSync brings itself; editors and exported schemas declare them.
 * Source: serverless-appsync-plugin strips the same, "AppSync rejects them at deploy"
 */
export function withoutRedeclarations(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  return definitions.filter((node) => {
    if (node.kind === Kind.SCALAR_TYPE_DEFINITION) return !appSyncDialect.getType(node.name.value);
    if (node.kind === Kind.DIRECTIVE_DEFINITION) return !appSyncDialect.getDirective(node.name.value);
    return true;
  });
}

/** Folds every extension into its definition; definitions keep their order. Extensions without a definition are dropped: validation has reported them. */
export function mergeExtensions(definitions: readonly DefinitionNode[]): DocumentNode {
  const extensions = new Map<string, TypeExtensionNode[]>();
  const schemaExtensions: SchemaExtensionNode[] = [];
  const merged: DefinitionNode[] = [];
  for (const node of definitions) {
    switch (node.kind) {
      case Kind.SCHEMA_EXTENSION:
        schemaExtensions.push(node);
        break;
      case Kind.SCALAR_TYPE_EXTENSION:
      case Kind.OBJECT_TYPE_EXTENSION:
      case Kind.INTERFACE_TYPE_EXTENSION:
      case Kind.UNION_TYPE_EXTENSION:
      case Kind.ENUM_TYPE_EXTENSION:
      case Kind.INPUT_OBJECT_TYPE_EXTENSION:
        extensions.set(node.name.value, [...(extensions.get(node.name.value) ?? []), node]);
        break;
      default:
        merged.push(node);
    }
  }
  const [extension] = schemaExtensions;
  if (extension && !merged.some(({ kind }) => kind === Kind.SCHEMA_DEFINITION)) merged.unshift(impliedSchemaBlock(merged, extension));
  return { kind: Kind.DOCUMENT, definitions: merged.map((node) => extended(node, extensions, schemaExtensions)) };
}

function extended(node: DefinitionNode, extensions: ReadonlyMap<string, readonly TypeExtensionNode[]>, schemaExtensions: readonly SchemaExtensionNode[]): DefinitionNode {
  switch (node.kind) {
    case Kind.SCHEMA_DEFINITION:
      return {
        ...node,
        directives: joined(node.directives, schemaExtensions.map((e) => e.directives)),
        operationTypes: joined(node.operationTypes, schemaExtensions.map((e) => e.operationTypes)),
      };
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const found = (extensions.get(node.name.value) ?? []).filter((e) => e.kind === Kind.OBJECT_TYPE_EXTENSION || e.kind === Kind.INTERFACE_TYPE_EXTENSION);
      return {
        ...node,
        interfaces: joined(node.interfaces, found.map((e) => e.interfaces)),
        directives: joined(node.directives, found.map((e) => e.directives)),
        fields: joined(node.fields, found.map((e) => e.fields)),
      };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const found = (extensions.get(node.name.value) ?? []).filter((e) => e.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION);
      return { ...node, directives: joined(node.directives, found.map((e) => e.directives)), fields: joined(node.fields, found.map((e) => e.fields)) };
    }
    case Kind.ENUM_TYPE_DEFINITION: {
      const found = (extensions.get(node.name.value) ?? []).filter((e) => e.kind === Kind.ENUM_TYPE_EXTENSION);
      return { ...node, directives: joined(node.directives, found.map((e) => e.directives)), values: joined(node.values, found.map((e) => e.values)) };
    }
    case Kind.UNION_TYPE_DEFINITION: {
      const found = (extensions.get(node.name.value) ?? []).filter((e) => e.kind === Kind.UNION_TYPE_EXTENSION);
      return { ...node, directives: joined(node.directives, found.map((e) => e.directives)), types: joined(node.types, found.map((e) => e.types)) };
    }
    default:
      return node;
  }
}

function joined<T>(own: readonly T[] | undefined, added: readonly (readonly T[] | undefined)[]): T[] {
  return [...(own ?? []), ...added.flatMap((list) => list ?? [])];
}

/** `extend schema` without a `schema` block extends the block that the default names stand for, and stands for it in diagnostics. */
function impliedSchemaBlock(definitions: readonly DefinitionNode[], { loc }: SchemaExtensionNode): SchemaDefinitionNode {
  const defaults: [OperationTypeNode, string][] = [
    [OperationTypeNode.QUERY, 'Query'],
    [OperationTypeNode.MUTATION, 'Mutation'],
    [OperationTypeNode.SUBSCRIPTION, 'Subscription'],
  ];
  const operationTypes = defaults.flatMap(([operation, typeName]) => {
    const node = definitions.find((d): d is ObjectTypeDefinitionNode => d.kind === Kind.OBJECT_TYPE_DEFINITION && d.name.value === typeName);
    return node ? [{ kind: Kind.OPERATION_TYPE_DEFINITION, operation, type: { kind: Kind.NAMED_TYPE, name: node.name }, loc: node.loc } as const] : [];
  });
  return { kind: Kind.SCHEMA_DEFINITION, operationTypes, ...(loc ? { loc } : {}) };
}

/**
 * The document as text for AppSync. Descriptions stay, except on the schema block, which AppSync's grammar (June 2018) does not know,
 * and in enums, where they are known to have broken its parser.
 * Observed: aws-appsync-community issues 38 and 55
 */
export function printForAppSync(document: DocumentNode): string {
  return `${print({ ...document, definitions: document.definitions.map(accepted) })}\n`;
}

function accepted(node: DefinitionNode): DefinitionNode {
  switch (node.kind) {
    case Kind.SCHEMA_DEFINITION:
      return { ...node, description: undefined };
    case Kind.ENUM_TYPE_DEFINITION:
      return { ...node, values: node.values?.map((value) => ({ ...value, description: undefined })) };
    default:
      return node;
  }
}
