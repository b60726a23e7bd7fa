import type { ApiRule } from './api-rule';

const maxSeconds = 3_600;

export const cacheEntryLivesUpToAnHour: ApiRule = {
  code: 'API_CACHE_TTL',
  severity: 'error',
  summary: 'cached answers live for 1 to 3,600 seconds',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html',
  *check({ api }) {
    const caches = [
      ...(api.cache ? [{ what: `the cache of the API "${api.name}"`, ttlSeconds: api.cache.ttlSeconds, resource: api.cache.resource }] : []),
      ...api.resolvers.flatMap(({ typeName, fieldName, caching, resource }) => (caching ? [{ what: `the resolver of ${typeName}.${fieldName}`, ttlSeconds: caching.ttlSeconds, resource }] : [])),
    ];
    for (const { what, ttlSeconds, resource } of caches)
      if (ttlSeconds < 1 || ttlSeconds > maxSeconds) yield { resource, message: `"Ttl" of ${what} must be 1 to 3,600 seconds, got ${ttlSeconds}`, fix: 'choose a number from 1 to 3,600' };
  },
};
