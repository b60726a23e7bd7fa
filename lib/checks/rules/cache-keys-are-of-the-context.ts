import { cachingKeyForm } from '../caching-keys';
import type { ApiRule } from './api-rule';

const maxKeys = 25;

export const cacheKeysAreOfTheContext: ApiRule = {
  code: 'API_CACHE_KEYS',
  severity: 'error',
  summary: 'a resolver has at most 25 caching keys, each of $context.arguments, $context.source or $context.identity',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html',
  *check({ api, isKnown }) {
    for (const { typeName, fieldName, caching, resource } of api.resolvers) {
      const keys = caching?.keys ?? [];
      if (keys.length > maxKeys) yield { resource, message: `the resolver of ${typeName}.${fieldName} has ${keys.length} caching keys; AppSync takes at most ${maxKeys}`, fix: 'use fewer keys, or a whole map such as $context.arguments' };
      for (const key of keys)
        if (isKnown(key) && !cachingKeyForm.test(key))
          yield { resource, message: `"${key}" is no caching key of the resolver of ${typeName}.${fieldName}`, fix: 'start it with $context.arguments, $context.source or $context.identity' };
    }
  },
};
