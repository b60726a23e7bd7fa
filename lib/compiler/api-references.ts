/** Which expressions of a handler stand for AppSync's own objects and functions: globals, imports, namespaces, and the constants they are kept in. */
import type { Identifier } from 'acorn';
import { type ApiObject, type ApiValue, isApiFunction } from './api-surface';
import { appSyncApi } from './appsync-api';
import type { HandlerProgram } from './handler-program';
import type { Binding } from './names';
import { literalText, type NodeOf, type SyntaxNode, writtenName } from './syntax-tree';

/** An expression that stands for a part of the API. */
export interface ApiReference {
  /** As people know it: `util.time`, `get`, `@aws-appsync/utils/dynamodb`. */
  readonly name: string;
  readonly value: ApiValue;
}

/** What an expression stands for; undefined when it is nothing of AppSync's, or cannot be told. */
export function apiReference(node: SyntaxNode, handler: HandlerProgram): ApiReference | undefined {
  return referenceBehind(node, handler, []);
}

/** A member of an API object, if it has one of that name. */
export function apiMember(value: ApiValue, name: string): ApiValue | undefined {
  return !isApiFunction(value) && Object.hasOwn(value.members, name) ? value.members[name] : undefined;
}

/** @param seen the bindings on the way here: `const a = b, b = a` parses, though it cannot run */
function referenceBehind(node: SyntaxNode, handler: HandlerProgram, seen: readonly Binding[]): ApiReference | undefined {
  switch (node.type) {
    case 'ChainExpression':
      return referenceBehind(node.expression, handler, seen);
    case 'MemberExpression': {
      const object = referenceBehind(node.object, handler, seen);
      return object && member(object, writtenName(node));
    }
    case 'Identifier': {
      const binding = handler.names.bindingOf(node);
      if (binding) return seen.includes(binding) ? undefined : bound(binding, handler, [...seen, binding]);
      const value = appSyncApi.globals.includes(node.name) && handler.names.free.includes(node) ? mainModule.members[node.name] : undefined;
      return value && { name: node.name, value };
    }
    default:
      return undefined;
  }
}

const mainModule = appSyncApi.modules['@aws-appsync/utils'] as ApiObject;

function member({ name: owner, value: object }: ApiReference, name: string | undefined): ApiReference | undefined {
  const value = name === undefined ? undefined : apiMember(object, name);
  if (!value) return undefined;
  // Helpers of a module are known by their own name.
  return { name: owner.startsWith('@') ? name! : `${owner}.${name}`, value };
}

function bound(binding: Binding, handler: HandlerProgram, seen: readonly Binding[]): ApiReference | undefined {
  const { declaration } = binding;
  switch (declaration.type) {
    case 'ImportNamespaceSpecifier':
      return moduleOf(declaration, handler);
    case 'ImportSpecifier': {
      const module = moduleOf(declaration, handler);
      return module && member(module, importedName(declaration));
    }
    case 'VariableDeclarator': {
      if (!declaration.init || binding.references.some((reference) => handler.names.isWritten(reference))) return undefined;
      const source = referenceBehind(declaration.init, handler, seen);
      const path = source && pathTo(binding.identifier, declaration.id);
      return path?.reduce<ApiReference | undefined>((object, name) => object && member(object, name), source);
    }
    default:
      return undefined;
  }
}

function moduleOf(specifier: NodeOf<'ImportNamespaceSpecifier' | 'ImportSpecifier'>, { tree }: HandlerProgram): ApiReference | undefined {
  const parent = tree.parentOf(specifier);
  const name = parent?.type === 'ImportDeclaration' ? literalText(parent.source) : undefined;
  const value = name === undefined || !Object.hasOwn(appSyncApi.modules, name) ? undefined : appSyncApi.modules[name];
  return value && { name: name!, value };
}

/** The name of an import in the module it comes from. */
export function importedName({ imported }: NodeOf<'ImportSpecifier'>): string | undefined {
  return imported.type === 'Identifier' ? imported.name : literalText(imported);
}

/** The members that a pattern reads to fill a variable: `['time', 'nowISO8601']` in `{ time: { nowISO8601 } }`; undefined when a default or a computed name is on the way. */
function pathTo(identifier: Identifier, pattern: SyntaxNode): string[] | undefined {
  if (pattern === identifier) return [];
  if (pattern.type !== 'ObjectPattern') return undefined;
  for (const property of pattern.properties) {
    const name = property.type === 'Property' ? writtenName(property) : undefined;
    const path = property.type === 'Property' && name !== undefined ? pathTo(identifier, property.value) : undefined;
    if (path) return [name!, ...path];
  }
  return undefined;
}
