/**
 * What happened while a request ran: which resolvers, what each sent to its data source and got back, in what order, how long.
 * A recording travels in the request's context; without one, nothing is recorded. Values are kept as they are, not copied.
 */
import type { DataSourceResponse } from '../data-sources/data-source';
import { type AppSyncError, type FieldFailure, pathToArray, type ResponsePath } from './appsync-error';
import { failed } from './compiled-field';
import type { OperationRequest, RequestContext } from './operation';
import { traceText } from './trace-text';

/** One step of a resolver: a unit resolver's only one, or a function of a pipeline. */
export interface StepTrace {
  /** `Query.getProduct`, or the function's name. */
  readonly name: string;
  readonly dataSource: string;
  /** What the request handler returned; absent when the data source was not asked (an early return, or an error before). */
  readonly request?: unknown;
  /** What the data source answered; absent when the request document was refused. */
  readonly response?: DataSourceResponse;
  /** Milliseconds since the request began. */
  readonly startMs: number;
  /** Milliseconds from asking the data source to its answer. */
  readonly dataSourceMs?: number;
}

export interface ResolverTrace {
  /** `Mutation.createOrder` */
  readonly field: string;
  /** Where in the response: `['createOrder', 'items', 0, 'product']`. */
  readonly path: readonly (string | number)[];
  /** In the order they began. */
  readonly steps: readonly StepTrace[];
  /** `console.log` and `console.error` of its handlers. */
  readonly logs: readonly string[];
  readonly errors: readonly FieldFailure[];
  /** What the resolver gave; absent when it failed. */
  readonly value?: unknown;
  /** What the cache had for it; absent when the field is not cached. */
  readonly cache?: CacheLookup;
  /** Milliseconds since the request began. */
  readonly startMs: number;
  readonly durationMs: number;
}

/** How the cache met a resolver: with its value, without, or not asked, for want of a value for one of the caching keys. */
export type CacheLookup = { readonly outcome: 'hit' | 'miss' } | { readonly outcome: 'none'; readonly missingKey: string };

export interface RequestTrace {
  readonly request: OperationRequest;
  /** `alice (user pool)`, `API key` */
  readonly caller: string;
  /** Operation-level caching: whether the answer came from the cache. Absent when such answers are not cached. */
  readonly cache?: 'hit' | 'miss';
  /** In the order they began. */
  readonly resolvers: readonly ResolverTrace[];
  /** The errors of the answer, of resolvers or not. */
  readonly errors: readonly (AppSyncError | { readonly errorType: string; readonly message: string })[];
  readonly durationMs: number;
  /** For people: a line per step and value, long values cut. */
  toString(): string;
}

/** A request being recorded. */
export class TraceRecording {
  private readonly startedAt = performance.now();
  private readonly resolvers: ResolverRecording[] = [];
  private lookup: CacheLookup | undefined;
  private operationLookup: 'hit' | 'miss' | undefined;

  constructor(
    private readonly request: OperationRequest,
    private readonly caller: RequestContext['caller'],
  ) {}

  /** Notes what the cache had for the resolver that is recorded next. */
  looksUp(lookup: CacheLookup): void {
    this.lookup = lookup;
  }

  /** Notes whether the cache had the whole answer. */
  looksUpOperation(outcome: 'hit' | 'miss'): void {
    this.operationLookup = outcome;
  }

  resolver(field: string, path: ResponsePath): ResolverRecording {
    const recording = new ResolverRecording(field, pathToArray(path), this.startedAt);
    if (this.lookup) recording.cache = this.lookup;
    this.lookup = undefined;
    this.resolvers.push(recording);
    return recording;
  }

  /** @param errors those of the answer */
  end(errors: RequestTrace['errors'] = []): RequestTrace {
    const trace: RequestTrace = {
      request: this.request,
      caller: callerText(this.caller),
      ...(this.operationLookup && { cache: this.operationLookup }),
      resolvers: this.resolvers,
      errors,
      durationMs: performance.now() - this.startedAt,
      toString: () => traceText(trace),
    };
    return trace;
  }
}

export class ResolverRecording implements ResolverTrace {
  readonly steps: StepRecording[] = [];
  readonly logs: string[] = [];
  readonly errors: FieldFailure[] = [];
  readonly startMs: number;
  /** Declared only: a member that is absent says something. */
  declare value?: unknown;
  declare cache?: CacheLookup;
  durationMs = 0;
  // Private to the runtime too, so that comparing and printing a trace shows what it tells and no more.
  readonly #requestStartedAt: number;

  constructor(
    readonly field: string,
    readonly path: readonly (string | number)[],
    requestStartedAt: number,
  ) {
    this.#requestStartedAt = requestStartedAt;
    this.startMs = performance.now() - requestStartedAt;
  }

  step(name: string, dataSource: string): StepRecording {
    const step = new StepRecording(name, dataSource, this.#requestStartedAt);
    this.steps.push(step);
    return step;
  }

  /** The cache had the value. */
  isAnswered(value: unknown): void {
    this.value = value;
  }

  /** Passes the resolver's outcome on, and notes it. */
  async until(outcome: Promise<unknown>): Promise<unknown> {
    const value = await outcome;
    this.durationMs = performance.now() - this.#requestStartedAt - this.startMs;
    if (value !== failed) this.value = value;
    return value;
  }
}

export class StepRecording implements StepTrace {
  readonly startMs: number;
  declare request?: unknown;
  declare response?: DataSourceResponse;
  declare dataSourceMs?: number;
  #askedAt = 0;

  constructor(
    readonly name: string,
    readonly dataSource: string,
    requestStartedAt: number,
  ) {
    this.startMs = performance.now() - requestStartedAt;
  }

  asks(request: unknown): void {
    this.request = request;
    this.#askedAt = performance.now();
  }

  hears(response: DataSourceResponse): void {
    this.response = response;
    this.dataSourceMs = performance.now() - this.#askedAt;
  }
}

function callerText({ mode, identity }: RequestContext['caller']): string {
  const name = identity?.username ?? identity?.sub;
  switch (mode) {
    case 'API_KEY':
      return 'API key';
    case 'AWS_IAM':
      return `${String(name)} (IAM)`;
    case 'AMAZON_COGNITO_USER_POOLS':
      return `${String(name)} (user pool)`;
    case 'OPENID_CONNECT':
      return `${String(name)} (OIDC)`;
    case 'AWS_LAMBDA':
      return 'Lambda authorizer';
  }
}
