/** When local databases start, what they begin with, what they keep, and what happens when one cannot run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDatabases, type LocalDatabasesOptions } from '../../../lib/local/databases';
import type { ApiModel, Assembly, DatabaseClusterModel } from '../../../lib/model';

const clusterArn = 'arn:aws:rds:us-east-1:123456789012:cluster:shop';
const none = new Map();
const folder = mkdtempSync(join(tmpdir(), 'databases-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const opened: LocalDatabases[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((databases) => databases.close()));
});

function open(options: LocalDatabasesOptions = {}, assembly: Pick<Assembly, 'apis' | 'databaseClusters'> = { apis: [] }): LocalDatabases {
  const databases = new LocalDatabases(options);
  databases.use(assembly);
  opened.push(databases);
  return databases;
}

/** An assembly whose one database starts with some files. */
function withSchema(files: Readonly<Record<string, string>>): Pick<Assembly, 'apis'> {
  const config = { RelationalDatabaseConfig: { RdsHttpEndpointConfig: { DbClusterIdentifier: clusterArn } } };
  const localSchema = Object.entries(files).map(([path, text]) => ({ path, text }));
  return { apis: [{ dataSources: [{ type: 'OTHER', awsType: 'RELATIONAL_DATABASE', config, localSchema }] } as unknown as ApiModel] };
}

const first = (databases: LocalDatabases, sql: string) => databases.of(clusterArn, undefined).executeStatement(sql, none).then(({ records }) => records?.[0]?.[0]);

test('a start without PGlite says how to install it', () => {
  expect(() => open({ findModule: () => undefined }).of(clusterArn, 'shop')).toThrow('PostgreSQL runs here with @electric-sql/pglite, which is not installed: npm install --save-dev @electric-sql/pglite; or name a server of yours with --rds-url');
});

test('a module that is no PGlite breaks the statement and nothing else', async () => {
  const engine = join(folder, 'broken.js');
  writeFileSync(engine, 'throw new Error("not today")');

  await expect(first(open({ findModule: () => engine, cachePath: folder }), 'SELECT 1')).rejects.toThrow('the local PostgreSQL has stopped: not today');
});

test('a MySQL cluster runs only when deployed', () => {
  const cluster: DatabaseClusterModel = { clusterArn, engine: 'aurora-mysql', resource: { templatePath: 't.json', logicalId: 'Cluster' } };

  expect(() => open({}, { apis: [], databaseClusters: [cluster] }).of(clusterArn, 'shop')).toThrow('the cluster "Cluster" is aurora-mysql, which runs only when deployed; PostgreSQL runs here');
});

test('a statement for MySQL fails as PostgreSQL has it, and the log says why', async () => {
  const log: string[] = [];
  const databases = open({ log: (line) => log.push(line) });

  await expect(first(databases, 'SELECT `id` FROM `posts`')).rejects.toThrow('ERROR: syntax error at or near "FROM"; Position: 13; SQLState: 42601');
  expect(log).toEqual(['A statement quotes names with ` as MySQL does (createMySQLStatement): PostgreSQL runs here, Aurora MySQL only when deployed']);
});

test('a database starts with its files, tells where one fails, and is empty again after it was cleared', async () => {
  const good = { 'sql/1.sql': 'CREATE TABLE a (n int);\nINSERT INTO a VALUES (1);', 'sql/2.sql': "CREATE TABLE b AS SELECT 'it''s' AS t" };
  const databases = open({}, withSchema({ ...good, 'sql/3.sql': '-- é🎉\nCREATE TABLE c (n int);\n  INSERT INTO missing VALUES (1)' }));

  await expect(first(databases, 'SELECT 1')).rejects.toThrow('sql/3.sql:3:15: relation "missing" does not exist (SQLSTATE 42P01)');
  // The next statement tries again, with what is there by then; a file that failed left nothing behind.
  databases.use(withSchema({ ...good, 'sql/3.sql': 'CREATE TABLE c (n int)' }));
  expect(await first(databases, 'SELECT count(*) FROM a, b')).toEqual({ longValue: 1 });
  expect(await first(databases, 'SELECT count(*) FROM c')).toEqual({ longValue: 0 });

  await databases.of(clusterArn, undefined).script('INSERT INTO a VALUES (2); CREATE SCHEMA extra; CREATE TABLE extra.t (); CREATE TYPE mood AS ENUM ()');
  await databases.clear();
  expect(await first(databases, 'SELECT count(*) FROM a')).toEqual({ longValue: 1 });
  await databases.of(clusterArn, undefined).script('CREATE SCHEMA extra; CREATE TYPE mood AS ENUM ()');
  await expect(databases.of(clusterArn, undefined).script('INSERT INTO a VALUES (3); SELECT oops')).rejects.toThrow('ERROR: column "oops" does not exist; Position: 34; SQLState: 42703');
  expect(await first(databases, 'SELECT count(*) FROM a')).toEqual({ longValue: 1 });
});

test('a kept database outlives its end, a statement that ran too long, and the end of its process', async () => {
  const log: string[] = [];
  const options = { path: join(folder, 'kept'), log: (line: string) => log.push(line), timeoutMs: 3_000 };
  const files = { 'sql/1.sql': 'CREATE TABLE visits (n int)' };
  const databases = open(options, withSchema(files));
  await databases.of(clusterArn, undefined).script('INSERT INTO visits VALUES (1), (2)');

  // Its thread ends in the middle of the work.
  await expect(first(databases, 'SELECT pg_sleep(600)')).rejects.toThrow('Request timed out');
  expect(log).toEqual(['the local PostgreSQL was ended (a statement ran too long); it starts again with its data']);
  expect(await first(databases, 'SELECT count(*) FROM visits')).toEqual({ longValue: 2 });
  await databases.close();

  const again = open(options, withSchema(files));
  expect(await first(again, 'SELECT count(*) FROM visits')).toEqual({ longValue: 2 });
  again.use(withSchema({ 'sql/1.sql': 'CREATE TABLE visits (n text)' }));
  await expect(first(again, 'SELECT 1')).rejects.toThrow('sql/1.sql has changed since it ran on this database; put the change into a new file, or start with an empty database');
});
