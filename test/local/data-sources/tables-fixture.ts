/** Table models and stores for the tests of this folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSourceCall } from '../../../lib/local/data-sources/data-source';
import { openTableStore, type TableStore } from '../../../lib/local/data-sources/table-store';
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

export async function storeOf(...tables: TableModel[]): Promise<TableStore> {
  const store = await openTableStore();
  await store.ensureTables(tables);
  return store;
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
