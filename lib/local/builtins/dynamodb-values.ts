/**
 * Plain values to DynamoDB's typed values: `util.dynamodb` and the base of the `@aws-appsync/utils/dynamodb` requests.
 * Numbers are not turned into strings and null is `{ NULL: null }`.
 * Observed: recorded from AWS EvaluateCode in localstack/appsync-utils, `__tests__/__snapshots__/index.test.js.snap`.
 */
import { type BuiltinGroup, isPlainObject, type PlainObject, presentMembers } from './builtin';

export type TypedValue = Readonly<Record<string, unknown>>;

export function toDynamoDB(value: unknown): TypedValue {
  if (value == null) return { NULL: null };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: value };
  if (typeof value === 'boolean') return { BOOL: value };
  return Array.isArray(value) ? { L: value.map(toDynamoDB) } : { M: toMapValues(value) };
}

/** @returns `{ [name]: typed value }`; empty for what is no object */
export function toMapValues(value: unknown): Record<string, TypedValue> {
  if (!isPlainObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toDynamoDB(member)]));
}

/** Every converter but `toDynamoDB` and `toNull` answers null for null. */
const orNull =
  (convert: (value: unknown) => unknown) =>
  (value: unknown): unknown =>
    value == null ? null : convert(value);

const asSet = (type: 'SS' | 'NS' | 'BS') => (list: unknown) => ({ [type]: list });

/** The set makers of `@aws-appsync/utils/dynamodb`, which do not treat null apart. */
export const setMakers = { toStringSet: asSet('SS'), toNumberSet: asSet('NS'), toBinarySet: asSet('BS') } satisfies BuiltinGroup;

/** `util.dynamodb` */
export const dynamodbUtil: BuiltinGroup = {
  toDynamoDB,
  toString: orNull((value) => ({ S: value })),
  toStringSet: orNull(setMakers.toStringSet),
  toNumber: orNull((value) => ({ N: value })),
  toNumberSet: orNull(setMakers.toNumberSet),
  toBinary: orNull((value) => ({ B: value })),
  toBinarySet: orNull(setMakers.toBinarySet),
  toBoolean: orNull((value) => ({ BOOL: value })),
  toNull: () => ({ NULL: null }),
  toList: orNull((value) => ({ L: Array.isArray(value) ? value.map(toDynamoDB) : [] })),
  toMap: orNull((value) => ({ M: toMapValues(value) })),
  toMapValues: orNull(toMapValues),
  toS3Object: (key, bucket, region, version) => ({ S: JSON.stringify({ s3: presentMembers({ key, bucket, region, version }) }) }),
  fromS3ObjectJson: (text) => readS3Object(text),
};

function readS3Object(text: unknown): PlainObject | null {
  try {
    const parsed: unknown = JSON.parse(String(text));
    return isPlainObject(parsed) && isPlainObject(parsed.s3) ? parsed.s3 : null;
  } catch {
    return null;
  }
}
