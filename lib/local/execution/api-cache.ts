/** The cache of an API, if its template has one: which of the three behaviors, what it holds, and how it is emptied. */
import type { ApiModel } from '../../model';
import type { SchemaModel } from '../../sdl';
import type { Effects } from '../evaluator';
import { CacheStore } from './cache-store';
import { OperationCache } from './operation-cache';
import { ResolverCache } from './resolver-cache';

export interface ApiCacheOptions {
  readonly api: ApiModel;
  readonly schema: SchemaModel;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}

export interface ApiCache {
  readonly resolvers: ResolverCache;
  /** Operation-level caching only. */
  readonly operations?: OperationCache;
  /**
   * Takes effect at once, also when the mutation fails later.
   * @returns how many entries are gone; the answer's `apiCacheEntriesDeleted` is the sum. Assumed: it is there with 0, too; the guide only shows 1.
   */
  evict(eviction: Effects['evictions'][number]): number;
  /** As `FlushApiCache` does. */
  clear(): void;
}

/** Undefined for an API without a cache, so that it pays nothing. */
export function createApiCache({ api, schema: { schema }, now, log }: ApiCacheOptions): ApiCache | undefined {
  const { cache } = api;
  if (!cache) return undefined;
  const store = new CacheStore({ now });
  const resolvers = new ResolverCache({ api, cache, store, uncachedTypes: [schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) => type?.name ?? []) });
  return {
    resolvers,
    ...(cache.behavior === 'OPERATION_LEVEL_CACHING' && { operations: new OperationCache(cache, store) }),
    evict(eviction) {
      const { deleted, problem } = resolvers.evict(eviction);
      // AppSync says nothing of an eviction that can never hit.
      if (problem !== undefined) log(`extensions.evictFromApiCache does nothing: ${problem}`);
      return deleted;
    },
    clear: () => store.clear(),
  };
}
