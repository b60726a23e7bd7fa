/**
 * The parts of a bundle that nobody wrote: esbuild's helpers and the wrappers it puts around modules. They break the subset themselves
 * (`try`, `throw`, functions as arguments), so rules skip them, and the rule about the import that caused them speaks instead.
 */
import type { Identifier } from 'acorn';
import type { Names } from './names';
import { isFunction, literalText, type NodeOf, type SyntaxNode, type SyntaxTree } from './syntax-tree';

export interface BundlerCode {
  /** True for a node inside a helper, a CommonJS module, or a line that serves a wrapper. */
  includes(node: SyntaxNode): boolean;
  /** CommonJS modules that ES modules import, with the places that do. Those imported by CommonJS alone come along and are not listed. */
  readonly commonJsModules: readonly CommonJsModule[];
  /** Uses of objects made for `import * as x` when `x` is used as a value. */
  readonly namespaceObjects: readonly (readonly Identifier[])[];
  /** What became of `import('./module')`. */
  readonly dynamicImports: readonly NodeOf<'CallExpression'>[];
  /** What became of a free `require`. */
  readonly requires: readonly Identifier[];
}

export interface CommonJsModule {
  /** Relative to the folder the bundle was made in. */
  readonly path: string;
  readonly uses: readonly Identifier[];
  /** True when it is the resolver itself. */
  readonly isEntry: boolean;
}

/** Finds esbuild's code by the shape it has in readable bundles; a minified bundle shows none and is checked as it stands. */
export function findBundlerCode(tree: SyntaxTree, names: Names): BundlerCode {
  const hidden = new Set<SyntaxNode>();
  const includes = (node: SyntaxNode) => hidden.size > 0 && (hidden.has(node) || tree.enclosing(node, (parent): parent is SyntaxNode => hidden.has(parent)) !== undefined);
  const usesOf = (identifier: Identifier) => names.bindingOf(identifier)?.references ?? [];

  const wrappers: { path: string; variable: SyntaxNode }[] = [];
  const namespaces: Identifier[] = [];
  for (const statement of tree.program.body) {
    if (statement.type === 'VariableDeclaration' && statement.declarations.every(({ id }) => id.type === 'Identifier' && helperName.test(id.name))) {
      hidden.add(statement);
    } else if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        const path = init ? wrappedPath(init) : undefined;
        if (path === undefined) continue;
        hidden.add(statement);
        wrappers.push({ path, variable: id });
      }
    } else if (statement.type === 'ExpressionStatement' && isCallOf(statement.expression, '__export')) {
      hidden.add(statement);
      const [target] = statement.expression.arguments;
      if (target?.type === 'Identifier') namespaces.push(target);
    }
  }

  const lazy = new Set([...wrappers.map(({ variable }) => (variable.type === 'Identifier' ? variable.name : '')), ...namespaces.map(({ name }) => name)]);
  const dynamicImports = tree.nodes('CallExpression').filter((call) => isBundledImport(call, lazy) && !includes(call));
  for (const call of dynamicImports) hidden.add(call);

  const visible = (uses: readonly Identifier[]) => uses.filter((use) => !includes(use));
  return {
    includes,
    commonJsModules: wrappers.flatMap(({ path, variable }) => {
      const uses = variable.type === 'Identifier' ? visible(names.topLevel(variable.name)?.references ?? []) : [];
      const isEntry = uses.some((use) => tree.enclosing(use, isDefaultExport) !== undefined);
      return uses.length > 0 ? [{ path, uses, isEntry }] : [];
    }),
    namespaceObjects: namespaces.map((target) => visible(usesOf(target))).filter((uses) => uses.length > 0),
    dynamicImports,
    requires: visible(names.topLevel('__require')?.references ?? []),
  };
}

function isDefaultExport(node: SyntaxNode): node is NodeOf<'ExportDefaultDeclaration'> {
  return node.type === 'ExportDefaultDeclaration';
}

/** Names of esbuild's run-time helpers; a second copy gets a number. Source: esbuild's `internal/runtime` */
const helperName =
  /^__(?:create|defProp|defProps|getOwnPropDesc|getOwnPropDescs|getOwnPropNames|getOwnPropSymbols|getProtoOf|hasOwnProp|propIsEnum|require|esm|esmMin|commonJS|commonJSMin|export|reExport|copyProps|toESM|toCommonJS|name|pow|typeError|defNormalProp|publicField|decorateClass|spreadValues|spreadProps|objRest|restKey|template|using|callDispose)\d*$/;

/** The key of `__commonJS({ "path"() { … } })`: the path relative to the folder the bundle was made in. */
function wrappedPath(value: SyntaxNode): string | undefined {
  if (!isCallOf(value, '__commonJS')) return undefined;
  const [modules] = value.arguments;
  const property = modules?.type === 'ObjectExpression' ? modules.properties[0] : undefined;
  return property?.type === 'Property' ? literalText(property.key) : undefined;
}

function isCallOf(node: SyntaxNode, helper: string): node is NodeOf<'CallExpression'> {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name.replace(/\d+$/, '') === helper;
}

/** `Promise.resolve().then(() => …)` around a wrapped module. */
function isBundledImport(call: NodeOf<'CallExpression'>, lazy: ReadonlySet<string>): boolean {
  const [loader] = call.arguments;
  if (call.callee.type !== 'MemberExpression' || call.callee.object.type !== 'CallExpression' || !loader || !isFunction(loader)) return false;
  const { body } = loader;
  const last = body.type === 'SequenceExpression' ? body.expressions.at(-1) : body;
  if (last?.type === 'Identifier') return lazy.has(last.name);
  if (!last || !isCallOf(last, '__toESM')) return false;
  const [wrapped] = last.arguments;
  return wrapped?.type === 'CallExpression' && wrapped.callee.type === 'Identifier' && lazy.has(wrapped.callee.name);
}
