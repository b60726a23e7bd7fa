/** Reading requests: objects, lists and numbers at places where OpenSearch wants them. */
import { matchesPolicyPattern } from '../../model';
import { parsing } from './search-error';

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws SearchError */
export function objectAt(value: unknown, where: string): Json {
  if (!isObject(value)) throw parsing(`[${where}] expects an object, got ${described(value)}`);
  return value;
}

/** The one member of an object: `{ match: { … } }`. @throws SearchError */
export function onlyMember(value: unknown, where: string): readonly [name: string, value: unknown] {
  const [first, ...others] = Object.entries(objectAt(value, where));
  if (!first || others.length > 0) throw parsing(`[${where}] expects exactly one member, got ${first ? `"${first[0]}" and ${others.map(([name]) => `"${name}"`).join(', ')}` : 'none'}`);
  return first;
}

/** One value, or a list of them. */
export function listOf(value: unknown): readonly unknown[] {
  return value == null ? [] : Array.isArray(value) ? value : [value];
}

/** A whole number of at least `least`. Texts count, as OpenSearch takes them. @throws SearchError */
export function wholeNumber(value: unknown, where: string, least = 0): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < least) throw parsing(`[${where}] must be a whole number of at least ${least}, got ${described(value)}`);
  return number;
}

export function flag(value: unknown): boolean {
  return value === true || value === 'true' || value === '';
}

export function described(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** A pattern with `*` for any text and `?` for one character, as policies have them too. */
export function wildcard(pattern: string, isCaseInsensitive = false): (text: string) => boolean {
  if (!isCaseInsensitive) return (text) => matchesPolicyPattern(text, pattern);
  const wanted = pattern.toLowerCase();
  return (text) => matchesPolicyPattern(text.toLowerCase(), wanted);
}
