/**
 * Full-request and per-resolver caching: values of resolvers, kept as they leave the response handler. What they carry on the way (headers,
 * logs) is not kept, and fields below an object resolve as ever.
 * Source: AppSync developer guide, "Configuring server-side caching and API payload compression".
 * Assumed: null is kept like any value, a value that came with errors is not; two requests that miss at the same time both run the resolver.
 */
import type { ApiModel, CacheModel, ResolverModel } from '../../model';
import type { Effects } from '../evaluator';
import { pathToArray, type ResponsePath } from './appsync-error';
import { cacheKeyReader, type CacheKeyReader } from './cache-key';
import type { CacheStore } from './cache-store';
import { failed, type FieldResolver } from './compiled-field';
import type { ResolverOperation } from './resolver-run';

type Resolve = (typeName: string, fieldName: string) => FieldResolver<ResolverOperation> | undefined;

interface CachedField {
  readonly keys: CacheKeyReader;
  readonly ttlSeconds: number;
}

export interface ResolverCacheOptions {
  readonly api: ApiModel;
  readonly cache: CacheModel;
  readonly store: CacheStore;
  /** Mutation and subscription: their fields are never cached. */
  readonly uncachedTypes: readonly string[];
}

export class ResolverCache {
  /** By `Type.field`. */
  private readonly fields = new Map<string, CachedField>();
  private readonly store: CacheStore;

  constructor({ api, cache, store, uncachedTypes }: ResolverCacheOptions) {
    this.store = store;
    for (const resolver of api.resolvers) {
      const { typeName, fieldName } = resolver;
      const cached = uncachedTypes.includes(typeName) ? undefined : cachingOf(resolver, cache);
      if (cached) this.fields.set(`${typeName}.${fieldName}`, { keys: cacheKeyReader(`${typeName}.${fieldName}`, cached.keys), ttlSeconds: cached.ttlSeconds });
    }
  }

  /**
   * Finds what answers a field, with the cache before it where the field is cached.
   * Assumed: a mutation goes past the cache also below its root fields.
   */
  before(resolver: Resolve): Resolve {
    return (typeName, fieldName) => {
      const coordinate = `${typeName}.${fieldName}`;
      const resolve = resolver(typeName, fieldName);
      const cached = this.fields.get(coordinate);
      if (!resolve || !cached) return resolve;
      const { keys, ttlSeconds } = cached;
      return (source, field, operation, path) => {
        if (operation.isMutation) return resolve(source, field, operation, path);
        const { trace } = operation.context;
        const key = keys.read({ arguments: field.args(operation.variables), source: path.parent === undefined ? null : source, identity: operation.caller.identity });
        if ('missing' in key) {
          trace?.looksUp({ outcome: 'none', missingKey: key.missing });
          return resolve(source, field, operation, path);
        }
        const hit = this.store.get(key.text);
        trace?.looksUp({ outcome: hit === undefined ? 'miss' : 'hit' });
        if (hit === undefined) return this.filled(key.text, ttlSeconds, resolve(source, field, operation, path), operation, path);
        trace?.resolver(coordinate, path).isAnswered(hit);
        return Promise.resolve(hit);
      };
    };
  }

  /** @returns how many entries are gone, or why the call can never hit one */
  evict({ typeName, fieldName, keys }: Effects['evictions'][number]): { readonly deleted: number; readonly problem?: string } {
    const coordinate = `${typeName}.${fieldName}`;
    const cached = this.fields.get(coordinate);
    if (!cached) return { deleted: 0, problem: `${coordinate} is not cached` };
    const key = cached.keys.ofEviction(keys);
    if (key === undefined) return { deleted: 0, problem: `the keys of ${coordinate} are ${cached.keys.names.join(', ')}, in this order, and not ${Object.keys(keys).join(', ') || 'none'}` };
    return { deleted: this.store.delete(key) ? 1 : 0 };
  }

  private async filled(key: string, ttlSeconds: number, running: Promise<unknown>, operation: ResolverOperation, path: ResponsePath): Promise<unknown> {
    const { errors } = operation;
    const errorsBefore = errors.length;
    const value = await running;
    if (value !== failed && !hasErrorAt(path, errors.slice(errorsBefore))) this.store.set(key, value ?? null, ttlSeconds);
    return value;
  }
}

/**
 * Source of FULL_REQUEST_CACHING: every resolver, for the time of the API.
 * Assumed: the guide names arguments and identity as its key, but also calls it the same as a resolver with a TTL and no keys, whose key
 * has the source too. Without the source every object of a list would get the value of the first one.
 */
function cachingOf({ caching }: ResolverModel, { behavior, ttlSeconds }: CacheModel): ResolverModel['caching'] {
  switch (behavior) {
    case 'FULL_REQUEST_CACHING':
      return { ttlSeconds, keys: [] };
    case 'PER_RESOLVER_CACHING':
      return caching;
    case 'OPERATION_LEVEL_CACHING':
      return undefined;
  }
}

function hasErrorAt(path: ResponsePath, errors: ResolverOperation['errors']): boolean {
  if (errors.length === 0) return false;
  const place = JSON.stringify(pathToArray(path));
  return errors.some((error) => JSON.stringify(error.path) === place);
}
