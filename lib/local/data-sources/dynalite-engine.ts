/**
 * The only file that knows dynalite, an untyped package whose parts we use without its server: request validation, the expression
 * language, what each action does to an item, and how keys sort. Storage, locking and atomicity are ours: an action gets an
 * `EngineStore` made for that one call and reaches the database only through it. Actions on single items call back synchronously
 * when their store does, which is what lets a write be staged in one step.
 */
import { createRequire } from 'node:module';
import type { Stream } from 'node:stream';
import { invariant } from '../../diagnostics';
import { withoutNeedlessParentheses } from './expression-parentheses';
import { type Item, TableError } from './table-error';

/** A table as `DescribeTable` gives it; only what the engine reads. */
export interface TableDescription {
  readonly TableName: string;
  readonly TableStatus: 'ACTIVE';
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly KeySchema: KeySchema;
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
  readonly LocalSecondaryIndexes?: readonly IndexDescription[];
}

export interface IndexDescription {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: { readonly ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; readonly NonKeyAttributes?: readonly string[] };
}

export type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];

/** A request after validation; expressions are parsed into members that start with `_`. */
export type ValidRequest = Readonly<Record<string, unknown>> & { readonly TableName: string };

type Callback<T> = (error: unknown, value?: T) => void;

/** Bounds of a key range, as actions ask for them. `limit` -1 means all. */
export interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** What an action may do to one table or index. */
export interface EngineDatabase {
  get(key: string, callback: Callback<Item>): void;
  put(key: string, item: Item, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
  lock(key: string, run: (release: <T>(callback: T) => T) => void): void;
  createValueStream(range: KeyRange): Stream;
}

/** What an action sees of the world. */
export interface EngineStore {
  readonly options: { readonly maxItemSize: number };
  getTable(name: string, callback: Callback<TableDescription>): void;
  getItemDb(table: string): EngineDatabase;
  getIndexDb(kind: string, table: string, index: string): EngineDatabase;
}

export type EngineAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'Scan' | 'BatchGetItem' | 'BatchWriteItem';

/** The part of an abstract-level database that we use. */
export interface LevelDatabase {
  open(): Promise<void>;
  close(): Promise<void>;
  getSync(key: string, options?: { snapshot?: LevelSnapshot }): unknown;
  batch(operations: readonly ({ type: 'put'; key: string; value: unknown } | { type: 'del'; key: string })[]): Promise<void>;
  clear(range: { gte: string; lt: string }): Promise<void>;
  iterator(range: KeyRange & { snapshot?: LevelSnapshot }): { nextv(size: number): Promise<[string, unknown][]>; close(): Promise<void> };
  snapshot(): LevelSnapshot;
}

export interface LevelSnapshot {
  close(): Promise<void>;
}

interface DynaliteModule {
  createKey(item: Item, table: TableDescription, keySchema?: KeySchema): string;
  createIndexKey(item: Item, table: TableDescription, keySchema: KeySchema): string;
  getIndexActions(indexes: readonly IndexDescription[], before: Item | undefined, after: Item, table: TableDescription): { puts: { index: string; key: string; item: Item }[] };
}

interface ActionModule {
  readonly types: object;
  readonly custom: unknown;
  run(store: EngineStore, request: ValidRequest, callback: Callback<Record<string, unknown>>): void;
}

interface ValidationModule {
  checkTypes(data: Record<string, unknown>, types: unknown): Record<string, unknown>;
  checkValidations(data: Record<string, unknown>, types: unknown, custom: unknown, store: { options: typeof limits }): void;
}

/** DynamoDB's own limit. Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const limits = { maxItemSize: 409_600 };

const fromHere = createRequire(__filename);
/** dynalite's own dependencies are resolved from dynalite, so any node_modules layout works. */
const fromDynalite = createRequire(fromHere.resolve('dynalite/db'));
const dynalite = fromHere('dynalite/db') as DynaliteModule;
const validation = fromHere('dynalite/validations') as ValidationModule;
/** dynalite's Scan drops ConsistentRead, though it would act on it. */
const forgottenTypes: Readonly<Partial<Record<EngineAction, object>>> = { Scan: { ConsistentRead: 'Boolean' } };
const actions = Object.fromEntries(
  (['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem'] as const).map((name) => {
    const file = name[0]!.toLowerCase() + name.slice(1);
    const { types, custom } = fromHere(`dynalite/validations/${file}`) as Pick<ActionModule, 'types' | 'custom'>;
    return [name, { run: fromHere(`dynalite/actions/${file}`) as ActionModule['run'], types: { ...types, ...forgottenTypes[name] }, custom }];
  }),
) as Record<EngineAction, ActionModule>;

/** A database that is not open yet: on disk with a path, otherwise in memory. */
export function createLevel(path: string | undefined): LevelDatabase {
  const options = { valueEncoding: 'json' };
  if (path === undefined) {
    const { MemoryLevel } = fromDynalite('memory-level') as { MemoryLevel: new (options: object) => LevelDatabase };
    return new MemoryLevel(options);
  }
  const { Level } = fromDynalite('level') as { Level: new (path: string, options: object) => LevelDatabase };
  return new Level(path, options);
}

/**
 * Checks a request as DynamoDB does before it looks at any table, and parses its expressions.
 * @returns a deep copy with numbers normalised; members DynamoDB does not know are dropped
 * @throws TableError ValidationException, SerializationException
 */
export function validate(action: EngineAction, parameters: Readonly<Record<string, unknown>>): ValidRequest {
  const { types, custom } = actions[action];
  try {
    const request = validation.checkTypes({ ...parameters, ...readableExpressions(parameters) }, types);
    validation.checkValidations(request, types, custom, { options: limits });
    return request as ValidRequest;
  } catch (error) {
    throw asTableError(error);
  }
}

function readableExpressions(parameters: Readonly<Record<string, unknown>>): Record<string, string> {
  const names = ['ConditionExpression', 'KeyConditionExpression', 'FilterExpression'];
  return Object.fromEntries(names.flatMap((name) => (typeof parameters[name] === 'string' ? [[name, withoutNeedlessParentheses(parameters[name])]] : [])));
}

/** Runs an action whose store calls back synchronously. @throws TableError */
export function runNow(action: EngineAction, request: ValidRequest, store: EngineStore): Record<string, unknown> {
  let answer: { error: unknown; value: Record<string, unknown> | undefined } | undefined;
  actions[action].run(store, request, (error, value) => (answer = { error, value }));
  invariant(answer, `${action} did not answer at once`);
  if (answer.error) throw asTableError(answer.error);
  return withoutUndefined(answer.value ?? {});
}

/** Runs an action that reads a stream. @throws TableError */
export function run(action: 'Query' | 'Scan', request: ValidRequest, store: EngineStore): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    actions[action].run(store, request, (error, value) => (error ? reject(asTableError(error)) : resolve(withoutUndefined(value ?? {}))));
  });
}

/** A store in which nothing may be done; each call overrides what its action needs. */
export const closedDatabase: EngineDatabase = {
  get: unexpected,
  put: unexpected,
  del: unexpected,
  lock: unexpected,
  createValueStream: unexpected,
};

export const engineOptions: EngineStore['options'] = limits;

/** Where an item sits in its table. Its key, all that is looked at, must have been validated. */
export function storageKey(key: Item, table: TableDescription): string {
  return dynalite.createKey(key, table);
}

/** dynalite's key of an item in an index. Not unique (it ends in 24 bits of a hash of the table key): append the `storageKey`. */
export function indexKey(item: Item, table: TableDescription, index: IndexDescription): string {
  return dynalite.createIndexKey(item, table, index.KeySchema);
}

/** The entry an item has in an index, or undefined when it lacks an index attribute or has it with another type. */
export function indexEntry(item: Item, table: TableDescription, index: IndexDescription): { key: string; item: Item } | undefined {
  const typeOf = new Map(table.AttributeDefinitions.map((a) => [a.AttributeName, a.AttributeType]));
  if (!index.KeySchema.every(({ AttributeName }) => item[AttributeName]?.[typeOf.get(AttributeName) ?? ''] !== undefined)) return undefined;
  return dynalite.getIndexActions([index], undefined, item, table).puts[0];
}

/** dynalite attaches what the HTTP body would be; anything else is a bug and stays as it is. */
function asTableError(error: unknown): unknown {
  const body = (error as { body?: { __type: string; message?: string; Message?: string } }).body;
  if (!body) return error;
  return new TableError(body.__type.replace(/^.*#/, ''), body.message ?? body.Message ?? '');
}

function withoutUndefined(answer: Record<string, unknown>): Record<string, unknown> {
  for (const name of Object.keys(answer)) if (answer[name] === undefined) delete answer[name];
  return answer;
}

function unexpected(): never {
  throw new Error('a dynalite action reached for storage it was not given');
}
