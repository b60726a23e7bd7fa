/** Reads: dynalite's actions over one snapshot each, so a Query or a TransactGetItems sees a single state of the data. */
import { Stream } from 'node:stream';
import {
  closedDatabase,
  type EngineDatabase,
  engineOptions,
  type EngineStore,
  indexKey,
  type IndexDescription,
  type KeyRange,
  run,
  runNow,
  storageKey,
  type TableDescription,
  type ValidRequest,
} from './dynalite-engine';
import type { KeyValueDatabase, Snapshot } from './key-value-database';
import { entryKey, indexesOf, indexPrefix, itemPrefix, type TableCatalog } from './table-catalog';
import type { Item } from './table-error';

/** GetItem. @throws TableError */
export function getItem(request: ValidRequest, tables: TableCatalog, database: KeyValueDatabase, snapshot?: Snapshot): Record<string, unknown> {
  return runNow('GetItem', request, itemStore(tables, database, snapshot));
}

/** BatchGetItem. @throws TableError */
export function batchGetItem(request: ValidRequest, tables: TableCatalog, database: KeyValueDatabase): Record<string, unknown> {
  return runNow('BatchGetItem', request, itemStore(tables, database));
}

/** @throws TableError */
export async function queryOrScan(action: 'Query' | 'Scan', request: ValidRequest, tables: TableCatalog, database: KeyValueDatabase): Promise<Record<string, unknown>> {
  const table = tables.get(request.TableName);
  const index = indexesOf(table).find(({ IndexName }) => IndexName === request.IndexName);
  // DynamoDB fetches what a local index lacks from the table. dynalite does so for ALL_ATTRIBUTES only, in a way that can throw outside
  // any caller; so it is told that the index has everything, and given whole items.
  const isWhole = index !== undefined && (table.LocalSecondaryIndexes?.includes(index) ?? false) && isBeyondIndex(request, index);
  const snapshot = database.snapshot();
  try {
    const items: EngineDatabase = {
      ...closedDatabase,
      createValueStream: (range) => new EntryStream(values(itemPrefix(table.TableName), range)),
    };
    const entries = (entryIndex: IndexDescription): EngineDatabase => ({
      ...closedDatabase,
      createValueStream: (range) => {
        const found = values(indexPrefix(table.TableName, entryIndex.IndexName), startAfter(range, request, table, entryIndex));
        return new EntryStream(isWhole ? wholeItems(found) : found);
      },
    });
    return await run(action, request, {
      options: engineOptions,
      getTable: (_name, callback) => callback(null, isWhole ? withWholeIndex(table, index) : table),
      getItemDb: () => items,
      getIndexDb: (_kind, _table, name) => entries(indexesOf(table).find(({ IndexName }) => IndexName === name)!),
    });
  } finally {
    await snapshot.close();
  }

  async function* values(prefix: string, range: KeyRange): AsyncGenerator<Item, void, undefined> {
    for await (const [, value] of database.entries(within(prefix, range), snapshot)) yield value as Item;
  }

  async function* wholeItems(found: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
    for await (const entry of found) yield database.get(itemPrefix(table.TableName) + storageKey(entry, table), snapshot) as Item;
  }
}

function itemStore(tables: TableCatalog, database: KeyValueDatabase, snapshot?: Snapshot): EngineStore {
  return {
    options: engineOptions,
    getTable(name, callback) {
      let table: TableDescription;
      try {
        table = tables.get(name);
      } catch (error) {
        return callback(error);
      }
      callback(null, table);
    },
    getItemDb: (name) => ({
      ...closedDatabase,
      get: (key, callback) => callback(null, database.get(itemPrefix(name) + key, snapshot) as Item | undefined),
    }),
    getIndexDb: () => closedDatabase,
  };
}

function isBeyondIndex(request: ValidRequest, index: IndexDescription): boolean {
  return index.Projection.ProjectionType !== 'ALL' && (request.Select === 'ALL_ATTRIBUTES' || request.ProjectionExpression !== undefined);
}

function withWholeIndex(table: TableDescription, whole: IndexDescription): TableDescription {
  return {
    ...table,
    LocalSecondaryIndexes: table.LocalSecondaryIndexes?.map((index) => (index === whole ? { ...index, Projection: { ProjectionType: 'ALL' } } : index)),
  };
}

/** The page after ExclusiveStartKey. dynalite knows its own, ambiguous index keys; ours end in the item key. */
function startAfter(range: KeyRange, request: ValidRequest, table: TableDescription, index: IndexDescription): KeyRange {
  const start = request.ExclusiveStartKey as Item | undefined;
  if (!start) return range;
  const key = entryKey(indexKey(start, table, index), storageKey(start, table));
  return range.reverse ? { ...range, lt: key, lte: undefined } : { ...range, gt: key, gte: undefined };
}

function within(prefix: string, range: KeyRange): KeyRange {
  const { gt, gte, lt, lte, reverse, limit } = range;
  return {
    ...(gt !== undefined ? { gt: prefix + gt } : { gte: prefix + (gte ?? '') }),
    ...(lte !== undefined ? { lte: prefix + lte } : { lt: lt !== undefined ? prefix + lt : `${prefix.slice(0, -1)}"` }),
    ...(reverse && { reverse }),
    ...(limit !== undefined && { limit }),
  };
}

/** What dynalite takes for a stream of values: it listens for `data`, `end` and `error`, and calls `destroy` when it has enough. */
class EntryStream extends Stream {
  private isDestroyed = false;

  constructor(values: AsyncIterable<Item>) {
    super();
    void this.pump(values);
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  private async pump(values: AsyncIterable<Item>): Promise<void> {
    try {
      // Listeners are attached in the turn that created the stream; reading takes at least another.
      for await (const value of values) {
        this.emit('data', value);
        if (this.isDestroyed) return;
      }
      this.emit('end');
    } catch (error) {
      this.emit('error', error);
    }
  }
}
