/** The table behind a data source, as plain items. */
import type { Assembly, DataSourceModel, TableModel } from '../../model';
import { fromItem, type TableStore, toItem } from '../data-sources';
import { type Item, TableError } from '../data-sources/table-store';
import { setupError, unknownName } from './setup-error';

/** Plain values: strings, numbers, booleans, null, lists and objects; bytes as `Uint8Array`. Sets come back as lists. */
export type TableItem = Readonly<Record<string, unknown>>;

export class TestTable {
  constructor(
    private readonly model: TableModel,
    private readonly store: () => TableStore,
  ) {}

  /** Every item; those of one partition key in the order of their sort key. */
  async items(): Promise<Record<string, unknown>[]> {
    return (await this.scan()).map(fromItem);
  }

  /** @param key the key attributes, as in `{ id: 'p-1' }`. @returns undefined when there is no such item */
  async get(key: TableItem): Promise<Record<string, unknown> | undefined> {
    const { Item: item } = await this.call('GetItem', { Key: this.itemOf(key), ConsistentRead: true });
    return item === undefined ? undefined : fromItem(item as Item);
  }

  /** Puts items, in place of those with the same key. */
  async put(...items: readonly TableItem[]): Promise<void> {
    for (const item of items) await this.call('PutItem', { Item: this.itemOf(item) });
  }

  async clear(): Promise<void> {
    const names = [this.model.partitionKey, this.model.sortKey].flatMap((key) => (key ? [key.name] : []));
    for (const item of await this.scan()) await this.call('DeleteItem', { Key: Object.fromEntries(names.map((name) => [name, item[name]])) });
  }

  private async scan(): Promise<Item[]> {
    const items: Item[] = [];
    for (let start: unknown; ; ) {
      const { Items, LastEvaluatedKey } = await this.call('Scan', { ...(start !== undefined && { ExclusiveStartKey: start }) });
      items.push(...(Items as Item[]));
      if (LastEvaluatedKey === undefined) return items;
      start = LastEvaluatedKey;
    }
  }

  private async call(operation: Parameters<TableStore['call']>[0], parameters: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const { tableName } = this.model;
    try {
      return await this.store().call(operation, { TableName: tableName, ...parameters });
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      throw setupError('RUN_TEST_VALUE', `table "${tableName}" refuses this: ${error.message}`, `its key is ${this.keyText()}`);
    }
  }

  private itemOf(plain: TableItem): Item {
    try {
      return toItem(plain);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw setupError('RUN_TEST_VALUE', `table "${this.model.tableName}" cannot hold this: ${error.message}`, 'put plain values');
    }
  }

  private keyText(): string {
    const { partitionKey, sortKey } = this.model;
    return [partitionKey, sortKey].flatMap((key) => (key ? [`"${key.name}" (${key.type})`] : [])).join(' and ');
  }
}

/**
 * @param name of a data source, else of a table, else the table's logical id in the template
 * @throws TestSetupError `RUN_TEST_NAME`
 */
export function findTable(name: string, dataSources: readonly DataSourceModel[], { tables }: Assembly): TableModel {
  const source = dataSources.find((candidate) => candidate.name === name);
  if (source && source.type !== 'AMAZON_DYNAMODB') {
    throw setupError('RUN_TEST_NAME', `data source "${name}" has no table, it is of type ${source.type === 'OTHER' ? source.awsType : source.type}`, 'name a DynamoDB data source');
  }
  const table = tables.find(({ tableName, resource }) => (source ? tableName === source.tableName : tableName === name || resource.logicalId === name));
  if (table) return table;
  if (source) throw setupError('RUN_TEST_NAME', `the table "${source.tableName}" of data source "${name}" is not in the template`, `replace the data source, as in api.stub('${name}', …)`);
  const known = [...dataSources.filter(({ type }) => type === 'AMAZON_DYNAMODB').map((each) => each.name), ...tables.map(({ tableName }) => tableName)];
  throw unknownName(`there is no data source or table "${name}"`, name, known, 'the template declares no table');
}
