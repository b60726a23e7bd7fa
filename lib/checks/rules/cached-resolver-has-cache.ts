import type { ApiRule } from './api-rule';

export const cachedResolverHasCache: ApiRule = {
  code: 'API_CACHE_MISSING',
  severity: 'warning',
  summary: 'a resolver with a caching configuration answers a query of an API that caches per resolver',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html',
  *check({ api, schema }) {
    const uncached = [schema?.schema.getMutationType()?.name ?? 'Mutation', schema?.schema.getSubscriptionType()?.name ?? 'Subscription'];
    for (const { typeName, fieldName, caching, resource } of api.resolvers) {
      if (!caching) continue;
      const why = !api.cache
        ? { what: `the API "${api.name}" has no cache`, fix: 'add a cache with the behavior PER_RESOLVER_CACHING, or remove "CachingConfig"' }
        : api.cache.behavior !== 'PER_RESOLVER_CACHING'
          ? { what: `the cache of the API "${api.name}" is for ${api.cache.behavior}`, fix: 'set its behavior to PER_RESOLVER_CACHING, or remove "CachingConfig"' }
          : uncached.includes(typeName)
            ? { what: 'mutations and subscriptions are never cached', fix: 'remove "CachingConfig"' }
            : undefined;
      if (why) yield { resource, message: `the resolver of ${typeName}.${fieldName} is to be cached, but ${why.what}`, fix: why.fix };
    }
  },
};
