/**
 * Runs APPSYNC_JS handlers in a sandbox: plain data in, plain data out, limits enforced, nothing of Node reachable.
 * One evaluator (one vm context) per API; one `Invocation` per resolver run, so concurrent requests share nothing.
 */
import type { HandlerModel } from '../model';

export interface EvaluatorOptions {
  /** Epoch milliseconds; `util.time` reads it. */
  readonly now: () => number;
}

/** The parts of `ctx` that stay the same through one resolver run. */
export interface InvocationContext {
  readonly args: Readonly<Record<string, unknown>>;
  readonly identity: Readonly<Record<string, unknown>> | null;
  /** Parent object; null on root types. */
  readonly source: unknown;
  readonly request: { readonly headers: Readonly<Record<string, string | readonly string[]>>; readonly domainName: string | null };
  readonly info: {
    readonly fieldName: string;
    readonly parentTypeName: string;
    readonly variables: Readonly<Record<string, unknown>>;
    readonly selectionSetList: readonly string[];
    readonly selectionSetGraphQL: string;
  };
  readonly env: Readonly<Record<string, string>>;
}

/** What differs from step to step of a pipeline. */
export interface StepContext {
  /** Output of the data source, or of the last function in a pipeline's own response handler. Response handlers only. */
  readonly result?: unknown;
  /** Pipelines only. */
  readonly prev?: { readonly result: unknown };
  /** Set when the data source failed. Response handlers only. */
  readonly error?: { readonly message: string; readonly type: string };
}

export interface ResolverError {
  readonly message: string;
  readonly errorType: string | null;
  readonly data: unknown;
  readonly errorInfo: unknown;
}

export interface FilterCondition {
  readonly fieldName: string;
  readonly operator: string;
  readonly value: unknown;
}

/** As given to `extensions.setSubscriptionFilter`: entries of `filterGroup` are OR-ed, `filters` inside one are AND-ed. */
export interface SubscriptionFilter {
  readonly filterGroup: readonly { readonly filters: readonly FilterCondition[] }[];
}

/** What a handler asked for besides its value. */
export interface Effects {
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly subscriptionFilter?: SubscriptionFilter;
  readonly invalidationFilter?: SubscriptionFilter;
  readonly invalidations: readonly { readonly subscriptionField: string; readonly payload: unknown }[];
  readonly evictions: readonly { readonly typeName: string; readonly fieldName: string; readonly keys: Readonly<Record<string, unknown>> }[];
}

/** How one handler call ended. All values are plain host data (no object of the sandbox's realm). */
export interface Evaluation {
  readonly outcome:
    | { readonly kind: 'value'; readonly value: unknown }
    | { readonly kind: 'earlyReturn'; readonly value: unknown; readonly skipTo: 'NEXT' | 'END' }
    | { readonly kind: 'error'; readonly error: ResolverError };
  /** From `util.appendError`, in order. */
  readonly appendedErrors: readonly ResolverError[];
  /** `INFO - code.js:13:5: "text"` */
  readonly logs: readonly string[];
  readonly effects: Effects;
}

/** One resolver run: holds `ctx` in the sandbox, so `stash` and changes to `args` carry from step to step. */
export interface Invocation {
  run(code: LoadedCode, handler: 'request' | 'response', step: StepContext): Evaluation;
  /** The stash as plain data, for traces and `evaluate`. */
  stash(): Record<string, unknown>;
}

/** Code that has been compiled in the sandbox once. */
export interface LoadedCode {
  readonly hasRequest: boolean;
  readonly hasResponse: boolean;
  /** Set when the code cannot run at all (syntax error, forbidden import, no handlers); every `run` then gives this error. */
  readonly loadError?: ResolverError;
}

export interface Evaluator {
  load(handler: Extract<HandlerModel, { kind: 'APPSYNC_JS' }>): LoadedCode;
  begin(context: InvocationContext): Invocation;
}

export function createEvaluator(_options: EvaluatorOptions): Evaluator {
  throw new Error('pending');
}
