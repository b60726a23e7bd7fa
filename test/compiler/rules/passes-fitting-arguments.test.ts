import { expectClean, findingsIn, markAndFix, warningsIn } from './harness';

describe('arguments of helpers, by type', () => {
  it('accepts what is declared', () => {
    expectClean(`import * as ddb from "@aws-appsync/utils/dynamodb";
import { insert, select, update } from "@aws-appsync/utils/rds";
import { converse, invokeModel } from "@aws-appsync/utils/ai";
function f(ctx, key) {
  extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: "a", operator: "containsAny", value: ["x"] }] }] });
  const condition = { id: { attributeExists: false } };
  return [
    ddb.get({ key, consistentRead: true, projection: ["id"] }),
    ddb.query({ query: { id: { eq: 1 } }, index: "byX", limit: 10, nextToken: null, scanIndexForward: false, select: "ALL_ATTRIBUTES", filter: { a: { gt: 1 } } }),
    ddb.batchGet({ tables: { [ctx.env.T]: { keys: [key] }, posts: { keys: ctx.keys, projection: ["a"] } } }),
    ddb.transactWrite({ items: [{ putItem: { table: "a", key, item: {}, condition: { id: { attributeExists: false } } } }, { conditionCheck: { table: "a", key, condition } }] }),
    select({ table: "a", columns: "*", orderBy: [{ column: "a", dir: "DESC" }], join: [{ from: "b", using: ["x"] }] }),
    select({ from: { a: "b" }, columns: ["x"] }),
    insert({ table: "a", values: { a: 1 }, returning: "*" }),
    update({ table: "a", values: ctx.args, where: { id: { eq: 1 } } }),
    invokeModel({ modelId: "m", body: {} }),
    converse({ modelId: "m", messages: [{ role: "user", content: [{ image: {} }] }] }),
  ];
}`);
  });

  it('leaves values alone whose type does not show: parameters, calls, choices, spreads, computed names, null', () => {
    expectClean(`import { get, put, toStringSet } from "@aws-appsync/utils/dynamodb";
function f(ctx, any) {
  if (ctx.x) util.error(ctx.error.message, null, ctx.result);
  return [get(any), get({ ...any }), get({ [any]: 1 }), put({ key: any, ...any }), toStringSet([any, ...any]), util.matches(any.a || "x", any + 1), util.str.normalize("a", any), util.str.normalize("a", \`nf\${any}\`), get({ get key() { return 1; } })];
}`);
  });

  it('rejects literals of another type', () => {
    expect(findingsIn(`import { operations, query, toNumberSet } from "@aws-appsync/utils/dynamodb";
function f(ctx) {
  util.error(404, "NotFound");
  util.error({ message: "no" });
  util.matches(\`\${ctx}\`, !ctx);
  return [util.time.epochMilliSecondsToISO8601("2024" + ctx), util.str.normalize("a", "NFC"), operations.append("x"), toNumberSet([1, "2"]), query({ query: {}, limit: "10" }), util.dynamodb.toNumber(-1)];
}`)).toEqual([
      { code: 'RES_HELPER_ARGUMENT', at: '3:14', message: 'argument 1 of "util.error" must be a string, got 404' },
      { code: 'RES_HELPER_ARGUMENT', at: '4:14', message: 'argument 1 of "util.error" must be a string, got an object' },
      { code: 'RES_HELPER_ARGUMENT', at: '5:26', message: 'argument 2 of "util.matches" must be a string, got true or false' },
      { code: 'RES_HELPER_ARGUMENT', at: '6:48', message: 'argument 1 of "util.time.epochMilliSecondsToISO8601" must be a number, got a string' },
      { code: 'RES_HELPER_ARGUMENT', at: '6:87', message: 'argument 2 of "util.str.normalize" must be "nfc", "nfd", "nfkc" or "nfkd", got "NFC"' },
      { code: 'RES_HELPER_ARGUMENT', at: '6:113', message: 'argument 1 of "operations.append" must be a list, got "x"' },
      { code: 'RES_HELPER_ARGUMENT', at: '6:135', message: 'an item of argument 1 of "toNumberSet" must be a number, got "2"' },
      { code: 'RES_HELPER_ARGUMENT', at: '6:168', message: '"limit" of "query" must be a number, got "10"' },
    ]);
  });

  it('only warns of what runs all the same: one scalar for another, and members nobody reads', () => {
    const code = (expression: string) => `import { operations, put, query } from "@aws-appsync/utils/dynamodb";\nfunction f(key) {\n  return [${expression}];\n}`;

    expect(warningsIn(code('util.error(404), util.dynamodb.toNumber("1"), query({ query: {}, limit: "10", scanIndexForward: "no" }), put({ key, item: {}, items: {} })'))).toEqual(['3:22', '3:51', '3:83', '3:107', '3:137']);
    expect(warningsIn(code('util.error({}), util.base64Encode([]), operations.append("x"), util.str.normalize("a", "NFC"), put({ key })'))).toEqual([]);
  });

  it('rejects a needed member left out and a member that is not declared', () => {
    expect(findingsIn(`import * as ddb from "@aws-appsync/utils/dynamodb";
import { select } from "@aws-appsync/utils/rds";
function f(key) {
  runtime.earlyReturn(null, { skipTo: "STOP" });
  extensions.invalidateSubscriptions({ subscriptionField: "a" });
  return [
    ddb.get({}),
    ddb.put({ item: {}, consistentReads: true }),
    ddb.batchGet({ tables: { posts: { key: [] } } }),
    ddb.transactWrite({ items: [{ putItem: { table: "a" } }] }),
    select({ table: "a", colums: "*" }),
    select({}),
  ];
}`)).toEqual([
      { code: 'RES_HELPER_ARGUMENT', at: '4:39', message: '"skipTo" of "runtime.earlyReturn" must be "END" or "NEXT", got "STOP"' },
      { code: 'RES_HELPER_ARGUMENT', at: '5:38', message: 'argument 1 of "extensions.invalidateSubscriptions" lacks "payload"' },
      { code: 'RES_HELPER_ARGUMENT', at: '7:13', message: 'argument 1 of "get" lacks "key"' },
      { code: 'RES_HELPER_ARGUMENT', at: '8:13', message: 'argument 1 of "put" lacks "key"' },
      { code: 'RES_HELPER_ARGUMENT', at: '8:25', message: 'argument 1 of "put" has no member "consistentReads"' },
      { code: 'RES_HELPER_ARGUMENT', at: '9:37', message: '"posts" of "batchGet" lacks "keys"' },
      { code: 'RES_HELPER_ARGUMENT', at: '9:39', message: '"posts" of "batchGet" has no member "key"' },
      { code: 'RES_HELPER_ARGUMENT', at: '10:44', message: '"putItem" of "transactWrite" lacks "key" and "item"' },
      { code: 'RES_HELPER_ARGUMENT', at: '11:26', message: 'argument 1 of "select" has no member "colums"' },
      { code: 'RES_HELPER_ARGUMENT', at: '12:12', message: 'argument 1 of "select" lacks "table"' },
    ]);
  });

  it('names a member that is nearly the same', () => {
    expect(markAndFix(`import { get } from "@aws-appsync/utils/dynamodb";
function f(key) {
  return get({ key, consistentReads: true });
}`)).toEqual({ marked: 'consistentReads', fix: 'did you mean "consistentRead"?' });
  });
});
