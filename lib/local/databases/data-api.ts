/**
 * ExecuteStatement of the RDS Data API over a PostgreSQL.
 * Source: https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_ExecuteStatement.html and
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html
 */
import type { SourceFile } from '../../diagnostics';
import { type ColumnMetadata, ColumnTypes } from './column-types';
import { type Field, fieldValue } from './field-value';
import { type ServerAnswer, type ServerError, type SqlDatabase, StatementTimeout } from './sql-database';
import type { SqlParameter } from './sql-parameter';
import { numberVariables } from './sql-text';

export interface StatementResult {
  /** Absent when the statement gives none, as an INSERT without RETURNING. */
  readonly records?: readonly (readonly Field[])[];
  readonly columnMetadata?: readonly ColumnMetadata[];
  readonly numberOfRecordsUpdated: number;
  /** Source: always empty with Aurora PostgreSQL, which has RETURNING */
  readonly generatedFields: readonly never[];
}

/** What the Data API refuses, or the database does. */
export class DataApiError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DataApiError';
  }
}

/** Source: limits of the Data API on a response and on a row of it. Assumed: both are measured as JSON. */
const maxResponseBytes = 1024 * 1024;
const maxRowBytes = 64 * 1024;

export class DataApi {
  private readonly types: ColumnTypes;

  /** @param log is told of statements that are for another engine */
  constructor(
    private readonly database: SqlDatabase,
    private readonly log: (line: string) => void = () => undefined,
  ) {
    this.types = new ColumnTypes(database);
  }

  /** @param schema SQL files that make the tables, in the order they are to run; each runs once */
  use(schema: readonly SourceFile[]): void {
    this.database.use(schema);
  }

  /**
   * Any number of statements without variables, all of them or none. The Data API itself takes none such; this is for tests.
   * @throws DataApiError; DatabaseUnavailable when the reason is on this machine
   */
  async script(sql: string): Promise<void> {
    const { error } = await this.timed(() => this.database.script(sql));
    this.types.forget();
    if (error) throw new DataApiError(messageOf(error));
  }

  /** The database as a new one, unless it is the user's own. */
  async clear(): Promise<void> {
    this.types.forget();
    await this.database.clear();
  }

  close(): Promise<void> {
    return this.database.close();
  }

  /**
   * @param parameters by name, without the colon; those that the statement does not name are left alone
   * @throws DataApiError; DatabaseUnavailable when the reason is on this machine
   */
  async executeStatement(sql: string, parameters: ReadonlyMap<string, SqlParameter>): Promise<StatementResult> {
    const answer = await this.run(sql, parameters);
    if (answer.error) {
      // The engine of a cluster that no template makes is not known here. To PostgreSQL ` is an operator, or none.
      if (/^42(601|883)$/.test(answer.error.code) && /`[^`]+`/.test(sql)) this.log('A statement quotes names with ` as MySQL does (createMySQLStatement): PostgreSQL runs here, Aurora MySQL only when deployed');
      throw new DataApiError(messageOf(answer.error));
    }
    const { tag, columns, rows } = answer;
    // Types and tables may be others now.
    if (!/^(SELECT|INSERT|UPDATE|DELETE|MERGE)\b/.test(tag)) this.types.forget();
    // Assumed: what RETURNING gives back is not counted as well.
    if (!columns) return { numberOfRecordsUpdated: updatedBy(tag), generatedFields: [] };
    const described = await this.types.of(columns);
    const records = rows.map((row) => row.map((text, i) => fieldValue(text, described[i]?.type ?? { name: 'unknown', isEnum: false })));
    requireSmall(records);
    return { records, columnMetadata: described.map(({ metadata }) => metadata), numberOfRecordsUpdated: 0, generatedFields: [] };
  }

  private async run(sql: string, parameters: ReadonlyMap<string, SqlParameter>): Promise<ServerAnswer> {
    const { text, names, ownNumber } = numberVariables(sql);
    // Observed: the text.
    for (const name of names) if (!parameters.has(name)) throw new DataApiError(`Cannot find parameter: ${name}`);
    if (ownNumber !== undefined) throw new DataApiError(messageOf({ severity: 'ERROR', message: `there is no parameter ${ownNumber}`, code: '42P02' }));
    // It would end the statement in the middle of the protocol.
    if (text.includes('\0')) throw new DataApiError(messageOf({ severity: 'ERROR', message: 'invalid byte sequence for encoding "UTF8": 0x00', code: '22021' }));
    // It would wait for rows that nobody sends. Assumed: text.
    if (/^\W*copy\b[^]*\bstdin\b/i.test(text)) throw new DataApiError(messageOf({ severity: 'ERROR', message: 'COPY FROM STDIN is not supported', code: '0A000' }));
    const bound = names.map((name) => parameters.get(name) ?? { type: 0, text: null });
    return this.timed(() => this.database.statement(text, bound.map(({ type }) => type), bound.map((parameter) => parameter.text)));
  }

  private async timed<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof StatementTimeout ? new DataApiError(error.message) : error;
    }
  }
}

/**
 * Observed: the parts and how they are joined, with Aurora Serverless v2 (`ERROR: operator does not exist: uuid = text; Hint: …; Position: 54;
 * SQLState: 42883`).  |  Source: "Multistatements aren't supported".
 */
function messageOf({ severity, message, code, detail, hint, position, routine }: ServerError): string {
  if (code === '42601' && routine === 'exec_parse_message') return "Multistatements aren't supported.";
  const parts = [`${severity}: ${message}`, detail && `Detail: ${detail}`, hint && `Hint: ${hint}`, position && `Position: ${position}`, `SQLState: ${code}`];
  return parts.filter((part) => part).join('; ');
}

/** The last word of `INSERT 0 3`, `UPDATE 1`. */
function updatedBy(tag: string): number {
  return /^(INSERT|UPDATE|DELETE|MERGE)\b/.test(tag) ? Number(tag.split(' ').at(-1)) : 0;
}

/** Observed: the first text.  |  Assumed: the second. */
function requireSmall(records: readonly (readonly Field[])[]): void {
  let total = 0;
  for (const record of records) {
    const bytes = Buffer.byteLength(JSON.stringify(record));
    total += bytes;
    if (total > maxResponseBytes) throw new DataApiError('Database returned more than the allowed response size limit');
    if (bytes > maxRowBytes) throw new DataApiError('Database returned a row larger than the allowed row size limit of 64 KB');
  }
}
