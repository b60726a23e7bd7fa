/** A GraphQL operation to AppSync's answer: validation, field authorization, resolvers, completion, error shapes. Knows nothing of HTTP or sockets. */
import type { SchemaModel } from '../sdl';
import type { ApiModel } from '../model';
import type { Caller } from './auth/auth-mode';
import type { DataSource } from './data-sources/data-source';
import type { Evaluator, SubscriptionFilter } from './evaluator';

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
}

/** One entry of `errors`. Field errors have every member, in this order; request errors only `path`, `locations`, `message`. */
export interface AppSyncError {
  readonly path: readonly (string | number)[] | null;
  readonly data?: unknown;
  readonly errorType?: string | null;
  readonly errorInfo?: unknown;
  readonly locations: readonly { readonly line: number; readonly column: number; readonly sourceName: null }[] | null;
  readonly message: string;
}

export interface OperationResult {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly AppSyncError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface ExecutionOutcome {
  /** 400 only for what AppSync calls a malformed or bad request; its body is then `{ errors: [{ message, errorType }] }`. */
  readonly httpStatus: 200 | 400;
  readonly body: OperationResult | { readonly errors: readonly { readonly message: string; readonly errorType: string }[] };
  readonly responseHeaders: Readonly<Record<string, string>>;
}

/** A mutation field that resolved without error; what subscriptions are matched against. */
export interface MutationEvent {
  readonly fieldName: string;
  /** The field's completed value as in the response: the mutation's selection only. */
  readonly payload: unknown;
}

/** A subscription that passed validation, authorization and its own resolver. */
export interface PreparedSubscription {
  readonly fieldName: string;
  /** Mutation fields that fire it. */
  readonly mutations: readonly string[];
  /** Arguments as supplied: an omitted one is absent, an explicit null is null. */
  readonly args: Readonly<Record<string, unknown>>;
  /** Set by its resolver; replaces argument matching. */
  readonly filter?: SubscriptionFilter;
  readonly invalidationFilter?: SubscriptionFilter;
  /** Two subscriptions with the same key get the same bytes for the same event. */
  readonly projectionKey: string;
  /** The `data` message payload for an event: the subscriber's selection of the mutation's payload, no resolver runs. */
  project(payload: unknown): OperationResult;
}

export type SubscriptionOutcome =
  | { readonly ok: true; readonly subscription: PreparedSubscription }
  | { readonly ok: false; readonly errors: readonly (AppSyncError | { readonly errorType: string; readonly message: string })[] };

export interface ExecutorOptions {
  readonly api: ApiModel;
  readonly schema: SchemaModel;
  readonly evaluator: Evaluator;
  readonly dataSources: ReadonlyMap<string, DataSource>;
  /** Called as each mutation root field resolves, in completion order, before the response is sent. */
  readonly onMutation: (event: MutationEvent) => void;
  readonly onInvalidate: (invalidation: { readonly subscriptionField: string; readonly payload: unknown }) => void;
  /** A line for the local log: `console.log` of resolvers, swallowed data source errors. */
  readonly log: (line: string) => void;
}

export interface Executor {
  /** Queries and mutations. Never rejects: a bug of ours becomes an `InternalFailure` error and a log line. */
  execute(request: OperationRequest, context: RequestContext): Promise<ExecutionOutcome>;
  subscribe(request: OperationRequest, context: RequestContext): Promise<SubscriptionOutcome>;
}

export function createExecutor(_options: ExecutorOptions): Executor {
  throw new Error('pending');
}
