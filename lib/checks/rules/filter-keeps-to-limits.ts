import type { WrittenCondition } from '../../compiler';
import { didYouMean } from '../../diagnostics';
import { subscriptionFilters } from '../subscription-filters';
import type { ApiRule } from './api-rule';

const operators = ['eq', 'ne', 'le', 'lt', 'ge', 'gt', 'contains', 'notContains', 'beginsWith', 'in', 'notIn', 'between', 'containsAny'];
const listOperators = ['in', 'notIn', 'between', 'containsAny'];
const listLimits: ReadonlyMap<string, number> = new Map([
  ['in', 5],
  ['notIn', 5],
  ['containsAny', 20],
]);
const mostFields = 5;
const mostFilters = 10;
const mostLevels = 5;
const mostCharacters = 256;

/** What is computed when somebody subscribes is checked then, by AppSync. */
export const filterKeepsToLimits: ApiRule = {
  code: 'API_FILTER_LIMIT',
  severity: 'error',
  summary: 'a subscription filter uses known operators and keeps to their limits: 5 fields, 10 filters, 5 values, 5 levels, 256 characters',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html',
  *check({ api, draft }) {
    if (!draft) return;
    for (const { coordinate, resource, conditions, groups, locate } of subscriptionFilters(api, draft)) {
      for (const condition of conditions) {
        const problem = problemOf(condition);
        if (problem) yield { resource, location: locate((condition.operator ?? condition.field).at), message: `the filter of ${coordinate} ${problem.message}`, fix: problem.fix };
      }
      for (const group of groups) {
        for (const filters of group) {
          const fields = new Set(filters.map(({ field }) => field.name)).size;
          if (fields > mostFields && filters[0]) yield { resource, location: locate(filters[0].field.at), message: `the filter of ${coordinate} tests ${fields} fields at once, ${mostFields} are allowed`, fix: 'test fewer fields' };
        }
        // AppSync rewrites each `in` to one filter per value.
        const expanded = group.reduce((sum, filters) => sum + filters.reduce((product, filter) => product * (filter.operator?.name === 'in' ? (filter.listLength ?? 1) : 1), 1), 0);
        const first = group.flat()[0];
        if (expanded > mostFilters && first) yield { resource, location: locate(first.field.at), message: `the filter of ${coordinate} has ${expanded} alternatives, counting each value of "in", ${mostFilters} are allowed`, fix: 'use fewer alternatives' };
      }
    }
  },
};

function problemOf({ field, operator, listLength, textLength, valueKind }: WrittenCondition): { message: string; fix: string } | undefined {
  const levels = field.name.split('.').length;
  if (levels > mostLevels) return { message: `reads "${field.name}", ${levels} levels deep: AppSync ignores what is deeper than ${mostLevels}`, fix: 'deliver the value in a field further up' };
  if (operator && !operators.includes(operator.name)) return { message: `has the unknown operator "${operator.name}"`, fix: didYouMean(operator.name, operators) ?? `use one of ${operators.join(', ')}` };
  if (valueKind === 'null') return { message: `compares "${field.name}" with null, which no filter takes`, fix: 'compare with a text, a number or a boolean' };
  const takesList = operator && listOperators.includes(operator.name);
  if (takesList && valueKind === 'single') return { message: `compares "${field.name}" with a single value by "${operator.name}", which takes a list`, fix: 'put the value in brackets' };
  if (operator && !takesList && valueKind === 'list') return { message: `compares "${field.name}" with a list by "${operator.name}", which takes a single value`, fix: `use one of ${listOperators.join(', ')}` };
  const limit = listLimits.get(operator?.name ?? '');
  if (limit !== undefined && listLength !== undefined && listLength > limit) return { message: `compares "${field.name}" with ${listLength} values by "${operator?.name}", ${limit} are allowed`, fix: 'compare with fewer values' };
  if (operator?.name === 'between' && listLength !== undefined && listLength !== 2) return { message: `compares "${field.name}" with ${listLength} values by "between", which takes 2`, fix: 'give the lower and the upper bound' };
  if (textLength !== undefined && textLength > mostCharacters) return { message: `compares "${field.name}" with a text of ${textLength} characters, ${mostCharacters} are allowed`, fix: 'compare with a shorter text' };
  return undefined;
}
