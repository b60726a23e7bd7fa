import { contextRead } from '../context-reads';
import type { ApiRule, ApiRuleInput } from './api-rule';

/** Without keys the identity is part of the key as a whole; only a list of keys can leave it out. */
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
      const coordinate = `${resolver.typeName}.${resolver.fieldName}`;
      const fix = 'add $context.identity.sub, or another part of the identity, to the keys; acknowledge the finding if every caller may see the same answer';
      const message = `${coordinate} is cached without the identity in its key`;
      const reader = contextRead('identity', resolver, input);
      if (reader) yield { resource: resolver.resource, message: `${message}, but its code reads the identity: one caller may get the answer of another`, notes: reader, fix };
      else if (isRestricted(coordinate, input)) yield { resource: resolver.resource, message: `${message}, but only some groups may read it`, fix };
    }
  },
};

/** True when every mode that may read the field asks for a group. A directive on the field replaces those of its type. */
function isRestricted(coordinate: string, { schema }: ApiRuleInput): boolean {
  const own = schema?.authDirectives(coordinate) ?? [];
  const directives = own.length > 0 ? own : (schema?.authDirectives(coordinate.split('.')[0] ?? '') ?? []);
  return directives.length > 0 && directives.every(({ groups }) => groups !== undefined && groups.length > 0);
}
