import { didYouMean } from '../../diagnostics';
import { apiMember, apiReference, importedName } from '../api-references';
import { type ApiModule, type ApiValue, isApiFunction } from '../api-surface';
import { appSyncApi } from '../appsync-api';
import type { HandlerProgram } from '../handler-program';
import { literalText, type NodeOf, type SyntaxNode, writtenName } from '../syntax-tree';
import type { Finding, HandlerRule } from './handler-rule';

/** Members of VTL's `$util` that JavaScript has words of its own for. */
const vtlReplacements: ReadonlyMap<string, string> = new Map([
  ['toJson', 'use JSON.stringify(value), or return the object itself'],
  ['parseJson', 'use JSON.parse(text)'],
  ['qr', 'write the expression as a statement of its own'],
  ['quiet', 'write the expression as a statement of its own'],
  ['isNull', 'compare with null: value == null'],
  ['isNullOrEmpty', 'test the value: !text'],
  ['isNullOrBlank', 'trim and test: !text?.trim()'],
  ['defaultIfNull', 'use value ?? fallback'],
  ['defaultIfNullOrEmpty', 'use value || fallback'],
  ['defaultIfNullOrBlank', 'use value || fallback'],
  ['isString', "use typeof value === 'string'"],
  ['isNumber', "use typeof value === 'number'"],
  ['isBoolean', "use typeof value === 'boolean'"],
  ['isList', 'compare what typeof gives'],
  ['isMap', 'compare what typeof gives'],
  ['typeOf', 'use typeof value'],
  ['validate', 'write if (!condition) util.error(message, errorType)'],
  ['log', 'use console.log(value)'],
  ['list', 'use the methods of arrays: filter, concat, …'],
  ['map', 'use Object.keys, Object.entries and the spread operator'],
  ['toUpper', 'use text.toUpperCase()'],
  ['toLower', 'use text.toLowerCase()'],
  ['toReplace', 'use text.replace(pattern, replacement)'],
]);

/** TypeScript gives every object these, those of AppSync too. */
const membersOfAnyObject: ReadonlySet<string> = new Set(['constructor', 'toString', 'toLocaleString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable']);

/**
 * AppSync compiles the code against the declarations of @aws-appsync/utils.
 * Observed: github.com/aws/aws-appsync-community/issues/334, and TS2339 in a public test report. Computed names pass, as they do there;
 * so do default imports and names that are types alone, which are nothing at run time.
 */
export const usesExistingHelpers: HandlerRule = {
  code: 'RES_HELPER',
  severity: 'error',
  summary: 'every member of util, extensions, runtime and the @aws-appsync/utils modules that the code names exists',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-util-reference-js.html',
  *check(handler) {
    for (const node of handler.nodes('ImportSpecifier', 'ExportSpecifier')) yield* missingExport(node, handler);
    for (const node of handler.nodes('MemberExpression')) {
      if (node.computed) continue;
      const object = apiReference(node.object, handler);
      if (object) yield* missingMember(object.name, object.value, writtenName(node), node.property);
    }
    for (const pattern of handler.nodes('ObjectPattern')) {
      const parent = handler.tree.parentOf(pattern);
      const source = parent?.type === 'VariableDeclarator' && parent.init ? apiReference(parent.init, handler) : undefined;
      if (source) yield* missingInPattern(source.name, source.value, pattern);
    }
  },
};

function* missingExport(node: NodeOf<'ImportSpecifier' | 'ExportSpecifier'>, handler: HandlerProgram): Iterable<Finding> {
  const statement = handler.tree.parentOf(node);
  const from = statement && 'source' in statement && statement.source?.type === 'Literal' ? literalText(statement.source) : undefined;
  const module = from !== undefined && Object.hasOwn(appSyncApi.modules, from) ? appSyncApi.modules[from] : undefined;
  const name = node.type === 'ImportSpecifier' ? importedName(node) : node.local.type === 'Identifier' ? node.local.name : literalText(node.local);
  if (!module || name === undefined || name === 'default' || apiMember(module, name) || module.types.includes(name)) return;
  yield { at: node.type === 'ImportSpecifier' ? node.imported : node.local, message: `"${from}" has no export named "${name}"`, ...fixed(exportFix(name, module)) };
}

function exportFix(name: string, module: ApiModule): string | undefined {
  const home = Object.entries(appSyncApi.modules).find(([, each]) => Object.hasOwn(each.members, name));
  if (home) return `import it from "${home[0]}"`;
  const owner = Object.entries(mainMembers).find(([, value]) => apiMember(value, name));
  return owner ? `it is a member of ${owner[0]}: write ${owner[0]}.${name}` : didYouMean(name, Object.keys(module.members));
}

const mainMembers = appSyncApi.modules['@aws-appsync/utils']?.members ?? {};

function* missingMember(owner: string, value: ApiValue, name: string | undefined, at: SyntaxNode): Iterable<Finding> {
  // Functions have the members of any function; those that AppSync denies are another rule's.
  if (name === undefined || isApiFunction(value) || apiMember(value, name) || membersOfAnyObject.has(name)) return;
  const fix = owner === 'util' || owner === 'util.str' ? vtlReplacements.get(name) : undefined;
  yield { at, message: `"${owner}" has no member "${name}"`, ...fixed(fix ?? didYouMean(name, Object.keys(value.members))) };
}

function* missingInPattern(owner: string, value: ApiValue, pattern: NodeOf<'ObjectPattern'>): Iterable<Finding> {
  for (const property of pattern.properties) {
    if (property.type !== 'Property' || property.computed) continue;
    const name = writtenName(property);
    yield* missingMember(owner, value, name, property.key);
    const inner = name === undefined ? undefined : apiMember(value, name);
    if (inner && property.value.type === 'ObjectPattern') yield* missingInPattern(`${owner}.${name}`, inner, property.value);
  }
}

function fixed(fix: string | undefined): { fix?: string } {
  return fix ? { fix } : {};
}
