import { loadCode, newEvaluator, runBody, runModule, sampleContext } from './builtins/run-handler';

const value = (v: unknown) => ({ kind: 'value', value: v });

describe('a handler', () => {
  test.each([
    ['a function declaration', `export function request(ctx) { return ctx.args.id; }`],
    ['a constant', `export const request = (ctx) => ctx.args.id;`],
    ['a renamed binding', `function read(ctx) { return ctx.args.id; }\nexport { read as request };`],
    ['an export list at the end, as bundlers write it', `function request(ctx) { return ctx.args.id; }\nfunction response() {}\nexport { request, response };`],
  ])('may be exported as %s', (_form, code) => {
    expect(runModule(code).outcome).toEqual(value('p1'));
  });

  test.each([
    ['named', `import { util } from '@aws-appsync/utils';`, 'util'],
    ['renamed', `import { util as u } from '@aws-appsync/utils';`, 'u'],
    ['as a namespace', `import * as aws from '@aws-appsync/utils';`, 'aws.util'],
    ['over several lines', `import {\n  util,\n  runtime,\n} from '@aws-appsync/utils';`, 'util'],
    ['not at all, as a global', '', 'util'],
  ])('may import util %s', (_form, imports, name) => {
    expect(runModule(`${imports}\nexport function request() { return ${name}.time.nowISO8601(); }`).outcome).toEqual(value('2018-02-06T19:01:35.749Z'));
  });

  it('gives back plain host data, without undefined members and functions', () => {
    const { outcome } = runBody(`return { a: undefined, b: () => 1, c: [undefined, 0 / 0], d: { e: null } };`);

    expect(outcome).toStrictEqual(value({ c: [null, null], d: { e: null } }));
    expect(outcome.kind === 'value' && Object.getPrototypeOf(outcome.value)).toBe(Object.prototype);
  });

  it('that returns nothing gives null', () => {
    expect(runBody('').outcome).toEqual(value(null));
  });

  it('keeps data members named like members of every object', () => {
    const args = JSON.parse('{"constructor":1,"toString":2,"__proto__":3}') as Record<string, unknown>;

    expect(JSON.stringify(runBody('ctx.args.valueOf = 4; return ctx.args;', { args }).outcome)).toBe(JSON.stringify(value(JSON.parse('{"constructor":1,"toString":2,"__proto__":3,"valueOf":4}'))));
  });

  it('sees the context AppSync documents', () => {
    const { outcome } = runBody(
      `return [ctx.args === ctx.arguments, ctx.identity, ctx.source, ctx.stash, ctx.prev.result, ctx.request, ctx.env.TABLE, ctx.outErrors, ctx.info.selectionSetList, ctx.info.selectionSetGraphQL];`,
      {},
      { prev: { result: { a: 1 } } },
    );

    expect(outcome).toEqual(value([true, null, null, {}, { a: 1 }, { headers: { host: 'example.com' }, domainName: null }, 'products', [], ['id', 'name'], '{ id name }']));
  });

  it('prints ctx.info without the selection set', () => {
    expect(runBody('return JSON.stringify(ctx.info);').outcome).toEqual(value('{"fieldName":"getProduct","parentTypeName":"Query","variables":{}}'));
  });
});

describe('an invocation', () => {
  it('carries stash, args and outErrors from step to step', () => {
    const evaluator = newEvaluator();
    const first = loadCode(evaluator, `export function request(ctx) { ctx.stash.n = 1; ctx.args.id = 'changed'; util.appendError('late'); return {}; }`);
    const second = loadCode(evaluator, `export function response(ctx) { ctx.stash.n += 1; return [ctx.stash, ctx.args.id, ctx.outErrors[0].message, ctx.result, ctx.error]; }`);
    const invocation = evaluator.begin(sampleContext);

    invocation.run(first, 'request', {});
    const { outcome } = invocation.run(second, 'response', { result: { ok: true }, error: { message: 'no', type: 'DynamoDB:X' } });

    expect(outcome).toEqual(value([{ n: 2 }, 'changed', 'late', { ok: true }, { message: 'no', type: 'DynamoDB:X' }]));
    expect(invocation.stash()).toStrictEqual({ n: 2 });
    expect(sampleContext.args).toEqual({ id: 'p1' });
  });

  it.each([
    ['a variable', 'let n = 0;', 'n += 1; return n;'],
    ['a list', 'const n = [];', 'n.push(1); return n.length;'],
    ['a variable a bundler declares', 'var n = 0;', '[n] = [n + 1]; return n;'],
    ['a function', 'function n() {}', 'n.calls = (n.calls ?? 0) + 1; return n.calls;'],
  ])('shares nothing with another one, not even %s of the module', (_what, declaration, body) => {
    const evaluator = newEvaluator();
    const code = loadCode(evaluator, `${declaration}\nexport function request(ctx) { ${body} }`);

    evaluator.begin(sampleContext).run(code, 'request', {});

    expect(evaluator.begin(sampleContext).run(code, 'request', {}).outcome).toEqual(value(1));
  });
});

describe('how a handler ends', () => {
  it('util.error stops it with message, type, data and info', () => {
    expect(runBody(`util.error('no stock', 'OutOfStock', { id: 1 }, { left: 0 }); return 1;`).outcome).toEqual({
      kind: 'error',
      error: { message: 'no stock', errorType: 'OutOfStock', data: { id: 1 }, errorInfo: { left: 0 } },
    });
  });

  it('util.appendError lets it go on', () => {
    const { outcome, appendedErrors } = runBody(`util.appendError('odd', 'Odd'); util.appendError('odder'); return 1;`);

    expect(outcome).toEqual(value(1));
    expect(appendedErrors).toEqual([
      { message: 'odd', errorType: 'Odd', data: null, errorInfo: null },
      { message: 'odder', errorType: null, data: null, errorInfo: null },
    ]);
  });

  it('util.unauthorized names the field', () => {
    expect(runBody('util.unauthorized();').outcome).toEqual({
      kind: 'error',
      error: { message: 'Not Authorized to access getProduct on type Query', errorType: 'Unauthorized', data: null, errorInfo: null },
    });
  });

  it('runtime.earlyReturn gives the value and where to go on, NEXT unless said otherwise', () => {
    expect(runBody('runtime.earlyReturn({ a: 1 });').outcome).toEqual({ kind: 'earlyReturn', value: { a: 1 }, skipTo: 'NEXT' });
    expect(runBody(`runtime.earlyReturn(null, { skipTo: 'END' });`).outcome).toEqual({ kind: 'earlyReturn', value: null, skipTo: 'END' });
  });

  it.each([
    ['a failed member access', `export function request(ctx) {\n  const a = [...[1]];\n  return ctx.nothing.there;\n}`, 'code.js:3:22: TypeError: Cannot read properties of undefined (reading \'there\')'],
    ['a missing name', `import { util } from '@aws-appsync/utils';\nexport const request = (ctx) => missing;`, 'code.js:2:33: ReferenceError: missing is not defined'],
    ['a failed built-in', `export function request(ctx) {\n  return util.time.epochMilliSecondsToISO8601('x');\n}`, 'code.js:2:20: Expected epoch milliseconds, got x.'],
  ])('%s is an error of type Code with its place', (_what, code, message) => {
    expect(runModule(code).outcome).toEqual({ kind: 'error', error: { message, errorType: 'Code', data: null, errorInfo: null } });
  });

  it('records console lines with their level and place', () => {
    expect(runModule(`export function request(ctx) {\n    console.log('text');\n    console.error('bad', { a: 1 });\n    console.debug(undefined);\n}`).logs).toEqual([
      'INFO - code.js:2:5: "text"',
      'ERROR - code.js:3:5: "bad" {"a":1}',
      'INFO - code.js:4:5: undefined',
    ]);
  });

  it('records what extensions were asked for', () => {
    const filter = { filterGroup: [{ filters: [{ fieldName: 'id', operator: 'eq', value: 'p1' }] }] };
    const { effects } = runBody(
      `extensions.setSubscriptionFilter(ctx.args.filter);
       extensions.setSubscriptionInvalidationFilter(ctx.args.filter);
       extensions.invalidateSubscriptions({ subscriptionField: 'onX', payload: { id: 1 } });
       extensions.evictFromApiCache('Query', 'getX', { 'context.arguments.id': 1 });`,
      { args: { filter } },
    );

    expect(effects).toEqual({
      responseHeaders: {},
      subscriptionFilter: filter,
      invalidationFilter: filter,
      invalidations: [{ subscriptionField: 'onX', payload: { id: 1 } }],
      evictions: [{ typeName: 'Query', fieldName: 'getX', keys: { 'context.arguments.id': 1 } }],
    });
  });
});

describe('code that cannot run', () => {
  it.each([
    ['a syntax error', 'export function request( {', 'code.js:1:27: SyntaxError: Unexpected token'],
    ['a foreign import', `import fs from 'node:fs';`, `code.js:1:1: Cannot find module 'node:fs' or its corresponding type declarations.`],
    ['an unknown name of a module', `import { nope } from '@aws-appsync/utils';`, `code.js:1:10: Module '"@aws-appsync/utils"' has no exported member 'nope'.`],
    ['a default import', `import utils from '@aws-appsync/utils';`, `code.js:1:8: Module '"@aws-appsync/utils"' has no default export.`],
    ['no handler', 'const a = 1;', 'Code must export a request and a response function.'],
    ['too much code', `export function request() {}\n//${' '.repeat(32_768)}`, 'Code is 32799 characters long, the limit is 32768.'],
  ])('%s is reported on load and by every run', (_what, code, message) => {
    const evaluator = newEvaluator();
    const loaded = loadCode(evaluator, code);

    expect(loaded).toMatchObject({ hasRequest: false, hasResponse: false, loadError: { errorType: 'Code', message } });
    expect(evaluator.begin(sampleContext).run(loaded, 'request', {}).outcome).toEqual({ kind: 'error', error: loaded.loadError });
  });

  it('lacking one handler fails when that one is run', () => {
    expect(runModule('export function response() {}').outcome).toMatchObject({ kind: 'error', error: { errorType: 'Code', message: 'Code does not export a request function.' } });
  });
});
