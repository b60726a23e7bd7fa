/**
 * References, literals and operators: what stands after a `$`, and between the parentheses of a directive.
 * Follows Apache Velocity 1.7, which reads `-3` as one number wherever it stands and knows no sign before a reference.
 * Assumed: AppSync takes operators and `null` in arguments, lists and maps. Velocity 1.7 does not, later versions do; a template is not refused for them.
 */
import type { Cursor } from './cursor';
import { JavaDouble } from './java-values';
import type { Access, BinaryOperator, Block, Expression, Reference } from './syntax-tree';

/** Parses the content of a string in double quotes as a template. */
export type ParseInner = (cursor: Cursor) => Block;

const identifier = /[A-Za-z_][\w-]*/y;

/** @returns undefined when the dollar sign here starts no reference; the cursor has not moved then */
export function parseReference(cursor: Cursor, parseInner: ParseInner): Reference | undefined {
  const start = cursor.at;
  const opening = cursor.match(/\$(!?)(\{?)(?=[A-Za-z_])/y);
  if (!opening) return undefined;
  const [, quiet, brace] = opening;
  const root = cursor.match(identifier)?.[0] ?? '';
  const path: Access[] = [];
  for (let access = parseAccess(cursor, parseInner); access; access = parseAccess(cursor, parseInner)) path.push(access);
  if (brace) cursor.expect('}', `at the end of "${cursor.text.slice(start, cursor.at)}"`);
  return { root, path, isQuiet: quiet === '!', source: cursor.text.slice(start, cursor.at), span: cursor.span(start) };
}

function parseAccess(cursor: Cursor, parseInner: ParseInner): Access | undefined {
  if (cursor.char === '[') {
    cursor.take('[');
    const index = cursor.nested(() => parseExpression(cursor, parseInner));
    cursor.skipSpace();
    cursor.expect(']', 'after an index');
    return { kind: 'index', index };
  }
  const member = cursor.match(/\.(?=[A-Za-z_])/y);
  if (!member) return undefined;
  const start = cursor.at;
  const name = cursor.match(identifier)?.[0] ?? '';
  const span = cursor.span(start);
  if (!cursor.take('(')) return { kind: 'property', name, span };
  const args = cursor.nested(() => parseItems(cursor, () => parseArgument(cursor, parseInner), ')', `the arguments of "${name}"`));
  return { kind: 'call', name, args, span };
}

/** Items up to and with the closing bracket; the opening one is behind. */
function parseItems(cursor: Cursor, parseItem: () => Expression, close: string, what: string): Expression[] {
  cursor.skipSpace();
  return cursor.take(close) ? [] : parseRest([parseItem()], cursor, parseItem, close, what);
}

/** What follows the first item. */
function parseRest(items: Expression[], cursor: Cursor, parseItem: () => Expression, close: string, what: string): Expression[] {
  for (;;) {
    cursor.skipSpace();
    if (cursor.take(close)) return items;
    if (!cursor.take(',')) throw cursor.unexpected(`expected "," or "${close}" in ${what}`, quoteFix(cursor));
    cursor.skipSpace();
    items.push(parseItem());
  }
}

/** A bare word is an argument in Velocity 1.7, and null. */
function parseArgument(cursor: Cursor, parseInner: ParseInner): Expression {
  const start = cursor.at;
  const word = cursor.match(/[A-Za-z_]\w*(?=\s*[,)])/y)?.[0];
  if (word !== undefined && word !== 'true' && word !== 'false') return literal(null);
  cursor.at = start;
  return parseExpression(cursor, parseInner);
}

/** Every operator, as a word or a sign; longer ones before those they begin with. */
const operator = /\|\||&&|[=!<>]=|[<>*/%+-]|(?:or|and|eq|ne|lt|gt|le|ge)\b/y;

const words: Readonly<Record<string, BinaryOperator>> = { or: '||', and: '&&', eq: '==', ne: '!=', lt: '<', gt: '>', le: '<=', ge: '>=' };

/** The stronger binds first. */
const strengths: Readonly<Record<BinaryOperator, number>> = { '||': 1, '&&': 2, '==': 3, '!=': 3, '<': 4, '>': 4, '<=': 4, '>=': 4, '+': 5, '-': 5, '*': 6, '/': 6, '%': 6 };

export function parseExpression(cursor: Cursor, parseInner: ParseInner): Expression {
  return cursor.nested(() => parseBinary(cursor, parseInner, 1));
}

/** An operand, and what operators of at least this strength add to it from the left. */
function parseBinary(cursor: Cursor, parseInner: ParseInner, least: number): Expression {
  let left = parseOperand(cursor, parseInner);
  for (;;) {
    const end = cursor.at;
    cursor.skipSpace();
    const start = cursor.at;
    const sign = cursor.match(operator)?.[0];
    const found = sign === undefined ? undefined : (words[sign] ?? (sign as BinaryOperator));
    if (found === undefined || strengths[found] < least) {
      cursor.at = end;
      return left;
    }
    if (found === '-' && /[\d.]/.test(cursor.char)) {
      const number = cursor.match(/[\d.]+/y)?.[0] ?? '';
      throw cursor.error(`"-${number}" is one number here, so an operator is missing before it`, start, cursor.at, `write "- ${number}"`);
    }
    left = { kind: 'binary', operator: found, left, right: parseBinary(cursor, parseInner, strengths[found] + 1) };
  }
}

function parseOperand(cursor: Cursor, parseInner: ParseInner): Expression {
  cursor.skipSpace();
  const { char } = cursor;
  if (cursor.match(/!|not\b/y)) return { kind: 'not', operand: cursor.nested(() => parseOperand(cursor, parseInner)) };
  if (cursor.take('(')) {
    const inner = parseExpression(cursor, parseInner);
    cursor.skipSpace();
    cursor.expect(')', 'after an expression in parentheses');
    return inner;
  }
  if (char === '"' || char === "'") return parseString(cursor, parseInner);
  if (cursor.take('[')) return parseList(cursor, parseInner);
  if (cursor.take('{')) return parseMap(cursor, parseInner);
  const reference = char === '$' ? parseReference(cursor, parseInner) : undefined;
  if (reference) return { kind: 'reference', reference };
  const number = cursor.match(/-?(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y)?.[0];
  if (number !== undefined) return numberLiteral(number);
  const word = cursor.match(/(?:true|false|null)\b/y)?.[0];
  if (word !== undefined) return literal(word === 'null' ? null : word === 'true');
  throw cursor.unexpected('expected a value', char === '-' ? 'write "0 - " before it: a minus sign needs a number' : undefined);
}

function numberLiteral(text: string): Expression {
  if (/[.eE]/.test(text)) return literal(new JavaDouble(Number(text)));
  const value = Number(text);
  return literal(Number.isSafeInteger(value) ? value : BigInt(text));
}

function literal(value: null | boolean | string | number | bigint | JavaDouble): Expression {
  return { kind: 'literal', value };
}

function parseList(cursor: Cursor, parseInner: ParseInner): Expression {
  const parseItem = () => parseExpression(cursor, parseInner);
  cursor.skipSpace();
  if (cursor.take(']')) return { kind: 'list', items: [] };
  const first = parseItem();
  cursor.skipSpace();
  if (!cursor.take('..')) return { kind: 'list', items: parseRest([first], cursor, parseItem, ']', 'a list') };
  const to = parseItem();
  cursor.skipSpace();
  cursor.expect(']', 'at the end of a range');
  return { kind: 'range', from: first, to };
}

function parseMap(cursor: Cursor, parseInner: ParseInner): Expression {
  const entries: { key: Expression; value: Expression }[] = [];
  cursor.skipSpace();
  if (cursor.take('}')) return { kind: 'map', entries };
  for (;;) {
    cursor.skipSpace();
    if (/[A-Za-z_]/.test(cursor.char)) throw cursor.unexpected('expected a key in quotes', 'put the keys of a map in quotes');
    const key = parseExpression(cursor, parseInner);
    cursor.skipSpace();
    cursor.expect(':', 'after a key of a map');
    const value = parseExpression(cursor, parseInner);
    entries.push({ key, value });
    cursor.skipSpace();
    if (cursor.take('}')) return { kind: 'map', entries };
    if (!cursor.take(',')) throw cursor.unexpected('expected "," or "}" in a map', quoteFix(cursor));
  }
}

/** Neither kind of quotes knows escapes but the doubled quote; those in double quotes know `\u0041` too, and are templates. */
function parseString(cursor: Cursor, parseInner: ParseInner): Expression {
  const { char: quote, at: start } = cursor;
  const { text } = cursor;
  let end = text.indexOf(quote, start + 1);
  while (end >= 0 && text.charAt(end + 1) === quote) end = text.indexOf(quote, end + 2);
  if (end < 0) throw cursor.error(`the string that starts with ${quote} is not closed`, start, start + 1, `add ${quote} at its end`);
  cursor.at = end + 1;

  const raw = text.slice(start + 1, end);
  if (quote === "'") return literal(raw.replaceAll("''", "'"));
  const isTemplate = /[$#]/.test(raw);
  const hasEscapes = /""|\\u[\da-fA-F]{4}/.test(raw);
  if (!isTemplate) return literal(hasEscapes ? unescape(raw).text : raw);
  if (!hasEscapes) return { kind: 'interpolation', block: parseInner(cursor.inner(raw, cursor.origin(start + 1))) };
  const { text: content, offsets } = unescape(raw);
  return { kind: 'interpolation', block: parseInner(cursor.inner(content, offsets.map((offset) => cursor.origin(start + 1 + offset)))) };
}

/** @returns the string meant, and where each of its characters (and its end) stood */
function unescape(raw: string): { readonly text: string; readonly offsets: readonly number[] } {
  const offsets: number[] = [];
  let text = '';
  for (const { 0: token, 1: code, index } of raw.matchAll(/""|\\u([\da-fA-F]{4})|[\s\S]/g)) {
    offsets.push(index);
    text += token === '""' ? '"' : code === undefined ? token : String.fromCharCode(parseInt(code, 16));
  }
  return { text, offsets: [...offsets, raw.length] };
}

/** How to go on when what is missing here may be the rest of a string: a backslash does not escape a quote, so the string ended early. */
export function quoteFix(cursor: Cursor): string | undefined {
  return /\\["']\s*$/.test(cursor.text.slice(Math.max(0, cursor.at - 20), cursor.at)) ? 'write "" for a quote inside a string: a backslash does not escape it' : undefined;
}
