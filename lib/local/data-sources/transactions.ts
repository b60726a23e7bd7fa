/** TransactWriteItems and TransactGetItems, which dynalite lacks, and every other write: all are lists of item writes committed as one. */
import { validate } from './dynalite-engine';
import { getItem } from './item-reads';
import { type FailedItem, type ItemWrite, type StagedItem, stageItem, type WriteAction } from './item-writes';
import type { KeyValueDatabase } from './key-value-database';
import type { TableCatalog } from './table-catalog';
import { type CancellationReason, type Item, TableError } from './table-error';
import type { WriteQueue } from './write-queue';

type Parameters = Readonly<Record<string, unknown>>;

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const largestTransaction = 100;
const largestBatchWrite = 25;

/** The action that decides whether each kind of entry may happen. A check is a delete that is not carried out. */
const entryActions: Readonly<Record<string, WriteAction>> = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'DeleteItem' };

/** PutItem, UpdateItem, DeleteItem. @throws TableError */
export async function writeItem(action: WriteAction, parameters: Parameters, tables: TableCatalog, queue: WriteQueue): Promise<Record<string, unknown>> {
  const request = validate(action, parameters);
  return queue.submit((read) => {
    const staged = stageItem({ action, request }, tables, read);
    if (isFailed(staged)) throw withItem(staged, parameters);
    return { writes: staged.writes, value: { ...staged.answer } };
  });
}

/** BatchWriteItem. Each item stands alone in DynamoDB; here they are committed together, which no caller can tell apart. @throws TableError */
export async function batchWrite(parameters: Parameters, tables: TableCatalog, queue: WriteQueue): Promise<Record<string, unknown>> {
  const request = validate('BatchWriteItem', parameters);
  const writes: ItemWrite[] = [];
  for (const [TableName, entries] of Object.entries(request.RequestItems as Record<string, readonly { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } }[]>)) {
    for (const { PutRequest, DeleteRequest } of entries) {
      if (PutRequest) writes.push({ action: 'PutItem', request: { TableName, ...PutRequest } });
      else writes.push({ action: 'DeleteItem', request: { TableName, ...DeleteRequest } });
    }
  }
  if (writes.length > largestBatchWrite) throw new TableError('ValidationException', 'Too many items requested for the BatchWriteItem call');
  return queue.submit((read) => {
    const staged = writes.map((write) => stageItem(write, tables, read));
    for (const item of staged) if (isFailed(item)) throw keyMismatch(item.error);
    if (hasDuplicates(staged)) throw new TableError('ValidationException', 'Provided list of item keys contains duplicates');
    return { writes: staged.flatMap((item) => (item as StagedItem).writes), value: { UnprocessedItems: {} } };
  });
}

/** @throws TableError TransactionCanceledException with one reason per entry, ValidationException */
export async function transactWrite(parameters: Parameters, tables: TableCatalog, queue: WriteQueue): Promise<Record<string, unknown>> {
  const entries = transactItems(parameters).map(readEntry);
  return queue.submit((read) => {
    const staged = entries.map(({ write }) => stageItem(write, tables, read));
    if (hasDuplicates(staged)) throw new TableError('ValidationException', 'Transaction request cannot include multiple operations on one item');
    if (staged.some(isFailed)) throw canceled(staged.map((item, i) => (isFailed(item) ? reasonFor(item, entries[i]!.parameters) : { Code: 'None' })));
    return { writes: staged.flatMap((item, i) => (entries[i]!.isCheck ? [] : (item as StagedItem).writes)), value: {} };
  });
}

/** @throws TableError TransactionCanceledException with one reason per entry, ValidationException */
export async function transactGet(parameters: Parameters, tables: TableCatalog, database: KeyValueDatabase): Promise<Record<string, unknown>> {
  const gets = transactItems(parameters).map((entry, i) => {
    const get = (entry as { Get?: Parameters } | null)?.Get;
    if (!get) throw missing(i, 'get');
    const request = validate('GetItem', get);
    tables.get(request.TableName);
    return request;
  });
  const snapshot = database.snapshot();
  try {
    const answers = gets.map((get) => attempt(() => getItem(get, tables, database, snapshot)));
    if (answers.some((answer) => answer instanceof TableError)) {
      throw canceled(answers.map((answer) => (answer instanceof TableError ? { Code: 'ValidationError', Message: answer.message } : { Code: 'None' })));
    }
    const keys = gets.map((get) => JSON.stringify([get.TableName, Object.entries(get.Key as Item).sort()]));
    if (new Set(keys).size < keys.length) throw new TableError('ValidationException', 'Transaction request cannot include multiple operations on one item');
    return { Responses: answers };
  } finally {
    await snapshot.close();
  }
}

interface Entry {
  readonly write: ItemWrite;
  readonly isCheck: boolean;
  readonly parameters: Parameters;
}

function readEntry(entry: unknown, position: number): Entry {
  const members = Object.entries((entry ?? {}) as Record<string, Parameters>).filter(([kind, value]) => entryActions[kind] && value != null);
  const [member] = members;
  if (!member || members.length > 1) throw new TableError('ValidationException', 'TransactItems can only contain one of Check, Put, Update or Delete');
  const [kind, parameters] = member;
  if (kind === 'ConditionCheck' && parameters.ConditionExpression == null) throw missing(position, 'conditionCheck.conditionExpression');
  if (kind === 'Update' && parameters.UpdateExpression == null) throw missing(position, 'update.updateExpression');
  const action = entryActions[kind]!;
  return { write: { action, request: validate(action, parameters) }, isCheck: kind === 'ConditionCheck', parameters };
}

function transactItems(parameters: Parameters): readonly unknown[] {
  const items = parameters.TransactItems;
  if (!Array.isArray(items)) throw invalid('Value null', 'Member must not be null');
  if (items.length === 0) throw invalid(`Value '[]'`, 'Member must have length greater than or equal to 1');
  if (items.length > largestTransaction) throw invalid(`Value '[${items.length} entries]'`, `Member must have length less than or equal to ${largestTransaction}`);
  return items;

  function invalid(value: string, constraint: string): TableError {
    return new TableError('ValidationException', `1 validation error detected: ${value} at 'transactItems' failed to satisfy constraint: ${constraint}`);
  }
}

function missing(position: number, member: string): TableError {
  const path = `transactItems.${position + 1}.member.${member}`;
  return new TableError('ValidationException', `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`);
}

function canceled(reasons: readonly CancellationReason[]): TableError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new TableError('TransactionCanceledException', `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`, reasons);
}

function reasonFor({ error, before }: FailedItem, parameters: Parameters): CancellationReason {
  if (error.code !== 'ConditionalCheckFailedException') return { Code: 'ValidationError', Message: error.message };
  return { Code: 'ConditionalCheckFailed', Message: error.message, ...(before && wantsItem(parameters) && { Item: before }) };
}

function withItem({ error, before }: FailedItem, parameters: Parameters): TableError {
  if (error.code !== 'ConditionalCheckFailedException' || !wantsItem(parameters)) return error;
  return new TableError(error.code, error.message, undefined, before);
}

function wantsItem(parameters: Parameters): boolean {
  return parameters.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
}

/** BatchWriteItem words every key problem alike. */
function keyMismatch(error: TableError): TableError {
  return /Missing the key|Type mismatch for key/.test(error.message) ? new TableError(error.code, 'The provided key element does not match the schema') : error;
}

function hasDuplicates(staged: readonly (StagedItem | FailedItem)[]): boolean {
  const keys = staged.flatMap(({ itemKey }) => itemKey ?? []);
  return new Set(keys).size < keys.length;
}

function isFailed(staged: StagedItem | FailedItem): staged is FailedItem {
  return 'error' in staged;
}

function attempt<T>(work: () => T): T | TableError {
  try {
    return work();
  } catch (error) {
    if (error instanceof TableError) return error;
    throw error;
  }
}
