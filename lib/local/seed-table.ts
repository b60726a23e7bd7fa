/** First items for an empty table. */
import { DiagnosticError } from '../diagnostics';
import type { DataSourceModel } from '../model';
import { type TableStore, toItem } from './data-sources';

/** Source: BatchWriteItem takes 25 puts at most. */
const batchSize = 25;

/**
 * @returns how many items were put; 0 when the table held items already
 * @throws DiagnosticError `RUN_SEED` when the table is not there, or does not take an item
 */
export async function seedTable(
  tables: TableStore,
  { name, tableName, resource }: Extract<DataSourceModel, { type: 'AMAZON_DYNAMODB' }>,
  items: readonly Readonly<Record<string, unknown>>[],
): Promise<number> {
  try {
    const { Count: count } = await tables.call('Scan', { TableName: tableName, Limit: 1 });
    if (count !== 0) return 0;
    for (let i = 0; i < items.length; i += batchSize) {
      const puts = items.slice(i, i + batchSize).map((item) => ({ PutRequest: { Item: toItem(item) } }));
      await tables.call('BatchWriteItem', { RequestItems: { [tableName]: puts } });
    }
    return items.length;
  } catch (error) {
    const message = `data source "${name}" does not take its seed data: ${error instanceof Error ? error.message : String(error)}`;
    throw new DiagnosticError([{ code: 'RUN_SEED', severity: 'error', message, notes: [], resource }]);
  }
}
