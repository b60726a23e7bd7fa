/** What calling a Lambda function came to, whoever called it and wherever it ran. */

export type InvocationOutcome =
  /** What the function returned, as JSON carries it. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** The function failed, in the words of Lambda: `Error`, `Sandbox.Timedout`, `Runtime.ImportModuleError`. */
  | FunctionError
  /** Lambda did not take the call; the function has not seen it. */
  | { readonly kind: 'refused'; readonly errorType: string; readonly errorMessage: string }
  /** It cannot run on this machine; `reason` says why and what helps. */
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface FunctionError {
  readonly kind: 'error';
  readonly errorType: string;
  readonly errorMessage: string;
}

/** Calls a function and waits for it. Never rejects. */
export type InvokeFunction = (functionArn: string, event: unknown) => Promise<InvocationOutcome>;

/** Source: Lambda quotas, "Invocation payload (request and response)". */
export const maxPayloadBytes = 6 * 1024 * 1024;

/** Source: Lambda quotas, asynchronous invocations: 1 MB since October 2025. */
export const maxEventBytes = 1024 * 1024;
