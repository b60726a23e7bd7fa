/**
 * `util.transform.toSubscriptionFilter`: a filter object to OR-ed groups of AND-ed conditions. Every operator of a field, every member of an `or`
 * and every rule is an alternative, so the groups multiply out, the earlier key varying slowest.
 * Observed: recorded from AWS EvaluateCode in localstack/appsync-utils, `__tests__/__snapshots__/transform-subscription.test.js.snap`.
 */
import { BuiltinFailure, isPlainObject } from './builtin';

interface Condition {
  readonly fieldName: string;
  readonly operator: string;
  readonly value: unknown;
}

/** One way to satisfy a filter: all of these hold. */
type Conjunction = readonly Condition[];

/** Assumed: AppSync allows far fewer groups in a subscription filter; this only keeps the product bounded. */
const maxGroups = 1_000;

/** @returns null when the filter is not an object */
export function toSubscriptionFilter(filter: unknown, ignoredFields?: unknown, rules?: unknown): { readonly filterGroup: readonly { readonly filters: Conjunction }[] } | null {
  if (!isPlainObject(filter)) return null;
  const ignored = new Set<unknown>(Array.isArray(ignoredFields) ? ignoredFields : []);
  const ruleAlternatives = isPlainObject(rules) ? Object.entries(rules).flatMap(([field, operators]) => fieldAlternatives(field, operators)) : [];
  const groups = product([alternatives(filter, ignored), ruleAlternatives]);
  return { filterGroup: groups.filter((group) => group.length > 0).map((filters) => ({ filters })) };
}

function alternatives(filter: unknown, ignored: ReadonlySet<unknown>): readonly Conjunction[] {
  if (!isPlainObject(filter)) return [];
  return product(
    Object.entries(filter).map(([key, member]) => {
      if (key === 'and' && Array.isArray(member)) return product(member.map((each) => alternatives(each, ignored)));
      if (key === 'or' && Array.isArray(member)) return member.flatMap((each) => alternatives(each, ignored));
      return ignored.has(key) ? [] : fieldAlternatives(key, member);
    }),
  );
}

function fieldAlternatives(fieldName: string, operators: unknown): readonly Conjunction[] {
  return isPlainObject(operators) ? Object.entries(operators).map(([operator, value]) => [{ fieldName, operator, value }]) : [];
}

/** One choice of each factor, joined. A factor without choices asks for nothing and is skipped. */
function product(factors: readonly (readonly Conjunction[])[]): readonly Conjunction[] {
  let groups: readonly Conjunction[] = [[]];
  for (const choices of factors.filter((each) => each.length > 0)) {
    if (groups.length * choices.length > maxGroups) throw new BuiltinFailure(`Subscription filter has more than ${maxGroups} filter groups.`);
    groups = groups.flatMap((group) => choices.map((choice) => [...group, ...choice]));
  }
  return groups;
}
