import { evaluate, failure, loadCode, newEvaluator, runBody, runModule } from '../builtins/run-handler';

const message = (body: string): unknown => {
  const { outcome } = runBody(body);
  return outcome.kind === 'error' ? outcome.error.message : outcome;
};

describe('nothing of Node is in reach', () => {
  it.each([
    'ctx', 'ctx.args', 'ctx.args.list', 'ctx.info', 'ctx.info.selectionSetList', 'ctx.env', 'ctx.stash', 'ctx.outErrors', 'util', 'util.error', 'util.time.nowISO8601', 'runtime.earlyReturn', 'extensions', 'console.log', 'ddb.get',
    `ddb.get({ key: { id: 1 } })`, `JSON.parse('{}')`, `Object.entries({ a: 1 })`, `'a b'.split(' ')`, '[1].map', 'util.autoId()', '(function () {})', '(() => 1)', '1', 'true', 'Math', '(() => arguments)',
  ])('%s leads to no constructor', (expression) => {
    expect(evaluate(`typeof (${expression}).constructor`, { args: { list: [1] } })).toBe('undefined');
    expect(evaluate(`[typeof (${expression}).__proto__, typeof (${expression}).__defineGetter__, typeof (${expression}).__lookupGetter__]`, { args: { list: [1] } })).toEqual(['undefined', 'undefined', 'undefined']);
  });

  it.each([
    'process', 'require', 'module', 'global', 'globalThis', 'Function', 'eval', 'Date', 'Promise', 'Symbol', 'Map', 'Set', 'WeakMap', 'WeakRef', 'FinalizationRegistry', 'Proxy', 'Reflect', 'WebAssembly', 'Atomics',
    'SharedArrayBuffer', 'ArrayBuffer', 'Uint8Array', 'RegExp', 'Intl', 'Error', 'TypeError', 'setTimeout', 'setImmediate', 'queueMicrotask', 'fetch', 'Buffer', 'structuredClone', 'escape', 'encodeURIComponent',
  ])('%s does not exist', (name) => {
    expect(evaluate(`typeof ${name}`)).toBe('undefined');
  });

  it.each(['Object.getPrototypeOf', 'Object.defineProperty', 'Object.setPrototypeOf', 'Object.create', '(() => 1).call', '(() => 1).apply', '(() => 1).bind', 'Array.from', `'a'.match`, `'a'.charCodeAt`, '({}).hasOwnProperty'])('%s is not available', (expression) => {
    expect(evaluate(`typeof ${expression}`)).toBe('undefined');
  });

  it.each([
    ['leaked = 1', /ReferenceError: leaked is not defined$/],
    ['Object = null', /TypeError: Assignment to constant variable\.$/],
    ['util.time = 1', /TypeError: Cannot assign to read only property 'time'/],
    ['util.time.nowISO8601 = 1', /TypeError: Cannot assign to read only property 'nowISO8601'/],
    ['Object.keys = 1', /TypeError: Cannot assign to read only property 'keys'/],
    ['Object.extra = 1', /TypeError: Cannot add property extra, object is not extensible$/],
    ['util.error.x = 1', /TypeError: Cannot add property x, object is not extensible$/],
    ['[].map.x = 1', /^value$/],
    ['ctx.env.TABLE = 1', /TypeError: Cannot assign to read only property 'TABLE'/],
    ['arguments.callee', /TypeError/],
  ])('%s does not change what others see', (expression, expected) => {
    const { outcome } = runBody(`return ${expression};`);

    expect(outcome.kind === 'error' ? outcome.error.message : outcome.kind).toMatch(expected);
  });

  it('hands out copies of what it was given', () => {
    const args = { list: [{ a: 1 }] };
    const result = { deep: { b: 1 } };
    const { outcome } = runBody('ctx.args.list[0].a = 2; ctx.result.deep.b = 2; return [ctx.args, ctx.result];', { args }, { result });

    expect(outcome).toEqual({ kind: 'value', value: [{ list: [{ a: 2 }] }, { deep: { b: 2 } }] });
    expect([args, result]).toEqual([{ list: [{ a: 1 }] }, { deep: { b: 1 } }]);
  });

  it('does not run functions a handler hides in data', () => {
    expect(evaluate(`util.dynamodb.toMapValues({ toJSON: () => 1, map: (f) => f, a: { toString: () => util.error('ran') } })`)).toEqual({ a: { M: {} } });
  });
});

describe('limits', () => {
  it('lets a loop run 1,000 times and no more', () => {
    expect(evaluate(`[...Array(1000).fill(1)].length`)).toBe(1000);
    expect(message('let n = 0; for (const i of Array(1000).fill(1)) n += i; return n;')).toEqual({ kind: 'value', value: 1000 });
    expect(message('let n = 0; for (const i of Array(1001).fill(1)) n += i; return n;')).toBe('code.js:3:49: Loop exceeded the limit of 1000 iterations.');
    expect(message('for (const i in Array(1001).fill(1)) { }')).toMatch(/Loop exceeded the limit of 1000 iterations\.$/);
  });

  it('counts each run of a loop anew', () => {
    expect(message('const many = Array(900).fill(1); let n = 0; for (const a of [1, 2, 3]) for (const b of many) n += b; return n;')).toEqual({ kind: 'value', value: 2700 });
  });

  it.each([
    ['a list that grows under its loop', 'const a = [1]; for (const x of a) { a.push(x); }', /Loop exceeded the limit of 1000 iterations\.$/],
    ['recursion', 'const f = (n) => f(n + 1); return f(0);', /RangeError: Maximum call stack size exceeded$/],
    ['exponential calls', 'const f = (n) => n === 0 ? 1 : f(n - 1) + f(n - 1); return f(40);', /exceeded the limit of 5000000 steps\.$/],
    ['nested callbacks', 'const a = Array(1000).fill(1); return a.map((x) => a.map((y) => a.map((z) => z)));', /exceeded the limit of 5000000 steps\.$/],
    ['a list that doubles by spreading', 'let a = [1]; for (const i of Array(900).fill(1)) { a = [...a, ...a]; }', /exceeded the limit of 5000000 steps\.$/],
    ['a list that doubles by concat', 'let a = [1]; for (const i of Array(900).fill(1)) { a = a.concat(a); }', /exceeded the limit of 5000000 steps\.$/],
    ['a list that grows by flatMap', 'let a = Array(3000).fill(1); return a.flatMap((x) => a).length;', /exceeded the limit of 5000000 steps\.$/],
    ['a huge sparse list', 'const a = []; a.length = 4000000000; return a.fill(0);', /exceeded the limit of 5000000 steps\.$/],
    ['a huge sparse list as JSON', 'const a = []; a.length = 4000000000; return JSON.stringify(a);', /exceeded the limit of 5000000 steps\.$/],
    ['a huge sparse list as result', 'const a = []; a.length = 4000000000; return a;', /exceeded the limit of 5242880 bytes\.$/],
    ['a huge sparse list as argument', 'const a = []; a.length = 4000000000; return util.dynamodb.toList(a);', /Value is too large\.$/],
    ['text that doubles', `let s = 'x'; for (const i of Array(100).fill(1)) { s = s + s; }`, /RangeError: Invalid string length$/],
    ['a huge text split', `let s = 'x'; for (const i of Array(27).fill(1)) { s = s + s; } return s.split('');`, /exceeded the limit of 5000000 steps\.$/],
    ['keys of a huge text', `let s = 'x'; for (const i of Array(27).fill(1)) { s = s + s; } return Object.keys(s);`, /exceeded the limit of 5000000 steps\.$/],
  ])('%s ends with an error', (_what, body, expected) => {
    expect(message(body)).toMatch(expected);
  });

  it('refuses a result of more than 5 MB', () => {
    const text = (length: number) => `let s = 'x'; for (const i of Array(22).fill(1)) { s = s + s; } return s.slice(0, 1) + s + s.slice(0, ${length});`;

    expect(runBody(text(1_000_000)).outcome.kind).toBe('value');
    expect(message(text(1_100_000))).toBe('code.js: Evaluated value exceeded the limit of 5242880 bytes.');
  });

  it.each([
    ['the result', 'const a = {}; a.a = a; return a;', 'code.js: TypeError: Converting circular structure to JSON'],
    ['JSON.stringify', 'const a = {}; a.a = a; return JSON.stringify(a);', 'code.js:3:36: TypeError: Converting circular structure to JSON'],
    ['an argument', 'const a = {}; a.a = a; util.dynamodb.toMap(a);', 'code.js:3:38: Converting circular structure to JSON'],
  ])('a cycle in %s is an error', (_where, body, expected) => {
    expect(message(body)).toBe(expected);
  });

  it('goes on with the next handler after each of these', () => {
    const evaluator = newEvaluator();
    const runaway = loadCode(evaluator, 'export function request() { const f = (n) => f(n); return f(1); }');
    const fine = loadCode(evaluator, 'export const request = () => 1;');
    const invocation = evaluator.begin({ args: {}, identity: null, source: null, request: { headers: {}, domainName: null }, info: { fieldName: 'a', parentTypeName: 'B', variables: {}, selectionSetList: [], selectionSetGraphQL: '' }, env: {} });

    expect(invocation.run(runaway, 'request', {}).outcome.kind).toBe('error');
    expect(invocation.run(fine, 'request', {}).outcome).toEqual({ kind: 'value', value: 1 });
  });
});

describe('built-ins of the language', () => {
  it.each([
    [`JSON.parse('{')`, ''],
    [`JSON.parse('{"a":1}')`, { a: 1 }],
    [`JSON.stringify({ a: 1 }, null, 2)`, '{\n  "a": 1\n}'],
    ['[3, 1, 10].sort()', [1, 10, 3]],
    ['[[1, [2]], 3].flat()', [1, [2], 3]],
    ['[[1, [2]], 3].flat(2)', [1, 2, 3]],
    ['[1, 2].flatMap((x) => [x, [x]])', [1, [1], 2, [2]]],
    ['[1, 2].concat([3], 4)', [1, 2, 3, 4]],
    ['[1, 2, 3].reduce((a, b) => a + b, 0)', 6],
    ['[1, 2, 3].findLast((x) => x < 3)', 2],
    ['[..."ab", ...[1]]', ['a', 'b', 1]],
    ['({ ...ctx.args, b: 1 })', { id: 'p1', b: 1 }],
    ['((a, ...rest) => rest)(...[1, 2, 3])', [2, 3]],
    ['`${ctx.args.id}-${1 + 1}`', 'p1-2'],
    ['Object.entries({ a: 1 })', [['a', 1]]],
    ['Object.assign({}, { a: 1 }, { b: 2 })', { a: 1, b: 2 }],
    [`Object.hasOwn({ a: 1 }, 'a')`, true],
    [`parseInt('12px') + Number('1') + parseFloat('0.5')`, 13.5],
    [`'a,b'.split(',')`, ['a', 'b']],
    [`'abc'.includes('b') && 'abc'.at(-1) === 'c'`, true],
    ['ctx.args?.missing?.deep ?? 1', 1],
    ['(void 0)', null],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression)).toEqual(expected);
  });

  it('sort takes no comparator', () => {
    expect(failure('[2, 1].sort((a, b) => a - b)')).toBe('code.js:3:15: Array.prototype.sort does not support a comparator.');
  });
});

describe('syntax AppSync has not', () => {
  it.each([
    ['for (let i = 0; i < 1; i += 1) {}', 'C-style for loops'],
    ['while (true) {}', 'while and do-while loops'],
    ['do {} while (true);', 'while and do-while loops'],
    ['for (const a of []) { continue; }', 'continue statements'],
    ['a: for (const b of []) {}', 'labels'],
    ['try {} catch {}', 'try, catch and finally'],
    [`throw 'x';`, 'throw statements'],
    ['class A {}', 'classes'],
    ['function* g() {}', 'generators'],
    ['async function f() {}', 'async and await'],
    ['const f = async () => 1;', 'async and await'],
    ['return this;', 'the this keyword'],
    [`return import('fs');`, 'dynamic imports'],
    ['let a = 0; a++;', 'the ++ operator'],
    ['return ~1;', 'the ~ operator'],
    [`return 'a' in ctx;`, 'the in operator'],
    ['return ctx instanceof Object;', 'the instanceof operator'],
    ['return /a/;', 'regular expression literals'],
    ['return { get a() { return 1; } };', 'getters and setters'],
  ])('%s is refused on load', (body, feature) => {
    expect(message(body)).toMatch(new RegExp(`^code\\.js:3:\\d+: AppSync does not support ${feature.replace(/[+]/g, '\\+')}\\.$`));
  });
});

describe('places in errors', () => {
  it('are those of the code as written, whatever was put before them', () => {
    const code = [
      `import {`,
      `  util,`,
      `} from '@aws-appsync/utils';`,
      `export const request = (ctx) => { const a = [...ctx.args.list]; for (const b of a) { const c = [...b].map((d) => d.e.f); } };`,
      `//# sourceMappingURL=data:application/json;base64,e30=`,
    ].join('\n');
    const { outcome } = runModule(code, { args: { list: [[{}]] } });

    expect(outcome).toMatchObject({ kind: 'error', error: { message: `code.js:4:${(code.split('\n')[3] ?? '').indexOf('.f)') + 2}: TypeError: Cannot read properties of undefined (reading 'f')` } });
  });

  it('are those of the innermost user code, in callbacks too', () => {
    expect(runModule(`const inner = (x) => x.a.b;\nexport function request() {\n  return [1].map((x) => inner(x));\n}`).outcome).toMatchObject({ kind: 'error', error: { message: `code.js:1:26: TypeError: Cannot read properties of undefined (reading 'b')` } });
  });
});

it('keeps a handler variable named like our counters apart', () => {
  expect(runModule(`export function request($$) { const $$$ = 1; return [$$.args.id, $$$]; }`).outcome).toEqual({ kind: 'value', value: ['p1', 1] });
});

it('lets a handler declare its own console', () => {
  expect(runModule(`const console = { log: (x) => x };\nexport const request = () => console.log(1);`)).toMatchObject({ outcome: { kind: 'value', value: 1 }, logs: [] });
});
