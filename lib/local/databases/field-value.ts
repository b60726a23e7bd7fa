/**
 * Values of PostgreSQL, which come as texts, as the fields of a Data API record.
 * Source: https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_Field.html and API_ArrayValue.html
 */
import type { ColumnType } from './column-types';

export type Field =
  | { readonly isNull: true }
  | { readonly longValue: number }
  | { readonly doubleValue: number | string }
  | { readonly booleanValue: boolean }
  | { readonly stringValue: string }
  /** Base64 */
  | { readonly blobValue: string }
  | { readonly arrayValue: ArrayValue };

export type ArrayValue =
  | { readonly longValues: readonly (number | null)[] }
  | { readonly doubleValues: readonly (number | string | null)[] }
  | { readonly booleanValues: readonly (boolean | null)[] }
  | { readonly stringValues: readonly (string | null)[] }
  | { readonly arrayValues: readonly ArrayValue[] };

/** Assumed: nulls in arrays, bytes in arrays as texts, and `NaN` and the infinities, which JSON does not have, as texts. */
export function fieldValue(text: string | null, type: ColumnType): Field {
  if (text === null) return { isNull: true };
  if (type.element) return { arrayValue: arrayValue(parseArray(text), type.element.name) };
  switch (kindOf(type.name)) {
    case 'long':
      return { longValue: Number(text) };
    case 'double':
      return { doubleValue: double(text) };
    case 'boolean':
      return { booleanValue: text === 't' };
    case 'blob':
      return { blobValue: Buffer.from(text.replace(/^\\x/, ''), 'hex').toString('base64') };
    case 'string':
      return { stringValue: string(text, type.name) };
  }
}

/** What every other type is: numeric, uuid, json, dates, enumerations, … */
type Kind = 'long' | 'double' | 'boolean' | 'blob' | 'string';

function kindOf(typeName: string): Kind {
  switch (typeName) {
    case 'int2':
    case 'int4':
    case 'int8':
    case 'oid':
      return 'long';
    case 'float4':
    case 'float8':
      return 'double';
    case 'bool':
      return 'boolean';
    case 'bytea':
      return 'blob';
    default:
      return 'string';
  }
}

function double(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** Source: Aurora user guide, a `timestamptz` is given in UTC, without its zone. */
function string(text: string, typeName: string): string {
  return typeName === 'timestamptz' ? text.replace(/\+00$/, '') : text;
}

type Nested = readonly (string | null | Nested)[];

function arrayValue(values: Nested, elementType: string): ArrayValue {
  if (values.some(Array.isArray)) return { arrayValues: values.map((value) => arrayValue(Array.isArray(value) ? (value as Nested) : [], elementType)) };
  const each = <T>(read: (text: string) => T) => (values as readonly (string | null)[]).map((value) => (value === null ? null : read(value)));
  switch (kindOf(elementType)) {
    case 'long':
      return { longValues: each(Number) };
    case 'double':
      return { doubleValues: each(double) };
    case 'boolean':
      return { booleanValues: each((value) => value === 't') };
    case 'blob':
    case 'string':
      return { stringValues: each((value) => string(value, elementType)) };
  }
}

/** `{1,NULL,"a \"b\"",{…}}`, with bounds before it (`[0:1]={1,2}`) when they are not the usual ones. Source: https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
function parseArray(text: string): Nested {
  const tokens = text.slice(text.indexOf('{')).matchAll(/[{}]|"((?:[^"\\]|\\.)*)"|[^{},"]+/gs);
  const root: (string | null | Nested)[] = [];
  const open = [root];
  for (const [token, quoted] of tokens) {
    const list = open.at(-1) ?? root;
    if (token === '{') {
      const inner: (string | null | Nested)[] = [];
      list.push(inner);
      open.push(inner);
    } else if (token === '}') open.pop();
    else list.push(quoted === undefined ? (token === 'NULL' ? null : token) : quoted.replace(/\\(.)/gs, '$1'));
  }
  return (root[0] as Nested | undefined) ?? [];
}
