/**
 * The Java values that templates work with, in JavaScript's clothes: what they print, when they are equal, how they become plain data.
 * Integers of any size are `number`s, or `bigint`s where a `number` would be inexact; every Double is a `JavaDouble`, so that `7 / 2` and `3.0` come out as in Java.
 */

export type JavaValue = null | boolean | string | number | bigint | JavaDouble | JavaEntry | TemplateObject | JavaValue[] | JavaMap;

export type JavaMap = Map<JavaValue, JavaValue>;

export class JavaDouble {
  constructor(readonly value: number) {}
}

/** `Map.Entry` */
export class JavaEntry {
  constructor(
    readonly key: JavaValue,
    readonly map: JavaMap,
  ) {}

  get value(): JavaValue {
    return this.map.get(this.key) ?? null;
  }
}

/** A function that templates can call. Undefined means that it has no form for these arguments. */
export type TemplateFunction = (...args: readonly JavaValue[]) => JavaValue | undefined;

/** An object of the surroundings, such as `$util`: its members are functions, objects and values. */
export class TemplateObject {
  constructor(readonly members: Readonly<Record<string, TemplateFunction | JavaValue>>) {}

  member(name: string): TemplateFunction | JavaValue | undefined {
    return Object.hasOwn(this.members, name) ? this.members[name] : undefined;
  }
}

/** The template cannot go on: a method got what it does not take, or a limit is reached. */
export class TemplateFailure extends Error {}

/** Deeper values are taken for cycles. */
const maxDepth = 200;

/** Plain data, as it comes from JSON, to Java values; lists and maps are copied. */
export function toJava(value: unknown, depth = 0): JavaValue {
  if (depth > maxDepth) throw new TemplateFailure('A value is nested too deeply.');
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? value : new JavaDouble(value);
  if (value instanceof JavaDouble || value instanceof JavaEntry || value instanceof TemplateObject) return value;
  if (Array.isArray(value)) return value.map((item) => toJava(item, depth + 1));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return new Map(entries.map(([key, member]) => [toJava(key), toJava(member, depth + 1)]));
}

/** In characters, and values, of what is made of one value. Lists within lists that stand there twice grow fast: 30 lines can make a billion entries. */
const maxSize = 5_000_000;

/** What is left of `maxSize`. */
interface Budget {
  left: number;
}

function spend(budget: Budget, amount: number): void {
  if ((budget.left -= amount) < 0) throw new TemplateFailure('A value is too large.');
}

/** Java values to plain data that JSON can hold; keys become strings. @throws TemplateFailure for a value that holds itself or is too large */
export function toPlain(value: JavaValue, depth = 0, budget: Budget = { left: maxSize }): unknown {
  if (typeof value === 'string') {
    spend(budget, value.length);
    return value;
  }
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maxDepth) throw new TemplateFailure('A value is nested too deeply.');
  spend(budget, 1);
  if (value instanceof JavaDouble) return value.value;
  if (Array.isArray(value)) return value.map((item) => toPlain(item, depth + 1, budget));
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [textOf(key), toPlain(member, depth + 1, budget)]));
  if (value instanceof JavaEntry) return Object.fromEntries([[textOf(value.key), toPlain(value.value, depth + 1, budget)]]);
  return {};
}

/** `toString()` of Java. @throws TemplateFailure for a value that holds itself or prints more than 5 MB */
export function textOf(value: JavaValue, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth > maxDepth) throw new TemplateFailure('A value is nested too deeply.');
  if (value instanceof JavaDouble) return doubleText(value.value);
  if (Array.isArray(value)) return `[${joined(value, (item) => textOf(item, depth + 1))}]`;
  if (value instanceof Map) return `{${joined(value, ([key, member]) => `${textOf(key, depth + 1)}=${textOf(member, depth + 1)}`)}}`;
  if (value instanceof JavaEntry) return `${textOf(value.key, depth + 1)}=${textOf(value.value, depth + 1)}`;
  return 'object';
}

function joined<T>(items: Iterable<T>, print: (item: T) => string): string {
  let text = '';
  let isFirst = true;
  for (const item of items) {
    text += isFirst ? print(item) : `, ${print(item)}`;
    isFirst = false;
    if (text.length > maxSize) throw new TemplateFailure('A value is too large.');
  }
  return text;
}

/** Java writes at least one decimal, and powers of ten below 0.001 and from ten million on. */
function doubleText(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** `equals` of Java: by content, and a value of another class is another value. @throws TemplateFailure for values that hold themselves or are too large */
export function isSame(a: JavaValue, b: JavaValue, depth = 0, budget: Budget = { left: maxSize }): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || a === null) return false;
  if (depth > maxDepth) throw new TemplateFailure('A value is nested too deeply.');
  spend(budget, 1);
  if (a instanceof JavaDouble) return b instanceof JavaDouble && a.value === b.value;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i] ?? null, depth + 1, budget));
  if (a instanceof Map) return b instanceof Map && a.size === b.size && [...a].every(([key, member]) => b.has(key) && isSame(member, b.get(key) ?? null, depth + 1, budget));
  return a instanceof JavaEntry && b instanceof JavaEntry && isSame(a.key, b.key, depth + 1, budget) && isSame(a.value, b.value, depth + 1, budget);
}

/** The order of Java's `compareTo`: negative, 0 or positive; undefined for values that are not of one class with an order. */
export function compareValues(a: JavaValue, b: JavaValue): number | undefined {
  if (isNumber(a) && isNumber(b)) return a instanceof JavaDouble === b instanceof JavaDouble ? numberOf(a) - numberOf(b) : undefined;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return undefined;
}

export function isNumber(value: JavaValue): value is number | bigint | JavaDouble {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof JavaDouble;
}

/** The number's value, with a large integer rounded. */
export function numberOf(value: number | bigint | JavaDouble): number {
  return value instanceof JavaDouble ? value.value : Number(value);
}

/** The plainest form of an integer that is exact. */
export function integer(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
