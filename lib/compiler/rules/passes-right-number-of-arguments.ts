import { apiReference } from '../api-references';
import { isApiFunction } from '../api-surface';
import type { NodeOf } from '../syntax-tree';
import type { HandlerRule } from './handler-rule';

/**
 * AppSync has compiled code against the declarations of @aws-appsync/utils: TS2556 for a spread list where single arguments are declared.
 * Later answers of EvaluateCode come from calls that those declarations forbid, so what would run is a warning: an argument too many is ignored,
 * and one that may be anything may be missing. Without one that has a type, the helper itself fails.
 * Observed: github.com/aws/aws-appsync-community/issues/323 (2023); the tests of localstack/appsync-utils recorded against AWS (2026)
 */
export const passesRightNumberOfArguments: HandlerRule = {
  code: 'RES_HELPER_ARITY',
  severity: 'error or warning',
  summary: 'AppSync helpers are called with as many arguments as they are declared with',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-util-reference-js.html',
  *check(handler) {
    for (const call of handler.nodes('CallExpression')) {
      const callee = apiReference(call.callee, handler);
      if (!callee || !isApiFunction(callee.value)) continue;
      const { least, parameters, takesRest = false } = callee.value;
      const spread = call.arguments.findIndex((argument) => argument.type === 'SpreadElement' && argument.argument.type !== 'ArrayExpression');
      if (spread >= 0) {
        if (spread >= least && (takesRest || spread < parameters.length)) continue;
        yield { at: call.arguments[spread]!, message: `"${callee.name}" cannot take its arguments from a spread list`, fix: 'pass them one by one: f(list[0], list[1])' };
        continue;
      }
      const count = argumentCount(call);
      if (count >= least && (takesRest || count <= parameters.length)) continue;
      const isTooMany = count > parameters.length;
      yield {
        at: isTooMany ? (call.arguments[parameters.length] ?? call.callee) : call.callee,
        severity: isTooMany || parameters.slice(count, least).every((shape) => shape === 'any') ? 'warning' : 'error',
        message: `"${callee.name}" takes ${expected(least, parameters.length)}, got ${count}`,
      };
    }
  },
};

/** Lists written out in a spread count with their items. */
function argumentCount(call: NodeOf<'CallExpression'>): number {
  return call.arguments.reduce((sum, argument) => sum + (argument.type === 'SpreadElement' && argument.argument.type === 'ArrayExpression' ? argument.argument.elements.length : 1), 0);
}

function expected(least: number, most: number): string {
  if (most === 0) return 'no arguments';
  return `${least === most ? most : `${least} to ${most}`} argument${most === 1 ? '' : 's'}`;
}
