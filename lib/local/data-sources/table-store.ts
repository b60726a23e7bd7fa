/** The DynamoDB engine behind every table of an assembly: dynalite in process, completed with what AppSync needs and it lacks. */
import type { TableModel } from '../../model';

export type AttributeValue = Readonly<Record<string, unknown>>;

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

/** A failure as DynamoDB reports it. */
export class TableError extends Error {
  constructor(
    /** Exception name without namespace: `ConditionalCheckFailedException`. */
    readonly code: string,
    message: string,
    /** TransactionCanceledException only; one per entry, in request order. */
    readonly cancellationReasons?: readonly { readonly Code: string; readonly Message?: string; readonly Item?: Readonly<Record<string, AttributeValue>> }[],
    /** The stored item, when `ReturnValuesOnConditionCheckFailure` asked for it. */
    readonly item?: Readonly<Record<string, AttributeValue>>,
  ) {
    super(message);
    this.name = code;
  }
}

export interface TableStoreOptions {
  /** Folder for the data; absent keeps everything in memory. */
  readonly path?: string;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

export interface TableStore {
  /** Creates missing tables and brings indexes of existing ones up to date; items are kept. */
  ensureTables(tables: readonly TableModel[]): Promise<void>;
  /** @throws TableError */
  call(operation: TableOperation, parameters: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** @throws DiagnosticError `RUN_STATE_FOLDER` when the folder cannot be opened or another process holds it */
export async function openTableStore(_options: TableStoreOptions = {}): Promise<TableStore> {
  throw new Error('pending');
}
