import type { HandlerProgram } from '../handler-program';
import type { SyntaxNode } from '../syntax-tree';
import { type HandlerRule, supportedFeatures } from './handler-rule';

/**
 * Source: the language page, sections "built-in objects and functions" and "globals". `String` and `Boolean` are named there as primitives;
 * whether they may be called is not said, so they pass; a single public report says that a call of `String` failed a deploy.
 */
const available: ReadonlySet<string> = new Set([
  ...['undefined', 'NaN', 'Infinity', 'util', 'extensions', 'runtime', 'console'],
  ...['Array', 'Boolean', 'JSON', 'Math', 'Number', 'Object', 'String'],
]);

const replacements: ReadonlyMap<string, string> = new Map([
  ['Date', 'use util.time.nowISO8601() instead of Date, or another helper of util.time'],
  ['Promise', 'drop it: handlers are synchronous'],
  ['Map', 'use a plain object'],
  ['WeakMap', 'use a plain object'],
  ['Set', 'use an array, or a plain object with the members as keys'],
  ['WeakSet', 'use an array, or a plain object with the members as keys'],
  ['RegExp', 'use util.matches(pattern, text)'],
  ['Error', 'use util.error(message, errorType)'],
  ['TypeError', 'use util.error(message, errorType)'],
  ['RangeError', 'use util.error(message, errorType)'],
  ['Intl', 'use util.time.nowFormatted for dates, or format in the client'],
  ['Symbol', 'use a string'],
  ['BigInt', 'use a number, or keep the value as a string'],
  ['parseInt', 'convert with the unary plus: +text'],
  ['parseFloat', 'convert with the unary plus: +text'],
  ['isNaN', 'use Number.isNaN'],
  ['isFinite', 'use Number.isFinite'],
  ['encodeURIComponent', 'use util.urlEncode(text)'],
  ['encodeURI', 'use util.urlEncode(text)'],
  ['decodeURIComponent', 'use util.urlDecode(text)'],
  ['decodeURI', 'use util.urlDecode(text)'],
  ['btoa', 'use util.base64Encode(text)'],
  ['atob', 'use util.base64Decode(text)'],
  ['Buffer', 'use util.base64Encode and util.base64Decode'],
  ['fetch', 'use an HTTP data source'],
  ['XMLHttpRequest', 'use an HTTP data source'],
  ['process', 'read environment variables of the API from ctx.env'],
  ['require', 'use an import declaration'],
  ['structuredClone', 'copy with the spread operator, or JSON.parse(JSON.stringify(value))'],
  ['setTimeout', 'drop it: handlers run at once and have no timers'],
  ['setInterval', 'drop it: handlers run at once and have no timers'],
  ['setImmediate', 'drop it: handlers run at once and have no timers'],
  ['queueMicrotask', 'drop it: handlers run at once and have no timers'],
  ['crypto', 'use util.autoId(), util.autoUlid() or util.autoKsuid() for identifiers'],
  ['globalThis', 'name the value itself'],
  ['window', 'name the value itself'],
  ['eval', 'write the code out'],
  ['Function', 'write the function out'],
  ['arguments', 'use a rest parameter: (...args)'],
]);

/** What to use instead of a global that AppSync does not have. */
export function replacementOf(name: string): string | undefined {
  return replacements.get(name);
}

/** Names without a declaration that AppSync does not provide either. A name only asked about, `typeof x`, passes: it fails nowhere else. */
export const usesAvailableGlobals: HandlerRule = {
  code: 'RES_GLOBAL',
  severity: 'error',
  summary: 'every name is declared in the code or provided by AppSync',
  url: supportedFeatures,
  *check(handler) {
    for (const identifier of handler.free) {
      const name = handler.bundler.requires.includes(identifier) ? 'require' : identifier.name;
      if (available.has(name) || isCoveredElsewhere(identifier, handler)) continue;
      const fix = replacements.get(name);
      yield { at: identifier, message: fix ? `"${name}" is not available` : `"${name}" is neither declared nor provided by AppSync`, fix: fix ?? `declare or import "${name}"` };
    }
    for (const node of handler.nodes('CallExpression')) {
      // Observed: github.com/aws/aws-appsync-community/issues/303, "Invalid function: Number [code: INVALID_FUNCTION_INVOCATION]"
      if (node.callee.type === 'Identifier' && node.callee.name === 'Number' && !handler.names.bindingOf(node.callee)) {
        yield { at: node.callee, message: '"Number" cannot be called', fix: 'convert with the unary plus: +text' };
      }
    }
    for (const node of handler.nodes('MetaProperty')) {
      if (node.meta.name === 'import') yield { at: node, message: '"import.meta" is not available', fix: 'pass the value in through ctx.env or ctx.stash' };
    }
  },
};

/** `new Date()` is a matter of `new`, and a second finding for the same words would be noise. */
function isCoveredElsewhere(identifier: SyntaxNode, { tree }: HandlerProgram): boolean {
  const parent = tree.parentOf(identifier);
  if (parent?.type === 'NewExpression') return parent.callee === identifier;
  return parent?.type === 'UnaryExpression' && parent.operator === 'typeof';
}
