/** What a handler may try against its sandbox: each ends in an AppSync error or a harmless value, soon, and the next handler runs as if nothing had been. */
import type { Evaluation } from '../../../lib/local/evaluator';
import { loadCode, newEvaluator, sampleContext } from '../builtins/run-handler';

const evaluator = newEvaluator();

function run(body: string, head = ''): Evaluation {
  const code = loadCode(evaluator, `import * as ddb from '@aws-appsync/utils/dynamodb';\nimport * as rds from '@aws-appsync/utils/rds';\n${head}\nexport function request(ctx) {\n${body}\n}\nexport function response() {}\n`);
  return evaluator.begin({ ...sampleContext, args: { list: [1] } }).run(code, 'request', {});
}

function messageOf(body: string): string {
  const { outcome } = run(body);
  return outcome.kind === 'error' ? outcome.error.message.replace(/^code\.js(:\d+:\d+)?: /, '') : JSON.stringify(outcome);
}

afterEach(() => {
  expect(run('return ctx.args.list.map((n) => n + 1);').outcome).toEqual({ kind: 'value', value: [2] });
});

it.each([
  ['an object literal', '({})'], ['ctx', 'ctx'], ['the arguments', 'ctx.args'], ['a list', 'ctx.args.list'], ['ctx.info', 'ctx.info'], ['the stash', 'ctx.stash'],
  ['util', 'util'], ['a built-in', 'util.autoId'], ['what a built-in returned', 'util.dynamodb.toDynamoDB({ a: 1 })'], ['a module', 'ddb'], ['a function', '(() => 1)'],
  ['a method', '[].map'], ['an iterator\'s result', '[...ctx.args.list]'], ['parsed JSON', `JSON.parse('{"a":[]}')`], ['a string', `''`], ['Math', 'Math'],
])('no constructor or prototype is reached from %s', (_what, value) => {
  const names = `['construct' + 'or', '__pro' + 'to__', '__defineGetter__', '__lookupGetter__']`;

  expect(run(`const value = ${value}; return ${names}.filter((name) => typeof value[name] !== 'undefined');`).outcome).toEqual({ kind: 'value', value: [] });
});

it.each(['process', 'require', 'module', 'Function', 'eval', 'Proxy', 'Reflect', 'Symbol', 'Promise', 'Date', 'RegExp', 'WeakRef', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'setTimeout', 'queueMicrotask', 'structuredClone', 'fetch', 'Buffer', 'host', 'state'])(
  'there is no %s',
  (name) => {
    expect(messageOf(`return ${name};`)).toBe(`ReferenceError: ${name} is not defined`);
  },
);

it.each([
  ['a list of a billion entries', 'return Array(1e9);', 'Evaluated value exceeded the limit of 5242880 bytes.'],
  ['a length of a billion', 'const a = []; a.length = 1e9; return a;', 'Evaluated value exceeded the limit of 5242880 bytes.'],
  ['a billion entries filled', 'return Array(1e9).fill(0);', 'Code execution exceeded the limit of 5000000 steps.'],
  ['a text of 67 MB', `let s = 'x'; for (const i of Array(26).fill(1)) { s = s + s; } return s;`, 'Evaluated value exceeded the limit of 5242880 bytes.'],
  ['a text of a gigabyte', `let s = 'x'; for (const i of Array(30).fill(1)) { s = s + s; } return s;`, 'RangeError: Invalid string length'],
  ['a huge text in capitals', `let s = 'x'; for (const i of Array(28).fill(1)) { s = s + s; } return s.toUpperCase();`, 'Code execution exceeded the limit of 5000000 steps.'],
  ['a huge text replaced', `let s = 'x'; for (const i of Array(27).fill(1)) { s = s + s; } return s.replaceAll('x', 'yy');`, 'Code execution exceeded the limit of 5000000 steps.'],
  ['a huge text as JSON', `let s = 'x'; for (const i of Array(27).fill(1)) { s = s + s; } return JSON.stringify([s]);`, 'Code execution exceeded the limit of 5000000 steps.'],
  ['a huge text given to a helper', `let s = 'x'; for (const i of Array(27).fill(1)) { s = s + s; } return util.base64Encode(s);`, 'Value is too large.'],
  ['a huge text logged again and again', `let s = 'x'; for (const i of Array(22).fill(1)) { s = s + s; } for (const i of Array(500).fill(1)) { console.log(s); } return 1;`, 'Code execution exceeded the limit of 5000000 steps.'],
  ['a list doubled thirty times, as text', 'let a = [1]; for (const i of Array(30).fill(1)) { a = [a, a]; } return JSON.stringify(a);', 'Code execution exceeded the limit of 5000000 steps.'],
  ['a list doubled thirty times, flattened', 'let a = [1]; for (const i of Array(30).fill(1)) { a = [a, a]; } return a.flat(40);', 'Code execution exceeded the limit of 5000000 steps.'],
  ['loops inside loops', 'for (const i of Array(1000).fill(1)) { for (const j of Array(1000).fill(1)) { for (const k of Array(1000).fill(1)) { ctx.stash.n = 1; } } }', 'Code execution exceeded the limit of 5000000 steps.'],
  ['a handler that calls itself', 'return request(ctx);', 'RangeError: Maximum call stack size exceeded'],
  ['a function that finds itself', 'const f = (g) => g(g); return f(f);', 'RangeError: Maximum call stack size exceeded'],
  ['an object in itself', 'const a = {}; a.a = a; return a;', 'TypeError: Converting circular structure to JSON'],
  ['a list in itself', 'const a = []; a.push(a); return { a };', 'TypeError: Converting circular structure to JSON'],
  ['an object in itself for a helper', 'const a = {}; a.a = a; return util.dynamodb.toMapValues(a);', 'Converting circular structure to JSON'],
  ['a replaced built-in', 'util.autoId = 1;', `TypeError: Cannot assign to read only property 'autoId' of object '[object Object]'`],
  ['a replaced method of all lists', 'Array.prototype.map = 1;', `TypeError: Cannot assign to read only property 'map' of object '[object Array]'`],
  ['a new member of all objects', 'Object.prototype.leak = 1;', 'TypeError: Cannot add property leak, object is not extensible'],
])('%s', (_what, body, message) => {
  expect(messageOf(body)).toBe(message);
});

it.each([
  ['a function', 'return () => 1;', null],
  ['members that are functions', 'return { then: (f) => f(1), toJSON: () => util.error("x"), valueOf: () => 1, b: 2 };', { b: 2 }],
  ['a big integer', 'return { n: 10n };', { n: 10 }],
  ['numbers that are none', 'return [0 / 0, 1 / 0, undefined];', [null, null, null]],
  ['a member named __proto__', `return JSON.parse('{"__proto__":{"x":1}}');`, JSON.parse('{"__proto__":{"x":1}}')],
  ['the text of a function', 'return `${() => 1} ${util.autoId} ${[].map}`;', 'function function function'],
])('%s comes back harmless', (_what, body, value) => {
  expect(run(body).outcome).toEqual({ kind: 'value', value });
});

it.each([
  ['console.warn("x");', 'TypeError: console.warn is not a function'],
  ['for (const x of ctx.args.gone) { return x; }', 'TypeError: ctx.args.gone is not iterable'],
  ['return [...ctx.args.gone];', 'TypeError: Spread syntax requires ...iterable[Symbol.iterator] to be a function'],
])('%s fails in words that name nothing of the sandbox', (body, message) => {
  expect(messageOf(body)).toBe(message);
});

it.each([
  `rds.createPgStatement(rds.select({ table: 't', columns: [{ a: { type: 'RDS_SQL' } }] }))`, `rds.createPgStatement({ type: 'RDS_SELECT', payload: 5 })`, `rds.toJsonObject({ sqlStatementResults: [5, null, { records: [5], columnMetadata: 5 }] })`,
  `ddb.transactWrite({ items: [null] })`, `ddb.batchGet({ tables: { a: 5 } })`, `ddb.update({ key: {}, update: { a: [ddb.operations.updateListItem()] } })`, `util.xml.toMap('<a><b></a>')`, `util.matches('(', 'a')`,
  `util.time.epochMilliSecondsToISO8601(1e99)`, `util.transform.toElasticsearchQueryDSL({ a: { range: 1 } })`, `util.error({ a: () => 1 }, [], ctx, 0 / 0)`, `util.http.addResponseHeader({}, [])`,
  `extensions.evictFromApiCache(5, null, [])`, `runtime.earlyReturn(() => 1, 5)`, `'a'.replace({ toString: () => ({}) }, 'b')`,
])('%s is no bug of ours', (expression) => {
  expect(() => run(`return ${expression};`)).not.toThrow();
});

it('a cyclic stash does not outlive its handler', () => {
  const code = loadCode(evaluator, 'export function request(ctx) {\n  ctx.stash.me = ctx.stash;\n}\nexport function response() {}\n');
  const invocation = evaluator.begin(sampleContext);

  expect(invocation.run(code, 'request', {}).outcome).toEqual({ kind: 'value', value: null });
  expect(invocation.stash()).toEqual({});
});

it('what a module keeps is not seen by the next call', () => {
  const count = () => run('kept.n += 1; total += 1; return [kept.n, total];', 'const kept = { n: 0 };\nlet total = 0;').outcome;

  expect([count(), count()]).toEqual([{ kind: 'value', value: [1, 1] }, { kind: 'value', value: [1, 1] }]);
});

it('one invocation sees nothing of another that is under way', () => {
  const code = loadCode(evaluator, 'export function request(ctx) {\n  ctx.stash.seen = (ctx.stash.seen ?? 0) + 1;\n  ctx.args.list.push(ctx.stash.seen);\n  return ctx.args.list;\n}\nexport function response() {}\n');
  const args = { list: [] as number[] };
  const [one, other] = [evaluator.begin({ ...sampleContext, args }), evaluator.begin({ ...sampleContext, args })];

  expect([one, other, one].map((invocation) => invocation.run(code, 'request', {}).outcome)).toEqual([[1], [1], [1, 2]].map((value) => ({ kind: 'value', value })));
  expect(args.list).toEqual([]);
});
