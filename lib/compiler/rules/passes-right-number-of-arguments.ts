import { apiReference } from '../api-references';
import { isApiFunction } from '../api-surface';
import type { NodeOf } from '../syntax-tree';
import type { HandlerRule } from './handler-rule';

/**
 * AppSync compiles the code against the declarations of @aws-appsync/utils.
 * Observed: github.com/aws/aws-appsync-community/issues/323, TS2556 for a spread list where single arguments are declared.
 */
export const passesRightNumberOfArguments: HandlerRule = {
  code: 'RES_HELPER_ARITY',
  severity: 'error',
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
      const at = count > parameters.length ? (call.arguments[parameters.length] ?? call.callee) : call.callee;
      yield { at, message: `"${callee.name}" takes ${expected(least, parameters.length)}, got ${count}` };
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
