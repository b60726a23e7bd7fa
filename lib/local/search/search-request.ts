/**
 * The body of `_search` and `_count`: which documents match, in which order, which page and which facets.
 * Source: https://opensearch.org/docs/latest/api-reference/search/
 */
import { compileAggregations } from './aggregations';
import { type Json, objectAt, wholeNumber } from './json';
import { compileQuery, type QueryContext } from './query';
import { illegalArgument, inside, parsing, UnsupportedClause } from './search-error';
import { compareHits, type Hit, isAfter, sortKeys } from './sort';
import { sourceFilter } from './source-filter';

/** Source: `index.max_result_window`. */
const maxWindow = 10_000;
const defaultSize = 10;
/** Hits are counted up to here unless asked otherwise. */
const defaultTrack = 10_000;

const knownElsewhere: ReadonlySet<string> = new Set(
  `collapse docvalue_fields explain ext fields highlight indices_boost pit profile rank rescore script_fields search_pipeline slice stats stored_fields suggest terminate_after version derived`.split(/\s+/),
);

/** @throws SearchError, UnsupportedClause */
export function search(body: Json, context: QueryContext): Json {
  const { query, from: fromValue = 0, size: sizeValue = defaultSize, sort, _source, search_after: after, aggs, aggregations, min_score: minScore, post_filter: postFilter, track_total_hits: track, ...rest } = body;
  const { track_scores: trackScores, ...others } = rest;
  for (const name of Object.keys(others)) if (!['seq_no_primary_term', 'timeout'].includes(name)) throw knownElsewhere.has(name) ? new UnsupportedClause(`"${name}" of a search`) : parsing(`Unknown key for a START_OBJECT in [${name}].`);
  const from = wholeNumber(fromValue, 'from');
  const size = wholeNumber(sizeValue, 'size');
  if (from + size > maxWindow) {
    throw illegalArgument(
      `Result window is too large, from + size must be less than or equal to: [${maxWindow}] but was [${from + size}]. See the scroll api for a more efficient way to request large data sets. This limit can be set by changing the [index.max_result_window] index level setting.`,
    );
  }
  if (after !== undefined && from > 0) throw illegalArgument('`from` parameter must be set to 0 when `search_after` is used.');

  const matches = inside('query', () => compileQuery(query, context));
  const keys = sortKeys(sort, context.index);
  const facets = aggs ?? aggregations;
  const aggregate = facets === undefined ? undefined : inside('aggs', () => compileAggregations(facets, context));
  const isPosted = postFilter === undefined ? undefined : inside('post_filter', () => compileQuery(postFilter, context));
  const isLater = after === undefined ? undefined : isAfter(after, keys);
  const show = sourceFilter(_source);

  const found: Hit[] = [];
  for (const document of context.index.documents) {
    const score = matches(document);
    if (score !== undefined && (minScore === undefined || score >= Number(minScore))) found.push({ document, score });
  }
  const hits = isPosted ? found.filter(({ document }) => isPosted(document) !== undefined) : found;
  const hasScores = keys.length === 0 || keys.some(({ isScore }) => isScore) || trackScores === true;
  const order = keys.length > 0 ? keys : sortKeys('_score', context.index);
  const later = isLater ? hits.filter(isLater) : hits;
  const page = later.sort(compareHits(order)).slice(from, from + size);
  return {
    took: 0,
    timed_out: false,
    _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
    hits: {
      ...totalOf(hits.length, track),
      max_score: hasScores && hits.length > 0 && size > 0 ? hits.reduce((most, { score }) => Math.max(most, score), 0) : null,
      hits: page.map((hit) => {
        const { document, score } = hit;
        const shown = show(document.source);
        return {
          _index: context.index.name,
          _id: document.id,
          _score: hasScores ? score : null,
          ...(shown && { _source: shown }),
          ...(keys.length > 0 && { sort: keys.map((key) => key.valueOf(hit)) }),
        };
      }),
    },
    ...(aggregate && { aggregations: aggregate(found.map(({ document }) => document)) }),
  };
}

/** @throws SearchError, UnsupportedClause */
export function count(body: Json, context: QueryContext): Json {
  const { query, ...rest } = objectAt(body, '_count');
  for (const name of Object.keys(rest)) throw parsing(`request does not support [${name}]`);
  const matches = inside('query', () => compileQuery(query, context));
  let total = 0;
  for (const document of context.index.documents) if (matches(document) !== undefined) total++;
  return { count: total, _shards: { total: 1, successful: 1, skipped: 0, failed: 0 } };
}

/** @param track `true`, `false`, or the number up to which hits are counted exactly */
function totalOf(value: number, track: unknown): Json {
  if (track === false || track === 'false') return {};
  const most = track === true || track === 'true' ? Infinity : track === undefined ? defaultTrack : wholeNumber(track, 'track_total_hits');
  return { total: value > most ? { value: most, relation: 'gte' } : { value, relation: 'eq' } };
}
