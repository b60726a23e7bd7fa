import { contextRead } from '../context-reads';
import type { ApiRule } from './api-rule';

/**
 * Without keys the identity is part of the key as a whole; only a list of keys can leave it out. Code that uses it to refuse callers counts, too:
 * a hit goes past the code. Directives do not: fields are authorized before the cache, so that a group may share its answers.
 */
export const cachedIdentityIsInTheKey: ApiRule = {
  code: 'API_CACHE_IDENTITY',
  severity: 'warning',
  summary: 'an answer that depends on who asks is cached with the identity in its key',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html',
  *check(input) {
    const { api, isKnown } = input;
    if (api.cache?.behavior !== 'PER_RESOLVER_CACHING') return;
    for (const resolver of api.resolvers) {
      const keys = resolver.caching?.keys ?? [];
      if (keys.length === 0 || keys.some((key) => key.startsWith('$context.identity') || !isKnown(key))) continue;
      const reader = contextRead('identity', resolver, input);
      if (reader)
        yield {
          resource: resolver.resource,
          message: `${resolver.typeName}.${resolver.fieldName} is cached without the identity in its key, but its code reads the identity: one caller may get the answer of another`,
          notes: reader,
          fix: 'add $context.identity.sub, or another part of the identity, to the keys; acknowledge the finding if every caller may see the same answer',
        };
    }
  },
};
