import type { CheckOptions } from '../../../lib/checks';
import type { ApiModel, DataSourceModel, HandlerModel } from '../../../lib/model';
import { ref, resolver } from '../fixtures';
import { finder, js, lambdaSource, role, table, tableSource } from './api-harness';

const helpers = `import * as ddb from '@aws-appsync/utils/dynamodb';\n`;
const call = (request: string): HandlerModel => js(`${helpers}export function request(ctx) {\n  return ${request};\n}`);
const behind = (handler: HandlerModel, ...sources: DataSourceModel[]): Partial<ApiModel> => ({
  dataSources: sources,
  resolvers: sources.map(({ name }, i) => resolver(`Query.f${i}`, { handler, dataSourceName: name })),
});
const items = tableSource('Items');
const options: CheckOptions = { tables: [table('Items')] };

describe('request-names-existing-index', () => {
  const found = finder('API_TABLE_INDEX');
  const query = (index: string) => call(`ddb.query({ query: { pk: { eq: 1 } }, index: ${index} })`);

  it('accepts global and local indexes, computed names, and tables from elsewhere', () => {
    for (const index of ["'byOwner'", "'byDate'", 'ctx.args.index']) expect(found(behind(query(index), items), options)).toEqual([]);
    expect(found(behind(query("'byName'"), items), { tables: [] })).toEqual([]);
    expect(found(behind(call("({ operation: 'Scan', index: 'byOwner' })"), items), options)).toEqual([]);
  });

  it('reports an unknown index of a helper and of a document, where it is written', () => {
    expect(found(behind(query("'byOwnr'"), items), options)).toEqual([
      { message: 'the table of data source "Items" has no index "byOwnr"', fix: 'did you mean "byOwner"?', resource: 'Queryf0Resolver', at: '3:55' },
    ]);
    expect(found(behind(call("{ operation: 'Scan', index: 'archived-items' }"), items), options)).toEqual([
      { message: 'the table of data source "Items" has no index "archived-items"', fix: 'use one of its indexes: byOwner, byDate', resource: 'Queryf0Resolver', at: '3:38' },
    ]);
  });

  it('leaves alone code that serves two tables, when the index is one of either', () => {
    const twoQueries = call("ctx.args.a ? ddb.query({ query: {}, index: 'byOwner' }) : ddb.query({ query: {}, index: 'byName' })");
    const others = { tables: [table('Items'), table('Names', { globalIndexes: [{ ...table('x').globalIndexes[0]!, name: 'byName' }] })] };

    expect(found(behind(twoQueries, items, tableSource('Names')), others)).toEqual([]);
  });
});

describe('request-has-key-of-table', () => {
  const found = finder('API_TABLE_KEY');
  const checked = (request: string, changes: Partial<ApiModel> = {}) => found({ ...behind(call(request), items), ...changes }, options);

  it.each([
    "ddb.get({ key: { pk: ctx.args.id, sk: 'A' } })",
    'ddb.get({ key: ctx.args.key })',
    'ddb.get({ key: { pk: 1, ...ctx.args.rest } })',
    "ddb.put({ key: { pk: 1, sk: 2 }, item: { name: 'x' } })",
    "ddb.put({ key: { pk: 1 }, item: { sk: 2, name: 'x' } })",
    'ddb.put({ key: { pk: 1 }, item: ctx.args.input })',
    'ddb.query({ query: { pk: { eq: 1 } } })',
    "ddb.query({ query: { owner: { eq: 1 }, date: { gt: 1 } }, index: 'byOwner' })",
    "ddb.query({ query: { any: { eq: 1 } }, index: ctx.args.index })",
    "({ operation: 'GetItem', key: util.dynamodb.toMapValues({ pk: 1, sk: 2 }) })",
    "({ operation: 'Query', query: { expression: '#pk = :pk and begins_with(sk, :sk)', expressionNames: { '#pk': 'pk' }, expressionValues: {} } })",
    "({ operation: 'Query', query: { expression: 'pk = :pk AND sk BETWEEN :a AND :b' } })",
    "ddb.transactWrite({ items: [{ putItem: { table: 'Elsewhere', key: { id: 1 } } }] })",
  ])('accepts %s', (request) => {
    expect(checked(request)).toEqual([]);
  });

  const ofItems = 'the table of data source "Items"';
  it.each([
    ["ddb.get({ key: { id: 1 } })", `"id" is no key attribute of ${ofItems}`, 'use "pk" and "sk"', '3:27'],
    ["ddb.remove({ key: { pk: 1 } })", `the key lacks "sk", a key attribute of ${ofItems}`, 'use "pk" and "sk"', '3:28'],
    ["ddb.update({ key: { pk: 1, sk: 2, name: 3 }, update: {} })", `"name" is no key attribute of ${ofItems}`, 'use "pk" and "sk"', '3:44'],
    ["ddb.put({ key: { id: 1 }, item: ctx.args.input })", `the item lacks "pk", a key attribute of ${ofItems}`, 'give the key "pk" and "sk"', '3:25'],
    ["ddb.query({ query: { owner: { eq: 1 } } })", `"owner" is no key attribute of ${ofItems}`, 'query by "pk" and "sk", and use a filter for other attributes', '3:31'],
    ["ddb.query({ query: { sk: { eq: 1 } } })", `the query lacks "pk", the partition key of ${ofItems}`, 'add a condition "pk = …"', '3:29'],
    ["ddb.query({ query: { pk: { eq: 1 } }, index: 'byOwner' })", `"pk" is no key attribute of index "byOwner" of ${ofItems}`, 'query by "owner" and "date", and use a filter for other attributes', '3:31'],
    ["{ operation: 'GetItem', key: util.dynamodb.toMapValues({ id: 1 }) }", `"id" is no key attribute of ${ofItems}`, 'use "pk" and "sk"', '3:67'],
    ["{ operation: 'Query', query: { expression: '#o = :o', expressionNames: { '#o': 'owner' } } }", `"owner" is no key attribute of ${ofItems}`, 'query by "pk" and "sk", and use a filter for other attributes', '3:53'],
  ])('reports %s', (request, message, fix, at) => {
    expect(checked(request)).toEqual([{ message, fix, resource: 'Queryf0Resolver', at }]);
  });

  it('knows the table of an entry of a batch or transaction by its name in the environment', () => {
    const environment = { ITEMS: 'Shop-Items' };
    const entry = { message: '"id" is no key attribute of table "ItemsTable"', fix: 'use "pk" and "sk"', resource: 'Queryf0Resolver' };

    expect(checked('ddb.batchGet({ tables: { [ctx.env.ITEMS]: { keys: ctx.args.ids.map((id) => ({ id })) } } })', { environment })).toEqual([{ ...entry, at: '3:88' }]);
    expect(checked('ddb.transactWrite({ items: [{ deleteItem: { table: ctx.env.ITEMS, key: { id: 1 } } }] })', { environment })).toEqual([{ ...entry, at: '3:83' }]);
  });

  it('leaves alone a key that is given more members later', () => {
    expect(found(behind(js(`${helpers}export function request(ctx) { const key = { pk: 1 }; key.sk = 2; return ddb.get({ key }); }`), items), options)).toEqual([]);
  });
});

describe('global-index-is-read-eventually', () => {
  const found = finder('API_TABLE_CONSISTENCY');
  const query = (index: string, consistentRead: string) => behind(call(`ddb.query({ query: {}, index: '${index}', consistentRead: ${consistentRead} })`), items);

  it('accepts consistent reads of local indexes and of the table, and others of global ones', () => {
    expect(found(query('byDate', 'true'), options)).toEqual([]);
    expect(found(query('byOwner', 'false'), options)).toEqual([]);
    expect(found(behind(call('ddb.query({ query: {}, consistentRead: true })'), items), options)).toEqual([]);
  });

  it('reports consistent reads of global indexes', () => {
    const message = 'index "byOwner" of the table of data source "Items" is a global one, which has no consistent reads';
    const fix = 'remove "consistentRead", or read a local index or the table';

    expect(found(query('byOwner', 'true'), options)).toEqual([{ message, fix, resource: 'Queryf0Resolver', at: '3:51' }]);
    expect(found(behind(call("{ operation: 'Scan', index: 'byOwner', consistentRead: true }"), items), options)).toEqual([{ message, fix, resource: 'Queryf0Resolver', at: '3:49' }]);
  });
});

describe('versioned-table-takes-operation', () => {
  const found = finder('API_VERSIONED_OPERATION');
  const versioned = tableSource('Notes', { versioned: true });

  it('accepts single writes and batch reads of versioned tables, and batch writes of others', () => {
    expect(found(behind(call('ddb.put({ key: {}, item: {} })'), versioned))).toEqual([]);
    expect(found(behind(call('ddb.batchGet({ tables: {} })'), versioned))).toEqual([]);
    expect(found(behind(call('ddb.sync({})'), versioned))).toEqual([]);
    expect(found(behind(call('ddb.batchPut({ tables: {} })'), items))).toEqual([]);
  });

  it('reports batch writes of versioned tables, and Sync of others', () => {
    expect(found(behind(call("ddb.batchPut({ tables: { 'Shop-Notes': [] } })"), versioned))).toEqual([
      { message: 'data source "Notes" is versioned, so it has no BatchPutItem', fix: 'write the items one by one, or use a data source that is not versioned', resource: 'Queryf0Resolver', at: '3:35' },
    ]);
    expect(found(behind(call("{ operation: 'Sync', limit: 10 }"), items))).toEqual([
      { message: 'data source "Items" is not versioned, so it has no Sync', fix: 'set "Versioned" and "DeltaSyncConfig" of the data source', resource: 'Queryf0Resolver', at: '3:23' },
    ]);
  });
});

describe('role-allows-requests', () => {
  const found = finder('API_PERMISSION');
  const arn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/Shop-Items';
  const with_ = (...statements: Parameters<typeof role>) => tableSource('Items', { role: role(...statements) });
  const reads = with_({ actions: ['dynamodb:GetItem', 'dynamodb:Query'], resources: [arn] });

  it('accepts what is allowed, by wildcards too, wherever the made-up environment is', () => {
    expect(found(behind(call('ddb.get({ key: {} })'), reads))).toEqual([]);
    expect(found(behind(call("ddb.query({ query: {}, index: 'byOwner' })"), with_({ actions: ['DynamoDB:*'], resources: ['arn:aws:dynamodb:*:*:table/Shop-*'] })))).toEqual([]);
    expect(found(behind(call('ddb.put({ key: {}, item: {} })'), with_({ actions: ['*'], resources: ['*'] })))).toEqual([]);
  });

  it('says nothing of roles that are not known, and of callers’ own credentials', () => {
    expect(found(behind(call('ddb.put({ key: {}, item: {} })'), tableSource('Items', { role: { kind: 'UNKNOWN' } })))).toEqual([]);
    expect(found(behind(call('ddb.put({ key: {}, item: {} })'), { ...reads, usesCallerCredentials: true } as DataSourceModel))).toEqual([]);
  });

  it('says nothing of an index or table that is computed, as long as the role allows the action on anything', () => {
    expect(found(behind(call('ddb.query({ query: {}, index: ctx.args.index })'), reads))).toEqual([]);
    expect(found(behind(call('ddb.batchGet({ tables: { [ctx.args.table]: {} } })'), with_({ actions: ['dynamodb:BatchGetItem'], resources: ['arn:aws:dynamodb:a:b:table/x'] })))).toEqual([]);
  });

  it('reports an operation that no statement allows, and one that a statement denies', () => {
    const denied = { message: 'the role "Role" of data source "Items" does not allow dynamodb:PutItem on table "Shop-Items"', fix: 'allow "dynamodb:PutItem" in a policy of the role', resource: 'Queryf0Resolver', at: '3:10' };

    expect(found(behind(call('ddb.put({ key: {}, item: {} })'), reads))).toEqual([denied]);
    expect(found(behind(call('ddb.put({ key: {}, item: {} })'), with_({ actions: ['*'], resources: ['*'] }, { effect: 'Deny', actions: ['dynamodb:Put*'], resources: ['*'] })))).toEqual([denied]);
  });

  it('reports an index that the role does not reach, though it reaches the table', () => {
    expect(found(behind(call("ddb.query({ query: {}, index: 'byOwner' })"), reads))).toEqual([
      { message: 'the role "Role" of data source "Items" does not allow dynamodb:Query on index "byOwner" of table "Shop-Items"', fix: 'allow "dynamodb:Query" in a policy of the role', resource: 'Queryf0Resolver', at: '3:10' },
    ]);
  });

  it('reports entries for another table', () => {
    const api = { ...behind(call('ddb.transactWrite({ items: [{ conditionCheck: { table: ctx.env.USERS, key: {} } }] })'), with_({ actions: ['dynamodb:ConditionCheckItem'], resources: [arn] })), environment: { USERS: 'Shop-Users' } };

    expect(found(api)).toEqual([
      { message: 'the role "Role" of data source "Items" does not allow dynamodb:ConditionCheckItem on table "Shop-Users"', fix: 'allow "dynamodb:ConditionCheckItem" in a policy of the role', resource: 'Queryf0Resolver', at: '3:40' },
    ]);
  });

  it('reports functions, buses, clusters and secrets out of reach', () => {
    const nothing = role({ actions: ['logs:*'], resources: ['*'] });
    const sources: DataSourceModel[] = [
      { ...lambdaSource('Call'), role: nothing },
      { type: 'OTHER', awsType: 'AMAZON_EVENTBRIDGE', name: 'Bus', config: { EventBridgeConfig: { EventBusArn: 'arn:aws:events:us-east-1:123456789012:event-bus/orders' } }, role: nothing, resource: ref('Bus') },
      {
        type: 'OTHER',
        awsType: 'RELATIONAL_DATABASE',
        name: 'Sql',
        config: { RelationalDatabaseConfig: { RdsHttpEndpointConfig: { DbClusterIdentifier: 'arn:aws:rds:us-east-1:123456789012:cluster:main', AwsSecretStoreArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db' } } },
        role: role({ actions: ['rds-data:*'], resources: ['*'] }),
        resource: ref('Sql'),
      },
    ];

    expect(found(behind({ kind: 'DIRECT' }, ...sources)).map(({ message, resource }) => ({ message, resource }))).toEqual([
      { message: 'the role "Role" of data source "Call" does not allow lambda:InvokeFunction on its function', resource: 'CallDataSource' },
      { message: 'the role "Role" of data source "Bus" does not allow events:PutEvents on its event bus', resource: 'Bus' },
      { message: 'the role "Role" of data source "Sql" does not allow secretsmanager:GetSecretValue on its secret', resource: 'Sql' },
    ]);
  });

  it('accepts a secret that is named without the six characters its ARN ends with, and a source nobody uses', () => {
    const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db';
    const sql: DataSourceModel = {
      type: 'OTHER',
      awsType: 'RELATIONAL_DATABASE',
      name: 'Sql',
      config: { RelationalDatabaseConfig: { RdsHttpEndpointConfig: { AwsSecretStoreArn: secret } } },
      role: role({ actions: ['secretsmanager:GetSecretValue'], resources: [`${secret}-??????`] }),
      resource: ref('Sql'),
    };

    expect(found(behind({ kind: 'DIRECT' }, sql))).toEqual([]);
    expect(found({ dataSources: [{ ...lambdaSource('Call'), role: role() }] })).toEqual([]);
  });
});
