/** What every query becomes, and the parameters that many of them have. */
import { described, isObject, type Json } from './json';
import { illegalArgument, UnsupportedClause } from './search-error';
import type { StoredDocument } from './search-index';

/** The score of a document, or undefined when it does not match. */
export type Matcher = (document: StoredDocument) => number | undefined;

export function constant(matches: (document: StoredDocument) => boolean, score = 1): Matcher {
  return (document) => (matches(document) ? score : undefined);
}

export function boostOf(body: unknown): number {
  const boost = isObject(body) && body.boost !== undefined ? Number(body.boost) : 1;
  if (!(boost >= 0)) throw illegalArgument(`negative [boost] are not allowed, got ${described((body as Json).boost)}`);
  return boost;
}

/**
 * How many of some optional clauses must match: `2`, `"-1"`, `"75%"`, `"-25%"`.
 * Source: https://opensearch.org/docs/latest/query-dsl/minimum-should-match/
 */
export function minimumOf(value: unknown, count: number): number | undefined {
  if (value === undefined || value === null) return undefined;
  const text = String(value);
  const [, digits, percent] = /^(-?\d+)(%?)$/.exec(text) ?? [];
  if (digits === undefined) {
    if (text.includes('<')) throw new UnsupportedClause(`minimum_should_match "${text}"`);
    throw illegalArgument(`For input string: "${text}" of [minimum_should_match]`);
  }
  const number = percent === '' ? Number(digits) : Math.trunc((count * Number(digits)) / 100);
  return Math.max(0, number < 0 ? count + number : number);
}

/** Refuses parameters that nobody has taken. @param idle those that make no difference here */
export function allowNothing(rest: Json, where: string, idle: readonly string[] = []): void {
  const [name] = Object.keys(rest).filter((key) => key !== '_name' && !idle.includes(key));
  if (name !== undefined) throw new UnsupportedClause(`parameter "${name}" of "${where}"`);
}
