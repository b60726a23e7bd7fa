/**
 * The Query DSL: a query becomes a function from a document to its score. Words are scored by BM25, everything else that matches by a constant.
 * Source: https://opensearch.org/docs/latest/query-dsl/
 */
import { boundOf } from './dates';
import { described, flag, isObject, type Json, listOf, objectAt, onlyMember, wildcard } from './json';
import { type Field, type FieldValue, wantedValue } from './mapping';
import { allowNothing, boostOf, constant, type Matcher, minimumOf } from './matcher';
import { eachInside, illegalArgument, inside, parsing, SearchError, UnsupportedClause } from './search-error';
import type { SearchIndex } from './search-index';
import { textQuery } from './text-query';

export interface QueryContext {
  readonly index: SearchIndex;
  /** Epoch milliseconds, for `now`. */
  readonly nowMs: number;
}

/** Source: `indices.query.bool.max_clause_count`, counted over the whole query, and `index.max_terms_count`. */
const maxClauses = 1_024;
const maxTerms = 65_536;
/** Assumed: deeper queries are refused; OpenSearch stops at what its JSON reader takes. */
const maxDepth = 100;

/** Queries of OpenSearch that are not here; any other name is a mistake. */
const unsupported: ReadonlySet<string> = new Set(
  `boosting common combined_fields constant_keyword distance_feature dis_max function_score fuzzy geo_bounding_box geo_distance geo_polygon geo_shape has_child has_parent
   hybrid intervals knn match_bool_prefix more_like_this nested neural neural_sparse parent_id percolate pinned query_string rank_feature regexp script script_score
   simple_query_string span_containing span_first span_multi span_near span_not span_or span_term span_within template terms_set wrapper xy_shape agentic`.split(/\s+/),
);

/** @param query undefined matches everything @throws SearchError, UnsupportedClause */
export function compileQuery(query: unknown, context: QueryContext): Matcher {
  let clauses = 0;
  return query === undefined ? () => 1 : compile(query, 0);

  function compile(clause: unknown, depth: number): Matcher {
    if (depth > maxDepth) throw illegalArgument(`the query is nested deeper than ${maxDepth} levels`);
    if (++clauses > maxClauses) throw new SearchError(400, 'too_many_clauses', `maxClauseCount is set to ${maxClauses}`);
    const [kind, body] = onlyMember(clause, 'query');
    switch (kind) {
      case 'match_all':
        return constant(() => true, boostOf(body));
      case 'match_none':
        return () => undefined;
      case 'match':
      case 'match_phrase':
      case 'match_phrase_prefix':
      case 'multi_match':
        return textQuery(kind, objectAt(body, kind), context.index, (field, value, boost) => term({ [field]: { value, boost } }, context));
      case 'bool':
        return bool(objectAt(body, kind), depth);
      case 'constant_score': {
        const { filter, boost } = objectAt(body, kind);
        const matches = inside('constant_score.filter', () => compile(filter, depth + 1));
        return constant((document) => matches(document) !== undefined, boostOf({ boost }));
      }
      case 'term':
        return term(objectAt(body, kind), context);
      case 'terms':
        return terms(objectAt(body, kind), context);
      case 'range':
        return range(objectAt(body, kind), context);
      case 'exists': {
        const { field, boost, ...rest } = objectAt(body, kind);
        allowNothing(rest, kind);
        const names = context.index.mapping.matching(String(field));
        const prefixes = names.map((name) => `${name}.`);
        return constant(({ values }) => [...values.keys()].some((name) => names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix))), boostOf({ boost }));
      }
      case 'prefix':
      case 'wildcard':
        return pattern(kind, objectAt(body, kind), context);
      case 'ids': {
        const { values, boost, ...rest } = objectAt(body, kind);
        allowNothing(rest, kind);
        const wanted = new Set(listOf(values).map(String));
        return constant(({ id }) => wanted.has(id), boostOf({ boost }));
      }
      default:
        if (unsupported.has(kind)) throw new UnsupportedClause(`query clause "${kind}"`);
        throw parsing(`unknown query [${kind}]`);
    }
  }

  function bool({ must, should, filter, must_not, minimum_should_match, boost = 1, ...rest }: Json, depth: number): Matcher {
    allowNothing(rest, 'bool', ['adjust_pure_negative']);
    const all = (where: string, clause: unknown) => eachInside(`bool.${where}`, clause, (part) => compile(part, depth + 1));
    const [musts, shoulds, filters, nots] = [all('must', must), all('should', should), all('filter', filter), all('must_not', must_not)];
    const least = minimumOf(minimum_should_match, shoulds.length) ?? (musts.length + filters.length === 0 && shoulds.length > 0 ? 1 : 0);
    const factor = boostOf({ boost });
    const isOnlyNegative = musts.length + shoulds.length + filters.length === 0;
    return (document) => {
      for (const matches of nots) if (matches(document) !== undefined) return undefined;
      for (const matches of filters) if (matches(document) === undefined) return undefined;
      // A query without positive clauses matches everything: with score 1 when it is empty, else with none.
      let score = isOnlyNegative && nots.length === 0 ? 1 : 0;
      for (const matches of musts) {
        const part = matches(document);
        if (part === undefined) return undefined;
        score += part;
      }
      let count = 0;
      for (const matches of shoulds) {
        const part = matches(document);
        if (part === undefined) continue;
        count++;
        score += part;
      }
      return count < least ? undefined : score * factor;
    };
  }
}

/** `{ field: value }` or `{ field: { value, … } }` */
function fieldAndOptions(body: Json, where: string, member = 'value'): readonly [field: string, options: Json] {
  const { boost, ...named } = body;
  const fields = Object.fromEntries(Object.entries(named).filter(([key]) => key !== '_name'));
  const [name, value] = onlyMember(fields, where);
  return [name, isObject(value) ? value : { [member]: value, ...(boost !== undefined && { boost }) }];
}

function term(body: Json, context: QueryContext): Matcher {
  const { index } = context;
  const [name, { value, boost, case_insensitive: isInsensitive, ...rest }] = fieldAndOptions(body, 'term');
  allowNothing(rest, 'term');
  if (value === undefined || value === null) throw illegalArgument('value cannot be null');
  if (Array.isArray(value)) throw parsing('[term] query does not support array of values');
  const factor = boostOf({ boost });
  if (name === '_id') return constant(({ id }) => id === String(value), factor);
  const field = index.mapping.field(name);
  if (!field) return () => undefined;
  if (field.type === 'text') {
    if (flag(isInsensitive)) throw new UnsupportedClause('parameter "case_insensitive" of "term" on a text field');
    const scores = index.find(name, String(value));
    return ({ id }) => scaled(scores.get(id), factor);
  }
  const matches = equality(field, [value], name, flag(isInsensitive), context);
  if (field.type !== 'keyword') return constant((document) => matches(document.values.get(name)), factor);
  // A keyword is a word like others, whose frequency counts.
  const holders = [...index.documents].filter(({ values }) => values.has(name));
  const frequency = holders.filter(({ values }) => matches(values.get(name))).length;
  return constant((document) => matches(document.values.get(name)), factor * Math.log(1 + (holders.length - frequency + 0.5) / (frequency + 0.5)));
}

function terms(body: Json, context: QueryContext): Matcher {
  const { index } = context;
  const { boost, ...fields } = body;
  const [name, wanted] = onlyMember(fields, 'terms');
  if (isObject(wanted)) throw new UnsupportedClause('terms lookup');
  if (!Array.isArray(wanted)) throw parsing(`[terms] query requires a list for [${name}], got ${described(wanted)}`);
  if (wanted.length > maxTerms) throw illegalArgument(`The number of terms [${wanted.length}] used in the Terms Query request has exceeded the allowed maximum of [${maxTerms}]`);
  const factor = boostOf({ boost });
  if (name === '_id') return constant(({ id }) => wanted.includes(id), factor);
  const field = index.mapping.field(name);
  if (!field) return () => undefined;
  if (field.type === 'text') {
    const found = wanted.map((value) => index.find(name, String(value)));
    return constant(({ id }) => found.some((scores) => scores.has(id)), factor);
  }
  const matches = equality(field, wanted, name, false, context);
  return constant((document) => matches(document.values.get(name)), factor);
}

function equality(field: Field, wanted: readonly unknown[], name: string, isInsensitive: boolean, context: QueryContext): (values: readonly FieldValue[] | undefined) => boolean {
  if (field.type === 'date') {
    // A day stands for all of it, as in a range.
    const spans = wanted.map((value) => [boundAt(field, value, false, name, context), boundAt(field, value, true, name, context)] as const);
    return (values = []) => values.some((value) => spans.some(([from, to]) => value >= from && value <= to));
  }
  const folded = (value: FieldValue) => (isInsensitive && typeof value === 'string' ? value.toLowerCase() : value);
  const set = new Set(wanted.map((value) => folded(wantedValue(field, value, name))));
  return (values = []) => values.some((value) => set.has(folded(value)));
}

function scaled(score: number | undefined, factor: number): number | undefined {
  return score === undefined ? undefined : score * factor;
}

type Bound = (value: FieldValue) => boolean;

function boundAt(field: Field, limit: unknown, isEnd: boolean, name: string, { nowMs }: QueryContext): FieldValue {
  return (field.type === 'date' ? boundOf(limit, isEnd, nowMs) : undefined) ?? wantedValue(field, limit, name);
}

function range(body: Json, context: QueryContext): Matcher {
  const [name, options] = onlyMember(body, 'range');
  const { gt, gte, lt, lte, boost, ...rest } = objectAt(options, `range.${name}`);
  allowNothing(rest, 'range', ['relation']);
  const field = context.index.mapping.field(name);
  if (!field) return () => undefined;
  const bounds: Bound[] = [];
  const add = (limit: unknown, isEnd: boolean, holds: (value: FieldValue, limit: FieldValue) => boolean) => {
    if (limit === undefined || limit === null) return;
    const wanted = boundAt(field, limit, isEnd, name, context);
    bounds.push((value) => holds(value, wanted));
  };
  add(gt, true, (value, limit) => value > limit);
  add(gte, false, (value, limit) => value >= limit);
  add(lt, false, (value, limit) => value < limit);
  add(lte, true, (value, limit) => value <= limit);
  const isWithin = (value: FieldValue) => bounds.every((bound) => bound(value));
  const text = field.type === 'text' ? context.index.text(name) : undefined;
  // The words of a text are compared, not the text.
  if (field.type === 'text') return constant(({ id }) => [...(text?.wordsIn(id) ?? [])].some(isWithin), boostOf({ boost }));
  return constant(({ values }) => values.get(name)?.some(isWithin) === true, boostOf({ boost }));
}

function pattern(kind: 'prefix' | 'wildcard', body: Json, { index }: QueryContext): Matcher {
  const [name, { value, wildcard: other, boost, case_insensitive: isInsensitive, ...rest }] = fieldAndOptions(body, kind);
  allowNothing(rest, kind, ['rewrite']);
  const wanted = value ?? other;
  if (typeof wanted !== 'string' && typeof wanted !== 'number') throw illegalArgument('value cannot be null');
  const field = index.mapping.field(name);
  if (!field) return () => undefined;
  if (field.type !== 'text' && field.type !== 'keyword') {
    throw new SearchError(400, 'query_shard_exception', `Can only use ${kind} queries on keyword, text and wildcard fields - not on [${name}] which is of type [${field.type}]`);
  }
  // A backslash makes a sign an ordinary one, which is rare enough to say so.
  if (kind === 'wildcard' && String(wanted).includes('\\')) throw new UnsupportedClause('a backslash in a wildcard');
  const escapeless = kind === 'prefix' ? prefixOf(String(wanted), flag(isInsensitive)) : wildcard(String(wanted), flag(isInsensitive));
  const factor = boostOf({ boost });
  if (field.type === 'text') return constant(({ id }) => [...(index.text(name)?.wordsIn(id) ?? [])].some(escapeless), factor);
  return constant(({ values }) => values.get(name)?.some((found) => escapeless(String(found))) === true, factor);
}

function prefixOf(prefix: string, isInsensitive: boolean): (text: string) => boolean {
  return isInsensitive ? (text) => text.toLowerCase().startsWith(prefix.toLowerCase()) : (text) => text.startsWith(prefix);
}

