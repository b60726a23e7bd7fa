/** One request while it runs: its errors, and what its resolvers asked for beyond their values (headers, filters, invalidations, evictions). */
import type { Caller } from '../auth/auth-mode';
import type { Effects, SubscriptionFilter } from '../evaluator';
import { type AppSyncError, fieldError, type ResponsePath } from './appsync-error';
import type { OperationResult, RequestContext } from './operation';
import { bubble, type CompiledField, type CompiledSelection } from './compiled-field';
import type { BatchScope } from './batch-scope';
import type { ResolverOperation } from './resolver-run';

export interface RequestListeners {
  readonly onMutation: (event: { readonly fieldName: string; readonly payload: unknown }) => void;
  readonly onInvalidate: (invalidation: Invalidation) => void;
  /** Takes an entry out of the cache. @returns how many are gone. @default nothing is cached */
  readonly onEvict?: (eviction: Effects['evictions'][number]) => number;
}

type Invalidation = Effects['invalidations'][number];

/** Source: AppSync quotas, "Custom response headers". */
const maxHeaderBytes = 4_096;

/** Source: AppSync quotas, "invalidateSubscriptions calls per request", unique ones. */
const maxInvalidations = 5;

export class RequestRun implements ResolverOperation {
  readonly caller: Caller;
  readonly errors: AppSyncError[] = [];
  refusedRootFields = 0;
  readonly responseHeaders: Record<string, string> = {};
  private headerBytes = 0;
  isMutation = false;
  private evictions: number | undefined;
  private subscriptionFilter: SubscriptionFilter | undefined;
  private invalidationFilter: SubscriptionFilter | undefined;
  private readonly uniqueInvalidations = new Set<string>();
  private pendingInvalidations: Invalidation[] = [];

  constructor(
    readonly context: RequestContext,
    readonly variables: Readonly<Record<string, unknown>>,
    public resolversLeft: number,
    private readonly listeners: RequestListeners,
    readonly batches?: BatchScope,
  ) {
    this.caller = context.caller;
  }

  /**
   * Mutation fields one after another; each that leaves a value is announced before the next one starts.
   * Assumed: a field that resolves to null is not announced.
   */
  async mutation(selection: CompiledSelection<ResolverOperation>): Promise<unknown> {
    this.isMutation = true;
    const data: Record<string, unknown> = {};
    let isNulled = false;
    for (const field of selection.fields) {
      if (!field.isIncluded(this.variables)) continue;
      const value = await field.execute({}, this, undefined);
      if (value === bubble) isNulled = true;
      else data[field.responseKey] = value;
      if (value !== null && value !== bubble && field.fieldName !== '__typename') {
        this.listeners.onMutation({ fieldName: field.fieldName, payload: value });
        for (const invalidation of this.pendingInvalidations) this.listeners.onInvalidate(invalidation);
      }
      this.pendingInvalidations = [];
    }
    return isNulled ? bubble : data;
  }

  /** Observed: when authorization refuses every root field, `data` is null as a whole. */
  result(data: unknown, selection: CompiledSelection<ResolverOperation>): OperationResult {
    const isRefused = this.refusedRootFields > 0 && this.refusedRootFields === selection.fields.filter((field) => field.isIncluded(this.variables)).length;
    return {
      data: data === bubble || isRefused ? null : (data as Readonly<Record<string, unknown>>),
      ...(this.errors.length > 0 && { errors: this.errors }),
      ...(this.evictions !== undefined && { extensions: { apiCacheEntriesDeleted: this.evictions } }),
    };
  }

  /** What the subscription's resolver set, as members of a prepared subscription. */
  get filters(): { filter?: SubscriptionFilter; invalidationFilter?: SubscriptionFilter } {
    return {
      ...(this.subscriptionFilter && { filter: this.subscriptionFilter }),
      ...(this.invalidationFilter && { invalidationFilter: this.invalidationFilter }),
    };
  }

  readonly onEffects: ResolverOperation['onEffects'] = (effects, handler, path, field) => {
    for (const name in effects.responseHeaders) this.addHeader(name, effects.responseHeaders[name] ?? '', path, field);
    if (this.isMutation) for (const eviction of effects.evictions) this.evictions = (this.evictions ?? 0) + (this.listeners.onEvict?.(eviction) ?? 0);
    if (handler === 'request') return;
    if (effects.subscriptionFilter) this.subscriptionFilter = effects.subscriptionFilter;
    if (effects.invalidationFilter) this.invalidationFilter = effects.invalidationFilter;
    for (const invalidation of effects.invalidations) this.addInvalidation(invalidation, path, field);
  };

  /** Source: AppSync developer guide, "HTTP helpers in util.http": every definition counts, the last one wins. */
  private addHeader(name: string, value: string, path: ResponsePath, field: CompiledField<ResolverOperation>): void {
    this.headerBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (this.headerBytes <= maxHeaderBytes) this.responseHeaders[name] = value;
    // Assumed: the text.
    else this.addError(`Response header ${name} exceeds the limit of ${maxHeaderBytes} bytes for all response headers.`, 'ResponseHeaderError', path, field);
  }

  private addInvalidation(invalidation: Invalidation, path: ResponsePath, field: CompiledField<ResolverOperation>): void {
    const key = JSON.stringify([invalidation.subscriptionField, invalidation.payload]);
    if (this.uniqueInvalidations.has(key)) return;
    this.uniqueInvalidations.add(key);
    if (this.uniqueInvalidations.size <= maxInvalidations) this.pendingInvalidations.push(invalidation);
    // Assumed: type and text; the guide only says that it is a GraphQL error.
    else this.addError(`At most ${maxInvalidations} invalidateSubscriptions calls are allowed in one request.`, 'LimitExceededException', path, field);
  }

  private addError(message: string, errorType: string, path: ResponsePath, field: CompiledField<ResolverOperation>): void {
    this.errors.push(fieldError({ message, errorType }, path, field.location));
  }
}
