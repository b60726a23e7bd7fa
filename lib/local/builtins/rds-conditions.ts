/**
 * Condition objects of `@aws-appsync/utils/rds` (`where`, `having`, `on`) to SQL.
 * Observed: recorded from AWS EvaluateCode in localstack/appsync-utils, `__tests__/__snapshots__/resolvers.test.js.snap`, texts of errors included.
 * Assumed: `not`, aggregates, and parentheses around a group that stands beside other members.
 */
import { BuiltinFailure, isPlainObject, type PlainObject } from './builtin';
import { aggregates } from './rds-statement';

/** What writing a condition needs of the statement around it. */
export interface ConditionTarget {
  quote(name: string): string;
  /** A placeholder for the value, or `NULL`. */
  bind(value: unknown): string;
}

const comparators: Readonly<Record<string, string>> = { eq: '=', ne: '!=', gt: '>', ge: '>=', lt: '<', le: '<=' };

/** @returns empty text for an empty condition */
export function writeCondition(condition: unknown, target: ConditionTarget): string {
  if (!isPlainObject(condition)) throw new BuiltinFailure('Expected condition to be an Object.');
  const members = Object.entries(condition);
  return members
    .map(([key, value]) => {
      if (key !== 'and' && key !== 'or' && key !== 'not') return writeColumn(key, value, target);
      const group = writeGroup(key, value, target);
      return members.length > 1 ? `(${group})` : group;
    })
    .join(' AND ');
}

function writeGroup(kind: 'and' | 'or' | 'not', conditions: unknown, target: ConditionTarget): string {
  if (!Array.isArray(conditions)) throw new BuiltinFailure(`${kind} expects conditions to be an array`);
  const members = conditions.map((condition: unknown) => {
    if (!isPlainObject(condition)) throw new BuiltinFailure(`Expected ${kind} to be an Object.`);
    return `(${writeCondition(condition, target)})`;
  });
  const joined = members.join(kind === 'or' ? ' OR ' : ' AND ');
  return kind === 'not' ? `NOT (${joined})` : joined;
}

function writeColumn(column: string, operators: unknown, target: ConditionTarget): string {
  if (!isPlainObject(operators)) throw new BuiltinFailure('Expected condition to be an Object.');
  return Object.entries(operators)
    .map(([operator, value]) => writeOperator(column, operator, value, target))
    .join(' AND ');
}

function writeOperator(column: string, operator: string, value: unknown, target: ConditionTarget): string {
  const place = `${column}.${operator}`;
  const operand = target.quote(column);
  switch (operator) {
    case 'size':
      return writeMeasure(place, `LENGTH (${operand})`, value, target);
    case 'contains':
      return `${operand} LIKE ${target.bind(`%${text(place, value)}%`)}`;
    case 'beginsWith':
      return `${operand} LIKE ${target.bind(`${text(place, value)}%`)}`;
    case 'notContains':
      return `${operand} NOT LIKE ${target.bind(text(place, value))}`;
    case 'attributeExists':
      if (typeof value !== 'boolean') throw new BuiltinFailure(`${place} expects a boolean value to be passed.`);
      return `${operand} IS ${value ? 'NOT NULL' : 'NULL'}`;
    default: {
      const aggregate = Object.hasOwn(aggregates, operator) ? aggregates[operator] : undefined;
      if (aggregate !== undefined) return writeMeasure(place, aggregate.replace('$', () => operand), value, target);
      const comparison = writeComparison(place, operand, operator, value, target);
      if (comparison === undefined) throw new BuiltinFailure(`Unsupported condition ${place}.`);
      return comparison;
    }
  }
}

/** The operators of `size` and of aggregates. */
function writeMeasure(place: string, operand: string, operators: unknown, target: ConditionTarget): string {
  if (!isPlainObject(operators)) throw new BuiltinFailure(`Expected ${place} to be an Object.`);
  return Object.entries(operators)
    .map(([operator, value]) => {
      const comparison = writeComparison(`${place}.${operator}`, operand, operator, value, target);
      if (comparison === undefined) throw new BuiltinFailure(`${place} has invalid ${place.split('.').at(-1)} operator.`);
      return comparison;
    })
    .join(' AND ');
}

function writeComparison(place: string, operand: string, operator: string, value: unknown, target: ConditionTarget): string | undefined {
  if (operator === 'between') return writeBetween(place, operand, value, target);
  const comparator = Object.hasOwn(comparators, operator) ? comparators[operator] : undefined;
  if (comparator === undefined) return undefined;
  if (value == null) throw new BuiltinFailure(`Value for ${place} can't be null.`);
  return `${operand} ${comparator} ${target.bind(value)}`;
}

function writeBetween(place: string, operand: string, bounds: unknown, target: ConditionTarget): string {
  if (!Array.isArray(bounds)) throw new BuiltinFailure(`${place} condition expects an array with length of 2.`);
  if (bounds.length !== 2) throw new BuiltinFailure(`${place} condition expects an array with 2 values but received an array with length ${bounds.length}.`);
  return `${operand} BETWEEN ${target.bind(bounds[0])} AND ${target.bind(bounds[1])}`;
}

function text(place: string, value: unknown): string {
  if (typeof value !== 'string') throw new BuiltinFailure(`${place} expects a string value to be passed.`);
  return value;
}

export function isEmptyCondition(condition: unknown): condition is PlainObject {
  return isPlainObject(condition) && Object.keys(condition).length === 0;
}
