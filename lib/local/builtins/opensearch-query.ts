/**
 * `util.transform.toElasticsearchQueryDSL`: a filter object to OpenSearch Query DSL.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/transformation-helpers-in-utils-transform-js.html (eq, ne, range, wildcard and the joining of fields).
 * Assumed: the bodies of the other operators, after the query of the same name.
 */
import { isPlainObject, type PlainObject } from './builtin';

const comparisons: Readonly<Record<string, string>> = { gt: 'gt', gte: 'gte', lt: 'lt', lte: 'lte' };

const sameShape: Readonly<Record<string, string>> = {
  eq: 'term',
  match: 'match',
  matchPhrase: 'match_phrase',
  matchPhrasePrefix: 'match_phrase_prefix',
  wildcard: 'wildcard',
  regexp: 'regexp',
};

/** @returns JSON text; null when the filter is not an object or names an unknown operator */
export function toOpenSearchQuery(filter: unknown): string | null {
  const query = joinFields(filter);
  return query && JSON.stringify(query);
}

function joinFields(filter: unknown): PlainObject | null {
  if (!isPlainObject(filter)) return null;
  return must(Object.entries(filter).map(([key, value]) => clause(key, value)));
}

function clause(key: string, value: unknown): PlainObject | null {
  switch (key) {
    case 'and':
    case 'or': {
      const members = Array.isArray(value) ? value.map(joinFields) : [null];
      if (members.includes(null)) return null;
      return { bool: { [key === 'and' ? 'must' : 'should']: members } };
    }
    case 'not': {
      const negated = joinFields(value);
      return negated && { bool: { must_not: negated } };
    }
    default:
      return isPlainObject(value) ? must(Object.entries(value).map(([operator, operand]) => condition(key, operator, operand))) : null;
  }
}

function condition(field: string, operator: string, operand: unknown): PlainObject | null {
  const query = Object.hasOwn(sameShape, operator) ? sameShape[operator] : undefined;
  if (query !== undefined) return { [query]: { [field]: operand } };
  const comparison = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (comparison !== undefined) return { range: { [field]: { [comparison]: operand } } };
  switch (operator) {
    case 'ne':
      return { bool: { must_not: { term: { [field]: operand } } } };
    case 'range':
      return Array.isArray(operand) && operand.length >= 2 ? { range: { [field]: { gte: operand[0], lte: operand[1] } } } : null;
    case 'exists':
      return operand === false ? { bool: { must_not: { exists: { field } } } } : { exists: { field } };
    case 'multiMatch':
      return { multi_match: { query: operand, fields: [field] } };
    default:
      return null;
  }
}

function must(clauses: readonly (PlainObject | null)[]): PlainObject | null {
  return clauses.includes(null) ? null : { bool: { must: clauses } };
}
