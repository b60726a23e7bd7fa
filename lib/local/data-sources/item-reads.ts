/** Reads: dynalite's actions over one snapshot each, so a Query or a TransactGetItems sees a single state of the data. */
import { Stream } from 'node:stream';
import {
  closedDatabase,
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
import { alignEqualValues, type ConditionNode, contradictionIn } from './dynalite-corrections';
import type { Entry, KeyValueDatabase, Snapshot } from './key-value-database';
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
  const contradiction = contradictionIn(request);
  if (contradiction) throw contradiction;
  const table = tables.get(request.TableName);
  const index = indexesOf(table).find(({ IndexName }) => IndexName === request.IndexName);
  // DynamoDB fetches what a local index lacks from the table. dynalite does so for ALL_ATTRIBUTES only, in a way that can throw outside
  // any caller; so it is told that the index has everything, and given whole items.
  const isWhole = index !== undefined && (table.LocalSecondaryIndexes?.includes(index) ?? false) && isBeyondIndex(request, index);
  const filter = (request._filter as { expression: ConditionNode } | undefined)?.expression;
  const snapshot = database.snapshot();
  const itemOf = (stored: unknown): Item => {
    const item = (isWhole ? database.get(itemPrefix(table.TableName) + storageKey(stored as Item, table), snapshot) : stored) as Item;
    if (filter) alignEqualValues(filter, item);
    return item;
  };
  const stream = (prefix: string, range: KeyRange) => new EntryStream(database.entries(within(prefix, range), snapshot), itemOf);
  try {
    return await run(action, request, {
      options: engineOptions,
      getTable: (_name, callback) => callback(null, isWhole ? withWholeIndex(table, index) : table),
      getItemDb: () => ({ ...closedDatabase, createValueStream: (range) => stream(itemPrefix(table.TableName), range) }),
      getIndexDb: (_kind, _table, name) => ({
        ...closedDatabase,
        createValueStream: (range) => stream(indexPrefix(table.TableName, name), index ? startAfter(range, request, table, index) : range),
      }),
    });
  } finally {
    await snapshot.close();
  }
}

function itemStore(tables: TableCatalog, database: KeyValueDatabase, snapshot?: Snapshot): EngineStore {
  return {
    options: engineOptions,
    getTable: (name, callback) => callback(null, tables.get(name)),
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

  constructor(entries: AsyncIterable<readonly Entry[]>, itemOf: (stored: unknown) => Item) {
    super();
    void this.pump(entries, itemOf);
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  private async pump(entries: AsyncIterable<readonly Entry[]>, itemOf: (stored: unknown) => Item): Promise<void> {
    try {
      // Listeners are attached in the turn that created the stream; reading takes at least another.
      for await (const chunk of entries) {
        for (const [, stored] of chunk) {
          this.emit('data', itemOf(stored));
          if (this.isDestroyed) return;
        }
      }
      this.emit('end');
    } catch (error) {
      this.emit('error', error);
    }
  }
}
