/**
 * The methods of Java's maps, lists, strings, numbers, booleans and map entries that templates call.
 * A method answers undefined when Java has no such method for these arguments: the reference is undefined then.
 */
import { isNumber, isSame, JavaDouble, JavaEntry, type JavaMap, type JavaValue, numberOf, TemplateFailure, TemplateObject, textOf } from './java-values';

/** Java's regular expressions, which this folder leaves to others. `replacement` is as JavaScript writes it: `$1`, `$$`. */
export interface JavaPatterns {
  /** Whether the whole text matches. */
  matches(pattern: string, text: string): boolean;
  replace(text: string, pattern: string, replacement: string, isGlobal: boolean): string;
}

type Method<T> = (self: T, args: readonly JavaValue[], patterns: JavaPatterns) => JavaValue | undefined;
type Methods<T> = Readonly<Record<string, Method<T>>>;

/** A method that returns nothing prints nothing. */
const nothing = '';

/** @returns undefined when the value has no such method */
export function callMethod(self: JavaValue, name: string, args: readonly JavaValue[], patterns: JavaPatterns): JavaValue | undefined {
  if (self === null) return undefined;
  if (self instanceof TemplateObject) {
    const member = self.member(name);
    // `$foreach.hasNext()` is as good as `$foreach.hasNext`.
    return typeof member === 'function' ? member(...args) : args.length === 0 ? member : undefined;
  }
  return ownMethod(self, name, args, patterns) ?? find(ofAny, name)?.(self, args, patterns);
}

function ownMethod(self: Exclude<JavaValue, null | TemplateObject>, name: string, args: readonly JavaValue[], patterns: JavaPatterns): JavaValue | undefined {
  if (self instanceof Map) return find(ofMap, name)?.(self, args, patterns);
  if (Array.isArray(self)) return find(ofList, name)?.(self, args, patterns);
  if (typeof self === 'string') return find(ofString, name)?.(self, args, patterns);
  if (typeof self === 'boolean') return find(ofBoolean, name)?.(self, args, patterns);
  if (self instanceof JavaEntry) return find(ofEntry, name)?.(self, args, patterns);
  return find(ofNumber, name)?.(self, args, patterns);
}

function find<T>(methods: Methods<T>, name: string): Method<T> | undefined {
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}

const ofAny: Methods<JavaValue> = {
  toString: (self: JavaValue) => textOf(self),
  equals: (self, [other = null]) => isSame(self, other),
  hashCode: (self) => hashCode(self),
};

const ofMap: Methods<JavaMap> = {
  get: (map, [key = null]) => map.get(key) ?? null,
  getOrDefault: (map, [key = null, fallback = null]) => (map.has(key) ? (map.get(key) ?? null) : fallback),
  put: (map, [key = null, value = null]) => {
    const previous = map.get(key) ?? null;
    map.set(key, value);
    return previous;
  },
  putIfAbsent: (map, [key = null, value = null]) => {
    const previous = map.get(key) ?? null;
    if (previous === null) map.set(key, value);
    return previous;
  },
  putAll: (map, [other = null]) => {
    if (!(other instanceof Map)) return undefined;
    for (const [key, value] of other) map.set(key, value);
    return nothing;
  },
  remove: (map, [key = null]) => {
    const previous = map.get(key) ?? null;
    map.delete(key);
    return previous;
  },
  containsKey: (map, [key = null]) => map.has(key),
  containsValue: (map, [value = null]) => [...map.values()].some((member) => isSame(member, value)),
  keySet: (map) => [...map.keys()],
  values: (map) => [...map.values()],
  entrySet: (map) => [...map.keys()].map((key) => new JavaEntry(key, map)),
  size: (map) => map.size,
  isEmpty: (map) => map.size === 0,
  clear: (map) => {
    map.clear();
    return nothing;
  },
};

const ofEntry: Methods<JavaEntry> = {
  getKey: (entry) => entry.key,
  getValue: (entry) => entry.value,
  setValue: (entry, [value = null]) => {
    const previous = entry.value;
    entry.map.set(entry.key, value);
    return previous;
  },
};

const ofList: Methods<JavaValue[]> = {
  get: (list, [index = null]) => list[indexIn(list.length, index)] ?? null,
  set: (list, [index = null, value = null]) => {
    const at = indexIn(list.length, index);
    const previous = list[at] ?? null;
    list[at] = value;
    return previous;
  },
  add: (list, args) => {
    const [first = null, second] = args;
    if (second === undefined) {
      list.push(first);
      return true;
    }
    list.splice(indexIn(list.length + 1, first), 0, second);
    return nothing;
  },
  addAll: (list, [first = null, second]) => {
    const added = second === undefined ? first : second;
    if (!Array.isArray(added)) return undefined;
    list.splice(second === undefined ? list.length : indexIn(list.length + 1, first), 0, ...added);
    return added.length > 0;
  },
  remove: (list, [item = null]) => {
    if (typeof item === 'number') return list.splice(indexIn(list.length, item), 1)[0] ?? null;
    const at = list.findIndex((member) => isSame(member, item));
    if (at >= 0) list.splice(at, 1);
    return at >= 0;
  },
  removeAll: (list, [other = null]) => keepOnly(list, other, false),
  retainAll: (list, [other = null]) => keepOnly(list, other, true),
  size: (list) => list.length,
  isEmpty: (list) => list.length === 0,
  contains: (list, [item = null]) => list.some((member) => isSame(member, item)),
  containsAll: (list, [other = null]) => (Array.isArray(other) ? other.every((item) => list.some((member) => isSame(member, item))) : undefined),
  indexOf: (list, [item = null]) => list.findIndex((member) => isSame(member, item)),
  lastIndexOf: (list, [item = null]) => list.findLastIndex((member) => isSame(member, item)),
  subList: (list, [from = null, to = null]) => list.slice(indexIn(list.length + 1, from), indexIn(list.length + 1, to)),
  toArray: (list) => [...list],
  clear: (list) => {
    list.length = 0;
    return nothing;
  },
};

function keepOnly(list: JavaValue[], other: JavaValue, isKept: boolean): boolean | undefined {
  if (!Array.isArray(other)) return undefined;
  const kept = list.filter((member) => other.some((item) => isSame(member, item)) === isKept);
  return list.splice(0, list.length, ...kept).length !== kept.length;
}

/** @throws TemplateFailure as Java throws for an index that is not below `bound` */
export function indexIn(bound: number, index: JavaValue): number {
  if (typeof index !== 'number' || index < 0 || index >= bound) throw new TemplateFailure(`Index ${textOf(index)} out of bounds for length ${bound}`);
  return index;
}

/** A method of strings that takes a string first. */
const withText =
  (method: (self: string, text: string, rest: readonly JavaValue[], patterns: JavaPatterns) => JavaValue | undefined): Method<string> =>
  (self, [first = null, ...rest], patterns) =>
    typeof first === 'string' ? method(self, first, rest, patterns) : undefined;

const ofString: Methods<string> = {
  length: (self) => self.length,
  isEmpty: (self) => self === '',
  isBlank: (self) => self.trim() === '',
  charAt: (self, [index = null]) => self.charAt(indexIn(self.length, index)),
  codePointAt: (self, [index = null]) => self.codePointAt(indexIn(self.length, index)) ?? null,
  substring: (self, [from = null, to = self.length]) => {
    const [start, end] = [indexIn(self.length + 1, from), indexIn(self.length + 1, to)];
    if (start > end) throw new TemplateFailure(`begin ${start}, end ${end}, length ${self.length}`);
    return self.slice(start, end);
  },
  subSequence: (self, [from = null, to = null]) => self.slice(indexIn(self.length + 1, from), indexIn(self.length + 1, to)),
  indexOf: withText((self, text, [from = 0]) => (typeof from === 'number' ? self.indexOf(text, from) : undefined)),
  lastIndexOf: withText((self, text, [from = self.length]) => (typeof from === 'number' ? self.lastIndexOf(text, from) : undefined)),
  contains: withText((self, text) => self.includes(text)),
  startsWith: withText((self, text, [from = 0]) => (typeof from === 'number' ? self.startsWith(text, from) : undefined)),
  endsWith: withText((self, text) => self.endsWith(text)),
  equalsIgnoreCase: (self, [other = null]) => typeof other === 'string' && self.toLowerCase() === other.toLowerCase(),
  compareTo: withText((self, other) => compareTexts(self, other)),
  compareToIgnoreCase: withText((self, other) => compareTexts(self.toLowerCase(), other.toLowerCase())),
  concat: withText((self, other) => self + other),
  replace: withText((self, from, [to = null]) => (typeof to === 'string' ? self.replaceAll(from, () => to) : undefined)),
  replaceAll: withText((self, pattern, [to = null], patterns) => (typeof to === 'string' ? patterns.replace(self, pattern, replacement(to), true) : undefined)),
  replaceFirst: withText((self, pattern, [to = null], patterns) => (typeof to === 'string' ? patterns.replace(self, pattern, replacement(to), false) : undefined)),
  matches: withText((self, pattern, _, patterns) => patterns.matches(pattern, self)),
  split: withText((self, pattern, [limit = 0], patterns) => (typeof limit === 'number' ? split(self, pattern, limit, patterns) : undefined)),
  toUpperCase: (self) => self.toUpperCase(),
  toLowerCase: (self) => self.toLowerCase(),
  trim: (self) => self.trim(),
  strip: (self) => self.trim(),
  repeat: (self, [times = null]) => (typeof times === 'number' && times >= 0 && self.length * times <= maxTextLength ? self.repeat(times) : undefined),
  toCharArray: (self) => [...self],
  getBytes: (self) => [...Buffer.from(self, 'utf8')],
  valueOf: (_: string, [value = null]: readonly JavaValue[]) => textOf(value),
  join: (_, [separator = null, items = null]) => (typeof separator === 'string' && Array.isArray(items) ? items.map((item) => textOf(item)).join(separator) : undefined),
};

/** In characters; `repeat` makes nothing longer. */
const maxTextLength = 5_000_000;

function compareTexts(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a.charCodeAt(i) !== b.charCodeAt(i)) return a.charCodeAt(i) - b.charCodeAt(i);
  return a.length - b.length;
}

/** JavaScript's regular expressions in place of Java's. */
export const scriptPatterns: JavaPatterns = {
  matches: (pattern, text) => regex(pattern, '', `^(?:${pattern})$`).test(text),
  replace: (text, pattern, to, isGlobal) => text.replace(regex(pattern, isGlobal ? 'g' : ''), to),
};

function regex(pattern: string, flags: string, source = pattern): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    throw new TemplateFailure(`"${pattern}" is not a regular expression.`);
  }
}

/** Java writes `$1` for a group and `\$` for the sign itself; JavaScript's other `$` forms are text to it. */
function replacement(text: string): string {
  return text.replace(/\\([\s\S])|\$(?!\d)/g, (_, escaped = '$') => (escaped === '$' ? '$$' : escaped));
}

/** Around each separator while a text is split: a noncharacter of Unicode. */
const mark = '\uffff';

/** Without a limit, Java leaves empty strings at the end out; a separator of no width at the start cuts nothing off. */
function split(self: string, pattern: string, limit: number, patterns: JavaPatterns): string[] {
  const pieces = patterns.replace(self, pattern, `${mark}$&${mark}`, true).split(mark);
  const parts: string[] = [];
  let from = 0;
  let end = 0;
  for (let i = 0; i + 1 < pieces.length; i += 2) {
    const start = end + (pieces[i]?.length ?? 0);
    end = start + (pieces[i + 1]?.length ?? 0);
    if (limit > 0 && parts.length === limit - 1) break;
    if (end === 0 || (start === end && start === self.length)) continue;
    parts.push(self.slice(from, start));
    from = end;
  }
  parts.push(self.slice(from));
  while (limit === 0 && parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}

const ofNumber: Methods<number | bigint | JavaDouble> = {
  intValue: (self) => Number(BigInt.asIntN(32, toBigInt(self))),
  longValue: (self) => Number(toBigInt(self)),
  doubleValue: (self) => new JavaDouble(numberOf(self)),
  floatValue: (self) => new JavaDouble(numberOf(self)),
  isNaN: (self) => Number.isNaN(numberOf(self)),
  compareTo: (self, [other = null]) => (isNumber(other) ? Math.sign(numberOf(self) - numberOf(other)) : undefined),
  parseInt: (_, [text = null]) => parseWhole(text),
  parseLong: (_, [text = null]) => parseWhole(text),
  parseDouble: (_, [text = null]) => parseDouble(text),
  parseFloat: (_, [text = null]) => parseDouble(text),
  valueOf: (self: number | bigint | JavaDouble, [value = null]: readonly JavaValue[]) => (self instanceof JavaDouble ? parseDouble(value) : parseWhole(value)),
  max: (_, [a = null, b = null]) => (isNumber(a) && isNumber(b) ? (numberOf(a) >= numberOf(b) ? a : b) : undefined),
  min: (_, [a = null, b = null]) => (isNumber(a) && isNumber(b) ? (numberOf(a) <= numberOf(b) ? a : b) : undefined),
};

function toBigInt(value: number | bigint | JavaDouble): bigint {
  const number = value instanceof JavaDouble ? value.value : value;
  return typeof number === 'bigint' ? number : BigInt(Number.isFinite(number) ? Math.trunc(number) : 0);
}

function parseWhole(value: JavaValue): number {
  const text = textOf(value);
  if (!/^[+-]?\d+$/.test(text)) throw new TemplateFailure(`For input string: "${text}"`);
  return Number(text);
}

function parseDouble(value: JavaValue): JavaDouble {
  const text = textOf(value).trim();
  if (text === '' || Number.isNaN(Number(text))) throw new TemplateFailure(`For input string: "${text}"`);
  return new JavaDouble(Number(text));
}

const ofBoolean: Methods<boolean> = {
  booleanValue: (self) => self,
  parseBoolean: (_, [text = null]) => textOf(text).toLowerCase() === 'true',
  valueOf: (_: boolean, [text = null]: readonly JavaValue[]) => textOf(text).toLowerCase() === 'true',
};

function hashCode(value: JavaValue): number {
  if (typeof value === 'number') return value | 0;
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((hash, item) => (Math.imul(31, hash) + hashCode(item)) | 0, 1);
  if (value instanceof Map) return [...value].reduce((hash, [key, member]) => (hash + (hashCode(key) ^ hashCode(member))) | 0, 0);
  return [...textOf(value)].reduce((hash, char) => (Math.imul(31, hash) + char.charCodeAt(0)) | 0, 0);
}
