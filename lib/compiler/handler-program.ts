/** A bundled handler as the rules see it: what its author wrote, with the bundler's own code put aside. */
import type { Identifier } from 'acorn';
import type { SourceFile, SourceLocation } from '../diagnostics';
import { type BundlerCode, findBundlerCode } from './bundler-code';
import type { Binding, Names } from './names';
import type { OriginalSource } from './original-source';
import type { ParsedHandler, ParsedModule } from './parsed-handler';
import { type FunctionNode, isFunction, type NodeOf, type NodeType, type SyntaxNode, type SyntaxTree } from './syntax-tree';

export interface HandlerProgram {
  readonly code: string;
  readonly tree: SyntaxTree;
  readonly names: Names;
  /** Nodes of the given types, in source order, without the bundler's. */
  nodes<T extends NodeType>(...types: T[]): NodeOf<T>[];
  /** Names that nothing declares, without the bundler's; a bundled `require` is among them. */
  readonly free: readonly Identifier[];
  /** Declarations, without the bundler's. */
  readonly bindings: readonly Binding[];
  readonly bundler: BundlerCode;
  readonly original: OriginalSource;
  /** The files that hold the exported handlers; the bundle itself when the map does not say. */
  readonly entryFiles: readonly string[];
  /** The first line of the entry, for findings about the handler as a whole. */
  readonly start: SourceLocation;
  /** What the module exports, with the declaration where there is one. */
  readonly exports: ReadonlyMap<string, Binding | undefined>;
  /** The functions exported as `request` and `response`. */
  readonly handlers: readonly FunctionNode[];
}

export function openHandlerProgram({ code, original }: ParsedHandler, { tree, names }: ParsedModule): HandlerProgram {
  const bundler = findBundlerCode(tree, names);
  const exports = exportsOf(tree, names);
  const declarations = ['request', 'response'].flatMap((name) => exports.get(name) ?? []);
  const isWritten = (node: SyntaxNode) => !bundler.includes(node);
  return {
    code: code.text,
    tree,
    names,
    nodes: (...types) => tree.nodes(...types).filter(isWritten),
    free: [...names.free.filter(isWritten), ...bundler.requires],
    bindings: names.bindings.filter(({ identifier }) => isWritten(identifier)),
    bundler,
    original,
    // Getters, because most handlers are clean and then nobody needs their source map.
    get entryFiles() {
      return entryFilesOf(declarations, original, code);
    },
    get start() {
      const entry = original.files.find(({ path }) => path === this.entryFiles[0]) ?? code;
      return { file: entry.path, line: 1, column: 1, lineText: entry.text.split(/\r?\n/, 1)[0]! };
    },
    exports,
    handlers: declarations.flatMap(({ declaration }) => {
      const value = declaration.type === 'VariableDeclarator' ? declaration.init : declaration;
      return value && isFunction(value) ? [value] : [];
    }),
  };
}

/** What a module exports, with the declaration where there is one. */
export function exportsOf(tree: SyntaxTree, names: Names): Map<string, Binding | undefined> {
  const exports = new Map<string, Binding | undefined>();
  for (const node of tree.nodes('ExportNamedDeclaration', 'ExportAllDeclaration', 'ExportDefaultDeclaration')) {
    if (node.type === 'ExportDefaultDeclaration') {
      exports.set('default', undefined);
    } else if (node.type === 'ExportAllDeclaration') {
      if (node.exported) exports.set(exportedName(node.exported), undefined);
    } else {
      for (const { local, exported } of node.specifiers) exports.set(exportedName(exported), !node.source && local.type === 'Identifier' ? names.topLevel(local.name) : undefined);
      if (node.declaration) for (const binding of names.bindings) if (binding.isTopLevel && isWithin(binding.identifier, node.declaration) && !exports.has(binding.name)) exports.set(binding.name, binding);
    }
  }
  return exports;
}

function exportedName(name: NodeOf<'Identifier' | 'Literal'>): string {
  return name.type === 'Identifier' ? name.name : String(name.value);
}

function isWithin(inner: SyntaxNode, outer: SyntaxNode): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** esbuild puts the entry last unless imports are hoisted around it, so the handlers' own place is the better witness. */
function entryFilesOf(declarations: readonly Binding[], original: OriginalSource, code: SourceFile): string[] {
  const declaring = new Set(declarations.flatMap(({ identifier }) => original.fileOf(identifier) ?? []));
  if (declaring.size > 0) return [...declaring];
  const last = original.files.filter(({ path }) => !path.includes('node_modules')).at(-1);
  return [last?.path ?? code.path];
}
