/**
 * Statements of `@aws-appsync/utils/rds` as data, between the helper that makes one and `createPgStatement` that writes it.
 * Handlers only pass them on; here they are plain objects with a `type`.
 */
import { asText, BuiltinFailure, type BuiltinGroup, isPlainObject, type PlainObject } from './builtin';

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
  sql: (texts, ...values) => ({ type: 'RDS_SQL', texts: Array.isArray(texts) ? texts.map(asText) : [asText(texts)], values }),
} satisfies BuiltinGroup;

/** `typeHint` */
export const typeHint: BuiltinGroup = Object.fromEntries(hintNames.map((type) => [type, (value: unknown) => ({ type, value })]));

/** `agg` */
export const agg: BuiltinGroup = Object.fromEntries(Object.keys(aggregates).map((name) => [name, (column: unknown) => ({ type: 'RDS_AGGREGATE', name, column: asText(column) })]));

export function isStatement(value: unknown): value is Statement {
  return isPlainObject(value) && typeof value.type === 'string' && ['RDS_SELECT', 'RDS_INSERT', 'RDS_UPDATE', 'RDS_REMOVE', 'RDS_SQL'].includes(value.type);
}

export function isAggregate(value: unknown): value is PlainObject & Aggregate {
  return isPlainObject(value) && value.type === 'RDS_AGGREGATE' && typeof value.name === 'string' && typeof value.column === 'string';
}

export function isHintedValue(value: unknown): value is PlainObject & HintedValue {
  return isPlainObject(value) && Object.keys(value).length === 2 && 'value' in value && hintNames.some((name) => name === value.type);
}

function maker(kind: StatementKind) {
  return (payload: unknown) => {
    if (payload === undefined) throw new BuiltinFailure(`An argument is expected to be passed to ${kind}`);
    if (!isPlainObject(payload)) throw new BuiltinFailure('Expected payload to be an Object.');
    return { type: `RDS_${kind.toUpperCase()}`, payload };
  };
}
