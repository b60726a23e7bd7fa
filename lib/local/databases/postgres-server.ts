/**
 * A PostgreSQL that the user runs, asked through `pg`: a pool of connections, each of which serves one statement at a time. Connections that
 * broke, and those a statement may have left in another state than it found them, are not used again.
 */
import type { ClientBase, Connection, Pool, PoolClient, PoolConfig, Submittable } from 'pg';
import { shownUrl } from './postgres-url';
import { DatabaseUnavailable, type ServerAnswer, type ServerColumn, type ServerError, type SqlDatabase, statementTimeoutMs, StatementTimeout } from './sql-database';

/** What is used of the module `pg`. */
export interface PostgresDriver {
  readonly Pool: new (config: PoolConfig) => Pool;
}

/** Results are read as texts, so that what a server was set up with must not change them. Source: what the Data API gives, as lib/local/databases/field-value.ts reads it */
const sessionSettings = "SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO, MDY'; SET IntervalStyle TO 'postgres'; SET bytea_output TO 'hex'; SET extra_float_digits TO 1; SET standard_conforming_strings TO on";

const connectTimeoutMs = 10_000;
const poolSize = 10;

export class PostgresServer implements SqlDatabase {
  private readonly pool: Pool;
  private readonly shown: string;
  private readonly prepared = new WeakSet<PoolClient>();

  /** @param url that `postgresUrlProblem` finds nothing wrong with */
  constructor(
    driver: PostgresDriver,
    url: string,
    private readonly timeoutMs = statementTimeoutMs,
  ) {
    this.shown = shownUrl(url);
    this.pool = new driver.Pool({ connectionString: url, max: poolSize, connectionTimeoutMillis: Math.min(connectTimeoutMs, timeoutMs), allowExitOnIdle: true, fallback_application_name: 'appsync-local' });
    // The pool lets go of a connection that broke, at work or not; without a listener the process would end.
    this.pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined));
  }

  /** The tables of the server are the user's business. */
  use(): void {}

  /** So is its data. */
  async clear(): Promise<void> {}

  statement(sql: string, types: readonly number[] = [], values: readonly (string | null)[] = []): Promise<ServerAnswer> {
    return this.ask((connection) => {
      // Object ids, whatever the types of pg say.
      connection.parse({ text: sql, name: '', types: types as unknown as string[] }, true);
      connection.bind({ values: [...values] }, true);
      connection.describe({ type: 'P', name: '' }, true);
      connection.execute({}, true);
      connection.sync();
    }, leavesSessionAlone);
  }

  script(sql: string): Promise<ServerAnswer> {
    return this.ask(
      (connection) => connection.query(sql),
      () => false,
    );
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  /** @param isReusable whether the connection is as it was before */
  private async ask(submit: (connection: Connection) => void, isReusable: (answer: ServerAnswer) => boolean): Promise<ServerAnswer> {
    const client = await this.connect();
    const exchange = new Exchange(submit);
    const timer = setTimeout(() => exchange.end({ kind: 'timeout' }), this.timeoutMs);
    client.query(exchange);
    const outcome = await exchange.outcome;
    clearTimeout(timer);
    switch (outcome.kind) {
      case 'answer':
        client.release(!isReusable(outcome.answer));
        return outcome.answer;
      case 'timeout':
        // First, since the cancel needs a connection, and the pool may have no other.
        client.release(true);
        await this.cancel(client);
        throw new StatementTimeout();
      case 'broken':
        client.release(true);
        throw new DatabaseUnavailable(`the connection to ${this.shown} broke (${outcome.reason}); the next statement makes a new one`);
    }
  }

  private async connect(): Promise<PoolClient> {
    let client: PoolClient | undefined;
    try {
      client = await this.pool.connect();
      if (!this.prepared.has(client)) await client.query(sessionSettings);
      this.prepared.add(client);
      return client;
    } catch (error) {
      client?.release(true);
      throw new DatabaseUnavailable(refusal(this.shown, error));
    }
  }

  /** Ends what a connection is at work on; a server that cannot be reached needs it no more. */
  private async cancel(client: ClientBase & { readonly processID?: unknown }): Promise<void> {
    await this.pool.query('SELECT pg_cancel_backend($1)', [client.processID]).catch(() => undefined);
  }
}

/** Each of these begins outside of a transaction and commits by itself; a failed one has been rolled back. */
function leavesSessionAlone({ tag, error }: ServerAnswer): boolean {
  return error !== undefined || tag === '' || /^(SELECT|INSERT|UPDATE|DELETE|MERGE)\b/.test(tag);
}

type Outcome = { readonly kind: 'answer'; readonly answer: ServerAnswer } | { readonly kind: 'timeout' } | { readonly kind: 'broken'; readonly reason: string };

/**
 * One request as `pg` drives it: what is sent, and what comes back as it came, since `pg` itself neither binds values with types nor leaves results
 * as texts. Source: the methods that `Client` of pg calls on what it was given to `query`
 */
class Exchange implements Submittable {
  readonly outcome: Promise<Outcome>;
  end: (outcome: Outcome) => void = () => undefined;
  private columns: readonly ServerColumn[] | undefined;
  private rows: (readonly (string | null)[])[] = [];
  private tag = '';

  constructor(readonly submit: (connection: Connection) => void) {
    this.outcome = new Promise((resolve) => (this.end = resolve));
  }

  handleRowDescription({ fields }: { readonly fields: readonly ServerColumn[] }): void {
    this.columns = fields.map(({ name, tableID, columnID, dataTypeID, dataTypeModifier }) => ({ name, tableID, columnID, dataTypeID, dataTypeModifier }));
    this.rows = [];
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.rows.push(fields);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.tag = text;
  }

  handleReadyForQuery(): void {
    this.end({ kind: 'answer', answer: { tag: this.tag, ...(this.columns && { columns: this.columns }), rows: this.rows } });
  }

  /** @param error of the server when it has a severity, of the connection otherwise */
  handleError(error: Error & Partial<ServerError>): void {
    const { message, severity, code = '', detail, hint, position, routine } = error;
    // After these the server hangs up.
    if (severity === undefined || severity === 'FATAL' || severity === 'PANIC') return this.end({ kind: 'broken', reason: message });
    const details = { ...(detail !== undefined && { detail }), ...(hint !== undefined && { hint }), ...(position !== undefined && { position }), ...(routine !== undefined && { routine }) };
    this.end({ kind: 'answer', answer: { tag: '', rows: [], error: { severity, message, code, ...details } } });
  }

  handleCopyInResponse(connection: Connection & { sendCopyFail?(reason: string): void }): void {
    connection.sendCopyFail?.('nobody sends rows');
  }

  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyData(): void {}
}

/** Why there is no connection, and what to do about it. */
function refusal(shown: string, error: unknown): string {
  const { code = '', message } = firstOf(error);
  switch (code) {
    case '28P01':
      return `${shown} refuses the user: ${message}; give --rds-url the right user and password, as in postgres://user:password@localhost:5432/database`;
    case '28000':
      return `${shown} refuses the connection: ${message}; ${/no encryption|SSL off/.test(message) ? 'add ?sslmode=require to --rds-url' : 'let the server accept this user from here, or give --rds-url another one'}`;
    case '3D000':
      return `${shown} refuses: ${message}; create the database, or name another one in --rds-url`;
    case '53300':
      return `${shown} refuses the connection: ${message}; end other clients, or raise max_connections of the server`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return `the certificate of ${shown} is not trusted: ${message}; add ?sslrootcert=FILE to --rds-url, or ?sslmode=no-verify`;
    default:
      if (/password must be a (non-empty )?string/.test(message)) return `${shown} asks for a password: give --rds-url one, as in postgres://user:password@localhost:5432/database, or set PGPASSWORD`;
      if (/does not support SSL/.test(message)) return `${shown} does not speak TLS: take sslmode out of --rds-url`;
      return `no PostgreSQL answers at ${shown}: ${message}; start it, or correct --rds-url`;
  }
}

/** An attempt at several addresses of a host fails with an error that only holds those of each. */
function firstOf(error: unknown): { readonly code?: string; readonly message: string } {
  const { errors, code, message } = error as { readonly errors?: readonly NodeJS.ErrnoException[]; readonly code?: string; readonly message?: string };
  return errors?.[0] ?? { message: message ?? String(error), ...(code !== undefined && { code }) };
}
