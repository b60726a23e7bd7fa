/**
 * `columnMetadata` of a result: what PostgreSQL's catalogs know of its columns, in the terms of JDBC, which the Data API is built on.
 * Source: https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_ColumnMetadata.html  |  Assumed: values are those of PostgreSQL's JDBC driver
 */
import type { ServerColumn, SqlDatabase } from './sql-database';

export interface ColumnType {
  /** `int4`, `_text`, the name of an enumeration */
  readonly name: string;
  /** Of arrays. */
  readonly element?: { readonly name: string; readonly isEnum: boolean };
  readonly isEnum: boolean;
}

export interface ColumnMetadata {
  readonly arrayBaseColumnType: number;
  readonly isAutoIncrement: boolean;
  readonly isCaseSensitive: boolean;
  readonly isCurrency: boolean;
  readonly isSigned: boolean;
  readonly label: string;
  readonly name: string;
  /** 0: never null; 1: may be null; 2: not known, because the column is computed */
  readonly nullable: 0 | 1 | 2;
  readonly precision: number;
  readonly scale: number;
  /** The driver does not tell. */
  readonly schemaName: '';
  readonly tableName: string;
  /** A constant of `java.sql.Types`. */
  readonly type: number;
  readonly typeName: string;
}

interface TableColumn {
  readonly tableName: string;
  readonly isNullable: boolean;
  readonly isAutoIncrement: boolean;
}

const typeQuery = `SELECT t.oid, t.typname, t.typtype = 'e', e.typname, e.typtype = 'e'
  FROM pg_type t LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A' WHERE t.oid = ANY ($1)`;

const columnQuery = `SELECT a.attrelid, a.attnum, c.relname, NOT a.attnotnull, a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid), '') LIKE 'nextval(%'
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = ANY ($1)`;

const oidArray = 1028;

/** The catalogs of one database, asked once for each type and column. */
export class ColumnTypes {
  private readonly types = new Map<number, ColumnType>();
  private readonly columns = new Map<string, TableColumn>();

  constructor(private readonly database: SqlDatabase) {}

  /** After a statement that may have changed types or tables. */
  forget(): void {
    this.types.clear();
    this.columns.clear();
  }

  async of(columns: readonly ServerColumn[]): Promise<readonly { readonly type: ColumnType; readonly metadata: ColumnMetadata }[]> {
    await this.loadTypes(columns.map(({ dataTypeID }) => dataTypeID).filter((id) => !this.types.has(id)));
    // Another client may have added a column since.
    await this.loadTables(columns.filter((column) => column.tableID !== 0 && !this.columns.has(columnKey(column))).map(({ tableID }) => tableID));
    return columns.map((column) => {
      const type = this.types.get(column.dataTypeID) ?? { name: 'unknown', isEnum: false };
      return { type, metadata: metadataOf(column, type, this.columns.get(columnKey(column))) };
    });
  }

  private async loadTypes(ids: readonly number[]): Promise<void> {
    for (const [id, name, isEnum, elementName, isEnumElement] of await this.ask(typeQuery, ids)) {
      const element = elementName == null ? undefined : { name: elementName, isEnum: isEnumElement === 't' };
      this.types.set(Number(id), { name: name ?? 'unknown', isEnum: isEnum === 't', ...(element && { element }) });
    }
  }

  private async loadTables(ids: readonly number[]): Promise<void> {
    for (const [table, column, tableName, isNullable, isAutoIncrement] of await this.ask(columnQuery, ids))
      this.columns.set(`${table}.${column}`, { tableName: tableName ?? '', isNullable: isNullable === 't', isAutoIncrement: isAutoIncrement === 't' });
  }

  private async ask(query: string, ids: readonly number[]): Promise<readonly (readonly (string | null)[])[]> {
    return ids.length === 0 ? [] : (await this.database.statement(query, [oidArray], [`{${[...new Set(ids)].join()}}`])).rows;
  }
}

function columnKey({ tableID, columnID }: ServerColumn): string {
  return `${tableID}.${columnID}`;
}

function metadataOf({ name, dataTypeModifier }: ServerColumn, type: ColumnType, column: TableColumn | undefined): ColumnMetadata {
  const isAutoIncrement = column?.isAutoIncrement ?? false;
  return {
    arrayBaseColumnType: type.element ? jdbcType(type.element.name, type.element.isEnum) : 0,
    isAutoIncrement,
    isCaseSensitive: !caseless.has(type.name),
    isCurrency: type.name === 'money',
    isSigned: signed.has(type.name),
    label: name,
    name,
    nullable: column ? (column.isNullable ? 1 : 0) : 2,
    precision: precisionOf(type.name, dataTypeModifier),
    scale: scaleOf(type.name, dataTypeModifier),
    schemaName: '',
    tableName: column?.tableName ?? '',
    type: type.element ? 2003 : jdbcType(type.name, type.isEnum),
    typeName: (isAutoIncrement && serialNames[type.name]) || type.name,
  };
}

const signed: ReadonlySet<string> = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric']);
const caseless: ReadonlySet<string> = new Set([...signed, 'oid', 'bool', 'bit', 'varbit', 'date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval']);
const serialNames: Readonly<Record<string, string>> = { int2: 'smallserial', int4: 'serial', int8: 'bigserial' };

/** Source: java.sql.Types */
const jdbcTypes: Readonly<Record<string, number>> = {
  int2: 5, int4: 4, oid: -5, int8: -5, money: 8, numeric: 2, float4: 7, float8: 8, char: 1, bpchar: 1, varchar: 12, text: 12, name: 12,
  bytea: -2, bool: -7, bit: -7, date: 91, time: 92, timetz: 92, timestamp: 93, timestamptz: 93, xml: 2009,
};

function jdbcType(typeName: string, isEnum: boolean): number {
  const other = 1111;
  return isEnum ? 12 : (jdbcTypes[typeName] ?? other);
}

const unlimited = 2_147_483_647;
const precisions: Readonly<Record<string, number>> = { int2: 5, int4: 10, oid: 10, int8: 19, float4: 8, float8: 17, bool: 1, char: 1, date: 13, time: 15, timetz: 21, timestamp: 29, timestamptz: 35, interval: 49 };

/** A modifier of -1 says nothing; else it carries 4 bytes of a header that is not part of the length. */
function precisionOf(typeName: string, modifier: number): number {
  if (typeName === 'numeric') return modifier < 0 ? 0 : ((modifier - 4) >> 16) & 0xffff;
  if (typeName === 'varchar' || typeName === 'bpchar') return modifier < 0 ? unlimited : modifier - 4;
  return precisions[typeName] ?? unlimited;
}

function scaleOf(typeName: string, modifier: number): number {
  switch (typeName) {
    case 'numeric':
      return modifier < 0 ? 0 : (modifier - 4) & 0xffff;
    case 'float4':
      return 8;
    case 'float8':
      return 17;
    case 'time':
    case 'timetz':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
      return modifier < 0 ? 6 : modifier & 0xffff;
    default:
      return 0;
  }
}
