import { expectClean, findingsIn, markAndFix } from './harness';

describe('helpers', () => {
  it('accepts helpers however they are reached', () => {
    expectClean(`import { util as u, runtime } from "@aws-appsync/utils";
import * as ddb from "@aws-appsync/utils/dynamodb";
import { select as pick, sql } from "@aws-appsync/utils/rds";
const { time: { nowISO8601 }, error } = util;
const dynamodb = u.dynamodb;
function f(ctx) {
  if (ctx.x) error("no", "Bad");
  if (ctx.y) runtime.earlyReturn(null, { skipTo: "END" });
  extensions.evictFromApiCache("Query", "a", { "context.arguments.id": 1 });
  return [nowISO8601(), dynamodb.toMapValues(ctx), ddb.operations.increment(1), ddb.get({ key: { id: 1 } }), pick({ table: "a" }), sql\`select 1\`, util?.str.normalize("a", "nfc")];
}`);
  });

  it('accepts members that every object has, computed names, type names and default imports', () => {
    expectClean(`import appsync, { Context } from "@aws-appsync/utils";
function f(name) {
  return [util.toString(), util.hasOwnProperty(name), util[name], util["any"], appsync, Context];
}`);
  });

  it('leaves objects of other origin with the same names alone', () => {
    expectClean(`let box = util;
function f(util, ctx) {
  const { toJson } = util;
  box = ctx;
  return [util.toJson(1), toJson, box.toJson, ctx.util.toJson, ctx.stash.runtime.stop];
}`);
  });

  it('rejects members that do not exist', () => {
    expect(findingsIn(`import * as ddb from "@aws-appsync/utils/dynamodb";
import { operations } from "@aws-appsync/utils/dynamodb";
function f() {
  util.eror("x");
  extensions.setFilter();
  return [util.time.nowISO(), ddb.getItem({}), operations.inc(1), util?.dynamodb?.toMapJson];
}`)).toEqual([
      { code: 'RES_HELPER', at: '4:8', message: '"util" has no member "eror"' },
      { code: 'RES_HELPER', at: '5:14', message: '"extensions" has no member "setFilter"' },
      { code: 'RES_HELPER', at: '6:21', message: '"util.time" has no member "nowISO"' },
      { code: 'RES_HELPER', at: '6:35', message: '"@aws-appsync/utils/dynamodb" has no member "getItem"' },
      { code: 'RES_HELPER', at: '6:59', message: '"operations" has no member "inc"' },
      { code: 'RES_HELPER', at: '6:83', message: '"util.dynamodb" has no member "toMapJson"' },
    ]);
  });

  it('rejects them through constants, patterns and renamed imports', () => {
    expect(findingsIn(`import { util as u } from "@aws-appsync/utils";
const { time: { now }, fail = 1, ...rest } = u;
const clock = util.time;
console.log(clock.now, rest);`)).toEqual([
      { code: 'RES_HELPER', at: '4:19', message: '"util.time" has no member "now"' },
      { code: 'RES_HELPER', at: '2:17', message: '"util.time" has no member "now"' },
      { code: 'RES_HELPER', at: '2:24', message: '"util" has no member "fail"' },
    ]);
  });

  it('rejects imports and re-exports that do not exist', () => {
    expect(findingsIn(`import { get, autoId } from "@aws-appsync/utils";
import { fetch as load } from "@aws-appsync/utils/dynamodb";
export { request, response } from "@aws-appsync/utils/rds";
console.log(get, autoId, load);`)).toEqual([
      { code: 'RES_HELPER', at: '1:10', message: '"@aws-appsync/utils" has no export named "get"' },
      { code: 'RES_HELPER', at: '1:15', message: '"@aws-appsync/utils" has no export named "autoId"' },
      { code: 'RES_HELPER', at: '2:10', message: '"@aws-appsync/utils/dynamodb" has no export named "fetch"' },
      { code: 'RES_HELPER', at: '3:10', message: '"@aws-appsync/utils/rds" has no export named "request"' },
      { code: 'RES_HELPER', at: '3:19', message: '"@aws-appsync/utils/rds" has no export named "response"' },
    ]);
  });

  it.each([
    ['const x = util.toJson({});\nconsole.log(x);', 'toJson', 'use JSON.stringify(value), or return the object itself'],
    ['util.qr(1);', 'qr', 'write the expression as a statement of its own'],
    ['const x = util.defaultIfNull(1, 2);\nconsole.log(x);', 'defaultIfNull', 'use value ?? fallback'],
    ['util.eror("x");', 'eror', 'did you mean "error"?'],
    ['import { get } from "@aws-appsync/utils";\nconsole.log(get);', 'get', 'import it from "@aws-appsync/utils/dynamodb"'],
    ['import { autoId } from "@aws-appsync/utils";\nconsole.log(autoId);', 'autoId', 'it is a member of util: write util.autoId'],
  ])('says what to write instead: %s', (code, marked, fix) => {
    expect(markAndFix(code)).toEqual({ marked, fix });
  });
});
