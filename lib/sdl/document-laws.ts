/**
 * Laws of a document that graphql-js does not check, or checks on the built schema only, although building stumbles over their breach.
 */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type InputValueDefinitionNode,
  isInputType,
  isTypeDefinitionNode,
  isTypeSystemDefinitionNode,
  isTypeSystemExtensionNode,
  Kind,
  type NamedTypeNode,
  print,
  type TypeNode,
  valueFromAST,
  visit,
} from 'graphql';
import { appSyncDialect } from './dialect';
import type { Locate } from './parse';
import type { SdlFinding } from './rules/sdl-rule';

export function isTypeSystem(node: DefinitionNode): boolean {
  return isTypeSystemDefinitionNode(node) || isTypeSystemExtensionNode(node);
}

export function* operations(definitions: readonly DefinitionNode[], locate: Locate): Iterable<SdlFinding> {
  for (const node of definitions) {
    if (!isTypeSystem(node)) yield { at: locate(node), message: 'a schema file holds definitions, not operations or fragments', fix: 'move it to another file' };
  }
}

/** AppSync's own directives; those the schema defines have types that are not built yet. */
export function* mistypedDirectiveArguments(document: DocumentNode, locate: Locate): Iterable<SdlFinding> {
  const used: ConstDirectiveNode[] = [];
  visit(document, { Directive: (node) => void used.push(node as ConstDirectiveNode) });
  for (const directive of used) {
    const declared = appSyncDialect.getDirective(directive.name.value)?.args ?? [];
    for (const argument of directive.arguments ?? []) {
      const type = declared.find(({ name }) => name === argument.name.value)?.type;
      if (type && valueFromAST(argument.value, type) === undefined)
        yield { at: locate(argument.value), message: `"${argument.name.value}" of "@${directive.name.value}" must be of type "${type}", got ${print(argument.value)}`, fix: `write a value of type "${type}"` };
    }
  }
}

export function* rootsThatAreNoObjects(document: DocumentNode, locate: Locate): Iterable<SdlFinding> {
  const kindOf = kindsOfTypes(document);
  for (const node of document.definitions) {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const { operation, type } of node.operationTypes ?? []) {
      const kind = kindOf(type.name.value);
      if (kind !== undefined && kind !== Kind.OBJECT_TYPE_DEFINITION)
        yield { at: locate(type), message: `the ${operation} type "${type.name.value}" is not an object type`, fix: `name an object type as the ${operation} type` };
    }
  }
}

export function* typesOutOfPlace(document: DocumentNode, locate: Locate): Iterable<SdlFinding> {
  const kindOf = kindsOfTypes(document);
  const outputOnly = (type: NamedTypeNode) => [Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION, Kind.UNION_TYPE_DEFINITION].some((kind) => kind === kindOf(type.name.value));
  const inputValues = function* (owner: string, what: string, values: readonly InputValueDefinitionNode[] = []): Iterable<SdlFinding> {
    for (const { name, type } of values) {
      const named = namedType(type);
      if (outputOnly(named))
        yield { at: locate(named), message: `${what} "${name.value}" of ${owner} has the output type "${named.name.value}"`, fix: `define an \`input\` with the fields it needs, and use that in place of "${named.name.value}"` };
    }
  };
  for (const node of document.definitions) {
    switch (node.kind) {
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      case Kind.INPUT_OBJECT_TYPE_EXTENSION:
        yield* inputValues(`input "${node.name.value}"`, 'field', node.fields);
        break;
      case Kind.DIRECTIVE_DEFINITION:
        yield* inputValues(`"@${node.name.value}"`, 'argument', node.arguments);
        break;
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_EXTENSION:
        for (const field of node.fields ?? []) {
          const coordinate = `${node.name.value}.${field.name.value}`;
          const named = namedType(field.type);
          if (kindOf(named.name.value) === Kind.INPUT_OBJECT_TYPE_DEFINITION)
            yield { at: locate(named), message: `${coordinate} returns the input type "${named.name.value}"`, fix: `define a \`type\` with the fields it returns, and use that in place of "${named.name.value}"` };
          yield* inputValues(coordinate, 'argument', field.arguments);
        }
        break;
    }
  }
}

function namedType(type: TypeNode): NamedTypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : namedType(type.type);
}

/** Built-in types are scalars, apart from those of introspection; an unknown name has no kind. */
function kindsOfTypes(document: DocumentNode): (name: string) => Kind | undefined {
  const written = new Map<string, Kind>(document.definitions.filter(isTypeDefinitionNode).map((node) => [node.name.value, node.kind]));
  return (name) => {
    const builtIn = appSyncDialect.getType(name);
    if (builtIn) return isInputType(builtIn) ? Kind.SCALAR_TYPE_DEFINITION : Kind.OBJECT_TYPE_DEFINITION;
    return written.get(name);
  };
}
