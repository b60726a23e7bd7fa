import { parseHandler, readRequests } from '../../lib/compiler';

const imports = `import { get, put, query as find, batchDelete, transactGet, transactWrite } from '@aws-appsync/utils/dynamodb';`;

/** The requests in the body of a handler, with names only. */
function requests(body: string, head = imports) {
  const read = readRequests(parseHandler({ path: 'handler.js', text: `${head}\nexport function request(ctx) { ${body} }` }));
  return read?.requests.map(({ at: _, key, item, conditions, consistentRead, ...rest }) => ({
    ...rest,
    ...(key ? { key: shown(key) } : {}),
    ...(item ? { item: shown(item) } : {}),
    ...(conditions ? { conditions: shown(conditions) } : {}),
    ...(consistentRead ? { consistentRead: true } : {}),
  }));
}

function shown({ names, isComplete }: { names: readonly { name: string }[]; isComplete: boolean }): string[] {
  return [...names.map(({ name }) => name), ...(isComplete ? [] : ['…'])];
}

describe('readRequests', () => {
  it('reads helpers and documents alike', () => {
    const expected = [{ operation: 'GetItem', isEntry: false, key: ['id'], consistentRead: true }];

    expect(requests('return get({ key: { id: ctx.args.id }, consistentRead: true });')).toEqual(expected);
    expect(requests("return { operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }), consistentRead: true };")).toEqual(expected);
    expect(requests("const request = { operation: 'GetItem', key: { id: util.dynamodb.toDynamoDB(1) }, consistentRead: true }; return request;")).toEqual(expected);
  });

  it('follows constants, and stops where they change', () => {
    expect(requests('const key = { id: 1 }; const request = { key }; return get(request);')).toMatchObject([{ key: ['id'] }]);
    expect(requests('const key = { id: 1 }; key.sort = 2; return get({ key });')).toEqual([{ operation: 'GetItem', isEntry: false }]);
    expect(requests('const key = { id: 1 }; Object.assign(key, ctx.args); return get({ key });')).toEqual([{ operation: 'GetItem', isEntry: false }]);
    expect(requests("let index = 'a'; index = ctx.args.index; return find({ query: {}, index });")).toMatchObject([{ index: { name: undefined } }]);
  });

  it('sees past a spread that surely brings other members', () => {
    const index = (spread: string, before = '') => requests(`${before} return find({ index: 'byName', query: {}, ...${spread} });`)?.[0]?.index?.name?.name;

    expect(index('{ limit: 10 }')).toBe('byName');
    expect(index('(ctx.args.nextToken ? { nextToken: ctx.args.nextToken } : {})')).toBe('byName');
    expect(index('(ctx.args.limit && { limit: ctx.args.limit })')).toBe('byName');
    expect(index('(ctx.args.a ? null : { select: "COUNT" })')).toBe('byName');
    expect(index('page(ctx.args)', 'function page(args) { if (args.all) { return {}; } const names = [1].map((x) => { return { index: x }; }); return { limit: names.length }; }')).toBe('byName');
    expect(index('page', 'const page = { limit: 1 };')).toBe('byName');

    expect(index('{ index: ctx.args.by }')).toBeUndefined();
    expect(index('(ctx.args.by ? { index: ctx.args.by } : {})')).toBeUndefined();
    expect(index('(ctx.args || {})')).toBeUndefined();
    expect(index('{ [ctx.args.name]: 1 }')).toBeUndefined();
    expect(index('page(ctx.args)', 'function page(args) { return args; }')).toBeUndefined();
    expect(index('page(ctx.args)', 'function page(args) { return page(args); }')).toBeUndefined();
    expect(index('page', 'const page = { limit: 1 }; page.index = ctx.args.by;')).toBeUndefined();
  });

  it('says when an object or a document may hold more', () => {
    expect(requests('return put({ key: { id: 1, ...ctx.args }, item: ctx.args.input });')).toEqual([{ operation: 'PutItem', isEntry: false, key: ['id', '…'], item: ['…'] }]);
    expect(requests('return find({ query: { [ctx.args.by]: {} }, ...ctx.stash.options });')).toEqual([{ operation: 'Query', isEntry: false, index: { name: undefined } }]);
    expect(requests("const q = { operation: 'Scan' }; if (ctx.args.by) { q.index = ctx.args.by; } return q;")).toEqual([{ operation: 'Scan', isEntry: false, index: { name: undefined } }]);
    expect(requests("return find({ query: { id: { eq: 1 } }, ...ctx.stash, index: 'a' });")).toMatchObject([{ index: { name: { name: 'a' } } }]);
  });

  it('takes key conditions apart', () => {
    const query = (text: string) => requests(`return { operation: 'Query', query: { ${text} } };`)?.[0]?.conditions;

    expect(query("expression: '#a = :a and begins_with(b, :b)', expressionNames: { '#a': 'owner' }")).toEqual(['owner', 'b']);
    expect(query("expression: '#a = :a', expressionNames: ctx.stash.names")).toEqual(['…']);
    expect(query('expression: ctx.stash.expression')).toBeUndefined();
  });

  it('reads entries of batches and transactions with their tables', () => {
    expect(requests("return batchDelete({ tables: { items: [{ id: 1 }], [ctx.env.USERS]: ctx.args.keys, [ctx.args.t]: [] } });")).toEqual([
      { operation: 'BatchDeleteItem', isEntry: true, table: { kind: 'TEXT', text: 'items' }, key: ['id'] },
      { operation: 'BatchDeleteItem', isEntry: true, table: { kind: 'ENVIRONMENT', name: 'USERS' } },
      { operation: 'BatchDeleteItem', isEntry: true },
    ]);
    expect(requests("return transactWrite({ items: [{ putItem: { table: 'a', key: { id: 1 } } }, { conditionCheck: { table: ctx.env.B } }] });")).toEqual([
      { operation: 'PutItem', isEntry: true, table: { kind: 'TEXT', text: 'a' }, key: ['id'] },
      { operation: 'ConditionCheck', isEntry: true, table: { kind: 'ENVIRONMENT', name: 'B' } },
    ]);
    expect(requests("return { operation: 'TransactWriteItems', transactItems: [{ operation: 'DeleteItem', table: 'a', key: { id: 1 } }] };")).toEqual([
      { operation: 'DeleteItem', isEntry: true, table: { kind: 'TEXT', text: 'a' }, key: ['id'] },
    ]);
    expect(requests("const table = 'a'; return transactGet({ items: [{ table, key: { id: 1 } }] });")).toEqual([{ operation: 'TransactGetItems', isEntry: true, table: { kind: 'TEXT', text: 'a' }, key: ['id'] }]);
  });

  it('comes to an end with constants that are made of themselves', () => {
    expect(requests('const table = table; return batchDelete({ tables: { [table]: [{ id: 1 }] } });')).toEqual([{ operation: 'BatchDeleteItem', isEntry: true, key: ['id'] }]);
    expect(requests('const a = b; const b = a; return transactGet({ items: [{ table: a, key: { id: 1 } }] });')).toEqual([{ operation: 'TransactGetItems', isEntry: true, key: ['id'] }]);
    const [returned] = readRequests(parseHandler({ path: 'handler.js', text: "const all = { operation: 'PutEvents', events: [all] }; export const request = () => all;" }))?.returned ?? [];
    expect(returned?.members.get('events')).toMatchObject({ length: 1, objects: [] });
  });

  it('knows constants that stand below the function that uses them', () => {
    expect(readRequests(parseHandler({ path: 'handler.js', text: `${imports} export const request = () => get(later); const later = { key: { id: 1 } };` }))?.requests).toMatchObject([{ operation: 'GetItem', key: { isComplete: true } }]);
  });

  it('takes functions of the same name for what they are', () => {
    expect(requests('return get({ key: { id: 1 } });', "import { get } from './store';")).toEqual([]);
    expect(requests('return ddb.get({ key: { id: 1 } });', "import * as ddb from '@aws-appsync/utils/dynamodb';")).toMatchObject([{ operation: 'GetItem' }]);
    expect(requests("return { operation: 'Invoke', payload: ctx.args };")).toEqual([]);
  });

  it('finds what else checks ask about', () => {
    const read = (text: string) => readRequests(parseHandler({ path: 'handler.js', text }));

    expect(read('export const request = ({ identity }) => identity;')).toMatchObject({ contextReads: { identity: { start: 26 } }, namesType: false, mayBatchInvoke: false });
    expect(read(`export const request = (ctx) => ({ operation: 'BatchInvoke', payload: { __typename: 'A' } });`)).toMatchObject({ namesType: true, mayBatchInvoke: true });
    expect(read('export const request = (ctx) => ctx.args.identity;')?.contextReads).toEqual({ arguments: expect.anything() });
    expect(read('export const request = (ctx) => {')).toBeUndefined();
  });
});
