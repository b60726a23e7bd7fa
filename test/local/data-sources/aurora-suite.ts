/** The RDS data source on a real engine: requests as the built-ins write them, results as they read them. The same for every engine. */
import { createDataSource, type DataSource, type DataSourceCall, type DataSourceResponse } from '../../../lib/local/data-sources';
import type { LocalDatabases } from '../../../lib/local/databases';
import type { LoadedCode } from '../../../lib/local/evaluator';
import type { DataSourceModel } from '../../../lib/model';
import { loadCode, newEvaluator, sampleContext } from '../builtins/run-handler';
import { hostileValues, positions } from './hostile-values';

export const clusterArn = 'arn:aws:rds:us-east-1:123456789012:cluster:shop';
const call: DataSourceCall = { caller: { mode: 'API_KEY', identity: null, groups: [] }, scope: 'Query.test' };

const RdsHttpEndpointConfig = { AwsRegion: 'us-east-1', AwsSecretStoreArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-abcdef', DbClusterIdentifier: clusterArn };
const model: DataSourceModel = {
  name: 'Db',
  type: 'OTHER',
  awsType: 'RELATIONAL_DATABASE',
  config: { RelationalDatabaseConfig: { RelationalDatabaseSourceType: 'RDS_HTTP_ENDPOINT', RdsHttpEndpointConfig } },
  resource: { templatePath: 't.json', logicalId: 'Db' },
};

let source: DataSource;
let close: () => Promise<void>;

const evaluator = newEvaluator();
const imports = `import { select, insert, update, remove, sql, agg, typeHint, createPgStatement as pg, toJsonObject } from '@aws-appsync/utils/rds';`;

const loaded = new Map<string, LoadedCode>();

function handlerOf(expression: string): LoadedCode {
  const code = loaded.get(expression) ?? loadCode(evaluator, `${imports}\nexport const request = (ctx) => ${expression};\nexport const response = (ctx) => toJsonObject(ctx.result);`);
  loaded.set(expression, code);
  return code;
}

/** The request that an expression of a handler gives. */
function requestOf(expression: string, args: Readonly<Record<string, unknown>> = {}): unknown {
  const { outcome } = evaluator.begin({ ...sampleContext, args }).run(handlerOf(expression), 'request', {});
  if (outcome.kind !== 'value') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const ask = (expression: string, args?: Readonly<Record<string, unknown>>): Promise<DataSourceResponse> => source.invoke(requestOf(expression, args), call);

/** What `toJsonObject` makes of the answer. */
async function rowsOf(expression: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { result, error } = await ask(expression, args);
  if (error) throw new Error(error.message);
  const { outcome } = evaluator.begin(sampleContext).run(handlerOf('({})'), 'response', { result });
  return outcome.kind === 'value' ? outcome.value : outcome;
}

/** Plain statements, one after the other. */
async function run(...statements: readonly string[]): Promise<void> {
  for (const statement of statements) expect((await source.invoke({ statements: [statement] }, call)).error).toBeUndefined();
}

interface Results {
  readonly sqlStatementResults: readonly { readonly records?: readonly (readonly unknown[])[]; readonly columnMetadata?: readonly Record<string, unknown>[]; readonly numberOfRecordsUpdated: number }[];
}

async function resultsOf(...statements: readonly string[]): Promise<Results['sqlStatementResults']> {
  const { result, error } = await source.invoke({ statements }, call);
  if (error) throw new Error(error.message);
  return (JSON.parse(result as string) as Results).sqlStatementResults;
}

const failureOf = async (request: unknown) => (await source.invoke(request, call)).error;
const failed = (message: string) => ({ type: '400 Bad Request', message: `RDSHttp:${JSON.stringify({ message })}` });

/** @param open gives databases without tables, and lets go of them */
export function auroraSuite(open: () => Promise<{ readonly databases: LocalDatabases; close(): Promise<void> }>): void {
  beforeAll(async () => {
    const opened = await open();
    const { databases } = opened;
    close = () => opened.close();
    source = createDataSource(model, { tables: {} as Parameters<typeof createDataSource>[1]['tables'], databases });
    await run(
      'CREATE TABLE posts (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), title text NOT NULL, likes int DEFAULT 0, price numeric(10,2), tags text[], published date, meta jsonb)',
      'CREATE TABLE counters (id serial PRIMARY KEY, name varchar(20) NOT NULL, hits bigint)',
    );
  });
  afterAll(() => close());
  beforeEach(() => run('TRUNCATE posts, counters RESTART IDENTITY'));

  describe('statements of the helpers', () => {
    const id = '0b8a4c52-0a34-4e2c-9c0e-3e6f5b1c2d3e';

    test('insert, select, update and remove', async () => {
      expect(await rowsOf(`pg(insert({ table: 'posts', values: { id: typeHint.UUID(ctx.args.id), title: 'First', likes: 3 }, returning: ['title', 'likes'] }))`, { id })).toEqual([[{ title: 'First', likes: 3 }]]);
      expect(await rowsOf(`pg(update({ table: 'posts', values: { likes: 4 }, where: { id: { eq: typeHint.UUID('${id}') } } }), select({ table: 'posts', columns: ['id', 'likes'] }))`)).toEqual([[{}], [{ id, likes: 4 }]]);
      expect(await rowsOf(`pg(select({ table: 'posts', where: { and: [{ title: { beginsWith: 'Fi' } }, { likes: { between: [1, 9] } }] }, orderBy: [{ column: 'likes', dir: 'DESC' }], limit: 5, offset: 0, columns: ['title'] }))`)).toEqual([[{ title: 'First' }]]);
      expect(await rowsOf(`pg(remove({ table: 'posts', where: { likes: { ge: 4 } }, returning: ['title'] }))`)).toEqual([[{ title: 'First' }]]);
      expect(await rowsOf(`pg(select({ table: 'posts' }))`)).toEqual([[]]);
    });

    test('templates, with a variable in both of two', async () => {
      expect(await rowsOf('pg(sql`insert into counters(name, hits) values (${ctx.args.name}, ${ctx.args.hits})`, sql`select name, hits from counters where name = ${ctx.args.name}`)', { name: 'home', hits: 7 })).toEqual([[{}], [{ name: 'home', hits: 7 }]]);
    });

    test('aggregates and conditions', async () => {
      await run("INSERT INTO counters(name, hits) VALUES ('a', 1), ('a', 5), ('b', 9)");
      expect(await rowsOf(`pg(select({ table: 'counters', columns: ['name', { total: agg.sum('hits') }], groupBy: ['name'], orderBy: [{ column: 'name' }] }))`)).toEqual([[{ name: 'a', total: '6' }, { name: 'b', total: '9' }]]);
      expect(await rowsOf(`pg(select({ table: 'counters', columns: ['hits'], where: { or: [{ name: { eq: 'b' } }, { hits: { lt: 2 } }] }, orderBy: [{ column: 'hits' }] }))`)).toEqual([[{ hits: 1 }, { hits: 9 }]]);
    });

    test('type hints', async () => {
      expect(
        await rowsOf(
          `pg(insert({ table: 'posts', values: { id: typeHint.UUID('${id}'), title: 'x', price: typeHint.DECIMAL('19.90'), published: typeHint.DATE('2026-03-01'), meta: typeHint.JSON(ctx.args.meta) }, returning: ['price', 'published', 'meta'] }))`,
          { meta: '{"a": [1, "é"]}' },
        ),
      ).toEqual([[{ price: '19.90', published: '2026-03-01', meta: '{"a": [1, "é"]}' }]]);
      expect(await rowsOf("pg(sql`select ${typeHint.TIME('10:30:00')} + interval '1 hour' as t, ${typeHint.TIMESTAMP('2026-03-01 10:00:00')} as at, ${typeHint.DECIMAL(1.5)} as d, ${typeHint.JSON({ a: 1 })} as j`)")).toEqual([
        [{ t: '11:30:00', at: '2026-03-01 10:00:00', d: '1.5', j: '{"a":1}' }],
      ]);
    });

    test('null is null whatever the type of the column', async () => {
      expect(await rowsOf('pg(sql`insert into posts(title, price, published, tags, meta) values (${ctx.args.title}, ${null}, ${null}, ${null}, ${null}) returning title, price`)', { title: 't' })).toEqual([[{ title: 't' }]]);
    });
  });

  describe('the result is a JSON text', () => {
    test('fields by the type of their column', async () => {
      await run("CREATE TYPE mood AS ENUM ('ok', 'sad')");
      const columns: readonly (readonly [sql: string, field: unknown, typeName: string, jdbcType: number])[] = [
        ['1::int2', { longValue: 1 }, 'int2', 5],
        ['2::int4', { longValue: 2 }, 'int4', 4],
        ['9007199254740991::int8', { longValue: 9007199254740991 }, 'int8', -5],
        ['12.50::numeric', { stringValue: '12.50' }, 'numeric', 2],
        ['1.5::float4', { doubleValue: 1.5 }, 'float4', 7],
        ['-0.25::float8', { doubleValue: -0.25 }, 'float8', 8],
        ["'NaN'::float8", { doubleValue: 'NaN' }, 'float8', 8],
        ['true', { booleanValue: true }, 'bool', -7],
        ['false', { booleanValue: false }, 'bool', -7],
        ["'naïve 🎉'::text", { stringValue: 'naïve 🎉' }, 'text', 12],
        ["''::varchar", { stringValue: '' }, 'varchar', 12],
        ["'ab'::char(4)", { stringValue: 'ab  ' }, 'bpchar', 1],
        ["'0b8a4c52-0a34-4e2c-9c0e-3e6f5b1c2d3e'::uuid", { stringValue: '0b8a4c52-0a34-4e2c-9c0e-3e6f5b1c2d3e' }, 'uuid', 1111],
        [`'{"b": 1,"a":2}'::json`, { stringValue: '{"b": 1,"a":2}' }, 'json', 1111],
        [`'{"b": 1,"a":2}'::jsonb`, { stringValue: '{"a": 2, "b": 1}' }, 'jsonb', 1111],
        ["'2026-03-01'::date", { stringValue: '2026-03-01' }, 'date', 91],
        ["'10:30:01.5'::time", { stringValue: '10:30:01.5' }, 'time', 92],
        ["'2026-03-01 10:30:00'::timestamp", { stringValue: '2026-03-01 10:30:00' }, 'timestamp', 93],
        ["'2026-03-01 10:30:00+02'::timestamptz", { stringValue: '2026-03-01 08:30:00' }, 'timestamptz', 93],
        ["'1 day 2 hours'::interval", { stringValue: '1 day 02:00:00' }, 'interval', 1111],
        ["'\\x00ff41'::bytea", { blobValue: 'AP9B' }, 'bytea', -2],
        ["'sad'::mood", { stringValue: 'sad' }, 'mood', 12],
        ["'10.0.0.1'::inet", { stringValue: '10.0.0.1' }, 'inet', 1111],
        ['null::int4', { isNull: true }, 'int4', 4],
        ['array[1,2]::int4[]', { arrayValue: { longValues: [1, 2] } }, '_int4', 2003],
        ["'{}'::text[]", { arrayValue: { stringValues: [] } }, '_text', 2003],
        [`array['a b','"q"','NULL','x,y','{z}',null]`, { arrayValue: { stringValues: ['a b', '"q"', 'NULL', 'x,y', '{z}', null] } }, '_text', 2003],
        ['array[true,false]', { arrayValue: { booleanValues: [true, false] } }, '_bool', 2003],
        ['array[1.5,2]::float8[]', { arrayValue: { doubleValues: [1.5, 2] } }, '_float8', 2003],
        ['array[[1,2],[3,4]]', { arrayValue: { arrayValues: [{ longValues: [1, 2] }, { longValues: [3, 4] }] } }, '_int4', 2003],
        ["'[0:1]={5,6}'::int4[]", { arrayValue: { longValues: [5, 6] } }, '_int4', 2003],
        ["array['ok']::mood[]", { arrayValue: { stringValues: ['ok'] } }, '_mood', 2003],
      ];
      const [result] = await resultsOf(`SELECT ${columns.map(([sql], i) => `${sql} AS c${i}`).join(', ')}`);
      await run('DROP TYPE mood');

      expect(result?.records?.[0]?.map((field, i) => [columns[i]?.[0], field])).toEqual(columns.map(([sql, field]) => [sql, field]));
      expect(result?.columnMetadata?.map(({ typeName, type }) => [typeName, type])).toEqual(columns.map(([, , typeName, type]) => [typeName, type]));
      expect(result?.columnMetadata?.at(-1)?.arrayBaseColumnType).toBe(12);
    });

    test('what is known of the columns', async () => {
      const [result] = await resultsOf('SELECT id, name AS label, hits + 1 AS computed FROM counters');

      expect(result).toEqual({
        records: [],
        columnMetadata: [
          { arrayBaseColumnType: 0, isAutoIncrement: true, isCaseSensitive: false, isCurrency: false, isSigned: true, label: 'id', name: 'id', nullable: 0, precision: 10, scale: 0, schemaName: '', tableName: 'counters', type: 4, typeName: 'serial' },
          { arrayBaseColumnType: 0, isAutoIncrement: false, isCaseSensitive: true, isCurrency: false, isSigned: false, label: 'label', name: 'label', nullable: 0, precision: 20, scale: 0, schemaName: '', tableName: 'counters', type: 12, typeName: 'varchar' },
          { arrayBaseColumnType: 0, isAutoIncrement: false, isCaseSensitive: false, isCurrency: false, isSigned: true, label: 'computed', name: 'computed', nullable: 2, precision: 19, scale: 0, schemaName: '', tableName: '', type: -5, typeName: 'int8' },
        ],
        numberOfRecordsUpdated: 0,
        generatedFields: [],
      });
    });

    test('a table that was altered is described as it is now', async () => {
      const nameOf = async () => (await resultsOf('SELECT price FROM posts'))[0]?.columnMetadata?.[0]?.nullable;
      expect(await nameOf()).toBe(1);

      await run('ALTER TABLE posts ALTER price SET NOT NULL');
      expect(await nameOf()).toBe(0);
      await run('ALTER TABLE posts ALTER price DROP NOT NULL');
    });

    test('statements without rows have no records, and say how many rows they changed', async () => {
      const results = await resultsOf("INSERT INTO counters(name) VALUES ('a'), ('b')", "UPDATE counters SET hits = 1 WHERE name = 'a'");

      expect(results).toEqual([
        { numberOfRecordsUpdated: 2, generatedFields: [] },
        { numberOfRecordsUpdated: 1, generatedFields: [] },
      ]);
      expect(await resultsOf('DELETE FROM counters')).toEqual([{ numberOfRecordsUpdated: 2, generatedFields: [] }]);
      expect(await resultsOf('  ')).toEqual([{ numberOfRecordsUpdated: 0, generatedFields: [] }]);
      expect((await resultsOf("INSERT INTO counters(name) VALUES ('c') RETURNING id"))[0]).toMatchObject({ records: [[{ longValue: 3 }]], numberOfRecordsUpdated: 0 });
    });

    test('columns of the same name stay apart', async () => {
      expect((await resultsOf('SELECT 1 AS a, 2 AS a'))[0]?.records).toEqual([[{ longValue: 1 }, { longValue: 2 }]]);
    });
  });

  describe('errors of the database are ctx.error', () => {
    test.each([
      ['SELECT * FROM nowhere', 'ERROR: relation "nowhere" does not exist; Position: 15; SQLState: 42P01'],
      ['SELEC 1', 'ERROR: syntax error at or near "SELEC"; Position: 1; SQLState: 42601'],
      ['INSERT INTO counters(name) VALUES (null)', 'ERROR: null value in column "name" of relation "counters" violates not-null constraint; Detail: Failing row contains (1, null, null).; SQLState: 23502'],
      ['SELECT 1; SELECT 2', "Multistatements aren't supported."],
      ['SELECT 1; DROP TABLE posts', "Multistatements aren't supported."],
      ['COPY counters FROM STDIN', 'ERROR: COPY FROM STDIN is not supported; SQLState: 0A000'],
      ['SELECT 1\0; DROP TABLE posts', 'ERROR: invalid byte sequence for encoding "UTF8": 0x00; SQLState: 22021'],
      ['SELECT $1', 'ERROR: there is no parameter $1; SQLState: 42P02'],
      ['SELECT :gone', 'Cannot find parameter: gone'],
    ])('%j', async (statement, message) => {
      expect(await failureOf({ statements: [statement] })).toEqual(failed(message));
      await run('SELECT * FROM posts');
    });

    test('a text is no UUID and no date without a hint or a cast', async () => {
      const variableMap = { ':id': '0b8a4c52-0a34-4e2c-9c0e-3e6f5b1c2d3e' };

      expect(await failureOf({ statements: ['SELECT * FROM posts WHERE id = :id'], variableMap })).toEqual(
        failed('ERROR: operator does not exist: uuid = text; Hint: No operator matches the given name and argument types. You might need to add explicit type casts.; Position: 30; SQLState: 42883'),
      );
      expect(await failureOf({ statements: ["INSERT INTO posts(title, published) VALUES ('x', :id)"], variableMap })).toEqual(
        failed('ERROR: column "published" is of type date but expression is of type text; Hint: You will need to rewrite or cast the expression.; Position: 50; SQLState: 42804'),
      );
      expect(await failureOf({ statements: ['SELECT * FROM posts WHERE id = :id::uuid'], variableMap })).toBeUndefined();
      expect(await failureOf({ statements: ['SELECT * FROM posts WHERE id = :id'], variableMap, variableTypeHintMap: { ':id': 'UUID' } })).toBeUndefined();
      expect((await failureOf({ statements: ['SELECT :id'], variableMap: { ':id': 'nope' }, variableTypeHintMap: { ':id': 'UUID' } }))?.message).toContain('invalid input syntax for type uuid: \\"nope\\"');
    });

    test('the first statement stays when the second fails, and the second does not run when the first does', async () => {
      expect(await failureOf({ statements: ["INSERT INTO counters(name) VALUES ('kept')", 'SELECT * FROM nowhere'] })).toBeDefined();
      expect(await failureOf({ statements: ['SELECT * FROM nowhere', "INSERT INTO counters(name) VALUES ('never')"] })).toBeDefined();
      expect(await rowsOf(`pg('SELECT name FROM counters')`)).toEqual([[{ name: 'kept' }]]);
    });

    test('a transaction left open is rolled back, in its own request', async () => {
      await resultsOf('BEGIN', "INSERT INTO counters(name) VALUES ('lost?')");
      expect(await rowsOf(`pg('SELECT name FROM counters')`)).toEqual([[{ name: 'lost?' }]]);
    });
  });

  describe('what comes from outside never becomes SQL', () => {
    beforeAll(() => run('CREATE TABLE notes (id int NOT NULL DEFAULT 1, echo text)'));
    beforeEach(() => run("INSERT INTO notes(echo) VALUES ('first')", "INSERT INTO posts(title) VALUES ('canary')"));
    afterEach(async () => {
      const [[state]] = (await rowsOf("pg(sql`select (select string_agg(title, ',') from posts) as posts, to_regclass('pwned') is null as clean, current_user::text = session_user::text as same`)")) as [[unknown]];
      expect(state).toEqual({ posts: 'canary', clean: true, same: true });
      await run('TRUNCATE notes');
    });

    test.each(Object.entries(positions))('as %s', async (_, { expression, gives }) => {
      for (const v of hostileValues) {
        const outcome = await rowsOf(expression, { v }).catch((error: Error) => error);
        const failure = outcome instanceof Error ? outcome.message : '';
        const rows = outcome instanceof Error ? [] : ((outcome as unknown[][]).at(-1) as readonly Readonly<Record<string, unknown>>[]);
        if (gives === 'the value') expect([v, failure, ...new Set(rows.map(({ echo }) => echo))]).toEqual([v, '', v]);
        else if (gives instanceof RegExp) expect([v, failure]).toEqual([v, expect.stringMatching(gives)]);
        // A name is not there, is none, or is taken as it is.
        else expect([v, failure]).toEqual([v, expect.stringMatching(/^$|SQLState: 42(703|P01|601)/)]);
      }
    });

    test('a name is taken as it is', async () => {
      for (const v of hostileValues.filter((name) => name !== '' && !name.includes('.') && Buffer.byteLength(name) < 64)) {
        const { result } = await ask(`pg(select({ table: 'notes', columns: [{ [ctx.args.v]: 'id' }], limit: 1 }))`, { v });
        const { sqlStatementResults } = JSON.parse(result as string) as Results;
        expect(sqlStatementResults[0]?.columnMetadata?.[0]?.label).toBe(v);
      }
    });

    test('a NUL is refused by the database', async () => {
      expect(await failureOf({ statements: ['SELECT :a'], variableMap: { ':a': 'x\0y' } })).toEqual(failed('ERROR: invalid byte sequence for encoding "UTF8": 0x00; SQLState: 22021'));
    });
  });

  describe('limits', () => {
    test('a response of more than 1 MB', async () => {
      expect(await failureOf({ statements: ["SELECT repeat('x', 60000) FROM generate_series(1, 18)"] })).toEqual(failed('Database returned more than the allowed response size limit'));
      expect((await resultsOf("SELECT repeat('x', 60000) AS x FROM generate_series(1, 16)"))[0]?.records).toHaveLength(16);
    });

    test('a row of more than 64 KB', async () => {
      expect(await failureOf({ statements: ["SELECT repeat('x', 70000)"] })).toEqual(failed('Database returned a row larger than the allowed row size limit of 64 KB'));
    });

    test('a thousand rows', async () => {
      expect((await resultsOf('SELECT n, n * 2 AS double FROM generate_series(1, 1000) n'))[0]?.records?.at(-1)).toEqual([{ longValue: 1000 }, { longValue: 2000 }]);
    });
  });

  describe('documents that AppSync refuses', () => {
    test.each([
      [{}, "Value for field '$[statements]' not found."],
      [{ statements: 'SELECT 1' }, "Expected JSON array for field '$[statements]' but got a 'STRING' instead."],
      [{ statements: [] }, "Value for field '$[statements]' must hold one or two statements, but holds 0."],
      [{ statements: ['SELECT 1', 'SELECT 2', 'SELECT 3'] }, "Value for field '$[statements]' must hold one or two statements, but holds 3."],
      [{ statements: [1] }, "Value for field '$[statements][0]' must be a string."],
      [{ statements: ['SELECT :a'], variableMap: [] }, "Expected JSON object for field '$[variableMap]' but got a 'ARRAY' instead."],
      [{ statements: ['SELECT :a'], variableMap: { ':a': [1] } }, "Value for field '$[variableMap][:a]' must be a string, a number, a boolean or null."],
      [{ statements: ['SELECT :a'], variableMap: { ':a': {} } }, "Value for field '$[variableMap][:a]' must be a string, a number, a boolean or null."],
      [{ statements: ['SELECT :a'], variableMap: { ':a': 'x' }, variableTypeHintMap: { ':a': 'INT' } }, "Value for field '$[variableTypeHintMap][:a]' must be one of DATE, DECIMAL, JSON, TIME, TIMESTAMP, UUID."],
    ])('%j', async (request, message) => {
      await expect(source.invoke(request, call)).rejects.toMatchObject({ message, errorType: 'MappingTemplate' });
    });
  });

  test('requests at the same time do not mix', async () => {
    const numbers = Array.from({ length: 40 }, (_, i) => i);
    const answers = await Promise.all(numbers.map((hits) => rowsOf('pg(sql`insert into counters(name, hits) values (${ctx.args.name}, ${ctx.args.hits}) returning hits`, sql`select hits from counters where name = ${ctx.args.name}`)', { name: `n${hits}`, hits })));

    expect(answers).toEqual(numbers.map((hits) => [[{ hits }], [{ hits }]]));
  });
}
