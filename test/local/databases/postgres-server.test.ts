/** A PostgreSQL of the user's own: what is told when it cannot be asked, and what becomes of its connections. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { LocalDatabases, type LocalDatabasesOptions } from '../../../lib/local/databases';
import type { ApiModel, Assembly } from '../../../lib/model';
import { password, postgresBin, startPostgres, type TestPostgres, user } from './postgres';

const clusterArn = 'arn:aws:rds:us-east-1:123456789012:cluster:shop';
const none = new Map();

const opened: LocalDatabases[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((databases) => databases.close()));
});

function open(url: string, options: Omit<LocalDatabasesOptions, 'urls'> = {}): LocalDatabases {
  const databases = new LocalDatabases({ urls: { '*': url }, ...options });
  opened.push(databases);
  return databases;
}

const ask = (databases: LocalDatabases, sql: string, database?: string) => databases.of(clusterArn, database).executeStatement(sql, none);
const first = (databases: LocalDatabases, sql: string, database?: string) => ask(databases, sql, database).then(({ records }) => records?.[0]?.[0]);
const refusal = (databases: LocalDatabases, sql = 'SELECT 1') =>
  ask(databases, sql).then(
    () => 'nothing',
    ({ name, message }: Error) => `${name}: ${message}`,
  );

/** A program that is no PostgreSQL. */
async function listen(onConnect: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => onConnect(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

describe('without a server', () => {
  test.each([
    ['mysql://root:hush@localhost/shop', 'is an address such as postgres://user:password@localhost:5432/database, not one of "mysql": PostgreSQL runs here, Aurora MySQL only when deployed'],
    ['http://root:hush@localhost/shop', 'is an address such as postgres://user:password@localhost:5432/database, not one of "http"'],
    ['root:hush@localhost/shop', 'is an address such as postgres://user:password@localhost:5432/database'],
    ['postgres:hush', 'is an address such as postgres://user:password@localhost:5432/database'],
    ['', 'is an address such as postgres://user:password@localhost:5432/database'],
    ['postgres://root:hush#@localhost:99999/shop', 'is an address such as postgres://user:password@localhost:5432/database; what was given cannot be read: write special characters of user and password as %40 for "@", %2F for "/", %23 for "#"'],
    ['postgres://root:100%hush@localhost/shop', 'is an address such as postgres://user:password@localhost:5432/database; what was given has a "%" that begins no character: write it as %25'],
  ])('%j is refused, and no secret told', (url, message) => {
    expect(() => open(url).of(clusterArn, undefined)).toThrow(new Error(`--rds-url ${message}`));
  });

  test('nobody listens', async () => {
    const server = await listen(() => undefined);
    const port = portOf(server);
    await new Promise((closed) => server.close(closed));

    expect(await refusal(open(`postgres://root:hush@127.0.0.1:${port}/shop?sslmode=disable&password=hush`))).toBe(
      `DatabaseUnavailable: no PostgreSQL answers at postgres://root@127.0.0.1:${port}/shop: connect ECONNREFUSED 127.0.0.1:${port}; start it, or correct --rds-url`,
    );
  });

  test.each<[string, (socket: Socket) => void, RegExp]>([
    ['says nothing', () => undefined, /; start it, or correct --rds-url$/],
    ['hangs up', (socket) => socket.destroy(), /; start it, or correct --rds-url$/],
    ['speaks HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), /; start it, or correct --rds-url$/],
    ['speaks MySQL', (socket) => socket.write(Buffer.from('4a0000000a382e302e3336000b00000012345678', 'hex')), /; start it, or correct --rds-url$/],
  ])('something listens that %s', async (_, onConnect, message) => {
    const sockets: Socket[] = [];
    const server = await listen((socket) => {
      sockets.push(socket);
      onConnect(socket);
    });

    expect(await refusal(open(`postgres://root:hush@127.0.0.1:${portOf(server)}/shop?sslmode=disable`, { timeoutMs: 300 }))).toMatch(message);
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  test('pg is not installed', () => {
    expect(() => open('postgres://localhost', { findModule: () => undefined }).of(clusterArn, undefined)).toThrow('--rds-url asks a server with pg, which is not installed: npm install --save-dev pg');
  });
});

// Continuous integration installs one.
const withPostgres = postgresBin === undefined && process.env.CI === undefined ? describe.skip : describe;

withPostgres('on a PostgreSQL server (apt-get install postgresql)', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  test('asks the database of the address, else that of the data source, else postgres', async () => {
    await ask(open(server.url()), 'CREATE DATABASE "My shop"');
    const anywhere = open(server.url(''));

    expect(await first(open(server.url('My%20shop')), 'SELECT current_database()', 'app')).toEqual({ stringValue: 'My shop' });
    expect(await first(anywhere, 'SELECT current_database()', 'My shop')).toEqual({ stringValue: 'My shop' });
    expect(await first(anywhere, 'SELECT current_database()')).toEqual({ stringValue: 'postgres' });
  });

  test('takes an address of a Unix socket', async () => {
    const url = `postgres:///postgres?host=${encodeURIComponent(server.folder)}&port=${server.port}&user=${user}&password=${encodeURIComponent(password)}`;
    expect(await first(open(url), 'SELECT current_user')).toEqual({ stringValue: user });
  });

  test('tells what to do about credentials, databases and TLS, without the password', async () => {
    const at = `@127.0.0.1:${server.port}`;
    const shown = `postgres://${user}${at}`;

    expect(await refusal(open(`postgres://${user}:wr0ng${at}/postgres`))).toBe(
      `DatabaseUnavailable: ${shown}/postgres refuses the user: password authentication failed for user "alice"; give --rds-url the right user and password, as in postgres://user:password@localhost:5432/database`,
    );
    expect(await refusal(open(`postgres://${user}${at}/postgres`))).toBe(
      `DatabaseUnavailable: ${shown}/postgres asks for a password: give --rds-url one, as in postgres://user:password@localhost:5432/database, or set PGPASSWORD`,
    );
    expect(await refusal(open(server.url('nowhere')))).toBe(`DatabaseUnavailable: ${shown}/nowhere refuses: database "nowhere" does not exist; create the database, or name another one in --rds-url`);
    expect(await refusal(open(`${server.url()}?sslmode=no-verify`))).toBe(`DatabaseUnavailable: ${shown}/postgres does not speak TLS: take sslmode out of --rds-url`);
  });

  test('finds the server again after it was away', async () => {
    const databases = open(server.url());
    await ask(databases, 'CREATE TABLE kept AS SELECT 7 AS n');
    await Promise.all([ask(databases, 'SELECT n FROM kept'), ask(databases, 'SELECT n FROM kept')]);

    await server.stop();
    expect(await refusal(databases)).toContain('no PostgreSQL answers at');
    await server.start();

    expect(await first(databases, 'SELECT n FROM kept')).toEqual({ longValue: 7 });
  });

  test('a connection that is cut fails its statement, and no other', async () => {
    const databases = open(server.url());

    expect(await refusal(databases, 'SELECT pg_terminate_backend(pg_backend_pid())')).toBe(
      `DatabaseUnavailable: the connection to postgres://alice@127.0.0.1:${server.port}/postgres broke (terminating connection due to administrator command); the next statement makes a new one`,
    );
    expect(await first(databases, 'SELECT 1')).toEqual({ longValue: 1 });
  });

  test('a statement that takes too long ends, on the server too', async () => {
    const databases = open(server.url(), { timeoutMs: 300 });

    await expect(ask(databases, 'SELECT pg_advisory_lock(9), pg_sleep(600)')).rejects.toThrow('Request timed out');
    // Waits for as long as the other holds it.
    expect(await first(open(server.url()), 'SELECT pg_advisory_lock(9) IS NULL')).toEqual({ booleanValue: false });
  });

  test('statements that take too long end on the server, also when they hold every connection there is', async () => {
    const databases = open(server.url(), { timeoutMs: 300 });
    const locks = Array.from({ length: 10 }, (_, i) => 100 + i);

    const endings = await Promise.all(locks.map((lock) => refusal(databases, `SELECT pg_advisory_lock(${lock}), pg_sleep(600)`)));
    expect(new Set(endings)).toEqual(new Set(['DataApiError: Request timed out']));
    const next = open(server.url(), { timeoutMs: 10_000 });
    for (const lock of locks) expect(await first(next, `SELECT pg_advisory_lock(${lock}) IS NULL`)).toEqual({ booleanValue: false });
  });

  test('what a statement leaves behind, no other one finds: settings, tables of its own, transactions', async () => {
    const databases = open(server.url());
    await ask(databases, "SET search_path TO 'elsewhere'");
    await ask(databases, 'CREATE TEMP TABLE scratch (n int)');
    await ask(databases, 'CREATE TABLE ledger (n int)');
    await ask(databases, 'BEGIN');
    await ask(databases, 'INSERT INTO ledger VALUES (1)');
    await databases.of(clusterArn, undefined).script('BEGIN; INSERT INTO ledger VALUES (2)');

    expect(await first(databases, "SELECT current_setting('search_path')")).toEqual({ stringValue: '"$user", public' });
    await expect(ask(databases, 'SELECT * FROM scratch')).rejects.toThrow('relation "scratch" does not exist');
    expect(await first(databases, "SELECT string_agg(n::text, ',') FROM ledger")).toEqual({ stringValue: '1' });
  });

  test('statements run side by side, on no more connections than the pool holds', async () => {
    const databases = open(server.url());
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => first(databases, `SELECT ${i}::int`)));

    expect(answers).toEqual(answers.map((_, i) => ({ longValue: i })));
    const { longValue } = (await first(databases, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'appsync-local'")) as { longValue: number };
    expect(longValue).toBeLessThanOrEqual(10);
  });

  test('a column that another client added is described', async () => {
    const [mine, theirs] = [open(server.url()), open(server.url())];
    await ask(mine, 'CREATE TABLE people (id serial)');
    await ask(mine, 'SELECT * FROM people');
    await ask(theirs, 'ALTER TABLE people ADD name text NOT NULL');

    expect((await ask(mine, 'SELECT name FROM people')).columnMetadata).toMatchObject([{ name: 'name', tableName: 'people', nullable: 0 }]);
  });

  test('its tables are left alone: no files of localSchema, and no clearing', async () => {
    const log: string[] = [];
    const databases = open(server.url(), { log: (line) => log.push(line) });
    databases.use(withSchema('CREATE TABLE of_the_stack ()'));
    await ask(databases, 'CREATE TABLE of_the_user ()');
    await databases.clear();

    expect((await ask(databases, "SELECT to_regclass('of_the_stack') IS NULL, to_regclass('of_the_user') IS NULL")).records).toEqual([[{ booleanValue: true }, { booleanValue: false }]]);
    expect(log).toEqual([`Data source Blog asks postgres://alice@127.0.0.1:${server.port}/postgres; its tables are yours to make: "localSchema" is not run there`]);
  });

  test('closing ends the connections', async () => {
    const databases = open(server.url());
    await ask(databases, 'SELECT 1');
    await databases.close();

    const watcher = open(`${server.url()}?application_name=watcher`);
    expect(await first(watcher, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'appsync-local'")).toEqual({ longValue: 0 });
  });
});

function withSchema(text: string): Pick<Assembly, 'apis'> {
  const config = { RelationalDatabaseConfig: { RdsHttpEndpointConfig: { DbClusterIdentifier: clusterArn } } };
  return { apis: [{ dataSources: [{ name: 'Blog', type: 'OTHER', awsType: 'RELATIONAL_DATABASE', config, localSchema: [{ path: 'a.sql', text }] }] } as unknown as ApiModel] };
}
