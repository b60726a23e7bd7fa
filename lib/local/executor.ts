/** A GraphQL operation to AppSync's answer: validation, field authorization, resolvers, completion, error shapes. Knows nothing of HTTP or sockets. */
import { invariant } from '../diagnostics';
import type { ApiModel } from '../model';
import type { SchemaModel } from '../sdl';
import type { DataSource } from './data-sources/data-source';
import type { Evaluator, SubscriptionFilter } from './evaluator';
import { createApiCache } from './execution/api-cache';
import { type AppSyncError, fieldError, unauthorized } from './execution/appsync-error';
import { BatchScope } from './execution/batch-scope';
import { bubble, type CompiledSelection, executeSelection, failed, type OperationRun } from './execution/compiled-field';
import { accessClass, fieldAccess } from './execution/field-access';
import type { ExecutionOutcome, OperationRequest, OperationResult, Refusal, RequestContext } from './execution/operation';
import { operationPreparer, type ReadyOperation } from './execution/prepare';
import { type RequestListeners, RequestRun } from './execution/request-run';
import { resolverSet } from './execution/resolver-run';

export type { AppSyncError, ExecutionOutcome, OperationRequest, OperationResult, RequestContext };

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
  /** Epoch milliseconds, for what is cached. @default Date.now */
  readonly now?: () => number;
}

export interface Executor {
  /** Queries and mutations. Never rejects: a bug of ours becomes an `InternalFailure` error and a log line. */
  execute(request: OperationRequest, context: RequestContext): Promise<ExecutionOutcome>;
  subscribe(request: OperationRequest, context: RequestContext): Promise<SubscriptionOutcome>;
  /** Forgets what is cached. */
  flushCache(): void;
}

/** Source: AppSync quotas, "Request execution time". */
const timeLimitMs = 30_000;

/** Source: AppSync quotas, "Resolvers executed in one request". */
const serviceResolverLimit = 10_000;

export function createExecutor(options: ExecutorOptions): Executor {
  const { api, schema, now = Date.now, log } = options;
  const access = fieldAccess(schema, api.authorization);
  const cache = createApiCache({ api, schema, now, log });
  const listeners: RequestListeners = { ...options, ...(cache && { onEvict: cache.evict }) };
  const resolvers = resolverSet(options);
  const resolver = cache ? cache.resolvers.before(resolvers) : resolvers;
  const prepare = operationPreparer({ schema: schema.schema, introspection: api.introspection, access, resolver, depthLimit: api.queryDepthLimit });
  const resolverLimit = api.resolverCountLimit || serviceResolverLimit;
  // Nobody else pays for keeping count.
  const newBatches = api.dataSources.some(({ type }) => type === 'AWS_LAMBDA') ? () => new BatchScope() : () => undefined;

  async function execute(request: OperationRequest, context: RequestContext): Promise<ExecutionOutcome> {
    const operation = prepare(request);
    switch (operation.kind) {
      case 'refused':
        return refused(operation.refusal);
      case 'invalid':
        return answered({ data: null, errors: operation.errors });
      case 'ready':
        break;
    }
    if (operation.type === 'subscription') return refused(subscriptionOverHttp);
    const variables = operation.coerceVariables(request.variables ?? {});
    if (!variables.ok) return answered({ data: null, errors: [variables.error] });

    const cached = operation.type === 'query' ? cache?.operations?.lookUp(request, context) : undefined;
    if (cached?.result) return answered(cached.result);

    const run = new RequestRun(context, variables.values, resolverLimit, listeners, newBatches());
    const completed = operation.type === 'mutation' ? run.mutation(operation.selection) : executeSelection(operation.selection, {}, run, undefined);
    const data = completed instanceof Promise ? await withinTimeLimit(completed) : completed;
    if (data === timedOut) return answered({ data: null, errors: [executionTimeout] });
    const result = run.result(data, operation.selection);
    cached?.keep(result);
    return answered(result, run.responseHeaders);
  }

  async function subscribe(request: OperationRequest, context: RequestContext): Promise<SubscriptionOutcome> {
    const operation = prepare(request);
    switch (operation.kind) {
      case 'refused':
        return { ok: false, errors: [operation.refusal] };
      case 'invalid':
        return { ok: false, errors: operation.errors };
      case 'ready':
        break;
    }
    if (operation.type !== 'subscription') return { ok: false, errors: [notASubscription] };
    const variables = operation.coerceVariables(request.variables ?? {});
    if (!variables.ok) return { ok: false, errors: [variables.error] };
    return start(operation, variables.values, request, context);
  }

  /** Authorizes the subscription's field and runs its resolver once; the value is not delivered. */
  async function start(operation: ReadyOperation, variables: Readonly<Record<string, unknown>>, request: OperationRequest, context: RequestContext): Promise<SubscriptionOutcome> {
    const field = operation.selection.fields.find((candidate) => candidate.isIncluded(variables));
    invariant(field, 'a subscription that passed validation has a root field');
    const { fieldName, parentTypeName, location } = field;
    const path = { parent: undefined, key: field.responseKey };

    const mayRead = access(parentTypeName, fieldName);
    if (mayRead && !mayRead(context.caller)) return { ok: false, errors: [fieldError(unauthorized(fieldName, parentTypeName), path, location)] };

    const run = new RequestRun(context, variables, resolverLimit, listeners, newBatches());
    const resolve = resolver(parentTypeName, fieldName);
    if (resolve) {
      const value = await withinTimeLimit(resolve({}, field, run, path));
      if (value === timedOut) return { ok: false, errors: [executionTimeout] };
      if (value === failed) return { ok: false, errors: run.errors };
    }
    const projection = operation.projection();
    const declared = schema.subscriptions.find((subscription) => subscription.fieldName === fieldName);
    const selecting = operation.selectingVariables.map((name) => variables[name] === true);
    return {
      ok: true,
      subscription: {
        fieldName,
        mutations: declared?.mutations.map((mutation) => mutation.name) ?? [],
        args: field.args(variables),
        ...run.filters,
        projectionKey: [accessClass(context.caller), JSON.stringify(selecting), request.operationName ?? '', request.query].join('\n'),
        project: (payload) => project(projection, { [fieldName]: payload }, { caller: context.caller, variables, errors: [], refusedRootFields: 0 }),
      },
    };
  }

  /** Answers with `otherwise` when our own code throws, and tells the log. */
  async function guarded<T>(work: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work;
    } catch (error) {
      options.log(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return otherwise;
    }
  }

  return {
    execute: (request, context) => guarded(execute(request, context), answered({ data: null, errors: [internalError] })),
    subscribe: (request, context) => guarded(subscribe(request, context), { ok: false, errors: [internalError] }),
    flushCache: () => cache?.clear(),
  };
}

/** Assumed: field authorization of the payload's types holds for the subscriber's caller; the spec is silent on the details. */
function project(selection: CompiledSelection<OperationRun>, source: unknown, run: OperationRun): OperationResult {
  const data = executeSelection(selection, source, run, undefined);
  invariant(!(data instanceof Promise), 'a projection runs no resolver');
  const result = { data: data === bubble ? null : (data as Readonly<Record<string, unknown>>) };
  return run.errors.length > 0 ? { ...result, errors: run.errors } : result;
}

const timedOut = Symbol('timed out');

async function withinTimeLimit(work: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, timeLimitMs, timedOut);
    timer.unref();
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function answered(body: OperationResult, responseHeaders: Readonly<Record<string, string>> = {}): ExecutionOutcome {
  return { httpStatus: 200, body, responseHeaders };
}

function refused(refusal: Refusal): ExecutionOutcome {
  return { httpStatus: 400, body: { errors: [{ message: refusal.message, errorType: refusal.errorType }] }, responseHeaders: {} };
}

/** Source: text reported for operations other than subscriptions; the leading space is AppSync's. */
const notASubscription: Refusal = { errorType: 'UnsupportedOperation', message: ' not supported through the realtime channel' };

/** Assumed: today's AppSync no longer answers with MQTT connection data; type and text follow the real-time counterpart. */
const subscriptionOverHttp: Refusal = { errorType: 'UnsupportedOperation', message: 'subscription not supported through the HTTP channel' };

/** Assumed: status 200; type and text are documented. */
const executionTimeout: AppSyncError = { path: null, data: null, errorType: 'ExecutionTimeout', errorInfo: null, locations: null, message: 'Execution timed out.' };

const internalError: AppSyncError = { path: null, data: null, errorType: 'InternalFailure', errorInfo: null, locations: null, message: 'An internal failure occurred.' };
