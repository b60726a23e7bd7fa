/** The shapes a GraphQL request and its answer have on AppSync's wire. */
import type { Caller } from '../auth/auth-mode';
import type { AppSyncError } from './appsync-error';
import type { TraceRecording } from './trace';

/** A GraphQL request body. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

export interface RequestContext {
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Takes down what the resolvers do. */
  readonly trace?: TraceRecording;
}

export interface OperationResult {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly AppSyncError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A request AppSync refuses as a whole. */
export interface Refusal {
  readonly errorType: string;
  readonly message: string;
}

export interface ExecutionOutcome {
  /** 400 only for what AppSync calls a malformed or bad request; its body is then `{ errors: [{ message, errorType }] }`. */
  readonly httpStatus: 200 | 400;
  readonly body: OperationResult | { readonly errors: readonly Refusal[] };
  readonly responseHeaders: Readonly<Record<string, string>>;
}
