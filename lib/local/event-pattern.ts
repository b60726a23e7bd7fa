/**
 * Whether an EventBridge event matches a rule's pattern.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html and "Comparison operators for use in event patterns".
 */
import { isInBlock } from './ip-block';

type Json = Readonly<Record<string, unknown>>;

/** @param pattern the `EventPattern` of a rule. A comparison this file does not know matches nothing. */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) return false;
  return Object.entries(pattern).every(([name, rule]) => {
    if (name === '$or' && Array.isArray(rule)) return rule.some((alternative) => matchesPattern(alternative, event));
    // A list of objects matches when one of its members does, as EventBridge flattens lists.
    if (Array.isArray(event)) return event.some((member) => matchesPattern({ [name]: rule }, member));
    const value = isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
    if (Array.isArray(rule)) return matchesAny(rule, value);
    return value !== undefined ? matchesPattern(rule, value) : isObject(rule) && matchesPattern(rule, {});
  });
}

/** A list of alternatives against a value, or against each member of a list. */
function matchesAny(alternatives: readonly unknown[], value: unknown): boolean {
  const leaves = Array.isArray(value) ? (value.flat(Infinity) as unknown[]) : [value];
  return alternatives.some((alternative) => {
    if (!isObject(alternative)) return leaves.some((leaf) => leaf === alternative);
    // About the field, not about one of its values.
    if ('exists' in alternative) return (value !== undefined && !isObject(value)) === alternative.exists;
    return leaves.some((leaf) => Object.entries(alternative).every(([operator, operand]) => compare(operator, operand, leaf)));
  });
}

function compare(operator: string, operand: unknown, value: unknown): boolean {
  switch (operator) {
    case 'prefix':
      return typeof value === 'string' && sidesMatch(operand, value, (text, part) => text.startsWith(part));
    case 'suffix':
      return typeof value === 'string' && sidesMatch(operand, value, (text, part) => text.endsWith(part));
    case 'equals-ignore-case':
      return typeof value === 'string' && typeof operand === 'string' && value.toLowerCase() === operand.toLowerCase();
    case 'wildcard':
      return typeof value === 'string' && typeof operand === 'string' && matchesWildcard(operand, value);
    case 'anything-but':
      return value !== undefined && !isExcluded(operand, value);
    case 'numeric':
      return typeof value === 'number' && Array.isArray(operand) && isInRange(operand, value);
    case 'cidr':
      return typeof value === 'string' && typeof operand === 'string' && isInBlock(operand, value);
    default:
      return false;
  }
}

/** `"a"`, or `{ "equals-ignore-case": "a" }`. */
function sidesMatch(operand: unknown, value: string, test: (text: string, part: string) => boolean): boolean {
  if (typeof operand === 'string') return test(value, operand);
  const part = isObject(operand) ? operand['equals-ignore-case'] : undefined;
  return typeof part === 'string' && test(value.toLowerCase(), part.toLowerCase());
}

/** What `anything-but` takes: a value, a list of values, or a comparison with a text or a list of them. */
function isExcluded(operand: unknown, value: unknown): boolean {
  if (Array.isArray(operand)) return operand.includes(value);
  if (!isObject(operand)) return operand === value;
  return Object.entries(operand).some(([operator, part]) => [part].flat().some((each) => compare(operator, each, value)));
}

/** `[">", 0, "<=", 5]` */
function isInRange(comparisons: readonly unknown[], value: number): boolean {
  const pairs = Array.from({ length: Math.ceil(comparisons.length / 2) }, (_, i) => [comparisons[2 * i], comparisons[2 * i + 1]]);
  return pairs.every(([sign, bound]) => {
    if (typeof bound !== 'number') return false;
    switch (sign) {
      case '=':
        return value === bound;
      case '<':
        return value < bound;
      case '<=':
        return value <= bound;
      case '>':
        return value > bound;
      case '>=':
        return value >= bound;
      default:
        return false;
    }
  });
}

/** `*` is any text; behind a backslash it is itself. Looks for each part once, so that no pattern takes for ever on the texts of clients. */
function matchesWildcard(pattern: string, value: string): boolean {
  const parts = [''];
  for (const [token] of pattern.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (token === '*') parts.push('');
    else parts[parts.length - 1] += token.length > 1 ? token.slice(1) : token;
  }
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
