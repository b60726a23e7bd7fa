/**
 * Condition objects of `@aws-appsync/utils/rds` (`where`, `having`, `on`) to SQL.
 * Observed: recorded from AWS EvaluateCode in localstack/appsync-utils, `__tests__/__snapshots__/resolvers.test.js.snap`, texts of errors included.
 * Assumed: `not`, aggregates, and the word that joins several columns of one member of a group.
 */
import { BuiltinFailure, isPlainObject, type PlainObject } from './builtin';
import { aggregates, isStatement } from './rds-statement';

/** What writing a condition needs of the statement around it. */
export interface ConditionTarget {
  quote(name: string): string;
  /** A placeholder for the value, or `NULL`. */
  bind(value: unknown): string;
}

const comparators: Readonly<Record<string, string>> = { eq: '=', ne: '!=', gt: '>', ge: '>=', lt: '<', le: '<=' };

/** @returns empty text for a condition that asks for nothing */
export function writeCondition(condition: unknown, target: ConditionTarget): string {
  if (!isPlainObject(condition)) throw new BuiltinFailure('Expected condition to be an Object.');
  return writeMembers(condition, ' AND ', (part) => part, target);
}

/**
 * A group that asks for nothing vanishes; a column that does leaves the joiner before it dangling, as on AWS.
 * @param wrap puts each member in the parentheses it needs here
 */
function writeMembers(condition: PlainObject, joiner: string, wrap: (part: string) => string, target: ConditionTarget): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(condition)) {
    const isGroup = key === 'and' || key === 'or' || key === 'not';
    const part = isGroup ? writeGroup(key, value, target) : writeColumn(key, value, target);
    if (part !== '') parts.push(wrap(part));
    else if (!isGroup) parts.push('');
  }
  return parts.join(joiner);
}

/** Members of a group stand in parentheses and are joined by the group's own word, also several of one object. */
function writeGroup(kind: 'and' | 'or' | 'not', conditions: unknown, target: ConditionTarget): string {
  if (!Array.isArray(conditions)) throw new BuiltinFailure(`${kind} expects conditions to be an array`);
  const joiner = kind === 'or' ? ' OR ' : ' AND ';
  const members = conditions.map((condition: unknown) => {
    if (!isPlainObject(condition) || isStatement(condition)) throw new BuiltinFailure(`Expected ${kind} to be an Object.`);
    return writeMembers(condition, joiner, (part) => `(${part})`, target);
  });
  const joined = members.join(joiner);
  return kind === 'not' && joined !== '' ? `NOT (${joined})` : joined;
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
      if (typeof present(place, value) !== 'boolean') throw new BuiltinFailure(`${place} expects a boolean value to be passed.`);
      return `${operand} IS ${value === true ? 'NOT NULL' : 'NULL'}`;
    case 'between':
      return writeBetween(place, operand, value, target);
    default: {
      const aggregate = Object.hasOwn(aggregates, operator) ? aggregates[operator] : undefined;
      if (aggregate !== undefined) return writeMeasure(place, aggregate.replace('$', () => operand), value, target);
      const comparator = comparatorOf(operator);
      if (comparator === undefined) throw new BuiltinFailure(`Unsupported condition ${place}.`);
      return `${operand} ${comparator} ${target.bind(present(place, value))}`;
    }
  }
}

/** The operators of `size` and of aggregates. Unlike a column's own, they take null. */
function writeMeasure(place: string, operand: string, operators: unknown, target: ConditionTarget): string {
  if (!isPlainObject(operators)) throw new BuiltinFailure(`Expected ${place} to be an Object.`);
  return Object.entries(operators)
    .map(([operator, value]) => {
      if (operator === 'between') return writeBetween(place, operand, value, target);
      const comparator = comparatorOf(operator);
      if (comparator === undefined) throw new BuiltinFailure(`${place} has invalid ${place.split('.').at(-1)} operator.`);
      return `${operand} ${comparator} ${target.bind(value)}`;
    })
    .join(' AND ');
}

function comparatorOf(operator: string): string | undefined {
  return Object.hasOwn(comparators, operator) ? comparators[operator] : undefined;
}

function writeBetween(place: string, operand: string, bounds: unknown, target: ConditionTarget): string {
  if (!Array.isArray(bounds)) throw new BuiltinFailure(`${place} condition expects an array with length of 2.`);
  if (bounds.length !== 2) throw new BuiltinFailure(`${place} condition expects an array with 2 values but received an array with length ${bounds.length}.`);
  return `${operand} BETWEEN ${target.bind(bounds[0])} AND ${target.bind(bounds[1])}`;
}

function text(place: string, value: unknown): string {
  const given = present(place, value);
  if (typeof given !== 'string') throw new BuiltinFailure(`${place} expects a string value to be passed.`);
  return given;
}

function present(place: string, value: unknown): unknown {
  if (value == null) throw new BuiltinFailure(`Value for ${place} can't be null.`);
  return value;
}
