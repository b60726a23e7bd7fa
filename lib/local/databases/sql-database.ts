/** What the Data API asks: a PostgreSQL that takes one statement after the other, wherever it runs. */
import type { SourceFile } from '../../diagnostics';

export interface SqlDatabase {
  /** @param schema SQL files that make the tables, in the order they are to run; each runs once. A server that is the user's own leaves them alone. */
  use(schema: readonly SourceFile[]): void;
  /**
   * One statement as a client of PostgreSQL would send it.
   * @param types object ids of PostgreSQL, 0 for what PostgreSQL is to find out
   * @param values in PostgreSQL's own notation
   * @throws DatabaseUnavailable, StatementTimeout
   */
  statement(sql: string, types?: readonly number[], values?: readonly (string | null)[]): Promise<ServerAnswer>;
  /** Any number of statements; all of them or none, unless they say otherwise. @throws DatabaseUnavailable, StatementTimeout */
  script(sql: string): Promise<ServerAnswer>;
  /** As a new one. A server that is the user's own is left as it is. */
  clear(): Promise<void>;
  /** Answers what was asked before, then lets go of it. */
  close(): Promise<void>;
}

export interface ServerAnswer {
  /** `INSERT 0 1`, `SELECT 3`, `CREATE TABLE`; empty when there was nothing to do. */
  readonly tag: string;
  /** Present when the statement has a result, be it empty. */
  readonly columns?: readonly ServerColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly error?: ServerError;
}

/** As PostgreSQL describes a column of a result. Source: https://www.postgresql.org/docs/current/protocol-message-formats.html (RowDescription) */
export interface ServerColumn {
  readonly name: string;
  /** Object id of the table the column comes from; 0 when it is computed. */
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

export interface ServerError {
  readonly severity: string;
  readonly message: string;
  /** SQLSTATE */
  readonly code: string;
  readonly detail?: string;
  readonly hint?: string;
  /** In characters, from 1. */
  readonly position?: string;
  /** Where PostgreSQL's own source raised it. */
  readonly routine?: string;
}

/** The database cannot do its work for a reason of this machine, not of the statement. */
export class DatabaseUnavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DatabaseUnavailable';
  }
}

/** A statement ran longer than it may. */
export class StatementTimeout extends Error {
  constructor() {
    super('Request timed out');
    this.name = 'StatementTimeout';
  }
}

/** Source: https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_ExecuteStatement.html (a call times out after 45 seconds) */
export const statementTimeoutMs = 45_000;
