/** The errors of an answer as something to throw: every one on a line of its own. */
import type { RequestTrace } from '../execution/trace';

/** One entry of an answer's `errors`. Refusals of a whole request have `errorType` and `message` only. */
export interface AnswerError {
  readonly message: string;
  readonly errorType?: string | null;
  readonly path?: readonly (string | number)[] | null;
  readonly data?: unknown;
  readonly errorInfo?: unknown;
  readonly locations?: readonly { readonly line: number; readonly column: number }[] | null;
}

export class GraphqlRequestError extends Error {
  /** The first error's. */
  readonly errorType: string | undefined;

  /**
   * @param what `the mutation`, `the subscription`
   * @param data what the answer holds beside its errors
   */
  constructor(
    what: string,
    readonly errors: readonly AnswerError[],
    readonly data: unknown,
    readonly trace?: RequestTrace,
  ) {
    super([`${what} was answered with ${errors.length === 1 ? 'an error' : `${errors.length} errors`}`, ...errors.map((error) => `  ${errorText(error)}`)].join('\n'));
    this.name = 'GraphqlRequestError';
    this.errorType = errors[0]?.errorType ?? undefined;
  }
}

function errorText({ errorType, message, path }: AnswerError): string {
  return `${errorType ? `${errorType}: ` : ''}${message}${path ? ` (at ${path.join('.')})` : ''}`;
}
