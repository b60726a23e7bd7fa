import { analyzeHandler, type HandlerFacts } from '../../lib/compiler';

/** The facts with sets as sorted lists, and without those that say nothing. */
function facts(code: string) {
  const { operations, transactWrites, environmentNames, ...flags } = analyzeHandler(code) satisfies HandlerFacts;
  const lists = Object.entries({ operations, transactWrites, environmentNames }).flatMap(([name, set]) => (set.size > 0 ? [[name, [...set].sort()]] : []));
  return Object.fromEntries([...lists, ...Object.entries(flags).filter(([, is]) => is)]);
}

describe('analyzeHandler', () => {
  it('maps every DynamoDB helper to its operation', () => {
    const helpers = ['get', 'put', 'update', 'remove', 'query', 'scan', 'sync', 'batchGet', 'batchPut', 'batchDelete', 'transactGet'];

    expect(facts(`import { ${helpers.join(', ')} } from '@aws-appsync/utils/dynamodb'; ${helpers.map((name) => `${name}({});`).join(' ')}`)).toEqual({
      operations: ['BatchDeleteItem', 'BatchGetItem', 'BatchPutItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'Sync', 'TransactGetItems', 'UpdateItem'],
    });
  });

  it('follows renamed, namespace and destructured helpers', () => {
    expect(facts(`import { get as load, operations } from '@aws-appsync/utils/dynamodb'; load({}); operations.add(1);`)).toEqual({ operations: ['GetItem'] });
    expect(facts(`import * as ddb from '@aws-appsync/utils/dynamodb'; ddb.put({}); ddb['scan']({}); const { query: q } = ddb; q({});`)).toEqual({ operations: ['PutItem', 'Query', 'Scan'] });
  });

  it('ignores helpers that are imported and not used, and functions of the same name', () => {
    expect(facts(`import { get, put } from '@aws-appsync/utils/dynamodb'; get({});`)).toEqual({ operations: ['GetItem'] });
    expect(facts(`import { get } from './store'; get({}); function remove(get) { get(); }`)).toEqual({});
  });

  it('counts a helper that is chosen, not called in place', () => {
    expect(facts(`import { put, update } from '@aws-appsync/utils/dynamodb'; export const request = (ctx) => (ctx.args.id ? update : put)({});`)).toEqual({ operations: ['PutItem', 'UpdateItem'] });
  });

  it('reads literal operations, also behind a choice or a constant', () => {
    expect(facts(`export const request = () => ({ operation: 'GetItem', key: {} });`)).toEqual({ operations: ['GetItem'] });
    expect(facts('export const request = () => ({ "operation": `Scan` });')).toEqual({ operations: ['Scan'] });
    expect(facts(`const load = 'Query'; export const request = (ctx) => ({ operation: ctx.args.all ? 'Scan' : load });`)).toEqual({ operations: ['Query', 'Scan'] });
    expect(facts(`export function request() { const r = {}; r.operation = 'DeleteItem'; return r; }`)).toEqual({ operations: ['DeleteItem'] });
  });

  it('ignores operations of other data sources and operations that are read', () => {
    expect(facts(`export const request = (ctx) => ({ operation: 'Invoke', payload: ctx.args });`)).toEqual({});
    expect(facts(`export function request(ctx) { const { operation = 'GetItem' } = ctx.args; ctx.operation = ctx.x; return operation; }`)).toEqual({});
  });

  it('is dynamic when an operation or a helper is computed', () => {
    expect(facts(`export const request = (ctx) => ({ operation: ctx.args.operation });`)).toEqual({ isDynamic: true });
    expect(facts(`let name = 'GetItem'; name = util.x(); export const request = () => ({ operation: name });`)).toEqual({ isDynamic: true });
    expect(facts(`import * as ddb from '@aws-appsync/utils/dynamodb'; export const request = (ctx) => ddb[ctx.args.op]({});`)).toEqual({ isDynamic: true });
  });

  it('is dynamic when constants go round in a circle', () => {
    expect(facts(`const a = b, b = a; export const request = () => ({ operation: a });`)).toEqual({ isDynamic: true });
  });

  it('is dynamic, and empty, for code that does not parse', () => {
    expect(facts('export function request( {')).toEqual({ isDynamic: true });
  });

  it('lists the entries of transactWrite apart', () => {
    expect(
      facts(`import { transactWrite } from '@aws-appsync/utils/dynamodb';
        export const request = () => transactWrite({ items: [{ putItem: { table: 'a' } }, { conditionCheck: { table: 'b', condition: {} } }] });`),
    ).toEqual({ operations: ['TransactWriteItems'], transactWrites: ['ConditionCheck', 'PutItem'] });
  });

  it('finds entries that are built far from the call', () => {
    expect(
      facts(`import * as ddb from '@aws-appsync/utils/dynamodb';
        const reserve = (line) => ({ updateItem: { table: 'stock', key: { id: line.id } } });
        export function request(ctx) {
          const items = ctx.args.lines.map((line) => reserve(line));
          const last = {};
          last.deleteItem = { table: 'carts' };
          return ddb.transactWrite({ items: items.concat([last]) });
        }`),
    ).toEqual({ operations: ['TransactWriteItems'], transactWrites: ['DeleteItem', 'UpdateItem'] });
  });

  it('tells the raw entries of a transaction from requests', () => {
    expect(
      facts(`export function request(ctx) {
        if (ctx.args.one) return { operation: 'PutItem', key: {}, condition: {} };
        const extra = { table: 'b', operation: 'UpdateItem' };
        return { operation: 'TransactWriteItems', transactItems: ctx.args.all.map((k) => ({ operation: 'DeleteItem', key: k })).concat([extra]) };
      }`),
    ).toEqual({ operations: ['PutItem', 'TransactWriteItems'], transactWrites: ['DeleteItem', 'UpdateItem'], hasCondition: true });
  });

  it('is dynamic when the entries of a transaction come from outside', () => {
    expect(facts(`import { transactWrite } from '@aws-appsync/utils/dynamodb'; export const request = (ctx) => transactWrite(ctx.stash.write);`)).toEqual({
      operations: ['TransactWriteItems'],
      isDynamic: true,
    });
  });

  it('sees a condition of a single write, and not one of a transaction or an attribute of that name', () => {
    const withHelpers = (code: string) => facts(`import { put, transactWrite } from '@aws-appsync/utils/dynamodb'; export const request = (ctx) => ${code};`);

    expect(withHelpers(`put({ key: {}, item: {}, condition: { id: { attributeExists: false } } })`)).toEqual({ operations: ['PutItem'], hasCondition: true });
    expect(withHelpers(`{ const condition = {}; return put({ key: {}, item: {}, condition }); }`)).toEqual({ operations: ['PutItem'], hasCondition: true });
    expect(withHelpers(`put({ key: {}, item: { condition: 'used' } })`)).toEqual({ operations: ['PutItem'] });
    expect(withHelpers(`transactWrite({ items: [{ putItem: { table: 'a', condition: {} } }] })`)).toEqual({ operations: ['TransactWriteItems'], transactWrites: ['PutItem'] });
  });

  it('sees an index of a query or scan', () => {
    expect(facts(`import { query } from '@aws-appsync/utils/dynamodb'; export const request = () => query({ query: {}, index: 'byCategory' });`)).toEqual({ operations: ['Query'], usesIndex: true });
    expect(facts(`export function request() { const r = { operation: 'Scan' }; r.index = 'a'; return r; }`)).toEqual({ operations: ['Scan'], usesIndex: true });
    expect(facts(`import { get } from '@aws-appsync/utils/dynamodb'; export const request = () => [get({}), { index: 1 }];`)).toEqual({ operations: ['GetItem'] });
  });

  it('reads environment names in every form', () => {
    expect(
      facts(`
        export function request(context) { return [context.env.DIRECT, context.env['TEXT'], context?.env?.OPTIONAL]; }
        export function response({ env, args }) { const { FROM_PARAMETER } = env; return FROM_PARAMETER; }
        const helper = (c) => { const { A, B: b = 1 } = c.env; const environment = c.env; return [A, b, environment.HELD]; };
        const other = (c) => { const { env: { NESTED } } = c; return NESTED; };
        const third = ({ env: { IN_PLACE } }) => IN_PLACE;
      `).environmentNames,
    ).toEqual(['A', 'B', 'DIRECT', 'FROM_PARAMETER', 'HELD', 'IN_PLACE', 'NESTED', 'OPTIONAL', 'TEXT']);
  });

  it('ignores an env that is not of the context', () => {
    expect(facts(`const config = { env: { X: 1 } }; export const request = (ctx, other) => [config.env.X, process.env.Y, other.env.Z];`)).toEqual({});
  });
});
