import { expectClean, findingsIn, markAndFix, warningsIn } from './harness';

describe('arguments of helpers, counted', () => {
  it('accepts every number between the shortest and the longest form', () => {
    expectClean(`import { createPgStatement, select, sql } from "@aws-appsync/utils/rds";
import { operations } from "@aws-appsync/utils/dynamodb";
function f(ctx) {
  if (ctx.a) util.error("a");
  if (ctx.b) util.error("a", "b", ctx, null);
  if (ctx.c) runtime.earlyReturn();
  return [util.time.nowFormatted("YYYY"), util.time.nowFormatted("YYYY", "UTC"), operations.increment(), createPgStatement(select({ table: "a" })), sql\`a \${1} \${2}\`];
}`);
  });

  it('accepts spreads that fill declared places, and functions that only share the name', () => {
    expectClean(`function error(...list) {
  return list;
}
function f(ctx, list) {
  util.appendError("a", ...list);
  util.appendError(...["a", "b"]);
  return [error(), error(1, 2, 3, 4, 5, 6), ctx.util.error()];
}`);
  });

  it('rejects too few and too many', () => {
    expect(findingsIn(`import { get } from "@aws-appsync/utils/dynamodb";
const { error: fail } = util;
function f() {
  fail();
  util.unauthorized("not yours");
  util.error("a", "b", 1, 2, 3);
  return [util.matches("a"), get(), util.dynamodb.toS3Object("a", "b"), util.autoId(16)];
}`)).toEqual([
      { code: 'RES_HELPER_ARITY', at: '4:3', message: '"util.error" takes 1 to 4 arguments, got 0' },
      { code: 'RES_HELPER_ARITY', at: '5:21', message: '"util.unauthorized" takes no arguments, got 1' },
      { code: 'RES_HELPER_ARITY', at: '6:30', message: '"util.error" takes 1 to 4 arguments, got 5' },
      { code: 'RES_HELPER_ARITY', at: '7:11', message: '"util.matches" takes 2 arguments, got 1' },
      { code: 'RES_HELPER_ARITY', at: '7:30', message: '"get" takes 1 argument, got 0' },
      { code: 'RES_HELPER_ARITY', at: '7:37', message: '"util.dynamodb.toS3Object" takes 3 to 4 arguments, got 2' },
      { code: 'RES_HELPER_ARITY', at: '7:85', message: '"util.autoId" takes no arguments, got 1' },
    ]);
  });

  it('only warns of arguments too many, and of a missing one that may be anything', () => {
    expect(warningsIn('function f() {\n  return [util.autoId(16), util.dynamodb.toDynamoDB(), util.transform.toSubscriptionFilter()];\n}')).toEqual(['2:23', '2:28', '2:56']);
    expect(warningsIn('function f(list) {\n  util.error();\n  return [util.matches("a"), util.dynamodb.toS3Object("a", "b"), util.matches("a", "b", ...list)];\n}')).toEqual([]);
  });

  it('rejects a spread list in place of needed arguments', () => {
    expect(markAndFix(`function f(list) {
  util.appendError(...list);
}`)).toEqual({ marked: '...list', fix: 'pass them one by one: f(list[0], list[1])' });
    expect(findingsIn(`function f(list) {
  util.matches("a", "b", ...list);
}`)).toEqual([{ code: 'RES_HELPER_ARITY', at: '2:26', message: '"util.matches" cannot take its arguments from a spread list' }]);
  });
});
