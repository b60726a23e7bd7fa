/**
 * The order of hits, and the values to go on after.
 * Source: https://opensearch.org/docs/latest/search-plugins/searching-data/sort/
 */
import { countedField } from './aggregations';
import { isObject, objectAt, onlyMember } from './json';
import { type FieldValue, wantedValue } from './mapping';
import { allowNothing } from './matcher';
import { eachInside, illegalArgument, SearchError, UnsupportedClause } from './search-error';
import type { SearchIndex, StoredDocument } from './search-index';

export interface Hit {
  readonly document: StoredDocument;
  readonly score: number;
}

/** One key of the order. */
export interface SortKey {
  /** Null where a document has no value. */
  valueOf(hit: Hit): FieldValue | null;
  /** Nulls last, unless asked otherwise. */
  compare(a: FieldValue | null, b: FieldValue | null): number;
  /** A value of `search_after` as the key has it. */
  read(value: unknown): FieldValue | null;
  readonly isScore: boolean;
}

/** @param sort `['_score', { price: 'desc' }, { price: { order, missing, unmapped_type } }]` @throws SearchError, UnsupportedClause */
export function sortKeys(sort: unknown, index: SearchIndex): readonly SortKey[] {
  return eachInside('sort', sort, (rule) => {
    if (typeof rule === 'string') return keyFor(rule, {}, index);
    const [name, options] = onlyMember(rule, 'sort');
    return keyFor(name, isObject(options) ? options : { order: options }, index);
  });
}

export function compareHits(keys: readonly SortKey[]): (a: Hit, b: Hit) => number {
  return (a, b) => {
    for (const key of keys) {
      const difference = key.compare(key.valueOf(a), key.valueOf(b));
      if (difference !== 0) return difference;
    }
    return a.document.sequenceNumber - b.document.sequenceNumber;
  };
}

/** Whether a hit comes after the values of another. @throws SearchError when they do not fit the order */
export function isAfter(after: unknown, keys: readonly SortKey[]): (hit: Hit) => boolean {
  if (!Array.isArray(after)) throw illegalArgument('[search_after] must be a list');
  if (keys.length === 0) throw illegalArgument('Sort must contain at least one field.');
  if (after.length !== keys.length) throw illegalArgument(`search_after has ${after.length} value(s) but sort has ${keys.length}.`);
  const limits = keys.map((key, i) => key.read(after[i]));
  return (hit) => {
    for (const [i, key] of keys.entries()) {
      const difference = key.compare(key.valueOf(hit), limits[i]!);
      if (difference !== 0) return difference > 0;
    }
    return false;
  };
}

function keyFor(name: string, options: object, index: SearchIndex): SortKey {
  if (name.startsWith('_geo') || name === '_script') throw new UnsupportedClause(`sort by "${name}"`);
  const { order, missing = '_last', unmapped_type: unmapped, ...rest } = objectAt(options, `sort.${name}`);
  const { mode, ...others } = rest;
  allowNothing(others, 'sort', ['numeric_type']);
  const isDescending = String(order ?? (name === '_score' ? 'desc' : 'asc')).toLowerCase() === 'desc';
  if (order !== undefined && !/^(asc|desc)$/i.test(String(order))) throw illegalArgument(`No enum constant org.opensearch.search.sort.SortOrder.${String(order).toUpperCase()}`);
  const sign = isDescending ? -1 : 1;
  if (name === '_score') return { isScore: true, valueOf: ({ score }) => score, read: Number, compare: (a, b) => sign * ordered(a, b) };
  if (name === '_id' || name === '_doc') {
    const isId = name === '_id';
    return { isScore: false, valueOf: ({ document }) => (isId ? document.id : document.sequenceNumber), read: (value) => (isId ? String(value) : Number(value)), compare: (a, b) => sign * ordered(a, b) };
  }
  if (mode !== undefined && mode !== (isDescending ? 'max' : 'min')) throw new UnsupportedClause(`sort mode "${String(mode)}"`);
  const { field } = countedField(name, { index });
  if (!field && unmapped === undefined) throw new SearchError(400, 'query_shard_exception', `No mapping found for [${name}] in order to sort on`);
  const substitute = missing === '_last' || missing === '_first' || !field ? null : wantedValue(field, missing, name);
  const nullSign = missing === '_first' ? -1 : 1;
  return {
    isScore: false,
    valueOf({ document }) {
      const values = document.values.get(name);
      if (!values || values.length === 0) return substitute;
      // Of several values the one that comes first counts.
      const value = values.reduce((a, b) => (sign * ordered(a, b) <= 0 ? a : b));
      return typeof value === 'boolean' ? Number(value) : value;
    },
    read: (value) => (value === null || !field ? null : field.type === 'boolean' ? Number(value) : wantedValue(field, value, name)),
    compare: (a, b) => (a === null || b === null ? nullSign * (Number(a === null) - Number(b === null)) : sign * ordered(a, b)),
  };
}

function ordered(a: FieldValue | null, b: FieldValue | null): number {
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}
