/** The built-ins that end a handler or add to the response's errors: `util.error`, `util.appendError`, `util.unauthorized`, `runtime.earlyReturn`. */
import { asText, type BuiltinGroup, HandlerEnd, isPlainObject } from './builtin';
import type { RaisedError, RunEnd, Surroundings } from './handler-run';

export function createErrorBuiltins({ current }: Surroundings): { readonly util: BuiltinGroup; readonly runtime: BuiltinGroup } {
  const endWith = (end: RunEnd): never => {
    current().end = end;
    throw new HandlerEnd();
  };

  return {
    util: {
      error: (...args) => endWith({ kind: 'error', error: raisedError(args) }),
      appendError: (...args) => current().appendError(raisedError(args)),
      unauthorized: () => {
        const { fieldName, parentTypeName } = current();
        const message = `Not Authorized to access ${fieldName} on type ${parentTypeName}`;
        return endWith({ kind: 'error', error: { message, errorType: 'Unauthorized', data: null, errorInfo: null } });
      },
    },
    runtime: {
      /** Source: https://docs.aws.amazon.com/appsync/latest/devguide/runtime-utils-js.html */
      earlyReturn: (value, options) =>
        endWith({ kind: 'earlyReturn', value: value ?? null, skipTo: isPlainObject(options) && options.skipTo === 'END' ? 'END' : 'NEXT' }),
    },
  };
}

/** Assumed: an error raised without a type has `errorType` null, and a message that is no string is printed as JSON. */
function raisedError([message, errorType, data, errorInfo]: readonly unknown[]): RaisedError {
  return {
    message: asText(message ?? null),
    errorType: errorType == null ? null : asText(errorType),
    data: data ?? null,
    errorInfo: errorInfo ?? null,
  };
}
