/** Table models and stores for the tests of this folder. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSourceCall } from '../../../lib/local/data-sources/data-source';
import type { TableChanges } from '../../../lib/local/data-sources/table-changes';
import { tableEndpoint } from '../../../lib/local/data-sources/table-endpoint';
import { openTableStore, TableError, type TableStore } from '../../../lib/local/data-sources/table-store';
import type { IndexModel, TableModel } from '../../../lib/model';

export const resource = { templatePath: '/app/cdk.out/Shop.template.json', logicalId: 'Orders' };

export function table(tableName: string, more: Partial<TableModel> = {}): TableModel {
  return { tableName, partitionKey: { name: 'id', type: 'S' }, globalIndexes: [], localIndexes: [], resource, ...more };
}

export function index(name: string, partition: string, sort?: string, projection: IndexModel['projection'] = { type: 'ALL' }): IndexModel {
  return { name, partitionKey: { name: partition, type: 'S' }, ...(sort && { sortKey: { name: sort, type: 'N' } }), projection };
}

/** Customers' orders: a sort key, a global index with and one without a sort key, a local index that projects keys only. */
export const orders = table('Orders', {
  partitionKey: { name: 'customer', type: 'S' },
  sortKey: { name: 'order', type: 'S' },
  globalIndexes: [index('byStatus', 'status'), index('byStatusAndAmount', 'status', 'amount')],
  localIndexes: [index('byAmount', 'customer', 'amount', { type: 'KEYS_ONLY' })],
});

/** Where `npm run test:dynamodb-local` has its tables; elsewhere they are in this process. */
export const { TEST_DYNAMODB_ENDPOINT: dynamoDbEndpoint } = process.env;

/** New and empty tables. DynamoDB Local keeps those of each access key apart. */
export async function storeOf(...tables: TableModel[]): Promise<TableStore> {
  return storeWith({}, ...tables);
}

export async function storeWith(options: { readonly changes?: TableChanges }, ...tables: TableModel[]): Promise<TableStore> {
  const accessKey = { accessKeyId: `TEST${randomUUID().replaceAll('-', '')}`, secretAccessKey: 'test' };
  const store = dynamoDbEndpoint === undefined ? await openTableStore(options) : tableEndpoint({ ...options, address: dynamoDbEndpoint, accessKey });
  await store.ensureTables(tables);
  return store;
}

/** The failure that DynamoDB answers with. */
export async function failure(work: Promise<unknown>): Promise<TableError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TableError);
  return error as TableError;
}

/** Runs with a new folder, removed afterwards. */
export async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tables-'));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every page of a Query or Scan. */
export async function pages(store: TableStore, operation: 'Query' | 'Scan', parameters: Record<string, unknown>): Promise<Record<string, { S?: string; N?: string }>[][]> {
  const found: Record<string, { S?: string; N?: string }>[][] = [];
  let ExclusiveStartKey: unknown;
  do {
    const page = await store.call(operation, { ...parameters, ExclusiveStartKey });
    found.push(page.Items as Record<string, { S?: string }>[]);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return found;
}

export const call: DataSourceCall = { caller: { mode: 'API_KEY', identity: null, groups: [] }, scope: 'Query.listOrders' };
