/**
 * Enhanced subscription filters: the checks a filter must pass when its subscription starts, and the test of a payload against it.
 * Subscription and invalidation filters have the same form and meaning.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html
 */
import type { FilterCondition, SubscriptionFilter } from './evaluator';

const MAX_FILTERS_PER_GROUP = 10;
const MAX_FIELDS_PER_FILTER = 5;
const MAX_STRING_LENGTH = 256;
const MAX_IN_VALUES = 5;
const MAX_CONTAINS_ANY_VALUES = 20;
const MAX_PATH_LEVELS = 5;

type Scalar = string | number | boolean;

/** One operator: the values it takes, and when a payload field that is there (not null, not missing) satisfies it. */
interface Operator {
  /** What `value` must be, as the error says it; undefined from `accepts` means it is fine. */
  readonly expects: string;
  readonly accepts: (value: unknown) => boolean;
  readonly holds: (field: unknown, value: never) => boolean;
}

/** Names are case-sensitive. */
const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['eq', operator('a number, string or boolean', isScalar, (field, value: Scalar) => field === value)],
  ['ne', operator('a number, string or boolean', isScalar, (field, value: Scalar) => field !== value)],
  ['le', operator('a number or string', isOrdered, (field, value: string | number) => compare(field, value, (order) => order <= 0))],
  ['lt', operator('a number or string', isOrdered, (field, value: string | number) => compare(field, value, (order) => order < 0))],
  ['ge', operator('a number or string', isOrdered, (field, value: string | number) => compare(field, value, (order) => order >= 0))],
  ['gt', operator('a number or string', isOrdered, (field, value: string | number) => compare(field, value, (order) => order > 0))],
  ['contains', operator('a number or string', isOrdered, contains)],
  ['notContains', operator('a number or string', isOrdered, (field, value: string | number) => !contains(field, value))],
  ['beginsWith', operator('a string', isString, (field, value: string) => isString(field) && field.startsWith(value))],
  ['in', operator(`a list of 1 to ${MAX_IN_VALUES} numbers, strings or booleans`, listOf(MAX_IN_VALUES), (field, values: Scalar[]) => values.some((value) => value === field))],
  ['notIn', operator(`a list of 1 to ${MAX_IN_VALUES} numbers, strings or booleans`, listOf(MAX_IN_VALUES), (field, values: Scalar[]) => values.every((value) => value !== field))],
  [
    'between',
    // Assumed: both bounds belong to the range, as in DynamoDB.
    operator('a pair of numbers or a pair of strings', isPair, (field, [low, high]: [string | number, string | number]) => {
      return compare(field, low, (order) => order >= 0) && compare(field, high, (order) => order <= 0);
    }),
  ],
  [
    'containsAny',
    operator(`a list of 1 to ${MAX_CONTAINS_ANY_VALUES} numbers, strings or booleans`, listOf(MAX_CONTAINS_ANY_VALUES), (field, values: Scalar[]) => {
      return Array.isArray(field) && field.some((element) => values.includes(element));
    }),
  ],
]);

/**
 * Finds what AppSync would not accept in a filter, which user code builds and may get wrong in any way.
 * @returns the first problem as one line, undefined when the filter is good
 * Assumed: a bad filter refuses the subscription; the documents state the limits and not what happens beyond them.
 */
export function validateFilter(filter: unknown): string | undefined {
  if (!isRecord(filter) || !Array.isArray(filter.filterGroup)) return 'a filter must be an object with a "filterGroup" list';
  let combinations = 0;
  for (const [index, entry] of filter.filterGroup.entries()) {
    const at = `filterGroup[${index}]`;
    if (!isRecord(entry) || !Array.isArray(entry.filters)) return `${at} must be an object with a "filters" list`;
    const conditions: readonly unknown[] = entry.filters;
    for (const [position, condition] of conditions.entries()) {
      const problem = conditionProblem(condition);
      if (problem !== undefined) return `${at}.filters[${position}]: ${problem}`;
    }
    const good = conditions as readonly FilterCondition[];
    const fields = new Set(good.map((condition) => condition.fieldName)).size;
    if (fields > MAX_FIELDS_PER_FILTER) return `${at} tests ${fields} fields, the limit is ${MAX_FIELDS_PER_FILTER}`;
    combinations += expandedCount(good);
  }
  if (combinations > MAX_FILTERS_PER_GROUP) {
    return `filterGroup has ${combinations} filters, counting each combination of "in" values, the limit is ${MAX_FILTERS_PER_GROUP}`;
  }
  return undefined;
}

/**
 * Makes the test of a filter that `validateFilter` found good.
 * A payload that is a list never passes. Assumed: a filter without any condition lets every object pass.
 */
export function compileFilter(filter: SubscriptionFilter): (payload: unknown) => boolean {
  const alternatives = filter.filterGroup.filter(({ filters }) => filters.length > 0).map(({ filters }) => filters.map(compileCondition));
  return (payload) => {
    if (!isRecord(payload)) return false;
    return alternatives.length === 0 || alternatives.some((conditions) => conditions.every((holds) => holds(payload)));
  };
}

/** Assumed: on a missing or null field every operator is false, `ne`, `notIn` and `notContains` too, so that nothing is delivered locally that AWS may hold back. */
function compileCondition({ fieldName, operator: name, value }: FilterCondition): (payload: Readonly<Record<string, unknown>>) => boolean {
  if (isIgnored(fieldName)) return () => true;
  const path = fieldName.split('.');
  const holds = operators.get(name)?.holds as ((field: unknown, value: unknown) => boolean) | undefined;
  if (holds === undefined) return () => false;
  return (payload) => {
    const field = valueAt(payload, path);
    return field !== undefined && field !== null && holds(field, value);
  };
}

/** Source: a condition below five levels of nesting is ignored. */
export function isIgnored(fieldName: string): boolean {
  return fieldName.split('.').length > MAX_PATH_LEVELS;
}

/** Assumed: a path does not look into the elements of a list. */
function valueAt(payload: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  let value: unknown = payload;
  for (const name of path) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

function conditionProblem(condition: unknown): string | undefined {
  if (!isRecord(condition)) return 'must be an object with "fieldName", "operator" and "value"';
  const { fieldName, operator: name, value } = condition;
  if (!isString(fieldName) || fieldName === '') return '"fieldName" must be the name of a field';
  const known = isString(name) ? operators.get(name) : undefined;
  if (known === undefined) return `"operator" must be one of ${[...operators.keys()].join(', ')}, got ${shown(name)}`;
  if (!known.accepts(value)) return `"value" of "${String(name)}" must be ${known.expects}, got ${shown(value)}`;
  const tooLong = (Array.isArray(value) ? value : [value]).some((item) => isString(item) && item.length > MAX_STRING_LENGTH);
  return tooLong ? `"value" has a string of more than ${MAX_STRING_LENGTH} characters` : undefined;
}

/** Each `in` stands for that many `eq` filters, and several of them for every combination. */
function expandedCount(conditions: readonly FilterCondition[]): number {
  return conditions.reduce((count, { operator: name, value }) => (name === 'in' && Array.isArray(value) ? count * value.length : count), 1);
}

function operator<Value>(expects: string, accepts: (value: unknown) => boolean, holds: (field: unknown, value: Value) => boolean): Operator {
  return { expects, accepts, holds };
}

/** Assumed: strings are ordered by code unit. Values of different types have no order. */
function compare(field: unknown, value: string | number, test: (order: number) => boolean): boolean {
  if (typeof field !== typeof value) return false;
  const other = field as string | number;
  return test(other < value ? -1 : other > value ? 1 : 0);
}

function contains(field: unknown, value: string | number): boolean {
  return Array.isArray(field) ? field.includes(value) : isString(field) && isString(value) && field.includes(value);
}

function listOf(limit: number): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.length > 0 && value.length <= limit && value.every(isScalar);
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(isOrdered) && typeof value[0] === typeof value[1];
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isOrdered(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value));
}

function isScalar(value: unknown): value is Scalar {
  return isOrdered(value) || typeof value === 'boolean';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
