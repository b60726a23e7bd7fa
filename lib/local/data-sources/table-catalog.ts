/**
 * Which tables exist, and how they lie in the database. One key space holds everything:
 *
 *     table!<table>                          the table's description
 *     item!<table>!<item key>                an item
 *     index!<table>!<index>!<entry key>      an item's projection; the entry key ends in the item key, so it is unique
 *
 * `!` sorts before every character of a name, so no table or index reads another's keys.
 */
import { type Diagnostic, DiagnosticError } from '../../diagnostics';
import type { IndexModel, KeyAttribute, TableModel } from '../../model';
import { type IndexDescription, indexEntry, type KeySchema, storageKey, type TableDescription } from './dynalite-engine';
import { type KeyValueDatabase, rangeOf } from './key-value-database';
import { type Item, TableError } from './table-error';

const tablePrefix = 'table!';

export const itemPrefix = (table: string): string => `item!${table}!`;
export const indexPrefix = (table: string, index: string): string => `index!${table}!${index}!`;

/** The table of an item's key; undefined for other keys. */
export function tableOfItem(key: string): string | undefined {
  return key.startsWith('item!') ? key.slice(5, key.indexOf('!', 5)) : undefined;
}

/** The key of an index entry, made unique. */
export const entryKey = (indexKey: string, itemKey: string): string => `${indexKey}/${itemKey}`;

export class TableCatalog {
  static async open(database: KeyValueDatabase, path: string | undefined): Promise<TableCatalog> {
    const catalog = new TableCatalog(database, path);
    for await (const entries of database.entries(rangeOf(tablePrefix))) {
      for (const [key, value] of entries) catalog.tables.set(key.slice(tablePrefix.length), value as TableDescription);
    }
    return catalog;
  }

  /** Attribute that says when an item expires, by table. */
  timeToLive: ReadonlyMap<string, string> = new Map();
  private readonly tables = new Map<string, TableDescription>();

  private constructor(
    private readonly database: KeyValueDatabase,
    private readonly path: string | undefined,
  ) {}

  /** @throws TableError ResourceNotFoundException */
  get(name: string): TableDescription {
    const table = this.tables.get(name);
    if (!table) throw new TableError('ResourceNotFoundException', 'Requested resource not found');
    return table;
  }

  /**
   * Brings the tables in line with their models. Items are kept; an index that is new or has changed is built from them.
   * No write may run meanwhile. Interrupted, it is completed by the next call.
   * @throws DiagnosticError `RUN_TABLE_KEYS`
   */
  async ensure(models: readonly TableModel[]): Promise<void> {
    const wanted = models.map(describeTable);
    const conflicts: Diagnostic[] = [];
    for (const [i, table] of wanted.entries()) {
      const existing = this.tables.get(table.TableName);
      if (existing && keyText(existing) !== keyText(table) && !(await this.isEmpty(table.TableName))) {
        conflicts.push({ ...this.keysChanged(existing, table), resource: models[i]!.resource });
      }
    }
    if (conflicts.length > 0) throw new DiagnosticError(conflicts);
    for (const table of wanted) await this.bringUp(table);
    this.timeToLive = new Map(models.flatMap(({ tableName, timeToLiveAttribute: attribute }) => (attribute === undefined ? [] : [[tableName, attribute]])));
  }

  private async bringUp(table: TableDescription): Promise<void> {
    const existing = this.tables.get(table.TableName);
    if (existing && JSON.stringify(existing) === JSON.stringify(table)) return;
    const kept = new Set(existing ? indexesOf(existing).map((index) => indexText(existing, index)) : []);
    const stale = indexesOf(table).filter((index) => !kept.has(indexText(table, index)));
    const wantedTexts = new Set(indexesOf(table).map((index) => indexText(table, index)));
    const dropped = existing ? indexesOf(existing).filter((index) => !wantedTexts.has(indexText(existing, index))) : [];

    // Until its entries are complete an index is not in the stored description, so a crash half-way leaves one to be built again.
    if (existing && dropped.length > 0) await this.store(withoutIndexes(existing, dropped));
    for (const index of [...dropped, ...stale]) await this.database.clear(indexPrefix(table.TableName, index.IndexName));
    if (stale.length > 0 && existing) await this.build(table, stale);
    await this.store(table);
    this.tables.set(table.TableName, table);
  }

  private async build(table: TableDescription, indexes: readonly IndexDescription[]): Promise<void> {
    for await (const items of this.database.entries(rangeOf(itemPrefix(table.TableName)))) {
      const batch = new Map<string, unknown>();
      for (const [, item] of items as readonly (readonly [string, Item])[]) {
        for (const index of indexes) {
          const entry = indexEntry(item, table, index);
          if (entry) batch.set(indexPrefix(table.TableName, index.IndexName) + entryKey(entry.key, storageKey(item, table)), entry.item);
        }
      }
      await this.database.write(batch);
    }
  }

  private store(table: TableDescription): Promise<void> {
    return this.database.write(new Map([[tablePrefix + table.TableName, table]]));
  }

  private async isEmpty(name: string): Promise<boolean> {
    for await (const _ of this.database.entries({ ...rangeOf(itemPrefix(name)), limit: 1 })) return false;
    return true;
  }

  private keysChanged(existing: TableDescription, wanted: TableDescription): Diagnostic {
    const emptied = this.path === undefined ? 'restart to begin with empty tables' : `delete "${this.path}" to begin with empty tables`;
    return {
      code: 'RUN_TABLE_KEYS',
      severity: 'error',
      message: `table "${wanted.TableName}" holds items with the key ${keyText(existing)}, but the template now gives it the key ${keyText(wanted)}`,
      notes: [],
      fix: `${emptied}, or give the table another name`,
    };
  }
}

export function indexesOf(table: TableDescription): readonly IndexDescription[] {
  return [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
}

/** A table as its template gives it, in DynamoDB's terms. */
export function describeTable(model: TableModel): TableDescription {
  const attributes = new Map<string, string>();
  for (const { partitionKey, sortKey } of [model, ...model.globalIndexes, ...model.localIndexes]) {
    attributes.set(partitionKey.name, partitionKey.type);
    if (sortKey) attributes.set(sortKey.name, sortKey.type);
  }
  return {
    TableName: model.tableName,
    TableStatus: 'ACTIVE',
    AttributeDefinitions: Array.from(attributes, ([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    KeySchema: keySchema(model),
    ...(model.globalIndexes.length > 0 && { GlobalSecondaryIndexes: model.globalIndexes.map(describeIndex) }),
    ...(model.localIndexes.length > 0 && { LocalSecondaryIndexes: model.localIndexes.map(describeIndex) }),
  };
}

function describeIndex(index: IndexModel): IndexDescription {
  const { type, nonKeyAttributes } = index.projection;
  return {
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection: { ProjectionType: type, ...(nonKeyAttributes && { NonKeyAttributes: nonKeyAttributes }) },
  };
}

function keySchema({ partitionKey, sortKey }: { partitionKey: KeyAttribute; sortKey?: KeyAttribute }): KeySchema {
  return [
    { AttributeName: partitionKey.name, KeyType: 'HASH' },
    ...(sortKey ? [{ AttributeName: sortKey.name, KeyType: 'RANGE' as const }] : []),
  ];
}

function withoutIndexes(table: TableDescription, dropped: readonly IndexDescription[]): TableDescription {
  const remaining = (indexes: readonly IndexDescription[] | undefined) => indexes?.filter((index) => !dropped.includes(index));
  return {
    ...table,
    GlobalSecondaryIndexes: remaining(table.GlobalSecondaryIndexes),
    LocalSecondaryIndexes: remaining(table.LocalSecondaryIndexes),
  };
}

/** `"id" (S), "at" (N)` */
export function keyText(table: TableDescription, schema: KeySchema = table.KeySchema): string {
  return schema
    .map(({ AttributeName }) => `"${AttributeName}" (${table.AttributeDefinitions.find((a) => a.AttributeName === AttributeName)?.AttributeType})`)
    .join(', ');
}

/** Equal for two indexes exactly when their entries are the same. */
function indexText(table: TableDescription, index: IndexDescription): string {
  return JSON.stringify([index.IndexName, keyText(table, index.KeySchema), index.Projection]);
}
