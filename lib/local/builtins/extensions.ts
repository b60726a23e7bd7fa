/** `extensions`: what a handler asks of the service for subscriptions and the cache. Only records the wish; the executor acts on it. Source: https://docs.aws.amazon.com/appsync/latest/devguide/extensions-js.html */
import { asText, BuiltinFailure, type BuiltinGroup, isPlainObject } from './builtin';
import type { Surroundings } from './handler-run';

export function createExtensions({ current }: Surroundings): BuiltinGroup {
  return {
    evictFromApiCache: (typeName, fieldName, keys) => {
      current().evictions.push({ typeName: asText(typeName), fieldName: asText(fieldName), keys: isPlainObject(keys) ? keys : {} });
    },
    setSubscriptionFilter: (filter) => {
      current().subscriptionFilter = checkedFilter(filter);
    },
    setSubscriptionInvalidationFilter: (filter) => {
      current().invalidationFilter = checkedFilter(filter);
    },
    invalidateSubscriptions: (invalidation) => {
      if (!isPlainObject(invalidation)) throw new BuiltinFailure('Expected an invalidation object.');
      current().invalidations.push({ subscriptionField: asText(invalidation.subscriptionField), payload: invalidation.payload ?? {} });
    },
  };
}

/**
 * Null for null, which sets no filter.
 * Assumed: that a value of another shape fails the handler, and the text.
 */
function checkedFilter(filter: unknown): unknown {
  if (filter == null) return null;
  const isFilter =
    isPlainObject(filter) &&
    Array.isArray(filter.filterGroup) &&
    filter.filterGroup.every(
      (group) => isPlainObject(group) && Array.isArray(group.filters) && group.filters.every((entry) => isPlainObject(entry) && typeof entry.fieldName === 'string' && typeof entry.operator === 'string'),
    );
  if (!isFilter) throw new BuiltinFailure('Subscription filter is expected to be an object with a filterGroup list, each member having a filters list of { fieldName, operator, value }.');
  return filter;
}
