/** The DynamoDB engine behind every table of an assembly: dynalite in process, completed with what AppSync needs and it lacks. */
import { invariant } from '../../diagnostics';
import type { TableModel } from '../../model';
import { validate } from './dynalite-engine';
import { batchGetItem, getItem, queryOrScan } from './item-reads';
import { openKeyValueDatabase } from './key-value-database';
import { TableCatalog, tableOfItem } from './table-catalog';
import { TableExpiry } from './table-expiry';
import type { TableChanges } from './table-changes';
import type { Item } from './table-error';
import { batchWrite, transactGet, transactWrite, writeItem } from './transactions';
import { WriteQueue, type WriteObserver } from './write-queue';

export { type AttributeValue, type CancellationReason, type Item, TableError } from './table-error';

/** Operations of the DynamoDB API, with its own request and response shapes (`TableName`, `Key`, `Item`, …). */
export type TableOperation =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'Query'
  | 'Scan'
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'TransactGetItems'
  | 'TransactWriteItems';

export interface TableStoreOptions {
  /** Folder for the data; absent keeps everything in memory. */
  readonly path?: string;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** Tells of the items that writes have changed. @default nobody hears of them */
  readonly changes?: TableChanges;
}

export interface TableStore {
  /**
   * Creates missing tables and brings indexes of existing ones up to date; items are kept.
   * @throws DiagnosticError `RUN_TABLE_KEYS` when a table that holds items has got another key
   */
  ensureTables(tables: readonly TableModel[]): Promise<void>;
  /**
   * Writes are atomic, strictly serialised, and on disk when answered. A Query, Scan or TransactGetItems sees one state of the data.
   * @throws TableError
   */
  call(operation: TableOperation, parameters: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** Answers what was asked before, then lets go of the folder. */
  close(): Promise<void>;
}

/** @throws DiagnosticError `RUN_STATE_FOLDER` when the folder cannot be opened or another process holds it */
export async function openTableStore({ path, now = Date.now, changes }: TableStoreOptions = {}): Promise<TableStore> {
  const database = await openKeyValueDatabase(path);
  const tables = await TableCatalog.open(database, path);
  const queue = new WriteQueue(database, changes && observerOf(changes));
  const expiry = new TableExpiry(tables, database, queue, now);
  let closing: Promise<void> | undefined;

  return {
    ensureTables: (models) => queue.exclusive(() => tables.ensure(models)),

    async call(operation, parameters) {
      invariant(!closing, `${operation} after the table store was closed`);
      const expiring = expiry.catchUp();
      if (expiring) await expiring;
      switch (operation) {
        case 'GetItem':
          return getItem(validate(operation, parameters), tables, database);
        case 'BatchGetItem':
          return batchGetItem(validate(operation, parameters), tables, database);
        case 'Query':
        case 'Scan':
          return queryOrScan(operation, validate(operation, parameters), tables, database);
        case 'PutItem':
        case 'UpdateItem':
        case 'DeleteItem':
          return writeItem(operation, parameters, tables, queue);
        case 'BatchWriteItem':
          return batchWrite(parameters, tables, queue);
        case 'TransactWriteItems':
          return transactWrite(parameters, tables, queue);
        case 'TransactGetItems':
          return transactGet(parameters, tables, database);
      }
    },

    close: () => (closing ??= queue.settled().then(() => database.close())),
  };
}

function observerOf(changes: TableChanges): WriteObserver {
  return {
    wants(key) {
      const tableName = tableOfItem(key);
      return tableName !== undefined && changes.isWatched(tableName);
    },
    written(key, before, after, origin) {
      const tableName = tableOfItem(key);
      if (tableName === undefined) return;
      const images = { ...(before !== undefined && { before: before as Item }), ...(after !== undefined && { after: after as Item }) };
      changes.emit({ tableName, ...images, ...(origin && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }) });
    },
  };
}
