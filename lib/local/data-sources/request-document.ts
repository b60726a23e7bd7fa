/** Reading request documents: members that must be there, and AppSync's words when they are not. */
import { DataSourceRequestError } from './data-source';

/** A request document or an object inside it. */
export type Document = Readonly<Record<string, unknown>>;

/**
 * A member that AppSync requires.
 * @param path where `document` itself is, `$[query]` for instance
 * @throws DataSourceRequestError `Value for field '$[operation]' not found.`
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/troubleshooting-and-common-mistakes.html
 */
export function required(document: Document, name: string, path = '$'): unknown {
  const value = document[name];
  if (value == null) throw new DataSourceRequestError(`Value for field '${path}[${name}]' not found.`);
  return value;
}

/** An object, for a place where AppSync expects one. @throws DataSourceRequestError */
export function asObject(value: unknown, path: string): Document {
  if (!isObject(value)) throw unexpected('object', path, value);
  return value;
}

/** A list, for a place where AppSync expects one. @throws DataSourceRequestError */
export function asList(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw unexpected('array', path, value);
  return value;
}

export function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The error for a value of the wrong JSON type.
 * Observed: `Expected JSON object for attribute value '$[key][id]' but got a 'STRING' instead.` in public reports.  |  Assumed: the same words for other fields.
 */
export function unexpected(expected: 'object' | 'array', path: string, value: unknown, what = 'field'): DataSourceRequestError {
  return new DataSourceRequestError(`Expected JSON ${expected} for ${what} '${path}' but got a '${jsonType(value)}' instead.`);
}

function jsonType(value: unknown): string {
  if (value == null) return 'NULL';
  return Array.isArray(value) ? 'ARRAY' : (typeof value).toUpperCase();
}
