/** A database of a cluster: a server of its own, with the schema its data sources bring along. */
import { createHash } from 'node:crypto';
import type { SourceFile } from '../../diagnostics';
import { DatabaseServer, type ServerOutcome } from './database-server';
import { DatabaseUnavailable, type ServerAnswer, type ServerError, type SqlDatabase, statementTimeoutMs, StatementTimeout } from './sql-database';
import type { WorkerRequest, WorkerSetup } from './worker-script';

/** Where the names of the files that ran are kept: in the database, so that they come and go with it. */
const ledger = 'appsync_local';

export class LocalDatabase implements SqlDatabase {
  private readonly server: DatabaseServer;
  private last: Promise<unknown> = Promise.resolve();
  /** Files to run before the next statement. */
  private schema: readonly SourceFile[] = [];
  /** The start of the server that has run them. */
  private preparedStart: number | undefined;

  constructor(
    private readonly setup: WorkerSetup,
    /** Is told when the server had to be ended. */
    private readonly log: (line: string) => void,
    private readonly timeoutMs = statementTimeoutMs,
  ) {
    this.server = new DatabaseServer(setup);
  }

  use(schema: readonly SourceFile[]): void {
    this.schema = schema;
    this.preparedStart = undefined;
  }

  /** Waits for those before it. */
  statement(sql: string, types: readonly number[] = [], values: readonly (string | null)[] = []): Promise<ServerAnswer> {
    return this.inTurn({ kind: 'statement', sql, types, values });
  }

  script(sql: string): Promise<ServerAnswer> {
    return this.inTurn({ kind: 'script', sql });
  }

  /** Without another start. */
  clear(): Promise<void> {
    return this.exclusive(async () => {
      this.server.start();
      await this.send({ kind: 'script', sql: dropEverything });
      await this.send({ kind: 'script', sql: 'DISCARD ALL' });
      this.preparedStart = undefined;
    });
  }

  close(): Promise<void> {
    return this.exclusive(() => this.server.close());
  }

  private inTurn(request: WorkerRequest): Promise<ServerAnswer> {
    return this.exclusive(async () => {
      const start = this.server.start();
      if (this.preparedStart !== start) await this.prepare();
      this.preparedStart = start;
      return this.send(request);
    });
  }

  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  private async send(request: WorkerRequest): Promise<ServerAnswer> {
    return this.answerOf(await this.server.send(request, this.timeoutMs));
  }

  private answerOf(outcome: ServerOutcome): ServerAnswer {
    switch (outcome.kind) {
      case 'answer':
        return outcome.answer;
      case 'timeout':
        this.tellOfLoss('a statement ran too long');
        throw new StatementTimeout();
      case 'broken':
        this.tellOfLoss(outcome.reason);
        throw new DatabaseUnavailable(`the local PostgreSQL has stopped: ${outcome.reason}`);
    }
  }

  private tellOfLoss(reason: string): void {
    this.log(this.setup.dataPath === undefined ? `the local PostgreSQL was ended (${reason}); it starts anew, with empty tables` : `the local PostgreSQL was ended (${reason}); it starts again with its data`);
  }

  /** Runs the files that have not run yet. */
  private async prepare(): Promise<void> {
    if (this.schema.length === 0) return;
    const run = (sql: string) => this.send({ kind: 'script', sql });
    await run(`CREATE SCHEMA IF NOT EXISTS ${ledger}; CREATE TABLE IF NOT EXISTS ${ledger}.files (name text PRIMARY KEY, digest text NOT NULL)`);
    const known = new Map((await run(`SELECT name, digest FROM ${ledger}.files`)).rows.map(([name, digest]) => [name, digest]));
    for (const { path, text } of this.schema) {
      const digest = createHash('sha256').update(text).digest('hex');
      if (known.get(path) === digest) continue;
      if (known.has(path)) throw new DatabaseUnavailable(`${path} has changed since it ran on this database; put the change into a new file, or start with an empty database`);
      const head = 'BEGIN;';
      const { error } = await run(`${head}${text}\n;INSERT INTO ${ledger}.files VALUES (${literal(path)}, ${literal(digest)}); COMMIT`);
      if (error) throw new DatabaseUnavailable(`${path}${placeIn(text, error, head.length)}: ${error.message} (SQLSTATE ${error.code})`);
    }
  }
}

/** Also what a file of the schema made elsewhere than in `public`. */
const dropEverything = `DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP;
  CREATE SCHEMA public;
END $$`;

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `:line:column` of an error; PostgreSQL counts characters, not UTF-16 units. */
function placeIn(text: string, { position }: ServerError, offset: number): string {
  const before = position === undefined ? undefined : [...text].slice(0, Number(position) - 1 - offset);
  if (!before || before.length === [...text].length) return '';
  const lines = before.join('').split('\n');
  return `:${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}
