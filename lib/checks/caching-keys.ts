/** Caching keys as AppSync takes them: their form, which ones a resolver has, and under which name an eviction calls them. */
import type { ResolverModel } from '../model';
import type { ApiRuleInput } from './rules/api-rule';

/**
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html. `$context.args` is not on it; the service's own error text
 * lists it. What follows the first dot is not judged here: claims have names of every form.
 */
export const cachingKeyForm = /^\$context\.(arguments|args|source|identity)(\.\S+)?$/;

/** What a resolver is cached by that has no keys of its own, or that is cached because everything is. */
const wholeContext = ['$context.arguments', '$context.source', '$context.identity'];

/** Undefined for what is not cached by itself: mutations, subscriptions, and every field where answers of whole operations are cached. */
export function effectiveKeys({ typeName, caching }: ResolverModel, { api, schema }: ApiRuleInput): readonly string[] | undefined {
  if ([schema?.schema.getMutationType(), schema?.schema.getSubscriptionType()].some((type) => type?.name === typeName)) return undefined;
  if (api.cache?.behavior === 'FULL_REQUEST_CACHING') return wholeContext;
  if (api.cache?.behavior !== 'PER_RESOLVER_CACHING' || !caching) return undefined;
  return caching.keys.length > 0 ? caching.keys : wholeContext;
}

/**
 * `ctx.args.id` → `context.arguments.id`. Source: the page above has both spellings.
 * Assumed: a dollar sign before it keeps an eviction from hitting anything; no example has one.
 */
export function keyName(key: string): string {
  return key.replace(/^ctx(?=\.)/, 'context').replace(/^context\.args(?=\.|$)/, 'context.arguments');
}

export function isWholeMap(name: string): boolean {
  return wholeContext.includes(`$${name}`);
}

/** The arguments that keys name, `id` of `$context.arguments.id`; undefined when one of them is all arguments. */
export function argumentsInKeys(keys: readonly string[]): ReadonlySet<string> | undefined {
  const names = keys.map((key) => keyName(key.slice(1)).split('.')).flatMap(([, map, name]) => (map === 'arguments' ? [name] : []));
  const known = names.filter((name) => name !== undefined);
  return known.length === names.length ? new Set(known) : undefined;
}
