/**
 * Statements of `@aws-appsync/utils/rds` as data, between the helper that makes one and `createPgStatement` that writes it.
 * Handlers only pass them on; here they are plain objects with a `type`.
 */
import { asText, type Builtin, BuiltinFailure, type BuiltinGroup, isPlainObject, type PlainObject } from './builtin';

export type StatementKind = 'select' | 'insert' | 'update' | 'remove';

export type Statement =
  | { readonly type: `RDS_${Uppercase<StatementKind>}`; readonly payload: PlainObject }
  /** `sql` template: `texts` has one entry more than `values`. */
  | { readonly type: 'RDS_SQL'; readonly texts: readonly string[]; readonly values: readonly unknown[] };

export interface Aggregate {
  readonly type: 'RDS_AGGREGATE';
  readonly name: string;
  readonly column: string;
}

/** A value with the type the Data API should give it. */
export interface HintedValue {
  readonly type: (typeof hintNames)[number];
  readonly value: unknown;
}

const hintNames = ['DECIMAL', 'JSON', 'TIMESTAMP', 'TIME', 'UUID', 'DATE'] as const;

/** SQL of each aggregate by its name in `agg` and in conditions; `$` stands for the column. */
export const aggregates: Readonly<Record<string, string>> = Object.fromEntries(
  ['max', 'min', 'count', 'avg', 'sum'].flatMap((name) => [
    [name, `${name.toUpperCase()}($)`],
    [`${name}Distinct`, `${name.toUpperCase()}(DISTINCT $)`],
  ]),
);

export const statementMakers = {
  select: maker('select'),
  insert: maker('insert'),
  update: maker('update'),
  remove: maker('remove'),
  sql,
} satisfies BuiltinGroup;

/** Checked when the template is made, not when it is written out. */
function sql(texts: unknown, ...values: readonly unknown[]): Statement {
  if (!Array.isArray(texts) || texts.length !== values.length + 1) throw new BuiltinFailure('java.lang.IllegalArgumentException: Unexpected argument passed to sql tagged template');
  return { type: 'RDS_SQL', texts: texts.map(asText), values };
}

/** `typeHint` */
export const typeHint: BuiltinGroup = Object.fromEntries(hintNames.map((type) => [type, (value: unknown) => ({ type, value })]));

/** `agg` */
export const agg: BuiltinGroup = Object.fromEntries(Object.keys(aggregates).map((name) => [name, (column: unknown) => ({ type: 'RDS_AGGREGATE', name, column: asText(column) })]));

export function isStatement(value: unknown): value is Statement {
  if (!isPlainObject(value)) return false;
  if (value.type === 'RDS_SQL') return Array.isArray(value.texts) && value.texts.every((text) => typeof text === 'string') && Array.isArray(value.values);
  return typeof value.type === 'string' && ['RDS_SELECT', 'RDS_INSERT', 'RDS_UPDATE', 'RDS_REMOVE'].includes(value.type) && isPlainObject(value.payload);
}

export function isAggregate(value: unknown): value is PlainObject & Aggregate {
  return isPlainObject(value) && value.type === 'RDS_AGGREGATE' && typeof value.name === 'string' && typeof value.column === 'string';
}

export function isHintedValue(value: unknown): value is PlainObject & HintedValue {
  return isPlainObject(value) && Object.keys(value).length === 2 && 'value' in value && hintNames.some((name) => name === value.type);
}

/** Observed: a column whose value is undefined is written as NULL, and a comparison with undefined is refused as one with null. */
function maker(kind: StatementKind): Builtin {
  const make = (payload: unknown) => {
    if (payload === undefined) throw new BuiltinFailure(`An argument is expected to be passed to ${kind}`);
    if (!isPlainObject(payload)) throw new BuiltinFailure('Expected payload to be an Object.');
    return { type: `RDS_${kind.toUpperCase()}`, payload };
  };
  return Object.assign(make, { seesUndefined: true });
}
