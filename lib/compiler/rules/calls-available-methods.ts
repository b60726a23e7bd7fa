import type { HandlerProgram } from '../handler-program';
import { type NodeOf, type SyntaxNode, writtenName } from '../syntax-tree';
import { type HandlerRule, type Span, supportedFeatures } from './handler-rule';

const drop = 'drop the call';
const byLiteral = 'write an object literal';
const byKeys = 'use Object.keys';

/**
 * Source: the deny list of @aws-appsync/eslint-plugin.
 * Observed: the service runs that linter itself; a public guide quotes EvaluateCode with "code.js(5,44): error @aws-appsync/no-regex: …".
 */
const deniedStatics: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'Object',
    new Map([
      ['create', byLiteral],
      ['defineProperties', byLiteral],
      ['defineProperty', byLiteral],
      ['freeze', drop],
      ['getOwnPropertyDescriptor', 'read the member'],
      ['getOwnPropertyDescriptors', 'use Object.entries'],
      ['getOwnPropertyNames', byKeys],
      ['getOwnPropertySymbols', byKeys],
      ['getPrototypeOf', drop],
      ['is', 'use ==='],
      ['isExtensible', drop],
      ['isFrozen', drop],
      ['isSealed', drop],
      ['preventExtensions', drop],
      ['seal', drop],
      ['setPrototypeOf', byLiteral],
    ]),
  ],
  [
    'Array',
    new Map([
      ['from', 'spread it: [...list], and use map for the values'],
      ['of', 'write an array literal'],
    ]),
  ],
  [
    'String',
    new Map([
      ['fromCharCode', 'write the character in a string literal'],
      ['fromCodePoint', 'write the character in a string literal'],
    ]),
  ],
]);

/** Source: the language page lists these and no others. */
const onlyStatics: ReadonlyMap<string, readonly string[]> = new Map([
  ['Math', ['random', 'min', 'max', 'round', 'floor', 'ceil']],
  ['Number', ['isFinite', 'isNaN']],
]);

const staticFixes: ReadonlyMap<string, string> = new Map([
  ['Math.abs', 'use Math.max(x, -x)'],
  ['Math.trunc', 'use Math.floor, or Math.ceil for negative numbers'],
  ['Math.pow', 'multiply'],
  ['Number.parseInt', 'convert with the unary plus: +text'],
  ['Number.parseFloat', 'convert with the unary plus: +text'],
  ['Number.isInteger', 'use Math.floor(x) === x'],
]);

/**
 * Methods of the deny list whose name gives them away without types. Left out on purpose: `toString` and `toLocaleString`, which are denied
 * on objects and arrays but not on numbers; `group`, too common a name.
 */
const deniedMethods: ReadonlyMap<string, string> = new Map([
  ['charCodeAt', 'compare the characters themselves'],
  ['localeCompare', 'compare with < and >'],
  ['matchAll', 'use util.matches(pattern, text), or split'],
  ['padEnd', 'concatenate and slice'],
  ['padStart', 'concatenate and slice: `000${n}`.slice(-4)'],
  ['repeat', 'write the text out'],
  ['search', 'use indexOf, or util.matches(pattern, text)'],
  ['toLocaleLowerCase', 'use toLowerCase()'],
  ['toLocaleUpperCase', 'use toUpperCase()'],
  ['hasOwnProperty', 'use Object.hasOwn(object, key)'],
  ['isPrototypeOf', drop],
  ['propertyIsEnumerable', 'use Object.hasOwn(object, key)'],
  ['copyWithin', 'build a new array with slice and concat'],
  ['groupToMap', 'build an object with forEach or reduce'],
  ['apply', 'call the function itself and spread the arguments: f(...list)'],
  ['bind', 'write an arrow function'],
  ['call', 'call the function itself'],
]);
/** Denied on arrays; with arguments they may be anything. */
const deniedWithoutArguments: ReadonlyMap<string, string> = new Map([
  ['entries', 'use forEach((item, index) => …)'],
  ['keys', 'use forEach((item, index) => …)'],
  ['values', 'use the array itself'],
  ['valueOf', drop],
]);

export const callsAvailableMethods: HandlerRule = {
  code: 'RES_METHOD',
  severity: 'error',
  summary: 'built-in methods that APPSYNC_JS does not have are not called',
  url: supportedFeatures,
  *check(handler) {
    for (const call of handler.nodes('CallExpression')) {
      const finding = refusal(call, handler);
      if (finding) yield finding;
    }
  },
};

/** True when this rule reports the call, so that its arguments need no finding of their own. */
export function isRefusedCall(call: NodeOf<'CallExpression'>, handler: HandlerProgram): boolean {
  return refusal(call, handler) !== undefined;
}

function refusal({ callee, arguments: given }: NodeOf<'CallExpression'>, handler: HandlerProgram): { at: Span; message: string; fix: string } | undefined {
  if (callee.type !== 'MemberExpression') return undefined;
  const method = writtenName(callee);
  if (method === undefined) return undefined;
  const { object } = callee;
  const namespace = object.type === 'Identifier' && !handler.names.bindingOf(object) ? object.name : undefined;

  const denied = namespace === undefined ? undefined : deniedStatics.get(namespace)?.get(method);
  const only = namespace === undefined ? undefined : onlyStatics.get(namespace);
  if (denied !== undefined || (only && !only.includes(method))) {
    const name = `${namespace}.${method}`;
    const fix = denied ?? staticFixes.get(name) ?? `use ${only!.map((each) => `${namespace}.${each}`).join(', ')}`;
    return { at: { start: callee.start, end: callee.end }, message: `"${name}" is not available`, fix };
  }
  const fix = deniedMethods.get(method) ?? (given.length === 0 ? deniedWithoutArguments.get(method) : undefined);
  if (fix === undefined || namespace !== undefined || isOwnObject(object, handler)) return undefined;
  return { at: callee.property, message: `the method "${method}" is not available`, fix };
}

/** An object of the module's own, or an imported one, may have a method of any name. */
function isOwnObject(object: SyntaxNode, handler: HandlerProgram): boolean {
  if (object.type === 'ObjectExpression') return true;
  if (object.type === 'MemberExpression') return isOwnObject(object.object, handler);
  const declaration = object.type === 'Identifier' ? handler.names.bindingOf(object)?.declaration : undefined;
  if (declaration?.type === 'VariableDeclarator') return declaration.init?.type === 'ObjectExpression';
  return declaration?.type.startsWith('Import') ?? false;
}
