/**
 * Full-text queries: `match`, `multi_match` and the phrase queries.
 * Source: https://opensearch.org/docs/latest/query-dsl/full-text/
 */
import { isObject, type Json, listOf, onlyMember, wholeNumber } from './json';
import { allowNothing, boostOf, type Matcher, minimumOf } from './matcher';
import { illegalArgument, parsing, UnsupportedClause } from './search-error';
import type { SearchIndex, StoredDocument } from './search-index';
import { maxExpansions, wordsOf } from './text-field';

type WholeValue = (field: string, value: unknown, boost: number) => Matcher;
type Kind = 'match' | 'match_phrase' | 'match_phrase_prefix';

/** What one field makes of the query: a score, or nothing. */
interface Options {
  readonly isAnd: boolean;
  readonly minimum: unknown;
  /** Edits that a word of some length may be away. */
  readonly distance: (word: string) => number;
  /** What a text without words matches. */
  readonly zeroTerms: 'none' | 'all';
  readonly boost: number;
}

/** @param whole the query for a field without words, which is compared as a whole */
export function textQuery(kind: Kind | 'multi_match', body: Json, index: SearchIndex, whole: WholeValue): Matcher {
  if (kind === 'multi_match') return multiMatch(body, index, whole);
  const [field, value] = onlyMember(body, kind);
  const { query, ...options } = isObject(value) ? value : { query: value };
  if (query === undefined || query === null) throw parsing(`No text specified for text query`);
  return onField(kind, field, query, readOptions(kind, options), index, whole);
}

function readOptions(kind: string, { operator = 'or', minimum_should_match: minimum, fuzziness, zero_terms_query: zero = 'none', boost, slop, analyzer, ...rest }: Json): Options {
  const { prefix_length: prefixLength, ...others } = rest;
  allowNothing(others, kind, ['lenient', 'auto_generate_synonyms_phrase_query', 'max_expansions', 'fuzzy_transpositions']);
  if (slop !== undefined && Number(slop) !== 0) throw new UnsupportedClause(`parameter "slop" of "${kind}"`);
  if (analyzer !== undefined && analyzer !== 'standard') throw new UnsupportedClause(`analyzer "${String(analyzer)}"`);
  if (prefixLength !== undefined && Number(prefixLength) !== 0) throw new UnsupportedClause(`parameter "prefix_length" of "${kind}"`);
  const isAnd = String(operator).toLowerCase() === 'and';
  if (!isAnd && String(operator).toLowerCase() !== 'or') throw illegalArgument(`No enum constant org.opensearch.index.query.Operator.${String(operator).toUpperCase()}`);
  return { isAnd, minimum, distance: distanceFor(fuzziness), zeroTerms: String(zero).toLowerCase() === 'all' ? 'all' : 'none', boost: boostOf({ boost }) };
}

/** Source: https://opensearch.org/docs/latest/query-dsl/term/fuzzy/ (`AUTO`: none up to 2 characters, one up to 5, two from 6) */
function distanceFor(fuzziness: unknown): Options['distance'] {
  if (fuzziness === undefined) return () => 0;
  const [, low = '3', high = '6'] = /^AUTO(?::(\d+),(\d+))?$/i.exec(String(fuzziness)) ?? [];
  if (/^AUTO/i.test(String(fuzziness))) return ({ length }) => (length < Number(low) ? 0 : length < Number(high) ? 1 : 2);
  const distance = wholeNumber(fuzziness, 'fuzziness');
  if (distance > 2) throw illegalArgument(`Valid edit distances are [0, 1, 2] but was [${distance}]`);
  return () => distance;
}

function onField(kind: Kind, name: string, query: unknown, options: Options, index: SearchIndex, whole: WholeValue): Matcher {
  const field = index.mapping.field(name);
  if (!field) return () => undefined;
  if (field.type !== 'text') return whole(name, query, options.boost);
  const words = wordsOf(String(query));
  if (words.length === 0) return options.zeroTerms === 'all' ? () => options.boost : () => undefined;
  switch (kind) {
    case 'match':
      return matchWords(words, (word) => [index.find(name, word, options.distance(word))], options);
    case 'match_phrase':
    case 'match_phrase_prefix': {
      const isPrefix = kind === 'match_phrase_prefix';
      const text = index.text(name);
      const scores = words.map((word, i) => (isPrefix && i === words.length - 1 ? text?.findPrefix(word) : text?.find(word)) ?? new Map<string, number>());
      return ({ id }) => {
        const parts = scores.map((found) => found.get(id));
        if (parts.includes(undefined) || (text?.countPhrase(id, words, isPrefix) ?? 0) === 0) return undefined;
        return parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) * options.boost;
      };
    }
  }
}

type Found = ReadonlyMap<string, number>;

/** @param find where a word is found: its best score counts */
function matchWords(words: readonly string[], find: (word: string) => readonly Found[], { isAnd, minimum, boost }: Options): Matcher {
  const found = words.map(find);
  const least = Math.max(1, isAnd ? words.length : (minimumOf(minimum, words.length) ?? 1));
  return ({ id }) => {
    let count = 0;
    let score = 0;
    for (const places of found) {
      const parts = places.map((place) => place.get(id)).filter((part) => part !== undefined);
      if (parts.length === 0) continue;
      count++;
      score += Math.max(...parts);
    }
    return count < least ? undefined : score * boost;
  };
}

function multiMatch({ query, fields, type = 'best_fields', tie_breaker: tieBreaker, ...rest }: Json, index: SearchIndex, whole: WholeValue): Matcher {
  if (query === undefined || query === null) throw parsing('No text specified for multi_match query');
  const options = readOptions('multi_match', rest);
  const targets = listOf(fields ?? '*').flatMap((text) => {
    const [, pattern = '', boost = '1'] = /^(.*?)(?:\^([\d.]+))?$/.exec(String(text)) ?? [];
    const names = index.mapping.matching(pattern);
    return names.map((name) => ({ name, boost: Number(boost) }));
  });
  if (targets.length > maxExpansions * 20) throw illegalArgument(`field expansion matches too many fields, limit: ${maxExpansions * 20}, got: ${targets.length}`);
  const perField = (kind: Kind) => targets.map(({ name, boost }) => lenient(() => onField(kind, name, query, { ...options, boost: options.boost * boost }, index, whole)));
  switch (type) {
    case 'best_fields':
      return best(perField('match'), Number(tieBreaker ?? 0));
    case 'most_fields':
      return best(perField('match'), 1);
    case 'phrase':
      return best(perField('match_phrase'), Number(tieBreaker ?? 0));
    case 'phrase_prefix':
      return best(perField('match_phrase_prefix'), Number(tieBreaker ?? 0));
    case 'cross_fields': {
      if (rest.fuzziness !== undefined) throw parsing('Fuzziness not allowed for type [cross_fields]');
      const words = wordsOf(String(query));
      if (words.length === 0) return options.zeroTerms === 'all' ? () => options.boost : () => undefined;
      // Each word counts where it scores best, as if the fields were one.
      return matchWords(words, (word) => targets.map(({ name, boost }) => times(index.find(name, word), boost)), options);
    }
    default:
      if (type === 'bool_prefix') throw new UnsupportedClause('multi_match type "bool_prefix"');
      throw parsing(`[multi_match] query does not support type [${String(type)}]`);
  }
}

/** A number field asked for a word has no match. Source: `lenient`, which is on when fields are named by patterns; Assumed: for named ones too. */
function lenient(compile: () => Matcher): Matcher {
  try {
    return compile();
  } catch (error) {
    if (error instanceof UnsupportedClause) throw error;
    return () => undefined;
  }
}

/** The best score, and a part of the others. */
function best(matchers: readonly Matcher[], share: number): Matcher {
  return (document: StoredDocument) => {
    const scores = matchers.map((matches) => matches(document)).filter((score) => score !== undefined);
    if (scores.length === 0) return undefined;
    const most = Math.max(...scores);
    return most + share * (scores.reduce((sum, score) => sum + score, 0) - most);
  };
}

function times(found: Found, factor: number): Found {
  return factor === 1 ? found : new Map([...found].map(([id, score]) => [id, score * factor]));
}
