import type { HandlerProgram } from '../handler-program';
import { type NodeOf, writtenName } from '../syntax-tree';
import { isRefusedCall } from './calls-available-methods';
import { type HandlerRule, supportedFeatures } from './handler-rule';

/** Source: the language page, "functions", and `no-function-passing` of @aws-appsync/eslint-plugin. */
const takeFunctions: ReadonlySet<string> = new Set(['map', 'find', 'filter', 'findIndex', 'findLast', 'findLastIndex', 'forEach', 'reduce', 'reduceRight', 'every', 'some', 'flatMap']);

export const passesFunctionsToArrayMethodsOnly: HandlerRule = {
  code: 'RES_FUNCTION_ARGUMENT',
  severity: 'error',
  summary: 'functions are passed to array methods only',
  url: supportedFeatures,
  *check(handler) {
    for (const call of handler.nodes('CallExpression')) {
      if (mayTakeFunctions(call, handler)) continue;
      for (const argument of call.arguments) {
        if (!handler.names.functionBehind(argument)) continue;
        const what = argument.type === 'Identifier' ? `the function "${argument.name}"` : 'a function';
        yield { at: argument, message: `${what} is passed as an argument`, fix: 'pass the data and call the function by name; only array methods such as map take functions' };
      }
    }
  },
};

/** Array methods do; and a call that is refused for itself is not reported for its arguments. */
function mayTakeFunctions(call: NodeOf<'CallExpression'>, handler: HandlerProgram): boolean {
  const { callee } = call;
  if (callee.type === 'Identifier') return handler.free.includes(callee);
  if (callee.type !== 'MemberExpression') return false;
  const method = writtenName(callee) ?? '';
  return takeFunctions.has(method) || method === 'sort' || promiseMethods.has(method) || isRefusedCall(call, handler);
}

/** Whatever has these is a promise, and promises are refused where they are made. */
const promiseMethods: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);
