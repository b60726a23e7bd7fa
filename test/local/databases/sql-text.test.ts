/** What is a variable in a statement, and what only looks like one. */
import { numberVariables } from '../../../lib/local/databases/sql-text';

describe('variables are numbered in the order they come, each name once', () => {
  test.each([
    ['select :a', 'select $1', ['a']],
    ['select :b, :a, :b', 'select $1, $2, $1', ['b', 'a']],
    ['insert into t(a,b) values (:P0,:P1)', 'insert into t(a,b) values ($1,$2)', ['P0', 'P1']],
    ['select :P1, :P10', 'select $1, $2', ['P1', 'P10']],
    ['select :_x1', 'select $1', ['_x1']],
    ['select:a', 'select$1', ['a']],
    ['select (:a)::uuid', 'select ($1)::uuid', ['a']],
    ['select :a::uuid', 'select $1::uuid', ['a']],
  ])('%s', (sql, text, names) => {
    expect(numberVariables(sql)).toEqual({ text, names });
  });
});

describe('what is no variable stays as it is', () => {
  test.each([
    ['a cast', 'select id::text, x::numeric(10,2) from t'],
    ['a text', "select ':a' from t"],
    ['a doubled quote in a text', "select 'it''s :a' from t"],
    ['a backslash at the end of a text', "select '\\' , ':a'"],
    ['an escaped quote of an E-text', "select E'\\' :a'"],
    ['a quoted name', 'select ":a", "x""y:b" from t'],
    ['a line comment', 'select 1 -- :a\n, 2'],
    ['a comment', 'select 1 /* :a */'],
    ['a nested comment', 'select 1 /* x /* :a */ :b */ , 2'],
    ['a comment without end', 'select 1 /* :a'],
    ['a text without end', "select ':a"],
    ['a dollar quote', 'select $$ :a $$'],
    ['a dollar quote with a tag', 'select $fn$ :a $$ :b $fn$'],
    ['an unended dollar quote', 'select $x$ :a'],
    ['the bounds of a slice', 'select tags[1:2] from t'],
    ['an assignment', 'select f(x := 1)'],
    ['a time in a text', "select '10:30:00'::time"],
    ['a quote in a comment', "select 1 -- don't\n, ':a'"],
    ['a comment in a text', "select '/*', ':a', '*/'"],
  ])('%s', (_, sql) => {
    expect(numberVariables(sql)).toEqual({ text: sql, names: [] });
  });
});

test('a variable after each of them is one again', () => {
  const { text, names } = numberVariables(`select ':x', ":x", $$:x$$, $t$:x$t$, E'\\':x', /* :x */ a::text, :y -- :x\n where b = :z`);

  expect(text).toBe(`select ':x', ":x", $$:x$$, $t$:x$t$, E'\\':x', /* :x */ a::text, $1 -- :x\n where b = $2`);
  expect(names).toEqual(['y', 'z']);
});

test('a dollar or a letter before it makes no quote', () => {
  expect(numberVariables('select a$b$, :x, c$b$').names).toEqual(['x']);
  expect(numberVariables("select note'', :x").names).toEqual(['x']);
  expect(numberVariables("select somE'\\', :x").names).toEqual(['x']);
});

test("PostgreSQL's own numbers are told", () => {
  expect(numberVariables('select $2, :a, $1')).toEqual({ text: 'select $2, $1, $1', names: ['a'], ownNumber: '$2' });
  expect(numberVariables("select '$1', a$1 from t")).toEqual({ text: "select '$1', a$1 from t", names: [] });
});

test('a long statement takes no longer than it is', () => {
  const sql = `select ${"':a', :b, /* x */ ".repeat(20_000)} 1 /*`;

  expect(numberVariables(sql).names).toEqual(['b']);
});
