/**
 * Facets: buckets and numbers over the documents that matched.
 * Source: https://opensearch.org/docs/latest/aggregations/
 */
import { flag, type Json, listOf, objectAt, wholeNumber } from './json';
import { type Field, type FieldValue, wantedValue } from './mapping';
import { allowNothing } from './matcher';
import { compileQuery, type QueryContext } from './query';
import { illegalArgument, inside, parsing, SearchError, UnsupportedClause } from './search-error';
import type { StoredDocument } from './search-index';

type Documents = readonly StoredDocument[];
/** The answer of one aggregation. */
type Aggregation = (documents: Documents) => Json;

/** Source: `search.max_buckets`, and the default `size` of `terms`. */
const maxBuckets = 65_535;
const defaultTerms = 10;
const maxDepth = 20;

/** @param definitions `{ name: { terms: { field }, aggs: { … } } }` @throws SearchError, UnsupportedClause */
export function compileAggregations(definitions: unknown, context: QueryContext, depth = 0): Aggregation {
  if (depth > maxDepth) throw illegalArgument(`aggregations are nested deeper than ${maxDepth} levels`);
  const named = Object.entries(objectAt(definitions ?? {}, 'aggs')).map(([name, definition]) => {
    const { aggs, aggregations, ...kinds } = objectAt(definition, name);
    const [[kind, body] = [undefined, undefined], ...others] = Object.entries(kinds).filter(([key]) => key !== 'meta');
    if (kind === undefined || others.length > 0) throw parsing(`Missing definition for aggregation [${name}]`);
    return inside(name, () => {
      const inner = inside('aggs', () => compileAggregations(aggs ?? aggregations, context, depth + 1));
      return [name, compile(kind, objectAt(body, name), inner, context, aggs !== undefined || aggregations !== undefined, name)] as const;
    });
  });
  return (documents) => Object.fromEntries(named.map(([name, run]) => [name, run(documents)]));
}

function compile(kind: string, body: Json, inner: Aggregation, context: QueryContext, hasInner: boolean, name: string): Aggregation {
  switch (kind) {
    case 'terms':
      return terms(body, inner, context);
    case 'range':
      return range(body, inner, context);
    case 'filter': {
      const matches = inside(kind, () => compileQuery(body, context));
      return (documents) => bucket(documents.filter((document) => matches(document) !== undefined), inner);
    }
    case 'filters': {
      const { filters, ...rest } = body;
      allowNothing(rest, kind);
      const named = Object.entries(objectAt(filters, 'filters')).map(([key, query]) => [key, inside(`filters.filters.${key}`, () => compileQuery(query, context))] as const);
      return (documents) => ({ buckets: Object.fromEntries(named.map(([key, matches]) => [key, bucket(documents.filter((document) => matches(document) !== undefined), inner)])) });
    }
    case 'min':
    case 'max':
    case 'avg':
    case 'sum':
    case 'stats':
    case 'value_count':
    case 'cardinality':
      if (hasInner) throw new SearchError(400, 'aggregation_initialization_exception', `Aggregator [${name}] of type [${kind}] cannot accept sub-aggregations`);
      return metric(kind, body, context);
    default:
      throw knownElsewhere.has(kind) ? new UnsupportedClause(`aggregation "${kind}"`) : parsing(`Unknown aggregation type [${kind}]`);
  }
}

const knownElsewhere: ReadonlySet<string> = new Set(
  `adjacency_matrix auto_date_histogram avg_bucket bucket_script bucket_selector bucket_sort children composite cumulative_sum date_histogram date_range derivative
   diversified_sampler extended_stats extended_stats_bucket geo_bounds geo_centroid geo_distance geohash_grid geotile_grid global histogram ip_range matrix_stats max_bucket
   median_absolute_deviation min_bucket missing moving_avg moving_fn multi_terms nested parent percentile_ranks percentiles percentiles_bucket rare_terms reverse_nested sampler
   scripted_metric serial_diff significant_terms significant_text stats_bucket sum_bucket top_hits variable_width_histogram weighted_avg`.split(/\s+/),
);

function bucket(documents: Documents, inner: Aggregation): { readonly doc_count: number } {
  return { doc_count: documents.length, ...inner(documents) };
}

/** A field whose values can be counted; undefined when no document has had it. @throws SearchError for text */
export function countedField(name: unknown, { index }: Pick<QueryContext, 'index'>): { readonly name: string; readonly field: Field | undefined } {
  if (typeof name !== 'string') throw illegalArgument('Required one of fields [field, script], but none were specified. ');
  const field = index.mapping.field(name);
  if (field?.type === 'text') {
    throw illegalArgument(
      `Text fields are not optimised for operations that require per-document field data like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead. Alternatively, set fielddata=true on [${name}] in order to load field data by uninverting the inverted index. Note that this can use significant memory.`,
    );
  }
  return { name, field };
}

function terms({ field: fieldName, size, order, min_doc_count: least = 1, missing, ...rest }: Json, inner: Aggregation, context: QueryContext): Aggregation {
  allowNothing(rest, 'terms', ['shard_size', 'show_term_doc_count_error']);
  const most = size === undefined ? defaultTerms : wholeNumber(size, 'size', 1);
  if (most > maxBuckets) throw tooManyBuckets(most);
  const minimum = wholeNumber(least, 'min_doc_count');
  if (minimum === 0) throw new UnsupportedClause('min_doc_count 0 of "terms"');
  const { name, field } = countedField(fieldName, context);
  const compare = bucketOrder(order);
  return (documents) => {
    const groups = new Map<FieldValue, StoredDocument[]>();
    for (const document of documents) {
      const values = document.values.get(name) ?? (missing === undefined ? [] : [field ? wantedValue(field, missing, name) : (missing as FieldValue)]);
      for (const value of new Set(values)) {
        const group = groups.get(value);
        if (group) group.push(document);
        else groups.set(value, [document]);
      }
    }
    const buckets = [...groups].filter(([, group]) => group.length >= minimum).map(([value, group]) => ({ ...keyOf(value, field), ...bucket(group, inner) }));
    buckets.sort(compare);
    const shown = buckets.slice(0, most);
    const others = buckets.slice(most).reduce((sum, { doc_count: count }) => sum + count, 0);
    return { doc_count_error_upper_bound: 0, sum_other_doc_count: others, buckets: shown };
  };
}

interface Bucket {
  readonly key: string | number;
  readonly key_as_string?: string;
  readonly doc_count: number;
}

function keyOf(value: FieldValue, field: Field | undefined): Pick<Bucket, 'key' | 'key_as_string'> {
  if (typeof value === 'boolean') return { key: value ? 1 : 0, key_as_string: String(value) };
  return field?.type === 'date' && typeof value === 'number' ? { key: value, key_as_string: new Date(value).toISOString() } : { key: value };
}

/** `{ _count: 'desc' }`, `{ _key: 'asc' }`, a number of an inner aggregation, or a list of these; the key decides between equals. */
function bucketOrder(order: unknown): (a: Bucket, b: Bucket) => number {
  const byKey = (a: Bucket, b: Bucket) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  const rules = listOf(order ?? { _count: 'desc' }).map((rule) => {
    const [[path, direction] = ['_count', 'desc']] = Object.entries(objectAt(rule, 'order'));
    const sign = String(direction).toLowerCase() === 'desc' ? -1 : 1;
    if (path === '_key' || path === '_term') return (a: Bucket, b: Bucket) => sign * byKey(a, b);
    return (a: Bucket, b: Bucket) => sign * (numberAt(a, path) - numberAt(b, path));
  });
  return (a, b) => rules.map((rule) => rule(a, b)).find((difference) => difference !== 0) ?? byKey(a, b);
}

function numberAt(from: Bucket, path: string): number {
  if (path === '_count') return from.doc_count;
  const [name = '', member = 'value'] = path.split('.');
  const value = (from as unknown as Readonly<Record<string, Json | undefined>>)[name]?.[member];
  if (value === undefined) throw new SearchError(400, 'aggregation_execution_exception', `Invalid aggregator order path [${path}]. The provided aggregation [${name}] either does not exist, or is a pipeline aggregation and cannot be used to sort the buckets.`);
  return Number(value ?? 0);
}

function range({ field: fieldName, ranges, keyed, ...rest }: Json, inner: Aggregation, context: QueryContext): Aggregation {
  allowNothing(rest, 'range');
  const { name, field } = countedField(fieldName, context);
  if (field && field.type !== 'long' && field.type !== 'double') throw illegalArgument(`Field [${name}] of type [${field.type}] is not supported for aggregation [range]`);
  const bounds = listOf(ranges).map((value) => {
    const { from, to, key } = objectAt(value, 'ranges');
    const [low, high] = [from, to].map((bound) => (bound === undefined || bound === null ? undefined : Number(bound)));
    const shown = (bound: number | undefined) => (bound === undefined ? '*' : Number.isInteger(bound) ? bound.toFixed(1) : String(bound));
    return { low, high, key: typeof key === 'string' ? key : `${shown(low)}-${shown(high)}` };
  });
  if (bounds.length === 0) throw illegalArgument('No [ranges] specified for the [range] aggregation');
  bounds.sort((a, b) => (a.low ?? -Infinity) - (b.low ?? -Infinity) || (a.high ?? Infinity) - (b.high ?? Infinity));
  return (documents) => {
    const buckets = bounds.map(({ low, high, key }) => {
      const isWithin = (value: FieldValue) => (low === undefined || Number(value) >= low) && (high === undefined || Number(value) < high);
      const group = documents.filter(({ values }) => values.get(name)?.some(isWithin));
      return [key, { ...(low !== undefined && { from: low }), ...(high !== undefined && { to: high }), ...bucket(group, inner) }] as const;
    });
    return { buckets: flag(keyed) ? Object.fromEntries(buckets) : buckets.map(([key, members]) => ({ key, ...members })) };
  };
}

function metric(kind: 'min' | 'max' | 'avg' | 'sum' | 'stats' | 'value_count' | 'cardinality', { field: fieldName, missing, ...rest }: Json, context: QueryContext): Aggregation {
  allowNothing(rest, kind, ['precision_threshold']);
  const { name, field } = countedField(fieldName, context);
  const isNumeric = !field || field.type === 'long' || field.type === 'double' || field.type === 'date' || field.type === 'boolean';
  if (!isNumeric && kind !== 'value_count' && kind !== 'cardinality') throw illegalArgument(`Field [${name}] of type [${field.type}] is not supported for aggregation [${kind}]`);
  return (documents) => {
    const values = documents.flatMap((document) => document.values.get(name) ?? (missing === undefined ? [] : [missing as FieldValue]));
    if (kind === 'value_count') return { value: values.length };
    if (kind === 'cardinality') return { value: new Set(values).size };
    const numbers = values.map(Number);
    const sum = numbers.reduce((total, number) => total + number, 0);
    const stats = {
      count: numbers.length,
      min: numbers.length === 0 ? null : numbers.reduce((a, b) => Math.min(a, b)),
      max: numbers.length === 0 ? null : numbers.reduce((a, b) => Math.max(a, b)),
      avg: numbers.length === 0 ? null : sum / numbers.length,
      sum,
    };
    if (kind === 'stats') return stats;
    const value = stats[kind];
    return { value, ...(field?.type === 'date' && value !== null && kind !== 'sum' && { value_as_string: new Date(value).toISOString() }) };
  };
}

function tooManyBuckets(count: number): SearchError {
  return new SearchError(503, 'too_many_buckets_exception', `Trying to create too many buckets. Must be less than or equal to: [${maxBuckets}] but was [${count}]. This limit can be set by changing the [search.max_buckets] cluster level setting.`);
}
