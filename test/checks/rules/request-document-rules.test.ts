import type { DataSourceModel } from '../../../lib/model';
import { pipelineFunction, ref, resolver } from '../fixtures';
import { finder, js, lambdaSource, table, tableSource, vtl } from './api-harness';

const other = (awsType: string): DataSourceModel => ({ type: 'OTHER', awsType, name: 'Other', config: {}, resource: ref('OtherDataSource') });
const http: DataSourceModel = { type: 'HTTP', name: 'Http', endpoint: 'https://example.com', resource: ref('HttpDataSource') };
const items = tableSource('Items');
const lambda = lambdaSource('Ship');

function asked(find: ReturnType<typeof finder>, request: string, ...sources: DataSourceModel[]) {
  const handler = js(`import * as ddb from '@aws-appsync/utils/dynamodb';\n${request}`);
  return find({ dataSources: sources, resolvers: sources.map(({ name }, i) => resolver(`Query.f${i}`, { handler, dataSourceName: name })) });
}

describe('request-asks-for-known-operation', () => {
  const found = finder('API_REQUEST_OPERATION');

  it.each([
    ['a helper', 'export const request = () => ddb.get({ key: { pk: 1, sk: 1 } });', items],
    ['a choice', "export function request(ctx) { return ctx.args.a ? { operation: 'Scan' } : ddb.query({ query: {} }); }", items],
    ['an operation that is computed', 'export function request(ctx) { return { operation: ctx.args.operation }; }', items],
    ['a document that grows', 'export function request(ctx) { const asked = {}; asked.operation = ctx.stash.what; return asked; }', items],
    ['a document that is spread', 'export const request = (ctx) => ({ ...ctx.stash.request });', items],
    ['what a function inside returns', "export function request(ctx) { const all = ctx.args.all.map((id) => { return { id }; }); return { operation: 'Scan', filter: all }; }", items],
    ['an early answer', "import { runtime } from '@aws-appsync/utils';\nexport function request(ctx) { if (!ctx.args.id) { return runtime.earlyReturn({}); } return { operation: 'Scan' }; }", items],
    ['a method', "export const request = () => ({ method: 'PATCH', resourcePath: '/' });", http],
    ['an event', "export const request = (ctx) => ({ operation: 'Invoke', invocationType: 'Event', payload: ctx });", lambda],
    ['anything of a source without operations', 'export const request = () => ({ payload: 1 });', { type: 'NONE', name: 'Nothing', resource: ref('N') } satisfies DataSourceModel],
    ['SQL', "export const request = () => ({ statements: ['SELECT 1'] });", other('RELATIONAL_DATABASE')],
  ])('accepts %s', (_, request, source) => {
    expect(asked(found, request, source)).toEqual([]);
  });

  it('reports an operation, a method and an invocation type that do not exist, where they are written', () => {
    expect(asked(found, "export function request() {\n  return { operation: 'Putitem' };\n}", items)).toEqual([
      { message: 'DynamoDB has no operation "Putitem", which data source "Items" is asked for', fix: 'did you mean "PutItem" or "GetItem"?', resource: 'Queryf0Resolver', at: '3:23' },
    ]);
    expect(asked(found, "export const request = () => ({ method: 'FETCH' });", http)).toMatchObject([{ message: 'HTTP has no method "FETCH", which data source "Http" is asked for', at: '2:41' }]);
    expect(asked(found, "export const request = () => ({ operation: 'Invoke', invocationType: 'Async' });", lambda)).toMatchObject([{ message: 'Lambda has no invocation type "Async"', fix: 'use one of RequestResponse, Event' }]);
    expect(asked(found, "const operation = 'PATCH';\nexport const request = () => ({ operation, path: '/' });", other('AMAZON_OPENSEARCH_SERVICE'))).toMatchObject([{ at: '3:33' }]);
  });

  it('reports a request without an operation, and the helper of another kind of data source', () => {
    expect(asked(found, 'export const request = (ctx) => ({ payload: ctx.args });', lambda)).toEqual([
      { message: 'the request for data source "Ship" has no "operation"', fix: 'add "operation" with one of Invoke, BatchInvoke', resource: 'Queryf0Resolver', at: '2:34' },
    ]);
    expect(asked(found, 'export const request = () => ddb.scan({});', lambda)).toMatchObject([{ message: 'Lambda has no operation "Scan", which data source "Ship" is asked for', at: '2:30' }]);
  });

  it('leaves code alone that fits another of its data sources, and what a pipeline starts with', () => {
    expect(asked(found, "export const request = () => ({ operation: 'Scan' });", items, lambda)).toEqual([]);
    const before = js('export const request = () => ({});');
    const step = pipelineFunction('step', { dataSourceName: 'Items', handler: js("export const request = () => ({ operation: 'Sweep' });") });
    expect(found({ dataSources: [items], functions: [step], resolvers: [resolver('Query.ping', { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['step-id'], handler: before })] })).toMatchObject([{ resource: 'stepFunction' }]);
  });
});

describe('request-keeps-to-limits', () => {
  const found = finder('API_REQUEST_LIMIT');

  it('accepts requests at their limits, and lists that are computed', () => {
    expect(asked(found, "export const request = () => ({ statements: ['SELECT 1', 'SELECT 2'] });", other('RELATIONAL_DATABASE'))).toEqual([]);
    expect(asked(found, "export const request = (ctx) => ({ operation: 'PutEvents', events: ctx.args.all.map((detail) => ({ detail })) });", other('AMAZON_EVENTBRIDGE'))).toEqual([]);
    expect(asked(found, 'export const request = (ctx) => ddb.transactWrite({ items: [...ctx.stash.items] });', items)).toEqual([]);
    expect(asked(found, 'export const request = () => ddb.scan({ segment: 0, totalSegments: 2 });', items)).toEqual([]);
    expect(asked(found, "export function request() {\n  const statements = [];\n  statements.push('SELECT 1');\n  return { statements };\n}", other('RELATIONAL_DATABASE'))).toEqual([]);
  });

  it('reports too many and too few', () => {
    expect(asked(found, "export const request = () => ({ statements: ['a', 'b', 'c'] });", other('RELATIONAL_DATABASE'))).toEqual([
      { message: '"statements" has 3 elements; a database takes 1 to 2', fix: 'split the request', resource: 'Queryf0Resolver', at: '2:45' },
    ]);
    expect(asked(found, "export const request = () => ({ operation: 'PutEvents', events: [] });", other('AMAZON_EVENTBRIDGE'))).toMatchObject([{ message: '"events" has 0 elements; EventBridge takes 1 to 10', fix: 'return early when there is nothing to ask for' }]);
    expect(asked(found, 'export const request = () => ddb.transactGet({ items: [] });', items)).toMatchObject([{ message: '"items" has 0 elements; a transaction takes 1 to 100' }]);
    expect(asked(found, 'export const request = () => ddb.scan({ totalSegments: 2 });', items)).toMatchObject([{ message: 'a scan with "totalSegments" needs "segment" as well', fix: 'add "segment", or remove "totalSegments"' }]);
  });
});

describe('requests of templates', () => {
  const options = { tables: [table('Items')] };
  const request = (members: string) => ({ dataSources: [items], resolvers: [resolver('Query.ping', { dataSourceName: 'Items', handler: vtl(`#set( $id = $ctx.args.id )\n{ "version": "2018-05-29",\n${members} }`) })] });
  const keys = finder('API_TABLE_KEY');

  it.each([
    '"operation": "GetItem", "key": { "pk": $util.dynamodb.toDynamoDBJson($id), "sk": { "S": "a" } }',
    '"operation": "GetItem", "key": $util.dynamodb.toMapValuesJson($key)',
    '"operation": "GetItem", "key": { "pk": { "S": "a" } #if( $id ), "sk": { "S": "a" } #end }',
    '"operation": "GetItem", "key": { "$name": { "S": "a" } }',
    '"operation": "PutItem", "key": { "pk": { "S": "a" } }, "attributeValues": $util.dynamodb.toMapValuesJson($ctx.args)',
    '"operation": "Query", "query": { "expression": "pk = :pk and begins_with(sk, :sk)", "expressionValues": {} }',
    '"operation": "Query", "query": { "expression": "#a = :a", "expressionNames": $names }',
    '"operation": "Query", "query": { "expression": "#a = :a", "expressionNames": { "#a": "other" } }, "index": "$index"',
    '"operation": "Query", "query": { "expression": "#a = :a", "expressionNames": { "#a": "other" } } #if( $id ), "index": "byOwner" #end',
    '"operation": "$operation", "key": { "id": { "S": "a" } }',
  ])('accepts %s', (members) => {
    expect(keys(request(members), options)).toEqual([]);
  });

  it('compares key and index with the table', () => {
    expect(keys(request('"operation": "DeleteItem", "key": { "pk": { "S": "a" }, "id": { "S": "a" } }'), options)).toEqual([
      { message: '"id" is no key attribute of the table of data source "Items"', fix: 'use "pk" and "sk"', resource: 'QuerypingResolver', at: '3:57' },
    ]);
    expect(keys(request('"operation": "PutItem", "key": { "pk": { "S": "a" } }, "attributeValues": { "name": { "S": "a" } }'), options)).toMatchObject([{ message: 'the item lacks "sk", a key attribute of the table of data source "Items"' }]);
    expect(keys(request('"operation": "Query", "index": "byOwner", "query": { "expression": "pk = :pk" }'), options)).toMatchObject([{ message: '"pk" is no key attribute of index "byOwner" of the table of data source "Items"' }]);
    expect(finder('API_TABLE_INDEX')(request('"operation": "Scan", "index": "byowner"'), options)).toMatchObject([{ message: 'the table of data source "Items" has no index "byowner"', at: '3:31' }]);
    expect(finder('API_TABLE_CONSISTENCY')(request('"operation": "Scan", "index": "byOwner", "consistentRead": true'), options)).toHaveLength(1);
    expect(finder('API_TABLE_CONSISTENCY')(request('"operation": "Scan", "index": "byOwner", "consistentRead": false'), options)).toEqual([]);
    expect(finder('API_VERSIONED_OPERATION')(request('"operation": "Sync"'), options)).toHaveLength(1);
  });
});
