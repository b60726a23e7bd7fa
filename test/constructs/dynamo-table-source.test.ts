import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { DynamoTableSource, type DynamoTableSourceProps } from '../../lib';
import { getHandlers, project, schema } from './project';

const handlers = (body: string, imports = "import * as ddb from '@aws-appsync/utils/dynamodb';") => `${imports}
export function request(ctx) {
  ${body}
}
export function response(ctx) {
  return ctx.result;
}
`;

/** A stack with one table source answering `Query.getItem` with the given code, and a second table. */
function stackWith(code: string, props: DynamoTableSourceProps = { partitionKey: 'id' }) {
  const made = project({ 'schema.graphql': schema, 'resolvers/Query.getItem.ts': code });
  const api = made.api();
  const items = new DynamoTableSource(api, 'Items', props);
  items.resolve('Query.getItem');
  const others = new DynamoTableSource(api, 'CustomerItems', { partitionKey: 'id' });
  return { ...made, items, others, template: made.template() };
}

/** Actions by what they are allowed on, of the role of `Items`. */
function allowed({ template, items }: Pick<ReturnType<typeof stackWith>, 'template' | 'items'>): Record<string, string[]> {
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy', { Properties: { Roles: [Stack.of(items).resolve(items.role.roleName)] } }));
  const statements = (policy?.Properties.PolicyDocument.Statement ?? []) as { Action: string | string[]; Resource: unknown }[];
  return Object.fromEntries(statements.map(({ Action, Resource }) => [JSON.stringify(Resource).replace(/[A-F0-9]{8}/g, ''), [Action].flat()]));
}

const itemsTable = '{"Fn::GetAtt":["ApiItemsTable","Arn"]}';
const othersTable = '{"Fn::GetAtt":["ApiCustomerItemsTable","Arn"]}';

test('a created table is on demand, encrypted, recoverable and kept', () => {
  const { template } = stackWith(getHandlers, { partitionKey: 'id', timeToLiveAttribute: 'expires' });

  template.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Retain',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    },
  });
});

test('keys and indexes come from one short prop each', () => {
  const { template } = stackWith(getHandlers, {
    partitionKey: 'owner',
    sortKey: 'id',
    keyTypes: { price: dynamodb.AttributeType.NUMBER },
    indexes: { byPrice: { partitionKey: 'category', sortKey: 'price' }, bare: { partitionKey: 'category', nonKeyAttributes: ['name'] }, byName: { sortKey: 'name' } },
  });

  template.hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: [
      { AttributeName: 'owner', KeyType: 'HASH' },
      { AttributeName: 'id', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: Match.arrayWith([{ AttributeName: 'price', AttributeType: 'N' }]),
    GlobalSecondaryIndexes: [
      { IndexName: 'byPrice', KeySchema: [Match.objectLike({ AttributeName: 'category' }), Match.objectLike({ AttributeName: 'price' })], Projection: { ProjectionType: 'ALL' } },
      { IndexName: 'bare', Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['name'] } },
    ],
    LocalSecondaryIndexes: [{ IndexName: 'byName' }],
  });
});

test('an existing table is used as it is', () => {
  const made = project();
  const table = dynamodb.Table.fromTableName(made.stack, 'Existing', 'existing-items');
  const source = new DynamoTableSource(made.api(), 'Items', { table });
  source.resolve('Query.getItem');

  expect(source.table).toBe(table);
  const template = made.template();
  template.resourceCountIs('AWS::DynamoDB::Table', 0);
  template.hasResourceProperties('AWS::AppSync::DataSource', { Name: 'Items', DynamoDBConfig: { TableName: 'existing-items' } });
});

test('resolvers find the name of each table in their environment', () => {
  const { template, others } = stackWith(getHandlers);

  expect(others.environmentName).toBe('CUSTOMER_ITEMS_TABLE');
  template.hasResourceProperties('AWS::AppSync::GraphQLApi', {
    EnvironmentVariables: { ITEMS_TABLE: { Ref: Match.stringLikeRegexp('ItemsTable') }, CUSTOMER_ITEMS_TABLE: { Ref: Match.stringLikeRegexp('CustomerItemsTable') } },
  });
});

describe('the role allows what the code does', () => {
  test.each<[string, string, Record<string, string[]>]>([
    ['a read', 'return ddb.get({ key: { id: ctx.args.id } });', { [itemsTable]: ['dynamodb:GetItem'] }],
    ['a raw request', "return { operation: 'DeleteItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }) };", { [itemsTable]: ['dynamodb:DeleteItem'] }],
    ['a conditional write, after which AppSync may read', 'return ddb.put({ key: { id: ctx.args.id }, item: {}, condition: { id: { attributeExists: false } } });', { [itemsTable]: ['dynamodb:PutItem', 'dynamodb:GetItem'] }],
    ['a batch on another table', 'return ddb.batchGet({ tables: { [ctx.env.CUSTOMER_ITEMS_TABLE]: { keys: [{ id: ctx.args.id }] } } });', { [othersTable]: ['dynamodb:BatchGetItem'] }],
    [
      'a transaction over two tables',
      'return ddb.transactWrite({ items: [{ putItem: { table: ctx.env.ITEMS_TABLE, key: { id: "1" }, item: {} } }, { conditionCheck: { table: ctx.env.CUSTOMER_ITEMS_TABLE, key: { id: "1" }, condition: { id: { attributeExists: true } } } }] });',
      { [itemsTable]: ['dynamodb:PutItem'], [othersTable]: ['dynamodb:ConditionCheckItem'] },
    ],
    [
      'a transaction whose tables are computed, any kind on each table it names',
      'const tables = [ctx.env.ITEMS_TABLE, ctx.env.CUSTOMER_ITEMS_TABLE];\n  return ddb.transactWrite({ items: tables.map((table) => ({ deleteItem: { table, key: { id: "1" } } })) });',
      { [itemsTable]: ['dynamodb:DeleteItem'], [othersTable]: ['dynamodb:DeleteItem'] },
    ],
  ])('%s', (_title, body, expected) => {
    expect(allowed(stackWith(handlers(body)))).toEqual(expected);
  });

  test('a query on an index, by the names of the indexes there are', () => {
    const made = stackWith(handlers('return ddb.query({ index: ctx.args.by, query: { owner: { eq: ctx.args.id } } });'), { partitionKey: 'id', indexes: { byOwner: { partitionKey: 'owner' } } });

    expect(allowed(made)).toEqual({ [itemsTable]: ['dynamodb:Query'], [`{"Fn::Join":["",[${itemsTable},"/index/byOwner"]]}`]: ['dynamodb:Query'] });
  });

  test('an operation that is computed gets every action on items', () => {
    const made = stackWith(handlers("return { operation: ctx.args.id === '1' ? 'GetItem' : ctx.args.name, key: {} };"));

    expect(allowed(made)[itemsTable]).toEqual(expect.arrayContaining(['dynamodb:GetItem', 'dynamodb:Scan', 'dynamodb:BatchWriteItem', 'dynamodb:ConditionCheckItem']));
  });

  test('nothing, for a data source without resolvers', () => {
    const { template, others } = stackWith(getHandlers);

    expect(template.findResources('AWS::IAM::Policy', { Properties: { Roles: [Stack.of(others).resolve(others.role.roleName)] } })).toEqual({});
  });

  test('two tables in one role, when they share it', () => {
    const made = project({ 'schema.graphql': schema, 'resolvers/Query.getItem.ts': getHandlers, 'resolvers/Mutation.putItem.ts': getHandlers });
    const api = made.api();
    const role = new iam.Role(made.stack, 'Tables', { assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com') });
    const items = new DynamoTableSource(api, 'Items', { partitionKey: 'id', role });
    items.resolve('Query.getItem');
    new DynamoTableSource(api, 'CustomerItems', { partitionKey: 'id', role }).resolve('Mutation.putItem');
    const template = made.template();

    expect(allowed({ template, items })).toEqual({ [itemsTable]: ['dynamodb:GetItem'], [othersTable]: ['dynamodb:GetItem'] });
    for (const Name of ['Items', 'CustomerItems']) template.hasResourceProperties('AWS::AppSync::DataSource', { Name, ServiceRoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Tables'), 'Arn'] } });
  });

  test('use of the key of an encrypted table', () => {
    const made = project();
    const source = new DynamoTableSource(made.api(), 'Items', { partitionKey: 'id', encryptionKey: new kms.Key(made.stack, 'Key') });
    source.resolve('Query.getItem');

    made.template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']), Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('Key'), 'Arn'] } })]) },
    });
  });
});

describe('with the credentials of callers', () => {
  test('there is no role, and the data source says whose credentials count', () => {
    const { template, items } = stackWith(getHandlers, { partitionKey: 'id', useCallerCredentials: true });

    const [source] = Object.values(template.findResources('AWS::AppSync::DataSource', { Properties: { Name: 'Items' } }));
    expect(source?.Properties).toEqual({
      ApiId: expect.anything(),
      Name: 'Items',
      Type: 'AMAZON_DYNAMODB',
      DynamoDBConfig: { AwsRegion: { Ref: 'AWS::Region' }, TableName: { Ref: expect.stringMatching('^ApiItemsTable') }, UseCallerCredentials: true },
    });
    expect(Object.keys(template.findResources('AWS::IAM::Role'))).toEqual([expect.stringMatching('^ApiLogRole'), expect.stringMatching('^ApiCustomerItemsRole')]);
    expect(() => items.role).toThrow('Stack/Api/Items: the table is used with the credentials of callers, so there is no role; grant to theirs');
  });

  test('a role besides is refused', () => {
    const { stack, api: make } = project();
    const api = make();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com') });

    expect(() => new DynamoTableSource(api, 'Items', { partitionKey: 'id', role, useCallerCredentials: true })).toThrow('Stack/Api/Items: the table is used either by "role" or with "useCallerCredentials"; leave one of them out');
  });

  test('an API that nobody calls with IAM is reported', () => {
    const made = project();
    new DynamoTableSource(made.api(), 'Items', { partitionKey: 'id', useCallerCredentials: true }).resolve('Query.getItem');

    expect(() => made.app.synth()).toThrow('the API "Api" lacks the authorization mode AWS_IAM');
  });
});

test('the removal policy can be changed for tables that may go', () => {
  const { template } = stackWith(getHandlers, { partitionKey: 'id', removalPolicy: RemovalPolicy.DESTROY });
  template.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
});

test('a source with neither a table nor keys is refused', () => {
  const made = project();
  expect(() => new DynamoTableSource(made.api(), 'Items', {})).toThrow('Stack/Api/Items: give either "partitionKey", to create a table, or "table", to use an existing one');
});

test('an index without any key is refused', () => {
  const made = project();
  expect(() => new DynamoTableSource(made.api(), 'Items', { partitionKey: 'id', indexes: { empty: {} } })).toThrow('the index "empty" needs a "partitionKey", a "sortKey" or both');
});
