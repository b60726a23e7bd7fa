/**
 * `$util.list` and `$util.map`. The results are new lists and maps; a call with values of other types finds no such method.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/list-helpers-in-util-list.html, map-helpers-in-util-map.html
 */
import { compareValues, isSame, type JavaValue, TemplateObject } from '../../velocity';
import { takes } from './template-functions';

/** Source: "Only lists containing a maximum of 1000 objects are supported." */
const maxSorted = 1_000;

export const listUtil = new TemplateObject({
  copyAndRetainAll: takes(2, (list = null, kept = null) => (Array.isArray(list) && Array.isArray(kept) ? list.filter((item) => includes(kept, item)) : undefined)),
  copyAndRemoveAll: takes(2, (list = null, removed = null) => (Array.isArray(list) && Array.isArray(removed) ? list.filter((item) => !includes(removed, item)) : undefined)),
  sortList: takes(3, (list = null, isDescending = null, property = null) =>
    Array.isArray(list) && typeof isDescending === 'boolean' && typeof property === 'string' ? sorted(list, isDescending, property) : undefined,
  ),
});

export const mapUtil = new TemplateObject({
  copyAndRetainAllKeys: takes(2, (map = null, keys = null) => (map instanceof Map && Array.isArray(keys) ? new Map([...map].filter(([key]) => includes(keys, key))) : undefined)),
  copyAndRemoveAllKeys: takes(2, (map = null, keys = null) => (map instanceof Map && Array.isArray(keys) ? new Map([...map].filter(([key]) => !includes(keys, key))) : undefined)),
});

function includes(list: readonly JavaValue[], item: JavaValue): boolean {
  return list.some((member) => isSame(member, item));
}

/** Assumed: a list that cannot be sorted (values of several classes, too many of them) comes back as it is; maps without the property count as several classes. */
function sorted(list: JavaValue[], isDescending: boolean, property: string): JavaValue[] {
  if (list.length > maxSorted) return list;
  const keyed = list.map((item) => ({ item, key: item instanceof Map ? (item.get(property) ?? null) : item }));
  const orders = keyed.slice(1).map(({ key }, i) => compareValues(keyed[i]?.key ?? null, key));
  if (orders.includes(undefined) || (list.length === 1 && keyed[0]?.key === null)) return list;
  return keyed.sort((a, b) => (isDescending ? -1 : 1) * (compareValues(a.key, b.key) ?? 0)).map(({ item }) => item);
}
