/** The table of AppSync's API against its source, and our reading of it against the compiler that AppSync uses itself. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { appSyncApiFile, appSyncApiText } from '../../bin/write-appsync-api';
import { checkHandlerCode } from '../../lib/compiler';

const root = resolve(__dirname, '../..');

test('the table is what bin/write-appsync-api.ts writes', () => {
  expect(readFileSync(join(root, appSyncApiFile), 'utf8')).toBe(appSyncApiText());
});

const imports = `import { extensions, runtime, util } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
import * as rds from '@aws-appsync/utils/rds';
import * as ai from '@aws-appsync/utils/ai';
`;
const around = (statement: string) => `${imports}export function request(ctx) {\n  ${statement}\n}\nexport function response(ctx) {\n  return [ctx, ddb, rds, ai, extensions, runtime, util];\n}\n`;

/** What TypeScript says about plain JavaScript with checks on and `strict` off, as AppSync compiles it. */
function refusedByTypeScript(statements: readonly string[]): boolean[] {
  const files = new Map(statements.map((statement, i) => [join(root, 'test', `statement-${i}.js`), around(statement)]));
  const options: ts.CompilerOptions = { allowJs: true, checkJs: true, noEmit: true, types: [], skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, target) => (files.has(name) ? ts.createSourceFile(name, files.get(name)!, target) : getSourceFile(name, target));
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((name) => program.getSemanticDiagnostics(program.getSourceFile(name)).length > 0);
}

function refusedByUs(statement: string): boolean {
  return checkHandlerCode({ code: { path: 'handler.js', text: around(statement) } }).some(({ code }) => code.startsWith('RES_HELPER'));
}

const bothRefuse = [
  'util.toJson({});',
  'util.time.now();',
  'const { time: { now } } = util; return now;',
  'const t = util.time; return t.now;',
  'let t = util.time; return t.now;',
  'return util.time?.now?.();',
  'return ddb.default;',
  'ddb.getItem({ key: {} });',
  'util.error();',
  'util.error("a", "b", 1, 2, 3);',
  'util.unauthorized("x");',
  'util.appendError(...ctx.args.list);',
  'util.matches("a", "b", ...ctx.args.list);',
  'util.error(404);',
  'util.error(-1);',
  'util.error(!ctx);',
  'util.error({});',
  'util.error([ctx]);',
  'util.time.epochMilliSecondsToISO8601("a" + ctx);',
  'util.str.normalize("a", "nfx");',
  'util.xml.toJsonString("a", "b");',
  'util.http.addResponseHeaders("a");',
  'util.dynamodb.toString(5);',
  'util.dynamodb.toStringSet(["a", 1]);',
  'util.dynamodb.toStringSet({ a: 1 });',
  'runtime.earlyReturn({}, { skipTo: "STOP" });',
  'extensions.invalidateSubscriptions({ subscriptionField: "x" });',
  'extensions.evictFromApiCache("a", "b", "c");',
  'ddb.get({});',
  'ddb.get({ key: { id: 1 }, foo: 1 });',
  'ddb.get({ key: {}, "foo": 2 });',
  'ddb.get("x");',
  'ddb.put({ key: {} });',
  'ddb.query({ query: {}, limit: "5" });',
  'ddb.scan(5);',
  'ddb.scan();',
  'ddb.scan({ projection: "id" });',
  'ddb.batchGet({ tables: { a: { key: [] } } });',
  'ddb.transactWrite({ items: [{ putItems: {} }] });',
  'ddb.transactWrite({ items: [{ putItem: { table: "a" } }] });',
  'ddb.operations.increment("1");',
  'ddb.operations.append("x");',
  'rds.select({});',
  'rds.select({ table: "a", form: 1 });',
  'rds.select({ table: "a", columns: "id" });',
  'rds.select({ table: "a", orderBy: [{ column: "a", dir: "DOWN" }] });',
  'rds.insert({ table: "a" });',
  'rds.typeHint.DECIMAL(true);',
  'ai.invokeModel({ modelId: "a", body: {}, contentType: "x" });',
];

const bothAccept = [
  'util["anything"];',
  'util.toString();',
  'util.error(null, undefined);',
  'util.error(`a${ctx}`, "b");',
  'util.appendError("a", ...ctx.args.list);',
  'util.appendError(...["a", "b"]);',
  'util.error(typeof ctx);',
  'runtime.earlyReturn({}, { skipTo: ctx.args.to });',
  'util.http.addResponseHeaders([]);',
  'ddb.get(ctx.args);',
  'ddb.get({ key: "a" });',
  'ddb.put({ key: [], item: "x" });',
  'ddb.scan({});',
  'const p = {}; p.key = { id: 1 }; return ddb.get(p);',
  'ddb.get({ ...ctx.args, limit: "x" });',
  'ddb.toNumberSet([...ctx.args.list, "x"]);',
  'ddb.batchGet({ tables: { a: { keys: [{ id: 1 }], consistentRead: true, projection: ["a"] } } });',
  'ddb.update({ key: {}, update: { a: ddb.operations.increment(), b: null } });',
  'rds.select({ table: { a: 5 } });',
  'rds.select({ from: "a", columns: "*", join: [{ table: "b", on: { id: { eq: "c" } } }] });',
  'rds.remove({ table: "a", where: rds.sql`a = ${ctx}` });',
  'rds.createPgStatement(rds.select({ table: "a" }), "x");',
  'ai.converse({ modelId: "a", messages: [{ role: "user", content: [{ text: "x" }] }] });',
];

/** What the declarations refuse and we let pass: AppSync documents more than it declares, or only types could tell. */
const weAreMilder = [
  'ddb.transactWrite({ items: [{ putItem: { table: "a", key: {}, item: {}, condition: { id: { attributeExists: false } } } }] });',
  'extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: "a", operator: "containsAny", value: ["x"] }] }] });',
  'ai.converse({ modelId: "a", messages: [{ role: "user", content: [{ image: {} }] }] });',
  'util.error(ctx ? "a" : 5);',
  'util.error(1 + 2);',
  'ddb.get({ key: {}, projection: [1] });',
  'util.transform.toDynamoDBFilterExpression("a");',
];

test('we refuse nothing that TypeScript accepts, and accept nothing but what is listed as such', () => {
  const all = [...bothRefuse, ...bothAccept, ...weAreMilder];
  const typeScript = refusedByTypeScript(all);

  expect(all.map((statement, i) => ({ statement, typeScript: typeScript[i], us: refusedByUs(statement) }))).toEqual([
    ...bothRefuse.map((statement) => ({ statement, typeScript: true, us: true })),
    ...bothAccept.map((statement) => ({ statement, typeScript: false, us: false })),
    ...weAreMilder.map((statement) => ({ statement, typeScript: true, us: false })),
  ]);
});
