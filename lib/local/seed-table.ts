/** First items for an empty table, put through its data source as a resolver would put them. */
import { DiagnosticError } from '../diagnostics';
import type { DataSourceModel } from '../model';
import type { Caller } from './auth/auth-mode';
import { toMapValues } from './builtins/dynamodb-values';
import type { DataSource } from './data-sources/data-source';

/** Source: BatchWriteItem takes 25 puts at most. */
const batchSize = 25;

const seeder: Caller = { mode: 'AWS_IAM', identity: null, groups: [] };

/**
 * @returns how many items were put; 0 when the table held items already
 * @throws DiagnosticError `RUN_SEED` when the table does not take an item
 */
export async function seedTable(
  dataSource: DataSource,
  model: Extract<DataSourceModel, { type: 'AMAZON_DYNAMODB' }>,
  items: readonly Readonly<Record<string, unknown>>[],
): Promise<number> {
  const invoke = async (request: unknown): Promise<unknown> => {
    const { result, error } = await dataSource.invoke(request, { caller: seeder, scope: `seed ${model.name}` });
    if (!error) return result;
    throw new DiagnosticError([
      { code: 'RUN_SEED', severity: 'error', message: `data source "${model.name}" does not take its seed data: ${error.message}`, notes: [], resource: model.resource },
    ]);
  };

  const existing = (await invoke({ operation: 'Scan', limit: 1 })) as { readonly items: readonly unknown[] };
  if (existing.items.length > 0) return 0;
  for (let i = 0; i < items.length; i += batchSize) {
    await invoke({ operation: 'BatchPutItem', tables: { [model.tableName]: items.slice(i, i + batchSize).map(toMapValues) } });
  }
  return items.length;
}
