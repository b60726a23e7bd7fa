/** What code and templates ask of data sources, against the tables, roles and payloads that are there. */
import { answers, apiTemplate, appSync, coded, type Mutant, type MutantGroup, type Resource, runtime } from './mutant';

const tableOf = (keys: readonly (readonly [string, string])[], attributes: readonly string[], indexes: Readonly<Record<string, unknown>> = {}): Resource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    BillingMode: 'PAY_PER_REQUEST',
    ...indexes,
  },
});
const orders = tableOf([['customerId', 'HASH'], ['orderId', 'RANGE']], ['customerId', 'orderId', 'status', 'placedAt'], {
  GlobalSecondaryIndexes: [{ IndexName: 'byStatus', KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }, { AttributeName: 'placedAt', KeyType: 'RANGE' }], Projection: { ProjectionType: 'ALL' } }],
});

const arn = { 'Fn::GetAtt': ['Orders', 'Arn'] };
const role = (...statements: readonly Readonly<Record<string, unknown>>[]): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'appsync.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    Policies: [{ PolicyName: 'access', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});
const allow = (actions: readonly string[], ...resources: readonly unknown[]) => ({ Effect: 'Allow', Action: actions, Resource: resources });
const allActions = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem', 'ConditionCheckItem'].map((name) => `dynamodb:${name}`);
const indexArn = { 'Fn::Join': ['', [arn, '/index/*']] };
const roleArn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

const code = `import { util } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  return ddb.get({ key: { customerId: ctx.args.customerId, orderId: ctx.args.orderId } });
}

export function response(ctx) {
  return ctx.result;
}
`;
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:ship';
const busArn = 'arn:aws:events:us-east-1:123456789012:event-bus/shop';
const clusterArn = 'arn:aws:rds:us-east-1:123456789012:cluster:shop';
const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop';

const base = apiTemplate('type Query {\n  order(customerId: ID, orderId: ID): AWSJSON\n  ship: AWSJSON\n  tell: AWSJSON\n  ask: AWSJSON\n}\n', {
  Orders: orders,
  OrdersRole: role(allow(allActions, arn, indexArn)),
  OrdersSource: appSync('DataSource', { Name: 'Orders', Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { TableName: { Ref: 'Orders' }, AwsRegion: 'us-east-1' }, ServiceRoleArn: roleArn('OrdersRole') }),
  Order: coded('Query.order', 'OrdersSource', code),
  LambdaRole: role(allow(['lambda:InvokeFunction'], functionArn)),
  LambdaSource: appSync('DataSource', { Name: 'Ship', Type: 'AWS_LAMBDA', LambdaConfig: { LambdaFunctionArn: functionArn }, ServiceRoleArn: roleArn('LambdaRole') }),
  Ship: appSync('Resolver', { ...answers('Query.ship'), DataSourceName: { 'Fn::GetAtt': ['LambdaSource', 'Name'] } }),
  BusRole: role(allow(['events:PutEvents'], busArn)),
  BusSource: appSync('DataSource', { Name: 'Bus', Type: 'AMAZON_EVENTBRIDGE', EventBridgeConfig: { EventBusArn: busArn }, ServiceRoleArn: roleArn('BusRole') }),
  Tell: coded('Query.tell', 'BusSource', "export const request = () => ({ operation: 'PutEvents', events: [{ source: 'shop', detailType: 'told', detail: {} }] });\nexport const response = (ctx) => ctx.result;\n"),
  DatabaseRole: role(allow(['rds-data:ExecuteStatement'], clusterArn), allow(['secretsmanager:GetSecretValue'], secretArn)),
  DatabaseSource: appSync('DataSource', {
    Name: 'Database',
    Type: 'RELATIONAL_DATABASE',
    RelationalDatabaseConfig: { RelationalDatabaseSourceType: 'RDS_HTTP_ENDPOINT', RdsHttpEndpointConfig: { AwsRegion: 'us-east-1', DbClusterIdentifier: clusterArn, AwsSecretStoreArn: secretArn } },
    ServiceRoleArn: roleArn('DatabaseRole'),
  }),
  Ask: coded('Query.ask', 'DatabaseSource', "export const request = () => ({ statements: ['SELECT 1'] });\nexport const response = (ctx) => ctx.result;\n", { Runtime: runtime }),
});

const key = '{ customerId: ctx.args.customerId, orderId: ctx.args.orderId }';
const get = `ddb.get({ key: ${key} })`;
const asked = (name: string, ruleCode: string, request: string, right: string): Mutant => ({ name, code: ruleCode, change: [get, request], fixed: { change: [get, right] } });
const rds = 'DatabaseSource.Properties.RelationalDatabaseConfig.RdsHttpEndpointConfig';
const search = (Endpoint: string) => ({ Search: appSync('DataSource', { Name: 'Search', Type: 'AMAZON_OPENSEARCH_SERVICE', OpenSearchServiceConfig: { Endpoint, AwsRegion: 'us-east-1' }, ServiceRoleArn: roleArn('BusRole') }) });
/** The database of the same template instead. */
const ownCluster = (properties: Readonly<Record<string, unknown>>) => ({
  Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql', ...properties } },
  [`${rds}.DbClusterIdentifier`]: { 'Fn::GetAtt': ['Cluster', 'DBClusterArn'] },
  [statements('DatabaseRole')]: [allow(['rds-data:ExecuteStatement'], '*'), allow(['secretsmanager:GetSecretValue'], secretArn)],
});
const statements = (name: string) => `${name}.Properties.Policies.0.PolicyDocument.Statement`;

export const requestMutants: readonly MutantGroup[] = [
  {
    area: 'requests',
    base,
    text: 'Order.Properties.Code',
    mutants: [
      { name: 'The provided key element does not match the schema: another name', code: 'API_TABLE_KEY', change: [key, '{ customerId: ctx.args.customerId, id: ctx.args.orderId }'] },
      { name: 'The provided key element does not match the schema: no sort key', code: 'API_TABLE_KEY', change: [key, '{ customerId: ctx.args.customerId }'] },
      asked('The provided key element does not match the schema: of a document', 'API_TABLE_KEY', "{ operation: 'GetItem', key: util.dynamodb.toMapValues({ id: '1' }) }", "{ operation: 'GetItem', key: util.dynamodb.toMapValues({ customerId: '1', orderId: '2' }) }"),
      asked('The provided key element does not match the schema: of an update', 'API_TABLE_KEY', "ddb.update({ key: { id: '1' }, update: { status: 'NEW' } })", "ddb.update({ key: { customerId: '1', orderId: '2' }, update: { status: 'NEW' } })"),
      asked('The provided key element does not match the schema: of a removal', 'API_TABLE_KEY', "ddb.remove({ key: { orderId: '1' } })", "ddb.remove({ key: { customerId: '1', orderId: '2' } })"),
      asked('Missing the key orderId in the item', 'API_TABLE_KEY', "ddb.put({ key: { customerId: '1' }, item: { status: 'NEW' } })", "ddb.put({ key: { customerId: '1', orderId: '2' }, item: { status: 'NEW' } })"),
      asked('Query condition missed key schema element: customerId', 'API_TABLE_KEY', "ddb.query({ query: { orderId: { eq: '1' } } })", "ddb.query({ query: { customerId: { eq: '1' } } })"),
      asked('Query key condition not supported: an attribute that is no key', 'API_TABLE_KEY', "ddb.query({ query: { customerId: { eq: '1' }, status: { eq: 'NEW' } } })", "ddb.query({ query: { customerId: { eq: '1' }, orderId: { eq: '2' } } })"),
      asked('Query condition missed key schema element of an index', 'API_TABLE_KEY', "ddb.query({ query: { customerId: { eq: '1' } }, index: 'byStatus' })", "ddb.query({ query: { status: { eq: '1' } }, index: 'byStatus' })"),
      asked('The table does not have the specified index', 'API_TABLE_INDEX', "ddb.query({ query: { status: { eq: 'NEW' } }, index: 'by-status' })", "ddb.query({ query: { status: { eq: 'NEW' } }, index: 'byStatus' })"),
      asked('The table does not have the specified index, of a scan', 'API_TABLE_INDEX', "ddb.scan({ index: 'byState' })", "ddb.scan({ index: 'byStatus' })"),
      asked('Consistent reads are not supported on global secondary indexes', 'API_TABLE_CONSISTENCY', "ddb.query({ query: { status: { eq: 'NEW' } }, index: 'byStatus', consistentRead: true })", "ddb.query({ query: { status: { eq: 'NEW' } }, index: 'byStatus', consistentRead: false })"),
      asked('A sync of a table without versions', 'API_VERSIONED_OPERATION', 'ddb.sync({ limit: 10 })', 'ddb.scan({ limit: 10 })'),
      { name: 'AccessDeniedException: dynamodb:GetItem', code: 'API_PERMISSION', patch: { [statements('OrdersRole')]: [allow(['dynamodb:PutItem'], arn)] }, line: 'ddb.get' },
      { name: 'AccessDeniedException: the role is for another table', code: 'API_PERMISSION', patch: { [statements('OrdersRole')]: [allow(allActions, 'arn:aws:dynamodb:us-east-1:123456789012:table/other')] }, line: 'ddb.get' },
      { name: 'AccessDeniedException: a statement denies', code: 'API_PERMISSION', patch: { [statements('OrdersRole')]: [allow(allActions, arn), { Effect: 'Deny', Action: 'dynamodb:Get*', Resource: '*' }] }, line: 'ddb.get' },
      { name: 'AccessDeniedException: the index is not in the policy', code: 'API_PERMISSION', change: [get, "ddb.query({ query: { status: { eq: 'NEW' } }, index: 'byStatus' })"], patch: { [statements('OrdersRole')]: [allow(allActions, arn)] } },
      { name: 'AccessDeniedException: dynamodb:UpdateItem', code: 'API_PERMISSION', change: [get, `ddb.update({ key: ${key}, update: { status: 'NEW' } })`], patch: { [statements('OrdersRole')]: [allow(['dynamodb:GetItem', 'dynamodb:PutItem'], arn)] } },
      { name: 'HttpEndpoint is not enabled for the cluster', code: 'API_DATABASE_ENDPOINT', patch: ownCluster({}), fixed: { patch: ownCluster({ EnableHttpEndpoint: true }) } },
      { name: 'HttpEndpoint is disabled for the cluster', code: 'API_DATABASE_ENDPOINT', patch: ownCluster({ EnableHttpEndpoint: 'false' }), fixed: { patch: ownCluster({ EnableHttpEndpoint: 'true' }) } },
      { name: 'A cluster of another region', code: 'MAN_PROPERTY', patch: { [`${rds}.AwsRegion`]: 'eu-west-1', [`${rds}.AwsSecretStoreArn`]: secretArn.replace('us-east-1', 'eu-west-1') } },
      { name: 'A secret of another region', code: 'MAN_PROPERTY', patch: { [`${rds}.AwsSecretStoreArn`]: secretArn.replace('us-east-1', 'eu-west-1') } },
      { name: 'The endpoint of a search domain does not match https?://', code: 'API_DATA_SOURCE_CONFIG', patch: search('search-shop.us-east-1.es.amazonaws.com'), fixed: { patch: search('https://search-shop.us-east-1.es.amazonaws.com') } },
      { name: 'AccessDeniedException: lambda:InvokeFunction', code: 'API_PERMISSION', patch: { [statements('LambdaRole')]: [allow(['lambda:InvokeFunction'], `${functionArn}-old`)] }, on: 'LambdaSource' },
      { name: 'AccessDeniedException: events:PutEvents', code: 'API_PERMISSION', patch: { [statements('BusRole')]: [allow(['events:PutRule'], busArn)] }, on: 'BusSource' },
      { name: 'AccessDeniedException: rds-data:ExecuteStatement', code: 'API_PERMISSION', patch: { [statements('DatabaseRole')]: [allow(['secretsmanager:GetSecretValue'], secretArn)] }, on: 'DatabaseSource' },
      { name: 'AccessDeniedException: secretsmanager:GetSecretValue', code: 'API_PERMISSION', patch: { [statements('DatabaseRole')]: [allow(['rds-data:ExecuteStatement'], clusterArn)] }, on: 'DatabaseSource' },
    ],
  },
];
