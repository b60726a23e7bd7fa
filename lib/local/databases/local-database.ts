/** A database of a cluster: a server of its own, with the schema its data sources bring along. */
import { createHash } from 'node:crypto';
import type { SourceFile } from '../../diagnostics';
import { DatabaseServer, type ServerOutcome } from './database-server';
import type { ServerAnswer, ServerError, WorkerRequest, WorkerSetup } from './worker-script';

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

/** Where the names of the files that ran are kept: in the database, so that they come and go with it. */
const ledger = 'appsync_local';

export class LocalDatabase {
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

  /** @param schema SQL files in the order they are to run; each runs once */
  use(schema: readonly SourceFile[]): void {
    this.schema = schema;
    this.preparedStart = undefined;
  }

  /** One statement as a client of PostgreSQL would send it; waits for those before it. @throws DatabaseUnavailable, StatementTimeout */
  statement(sql: string, types: readonly number[] = [], values: readonly (string | null)[] = []): Promise<ServerAnswer> {
    return this.inTurn({ kind: 'statement', sql, types, values });
  }

  /** Any number of statements. @throws DatabaseUnavailable, StatementTimeout */
  script(sql: string): Promise<ServerAnswer> {
    return this.inTurn({ kind: 'script', sql });
  }

  /** As a new one, without another start. */
  clear(): Promise<void> {
    return this.exclusive(async () => {
      this.server.start();
      await this.send({ kind: 'script', sql: dropEverything });
      await this.send({ kind: 'script', sql: 'DISCARD ALL' });
      this.preparedStart = undefined;
    });
  }

  /** Answers what was asked before, then ends. */
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
