/** Expected values without a note were recorded from AWS EvaluateCode (localstack/appsync-utils, resolvers.test.js.snap). */
import { runModule } from './run-handler';

function run(expression: string): unknown {
  const { outcome } = runModule(`import { select, insert, update, remove, sql, agg, typeHint, createPgStatement as pg, createMySQLStatement as my, toJsonObject } from '@aws-appsync/utils/rds';
export const request = (ctx) => ${expression};`);
  return outcome.kind === 'error' ? outcome.error.message.replace(/^code\.js:\d+:\d+: /, '') : outcome.kind === 'value' ? outcome.value : outcome;
}

const sqlOf = (statement: string): unknown => (run(`pg(${statement})`) as { statements?: readonly string[] }).statements?.[0] ?? run(`pg(${statement})`);

it('numbers placeholders and records their values', () => {
  expect(
    run(`pg(select({ table: 'UserGroup', where: { or: [{ name: { eq: 'Stephane' } }, { id: { gt: 10 } }] }, limit: 10, offset: '1', columns: ['id', 'name'], orderBy: [{ column: 'name' }, { column: 'id', dir: 'DESC' }] }))`),
  ).toStrictEqual({
    statements: ['SELECT "id", "name" FROM "UserGroup" WHERE ("name" = :P0) OR ("id" > :P1) ORDER BY "name" ASC, "id" DESC LIMIT :P2 OFFSET :P3'],
    variableMap: { ':P0': 'Stephane', ':P1': 10, ':P2': 10, ':P3': 1 },
    variableTypeHintMap: {},
  });
});

it('records type hints', () => {
  expect(run(`my(select({ table: 'UserGroup', where: { and: [{ id: { eq: typeHint.UUID('1232') } }, { started: { lt: typeHint.TIMESTAMP('2022-03-02T00:00:00.000Z') } }] } }))`)).toStrictEqual({
    statements: ['SELECT * FROM `UserGroup` WHERE (`id` = :P0) AND (`started` < :P1)'],
    variableMap: { ':P0': '1232', ':P1': '2022-03-02T00:00:00.000Z' },
    variableTypeHintMap: { ':P0': 'UUID', ':P1': 'TIMESTAMP' },
  });
});

it('numbers through two sql templates', () => {
  expect(run('pg(sql`insert into Post(id, text) values(${typeHint.UUID("a")}, ${"hello"})`, sql`select * from Post where id = ${"a"}`)')).toStrictEqual({
    statements: ['insert into Post(id, text) values(:P0, :P1)', 'select * from Post where id = :P2'],
    variableMap: { ':P0': 'a', ':P1': 'hello', ':P2': 'a' },
    variableTypeHintMap: { ':P0': 'UUID' },
  });
});

it('passes text on as it is', () => {
  expect(run(`my('UPDATE "document" set x = 10')`)).toEqual({ statements: ['UPDATE "document" set x = 10'], variableMap: {}, variableTypeHintMap: {} });
});

it.each([
  [`insert({ table: 'persons', values: { name: 'test', age: null }, returning: '*' })`, 'INSERT INTO "persons" ("name", "age") VALUES (:P0, NULL) RETURNING *'],
  [`update({ table: 'persons', values: { name: 'a', b: null }, where: { id: { eq: 1 } }, returning: '*' })`, 'UPDATE "persons" SET "name" = :P0, "b" = NULL WHERE "id" = :P1'],
  [`remove({ table: 'persons', where: { id: { eq: 1 } }, returning: ['id', 'name'] })`, 'DELETE FROM "persons" WHERE "id" = :P0 RETURNING "id", "name"'],
  [`select({ table: 'private.persons', columns: ['persons.*', '*'] })`, 'SELECT "persons"."*", * FROM "private"."persons"'],
  [`select({ table: 't', columns: [] })`, 'SELECT FROM "t"'],
  [`select({ from: { persons: 'p' }, limit: 0 })`, 'SELECT * FROM "p" as "persons" LIMIT :P0'],
  [`select({ table: 't', where: {} })`, 'SELECT * FROM "t"'],
  [`select({ table: 't', where: sql\`a = \${1}\` })`, 'SELECT * FROM "t" WHERE a = :P0'],
  [`select({ table: 't', where: { a: { ne: 1, ge: 2 }, b: { le: 3 } } })`, 'SELECT * FROM "t" WHERE "a" != :P0 AND "a" >= :P1 AND "b" <= :P2'],
  [`select({ table: 't', where: { or: [{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, { c: { lt: 3 } }] } })`, 'SELECT * FROM "t" WHERE (("a" = :P0) AND ("b" = :P1)) OR ("c" < :P2)'],
  [`select({ table: 't', where: { and: [{ a: { eq: 1 } }] } })`, 'SELECT * FROM "t" WHERE ("a" = :P0)'],
  [`select({ table: 't', where: { a: { between: [1, null] }, b: { attributeExists: false }, c: { size: { eq: 3 } } } })`, 'SELECT * FROM "t" WHERE "a" BETWEEN :P0 AND NULL AND "b" IS NULL AND LENGTH ("c") = :P1'],
  [`select({ table: 't', where: { a: { eq: 1 }, or: [{ b: { eq: 2 } }, { c: { eq: 3 } }], d: { eq: 4 } } })`, 'SELECT * FROM "t" WHERE "a" = :P0 AND ("b" = :P1) OR ("c" = :P2) AND "d" = :P3'],
  [`select({ table: 't', where: { a: { eq: 1 }, and: [{ or: [{ b: { eq: 2 } }, { c: { eq: 3 } }] }] } })`, 'SELECT * FROM "t" WHERE "a" = :P0 AND (("b" = :P1) OR ("c" = :P2))'],
  [`select({ table: 't', where: { a: { size: { gt: null, between: [1, 2] } } } })`, 'SELECT * FROM "t" WHERE LENGTH ("a") > NULL AND LENGTH ("a") BETWEEN :P0 AND :P1'],
  // What asks for nothing vanishes, or leaves behind what AWS leaves behind.
  [`select({ table: 't', where: { or: [] }, limit: 1 })`, 'SELECT * FROM "t" LIMIT :P0'],
  [`select({ table: 't', where: { or: [{ and: [] }] } })`, 'SELECT * FROM "t"'],
  [`select({ table: 't', where: { a: {} } })`, 'SELECT * FROM "t"'],
  [`select({ table: 't', where: { and: [{ a: { size: {} } }] } })`, 'SELECT * FROM "t"'],
  [`select({ table: 't', where: { a: { eq: 1 }, b: {} } })`, 'SELECT * FROM "t" WHERE "a" = :P0 AND'],
  [`select({ table: 't', where: { and: [{}, { a: { eq: 1 } }] } })`, 'SELECT * FROM "t" WHERE  AND ("a" = :P0)'],
  [`select({ table: 't', orderBy: [], limit: 1 })`, 'SELECT * FROM "t" LIMIT :P0'],
  [`select({ table: 't', orderBy: [{ column: 'a', dir: 7 }, { column: 'b', dir: 'desc' }, { column: 'c', dir: null }] })`, 'SELECT * FROM "t" ORDER BY "a" ASC, "b" DESC, "c" ASC'],
  [`insert({ table: 't', values: { a: undefined, b: 0 }, returning: [] })`, 'INSERT INTO "t" ("a", "b") VALUES (NULL, :P0) RETURNING'],
  [`update({ table: 't', values: {}, where: { a: { eq: 1 } } })`, 'UPDATE "t" SET WHERE "a" = :P0'],
  [`remove({ table: { people: 'p' }, where: {} })`, 'DELETE FROM "p" as "people"'],
  [`select({ table: 'a"b' })`, 'SELECT * FROM "a""b"'],
  // Not recorded: our reading of the typings.
  [
    `select({ from: 'o', columns: ['o.id', { total: agg.sum('o.price') }, agg.countDistinct('o.id')], leftJoin: [{ from: { c: 'customers' }, on: { 'o.customerId': { eq: 'c.id' } } }], innerJoin: [{ from: 'x', using: ['id'] }], groupBy: ['o.id', 2], having: { 'o.price': { sum: { gt: 10 } } } })`,
    'SELECT "o"."id", SUM("o"."price") as "total", COUNT(DISTINCT "o"."id") FROM "o" INNER JOIN "x" USING ("id") LEFT JOIN "customers" as "c" ON "o"."customerId" = "c"."id" GROUP BY "o"."id", 2 HAVING SUM("o"."price") > :P0',
  ],
  [`select({ from: { t: select({ table: 'x', where: { a: { eq: 1 } } }) }, where: { b: { eq: 2 } } })`, 'SELECT * FROM (SELECT * FROM "x" WHERE "a" = :P0) as "t" WHERE "b" = :P1'],
  [`select({ table: 't', where: { a: { eq: 1 }, or: [{ b: { eq: 1 } }, { not: [{ c: { eq: 1 } }] }] } })`, 'SELECT * FROM "t" WHERE "a" = :P0 AND ("b" = :P1) OR (NOT (("c" = :P2)))'],
])('%s', (statement, text) => {
  expect(sqlOf(statement)).toBe(text);
});

it('wraps the value of contains and beginsWith but not that of notContains', () => {
  expect(run(`pg(select({ table: 't', where: { a: { contains: 'x', beginsWith: 'y', notContains: 'z' } } })).variableMap`)).toEqual({ ':P0': '%x%', ':P1': 'y%', ':P2': 'z' });
});

it.each([
  ['pg(select())', 'An argument is expected to be passed to select'],
  ['pg()', 'An argument is expected to be passed to createPgStatement'],
  ['pg(1)', 'Unsupported type is passed as argument to createPgStatement'],
  [`select('t')`, 'Expected payload to be an Object.'],
  ['pg(select({}))', `'table' or 'from' key is required.`],
  [`pg(select({ table: 'a', from: 'b' }))`, `'from' and 'table' keys cannot be used together`],
  ['pg(select({ from: 1 }))', `'from' value is expected to be string or object.`],
  ['pg(select({ table: 1 }))', 'table name is expected to be a string or alias.'],
  [`pg(select({ table: { a: 'b', c: 'd' } }))`, 'table alias is allowed only one key-value pair.'],
  ['pg(select({ table: { a: 1 } }))', 'Table alias value is expected to be a string.'],
  ['pg(select({ table: {} }))', 'java.util.NoSuchElementException'],
  [`sql(['a'], 1)`, 'java.lang.IllegalArgumentException: Unexpected argument passed to sql tagged template'],
  [`pg({ type: 'RDS_SELECT' })`, 'Unsupported type is passed as argument to createPgStatement'],
  [`pg({ type: 'RDS_SQL', texts: 1 })`, 'Unsupported type is passed as argument to createPgStatement'],
  [`pg(select({ table: 't', columns: 'id' }))`, 'Expected column to be * or an array.'],
  [`pg(select({ table: 't', columns: [1] }))`, 'Invalid type in column array.'],
  [`my(insert({ table: 't', values: {}, returning: '*' }))`, 'returning is not supported in MySQL.'],
  [`my(insert({ table: 't', values: {}, returning: 'id' }))`, 'Expected column to be * or an array.'],
  [`pg(insert({ table: 't' }))`, 'values are expected to be passed to insert'],
  [`pg(update({ table: 't', values: [] }))`, 'Expected values to an Object.'],
  [`pg(select({ table: 't', where: 'x' }))`, 'WHERE values are expected to be SQL templates or a condition object.'],
  [`pg(select({ table: 't', where: { a: 1 } }))`, 'Expected condition to be an Object.'],
  [`pg(select({ table: 't', where: { and: {} } }))`, 'and expects conditions to be an array'],
  [`pg(select({ table: 't', where: { and: [1] } }))`, 'Expected and to be an Object.'],
  [`pg(select({ table: 't', where: { id: { in: [1] } } }))`, 'Unsupported condition id.in.'],
  [`pg(select({ table: 't', where: { id: { eq: null } } }))`, `Value for id.eq can't be null.`],
  [`pg(select({ table: 't', where: { id: { eq: undefined } } }))`, `Value for id.eq can't be null.`],
  [`pg(select({ table: 't', where: { id: { beginsWith: null } } }))`, `Value for id.beginsWith can't be null.`],
  [`pg(select({ table: 't', where: { id: { attributeExists: null } } }))`, `Value for id.attributeExists can't be null.`],
  [`pg(select({ table: 't', where: { id: { size: { between: [1] } } } }))`, 'id.size condition expects an array with 2 values but received an array with length 1.'],
  ['pg(select({ table: "t", where: { and: [sql`a = 1`] } }))', 'Expected and to be an Object.'],
  [`pg(select({ table: 't', limit: '' }))`, 'limit expects a number.'],
  [`pg(select({ table: 't', where: { name: { contains: 1 } } }))`, 'name.contains expects a string value to be passed.'],
  [`pg(select({ table: 't', where: { age: { between: 1 } } }))`, 'age.between condition expects an array with length of 2.'],
  [`pg(select({ table: 't', where: { age: { between: [1] } } }))`, 'age.between condition expects an array with 2 values but received an array with length 1.'],
  [`pg(select({ table: 't', where: { name: { attributeExists: 1 } } }))`, 'name.attributeExists expects a boolean value to be passed.'],
  [`pg(select({ table: 't', where: { name: { size: 1 } } }))`, 'Expected name.size to be an Object.'],
  [`pg(select({ table: 't', where: { name: { size: { contains: 'x' } } } }))`, 'name.size has invalid size operator.'],
  [`pg(select({ table: 't', orderBy: {} }))`, 'orderBy expects an array.'],
  [`pg(select({ table: 't', orderBy: [1] }))`, 'orderBy item expected to be an object.'],
  [`pg(select({ table: 't', orderBy: [{}] }))`, 'orderBy item expected to have property column.'],
  [`pg(select({ table: 't', orderBy: [{ column: 'a', dir: 'up' }] }))`, 'orderBy dir can have either ASC or DESC found up.'],
  [`pg(select({ table: 't', limit: 'x' }))`, 'limit expects a number.'],
  [`pg(select({ table: 't', offset: {} }))`, 'offset expects a number.'],
])('%s fails', (expression, message) => {
  expect(run(expression)).toBe(message);
});

it('turns the Data API answer into rows', () => {
  const result = {
    sqlStatementResults: [
      { numberOfRecordsUpdated: 1 },
      {
        columnMetadata: [{ label: 'author', name: 'x' }, { name: 'year' }, { name: 'gone' }, { name: 'tags' }],
        records: [[{ stringValue: 'Mark Twain' }, { longValue: 1876 }, { isNull: true }, { arrayValue: { arrayValues: [{ stringValues: ['a'] }, { longValues: [1, 2] }] } }]],
      },
    ],
  };
  const rows = [[{}], [{ author: 'Mark Twain', year: 1876, tags: [['a'], [1, 2]] }]];

  expect(run(`toJsonObject(${JSON.stringify(result)})`)).toStrictEqual(rows);
  expect(run(`util.rds.toJsonObject(${JSON.stringify(JSON.stringify(result))})`)).toStrictEqual(rows);
  expect(run(`toJsonObject('nope')`)).toBeNull();
});
