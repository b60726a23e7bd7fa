import type { ResolverModel } from '../../model';
import { contextRead } from '../context-reads';
import { cachingKeyForm } from './cache-keys-are-of-the-context';
import type { ApiFinding, ApiRule, ApiRuleInput } from './api-rule';

/** The identity has a rule of its own, `cached-identity-is-in-the-key.ts`. */
export const cachedAnswerHasItsInputsInTheKey: ApiRule = {
  code: 'API_CACHE_INPUT',
  severity: 'warning',
  summary: 'an answer that depends on arguments or on its source is cached by them, and one that depends on headers not at all',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html',
  *check(input) {
    for (const resolver of input.api.resolvers) {
      const keys = keysOf(resolver, input);
      // A key that is none is reported by another rule.
      if (!keys || !keys.every((key) => input.isKnown(key) && cachingKeyForm.test(key))) continue;
      for (const finding of [withoutSource(resolver, keys, input), withoutArguments(resolver, keys, input), withHeaders(resolver, input)]) if (finding) yield { resource: resolver.resource, ...finding };
    }
  },
};

const wholeContext = ['$context.arguments', '$context.source', '$context.identity'];

/** Undefined for what is not cached, and where whole answers are, which have the headers in their key. */
function keysOf({ typeName, caching }: ResolverModel, { api, schema }: ApiRuleInput): readonly string[] | undefined {
  if ([schema?.schema.getMutationType(), schema?.schema.getSubscriptionType()].some((type) => type?.name === typeName)) return undefined;
  if (api.cache?.behavior === 'FULL_REQUEST_CACHING') return wholeContext;
  if (api.cache?.behavior !== 'PER_RESOLVER_CACHING' || !caching) return undefined;
  return caching.keys.length > 0 ? caching.keys : wholeContext;
}

function withoutSource(resolver: ResolverModel, keys: readonly string[], input: ApiRuleInput): ApiFinding | undefined {
  const { typeName, fieldName } = resolver;
  const isRoot = input.schema?.schema.getQueryType()?.name === typeName;
  const notes = isRoot || keys.some((key) => key.startsWith('$context.source')) ? undefined : contextRead('source', resolver, input);
  return notes && { message: `${typeName}.${fieldName} is cached without the source in its key, but its code reads the source: one "${typeName}" may get the answer of another`, notes, fix: 'add the value that the code reads, such as $context.source.id, to the keys' };
}

function withoutArguments(resolver: ResolverModel, keys: readonly string[], input: ApiRuleInput): ApiFinding | undefined {
  const notes = keys.some((key) => /^\$context\.arg(s|uments)\b/.test(key)) ? undefined : contextRead('arguments', resolver, input);
  return notes && { message: `${resolver.typeName}.${resolver.fieldName} is cached without an argument in its key, but its code reads the arguments: whatever is asked gets the same answer`, notes, fix: 'add $context.arguments, or those arguments that count, to the keys' };
}

function withHeaders(resolver: ResolverModel, input: ApiRuleInput): ApiFinding | undefined {
  const notes = contextRead('request', resolver, input);
  return notes && { message: `${resolver.typeName}.${resolver.fieldName} is cached, but its code reads request headers, which are in no key: one caller may get the answer of another`, notes, fix: 'take the value from the identity or from an argument, or leave the field out of the cache' };
}
