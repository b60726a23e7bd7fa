/** BatchGetItem, BatchPutItem and BatchDeleteItem: lists per table in, lists of the same length and order out. */
import type { DataSourceResponse } from './data-source';
import { failedAnswer } from './dynamodb-answer';
import { type Expression, optionalExpression, placeholders } from './dynamodb-expressions';
import { canonicalItem } from './item-equality';
import { asList, asObject, type Document, isObject, required } from './request-document';
import type { Item, TableStore } from './table-store';
import { fromItem, readItem } from './typed-values';

type ItemsByTable = ReadonlyMap<string, readonly Item[]>;

interface TableRead {
  readonly keys: readonly Item[];
  readonly consistentRead: unknown;
  readonly projection: KeyedProjection | undefined;
}

/** @returns `{ data: { table: [item or null] }, unprocessedKeys: { table: [] } }` */
export async function batchGetItem(document: Document, tables: TableStore): Promise<DataSourceResponse> {
  const reads = new Map(Object.entries(asObject(required(document, 'tables'), '$[tables]')).map(([table, read]) => [table, readTable(read, `$[tables][${table}]`)]));
  const keys: ItemsByTable = new Map(Array.from(reads, ([table, read]) => [table, read.keys]));
  try {
    const { Responses, UnprocessedKeys } = (await tables.call('BatchGetItem', {
      RequestItems: mapTables(reads, ({ keys, consistentRead, projection }) => ({
        Keys: keys,
        ConsistentRead: consistentRead,
        ...(projection && { ProjectionExpression: projection.expression, ...placeholders(projection) }),
      })),
    })) as { Responses: Record<string, Item[]>; UnprocessedKeys?: Record<string, { Keys: Item[] }> };
    return {
      result: {
        data: mapTables(reads, ({ keys, projection }, table) => {
          const byKey = new Map((Responses[table] ?? []).map((item) => [keyText(item, keys), item]));
          return keys.map((key) => {
            const item = byKey.get(canonicalItem(key));
            return item ? withoutAttributes(fromItem(item), projection?.added) : null;
          });
        }),
        unprocessedKeys: mapTables(reads, (_, table) => (UnprocessedKeys?.[table]?.Keys ?? []).map(fromItem)),
      },
    };
  } catch (error) {
    return failedAnswer(error, nothingDone(keys, 'unprocessedKeys'));
  }
}

/** @returns `{ data: { table: [item or null] }, unprocessedItems: { table: [] } }` */
export function batchPutItem(document: Document, tables: TableStore): Promise<DataSourceResponse> {
  return batchWrite(document, tables, 'unprocessedItems', (Item) => ({ PutRequest: { Item } }));
}

/** @returns `{ data: { table: [key or null] }, unprocessedKeys: { table: [] } }` */
export function batchDeleteItem(document: Document, tables: TableStore): Promise<DataSourceResponse> {
  return batchWrite(document, tables, 'unprocessedKeys', (Key) => ({ DeleteRequest: { Key } }));
}

interface WriteRequest {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

async function batchWrite(document: Document, tables: TableStore, unprocessedName: string, toRequest: (item: Item) => WriteRequest): Promise<DataSourceResponse> {
  const items: ItemsByTable = new Map(
    Object.entries(asObject(required(document, 'tables'), '$[tables]')).map(([table, list]) => [table, readList(list, `$[tables][${table}]`)]),
  );
  try {
    const { UnprocessedItems } = (await tables.call('BatchWriteItem', { RequestItems: mapTables(items, (list) => list.map(toRequest)) })) as {
      UnprocessedItems?: Record<string, WriteRequest[]>;
    };
    const unprocessed = mapTables(items, (_, table) => (UnprocessedItems?.[table] ?? []).map((request) => (request.PutRequest?.Item ?? request.DeleteRequest?.Key)!));
    return {
      result: {
        data: mapTables(items, (list, table) => {
          const left = new Set(unprocessed[table]!.map((item) => canonicalItem(item)));
          return list.map((item) => (left.has(canonicalItem(item)) ? null : fromItem(item)));
        }),
        [unprocessedName]: mapTables(items, (_, table) => unprocessed[table]!.map(fromItem)),
      },
    };
  } catch (error) {
    return failedAnswer(error, nothingDone(items, unprocessedName));
  }
}

/** A table's part of BatchGetItem: an object, or just its keys. */
function readTable(value: unknown, path: string): TableRead {
  if (!isObject(value)) return { keys: readList(value, path), consistentRead: undefined, projection: undefined };
  const keys = readList(required(value, 'keys', path), `${path}[keys]`);
  const projection = optionalExpression(value, 'projection', path);
  return { keys, consistentRead: value.consistentRead, projection: projection && withKeys(projection, Object.keys(keys[0] ?? {})) };
}

function readList(value: unknown, path: string): readonly Item[] {
  return asList(value, path).map((item, i) => readItem(item, `${path}[${i}]`));
}

interface KeyedProjection extends Expression {
  /** Key attributes that were not asked for. */
  readonly added: readonly string[];
}

/** DynamoDB answers in no particular order, so the key must be in the projection to tell which item is which. */
function withKeys(projection: Expression, keyNames: readonly string[]): KeyedProjection {
  const asked = new Set(String(projection.expression).split(',').map((path) => path.trim()).map((path) => projection.names?.[path] ?? path));
  const added = keyNames.filter((name) => !asked.has(name));
  if (added.length === 0) return { ...projection, added };
  const names = Object.fromEntries(added.map((name, i) => [`#addedKey${i}`, name]));
  return { expression: [projection.expression, ...Object.keys(names)].join(', '), names: { ...projection.names, ...names }, added };
}

function withoutAttributes(item: Record<string, unknown>, names: readonly string[] = []): Record<string, unknown> {
  for (const name of names) delete item[name];
  return item;
}

function keyText(item: Item, keys: readonly Item[]): string {
  const keyNames = new Set(Object.keys(keys[0] ?? {}));
  return canonicalItem(item, (attribute) => !keyNames.has(attribute));
}

/** Assumed: a call that fails as a whole leaves null for every entry, and nothing to try again. */
function nothingDone(items: ItemsByTable, unprocessedName: string): Document {
  return { data: mapTables(items, (list) => list.map(() => null)), [unprocessedName]: mapTables(items, () => []) };
}

function mapTables<T, R>(tables: ReadonlyMap<string, T>, map: (value: T, table: string) => R): Record<string, R> {
  return Object.fromEntries(Array.from(tables, ([table, value]) => [table, map(value, table)]));
}
