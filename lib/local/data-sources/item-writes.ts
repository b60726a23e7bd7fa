/** What one write does to its item and to that item's index entries, worked out by dynalite's action without touching the database. */
import { closedDatabase, type EngineAction, type EngineDatabase, engineOptions, type EngineStore, runNow, type ValidRequest } from './dynalite-engine';
import { alignEqualValues, type ConditionNode, emptyIndexKey, listRemovalsLast } from './dynalite-corrections';
import { entryKey, indexPrefix, itemPrefix, type TableCatalog } from './table-catalog';
import { type Item, TableError } from './table-error';
import type { Read } from './write-queue';

export type WriteAction = Extract<EngineAction, 'PutItem' | 'UpdateItem' | 'DeleteItem'>;

export interface ItemWrite {
  readonly action: WriteAction;
  readonly request: ValidRequest;
}

export interface StagedItem {
  /** Identifies the item among all tables. */
  readonly itemKey: string;
  readonly before: Item | undefined;
  readonly writes: readonly (readonly [key: string, value: unknown])[];
  readonly answer: Readonly<Record<string, unknown>>;
}

/** The item's state and the failure, for callers that report both. */
export interface FailedItem {
  readonly itemKey: string | undefined;
  readonly before: Item | undefined;
  readonly error: TableError;
}

/**
 * @param tables read now and not when the write was submitted: an index may have come in between
 * @returns what to write, or why the item refuses it
 * @throws TableError ResourceNotFoundException
 */
export function stageItem({ action, request }: ItemWrite, tables: TableCatalog, read: Read): StagedItem | FailedItem {
  const table = tables.get(request.TableName);
  const writes: (readonly [string, unknown])[] = [];
  const items = itemPrefix(table.TableName);
  let key: string | undefined;
  let before: Item | undefined;

  const itemDatabase: EngineDatabase = {
    ...closedDatabase,
    lock(itemKey, run) {
      key = itemKey;
      run((callback) => callback);
    },
    get(itemKey, callback) {
      before = read(items + itemKey) as Item | undefined;
      if (before && request._condition) alignEqualValues((request._condition as { expression: ConditionNode }).expression, before);
      callback(null, before);
    },
    put(itemKey, item, callback) {
      writes.push([items + itemKey, item]);
      callback(emptyIndexKey(action, item, table) ?? null);
    },
    del(itemKey, callback) {
      writes.push([items + itemKey, undefined]);
      callback(null);
    },
  };
  const indexDatabase = (index: string): EngineDatabase => {
    const storedKey = (indexKey: string) => indexPrefix(table.TableName, index) + entryKey(indexKey, key ?? '');
    return {
      ...closedDatabase,
      put(indexKey, entry, callback) {
        writes.push([storedKey(indexKey), entry]);
        callback(null);
      },
      del(indexKey, callback) {
        writes.push([storedKey(indexKey), undefined]);
        callback(null);
      },
    };
  };
  const store: EngineStore = {
    options: engineOptions,
    getTable: (_name, callback) => callback(null, table),
    getItemDb: () => itemDatabase,
    getIndexDb: (_kind, _table, index) => indexDatabase(index),
  };

  try {
    const answer = runNow(action, listRemovalsLast(request), store);
    return { itemKey: items + key, before, writes, answer };
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    return { itemKey: key === undefined ? undefined : items + key, before, error };
  }
}
