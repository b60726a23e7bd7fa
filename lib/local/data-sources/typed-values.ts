/**
 * DynamoDB's typed values in three dealings: from a request document, where resolvers write them loosely; to the plain values that
 * resolvers read; and from plain values, for seeding.
 */
import { asObject, isObject, unexpected } from './request-document';
import { DataSourceRequestError } from './data-source';
import type { AttributeValue, Item } from './table-error';

const types: ReadonlySet<string> = new Set(['S', 'SS', 'N', 'NS', 'B', 'BS', 'BOOL', 'L', 'M', 'NULL']);

/**
 * A map of typed values as a request document has it, made strict: numbers become text, base64 loses its junk, `NULL: null` becomes true.
 * @param path where the map is, for errors: `$[key]`
 * @throws DataSourceRequestError when a value is no object, or names two types
 */
export function readItem(value: unknown, path: string): Item {
  const item: Record<string, AttributeValue> = {};
  for (const [name, typed] of Object.entries(asObject(value, path))) item[name] = readValue(typed, `${path}[${name}]`);
  return item;
}

/**
 * Source: resolver reference for DynamoDB, "Type system (request mapping)": one key-value pair, or the document is not parsed; the error's text is Assumed.
 * A value without a known type is left to DynamoDB, which says `Supplied AttributeValue is empty, …`.
 */
function readValue(value: unknown, path: string): AttributeValue {
  if (!isObject(value)) throw unexpected('object', path, value, 'attribute value');
  const present = Object.keys(value).filter((type) => types.has(type) && (value[type] != null || type === 'NULL'));
  if (present.length > 1) {
    throw new DataSourceRequestError(`Supplied AttributeValue for '${path}' has more than one datatypes set, must contain exactly one of the supported datatypes`);
  }
  const type = present[0];
  return type === undefined ? {} : { [type]: readContent(type, value[type], `${path}[${type}]`) };
}

function readContent(type: string, content: unknown, path: string): unknown {
  switch (type) {
    case 'S':
    case 'N':
      return scalarText(content);
    case 'B':
      return base64(content);
    case 'SS':
    case 'NS':
      return Array.isArray(content) ? content.map(scalarText) : content;
    case 'BS':
      return Array.isArray(content) ? content.map(base64) : content;
    case 'NULL':
      return content ?? true;
    case 'L':
      if (!Array.isArray(content)) throw unexpected('array', path, content, 'attribute value');
      return content.map((entry, i) => readValue(entry, `${path}[${i}]`));
    case 'M':
      return readItem(content, path);
    default:
      return content;
  }
}

/** Numbers may come as numbers or text. Assumed: other scalars become text too, as Jackson does; anything else DynamoDB refuses. */
function scalarText(content: unknown): unknown {
  return typeof content === 'number' || typeof content === 'boolean' || typeof content === 'bigint' ? String(content) : content;
}

/** RFC 2045: characters outside the alphabet are ignored. */
function base64(content: unknown): unknown {
  return typeof content === 'string' ? Buffer.from(content.replace(/[^A-Za-z0-9+/]/g, ''), 'base64').toString('base64') : content;
}

/** An item as resolvers see it: sets are lists, binary is base64, numbers are numbers. */
export function fromItem(item: Item): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const name in item) plain[name] = fromValue(item[name]!);
  return plain;
}

function fromValue(value: AttributeValue): unknown {
  for (const type in value) {
    const content = value[type];
    switch (type) {
      case 'N':
        return Number(content);
      case 'NS':
        return (content as string[]).map(Number);
      case 'NULL':
        return null;
      case 'L':
        return (content as AttributeValue[]).map(fromValue);
      case 'M':
        return fromItem(content as Item);
      default:
        return content;
    }
  }
  return null;
}

/**
 * Plain values as an item. Strings, numbers, booleans, null, lists and objects keep their kind, bytes become binary; undefined members are left out.
 * @throws TypeError for a value DynamoDB has no type for (a function, a symbol)
 */
export function toItem(plain: Readonly<Record<string, unknown>>): Item {
  const item: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) item[name] = toValue(value);
  return item;
}

function toValue(value: unknown): AttributeValue {
  if (value === null || value === undefined) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(toValue) };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
    case 'bigint':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      return { M: toItem(value as Record<string, unknown>) };
    default:
      throw new TypeError(`a ${typeof value} cannot be stored in DynamoDB`);
  }
}
