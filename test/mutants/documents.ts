/** Defects taken sentence by sentence from AppSync's documents, before anybody looked at what the rules find. */
import { answers, apiId, apiTemplate, appSync, coded, direct, type Mutant, type MutantGroup, noneSource, type Resource } from './mutant';

const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
const table = (keys: readonly string[], indexes: Readonly<Record<string, unknown>> = {}): Resource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [...keys, ...('GlobalSecondaryIndexes' in indexes ? ['status'] : [])].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    BillingMode: 'PAY_PER_REQUEST',
    ...indexes,
  },
});
const role = (...statements: readonly Readonly<Record<string, unknown>>[]): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'appsync.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    Policies: [{ PolicyName: 'access', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});
const allow = (actions: readonly string[], ...resources: readonly unknown[]) => ({ Effect: 'Allow', Action: actions, Resource: resources });
const source = (Name: string, Type: string, roleName: string, config: Readonly<Record<string, unknown>>) => appSync('DataSource', { Name, Type, ServiceRoleArn: arnOf(roleName), ...config });
const templates = (field: string, dataSource: string, RequestMappingTemplate: string, ResponseMappingTemplate = '$util.toJson($ctx.result)\n') =>
  appSync('Resolver', { ...answers(field), DataSourceName: { 'Fn::GetAtt': [dataSource, 'Name'] }, RequestMappingTemplate, ResponseMappingTemplate });

const byStatus = { GlobalSecondaryIndexes: [{ IndexName: 'byStatus', KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }] };
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:ship';
const busArn = 'arn:aws:events:us-east-1:123456789012:event-bus/shop';
const clusterArn = 'arn:aws:rds:us-east-1:123456789012:cluster:shop';
const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop';
const domainArn = 'arn:aws:es:us-east-1:123456789012:domain/shop';

/** Everything a document speaks about, once each. */
const resources = {
  Key: appSync('ApiKey', { Expires: Date.UTC(2026, 8, 1) / 1000 }),
  Cache: appSync('ApiCache', { ApiCachingBehavior: 'PER_RESOLVER_CACHING', Ttl: 300, Type: 'SMALL' }),
  NoneSource: noneSource,
  Orders: table(['customerId', 'orderId'], byStatus),
  OrdersRole: role(allow(['dynamodb:*'], arnOf('Orders'), { 'Fn::Sub': '${Orders.Arn}/index/*' })),
  OrdersSource: source('Orders', 'AMAZON_DYNAMODB', 'OrdersRole', { DynamoDBConfig: { TableName: { Ref: 'Orders' }, AwsRegion: 'us-east-1' } }),
  Posts: table(['id'], { TimeToLiveSpecification: { AttributeName: '_ttl', Enabled: true } }),
  Deltas: table(['ds_pk', 'ds_sk'], { TimeToLiveSpecification: { AttributeName: '_ttl', Enabled: true } }),
  PostsRole: role(allow(['dynamodb:*'], arnOf('Posts'), arnOf('Deltas')), allow(['lambda:InvokeFunction'], functionArn)),
  PostsSource: source('Posts', 'AMAZON_DYNAMODB', 'PostsRole', {
    DynamoDBConfig: { TableName: { Ref: 'Posts' }, AwsRegion: 'us-east-1', Versioned: true, DeltaSyncConfig: { BaseTableTTL: '60', DeltaSyncTableName: { Ref: 'Deltas' }, DeltaSyncTableTTL: '60' } },
  }),
  LambdaRole: role(allow(['lambda:InvokeFunction'], functionArn)),
  LambdaSource: source('Ship', 'AWS_LAMBDA', 'LambdaRole', { LambdaConfig: { LambdaFunctionArn: functionArn } }),
  BusRole: role(allow(['events:PutEvents'], busArn)),
  BusSource: source('Bus', 'AMAZON_EVENTBRIDGE', 'BusRole', { EventBridgeConfig: { EventBusArn: busArn } }),
  DatabaseRole: role(allow(['rds-data:ExecuteStatement'], clusterArn), allow(['secretsmanager:GetSecretValue'], secretArn)),
  DatabaseSource: source('Database', 'RELATIONAL_DATABASE', 'DatabaseRole', {
    RelationalDatabaseConfig: { RelationalDatabaseSourceType: 'RDS_HTTP_ENDPOINT', RdsHttpEndpointConfig: { AwsRegion: 'us-east-1', DbClusterIdentifier: clusterArn, AwsSecretStoreArn: secretArn } },
  }),
  SearchRole: role(allow(['es:ESHttp*'], `${domainArn}/*`)),
  SearchSource: source('Search', 'AMAZON_OPENSEARCH_SERVICE', 'SearchRole', { OpenSearchServiceConfig: { AwsRegion: 'us-east-1', Endpoint: 'https://search-shop-abc.us-east-1.es.amazonaws.com' } }),
  StepsRole: role(allow(['states:StartExecution'], '*')),
  StepsSource: source('Steps', 'HTTP', 'StepsRole', {
    HttpConfig: { Endpoint: 'https://states.us-east-1.amazonaws.com', AuthorizationConfig: { AuthorizationType: 'AWS_IAM', AwsIamConfig: { SigningRegion: 'us-east-1', SigningServiceName: 'states' } } },
  }),
};

const handler = (request: string) => `import { util, extensions } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  return ${request};
}

export function response(ctx) {
  return ctx.result;
}
`;
const getOrder = "ddb.get({ key: { customerId: ctx.args.id, orderId: '1' } })";
const getOrderTemplate = `{
  "version": "2018-05-29",
  "operation": "GetItem",
  "key": {
    "customerId": $util.dynamodb.toDynamoDBJson($ctx.args.id),
    "orderId": { "S": "1" }
  }
}
`;
const queryTemplate = `{
  "version": "2018-05-29",
  "operation": "Query",
  "index": "byStatus",
  "query": {
    "expression": "#status = :status",
    "expressionNames": { "#status": "status" },
    "expressionValues": { ":status": { "S": "NEW" } }
  }
}
`;

const sdl = `type Query {
  order(id: ID!): Order
  orderBefore(id: ID!): Order
  byStatus: AWSJSON
  post(id: ID!): AWSJSON
  ship: AWSJSON
  tell: AWSJSON
  ask: AWSJSON
  find: AWSJSON
  start: AWSJSON
  ping: AWSJSON
}

type Mutation {
  place(id: ID!): Order
  write(id: ID!): AWSJSON
}

type Subscription {
  onPlace(id: ID): Order @aws_subscribe(mutations: ["place"])
}

type Order {
  id: ID!
  total: Float
}
`;
const base = apiTemplate(sdl, {
  ...resources,
  Order: coded('Query.order', 'OrdersSource', handler(getOrder), { CachingConfig: { Ttl: 60, CachingKeys: ['$context.arguments', '$context.identity'] } }),
  OrderBefore: templates('Query.orderBefore', 'OrdersSource', getOrderTemplate),
  ByStatus: templates('Query.byStatus', 'OrdersSource', queryTemplate),
  Post: coded('Query.post', 'PostsSource', handler("ddb.get({ key: { id: '1' } })")),
  Ship: coded('Query.ship', 'LambdaSource', handler("{ operation: 'Invoke', payload: ctx.args }")),
  Tell: coded('Query.tell', 'BusSource', handler("{ operation: 'PutEvents', events: [{ source: 'shop', detailType: 'told', detail: {} }] }")),
  Ask: coded('Query.ask', 'DatabaseSource', handler("{ statements: ['SELECT 1'] }")),
  Find: coded('Query.find', 'SearchSource', handler("{ operation: 'GET', path: '/orders/_search', params: {} }")),
  Start: coded('Query.start', 'StepsSource', handler("{ method: 'POST', resourcePath: '/', params: { headers: { 'content-type': 'application/json' } } }")),
  Ping: coded('Query.ping', 'NoneSource', handler('{ payload: 1 }')),
  Place: coded('Mutation.place', 'NoneSource', handler('{ payload: ctx.args }')),
  Write: coded('Mutation.write', 'PostsSource', handler("ddb.put({ key: { id: '1' }, item: { title: 'a' } })"), { SyncConfig: { ConflictDetection: 'VERSION', ConflictHandler: 'LAMBDA', LambdaConflictHandlerConfig: { LambdaConflictHandlerArn: functionArn } } }),
  OnPlace: coded('Subscription.onPlace', 'NoneSource', handler('{ payload: null }')),
});

const own = (resource: string, mutants: readonly Mutant[]): MutantGroup => ({ area: 'documents', base, text: `${resource}.Properties.Code`, mutants });
const asks = (name: string, code: string, from: string, to: string, more: Partial<Mutant> = {}): Mutant => ({ name, code, change: [from, to], ...more });
const answersWith = (statement: string): readonly [string, string] => ['  return ctx.result;', `  ${statement}\n  return ctx.result;`];
const orders = 'OrdersSource.Properties';
const posts = 'PostsSource.Properties.DynamoDBConfig';
const policy = (name: string) => `${name}.Properties.Policies.0.PolicyDocument.Statement`;

export const documentMutants: readonly MutantGroup[] = [
  {
    area: 'documents',
    base,
    text: 'Schema.Properties.Definition',
    mutants: [
      { name: 'There is no BigInt', code: 'SDL_UNKNOWN_TYPE', change: ['total: Float', 'total: BigInt'] },
      { name: 'AWS is a reserved prefix, also of enums', code: 'SDL_RESERVED_NAME', change: ['type Order {', 'enum AWSColor { RED }\n\ntype Order {'] },
      { name: '@aws_subscribe is for subscriptions', code: 'SDL_SUBSCRIBE_PLACE', severity: 'warning', change: ['place(id: ID!): Order', 'place(id: ID!): Order @aws_subscribe(mutations: ["write"])'] },
      { name: '@aws_api_key on an input', code: 'SDL_DIRECTIVE_LOCATION', severity: 'warning', change: ['type Order {', 'input OrderInput @aws_api_key { id: ID }\n\ntype Order {'] },
      { name: '@aws_iam on an argument', code: 'SDL_DIRECTIVE_LOCATION', severity: 'warning', change: ['order(id: ID!)', 'order(id: ID! @aws_iam)'] },
      { name: '@renamed needs its new name', code: 'SDL_DIRECTIVE_ARGUMENT', change: ['type Order {', 'type Order @renamed {'] },
      { name: 'The output type of a subscription is a list, that of its mutation is not', code: 'SDL_SUBSCRIPTION_TYPE', change: ['onPlace(id: ID): Order @', 'onPlace(id: ID): [Order] @'] },
      { name: 'The output type of a subscription is another type', code: 'SDL_SUBSCRIPTION_TYPE', change: ['mutations: ["place"]', 'mutations: ["place", "write"]'] },
      { name: 'A default that is no value of its enum', code: 'SDL_DEFAULT_VALUE', change: ['type Order {', 'enum Color { RED }\n\ninput Paint { color: Color = BLUE }\n\ntype Order {'], line: 'BLUE' },
      { name: 'An API has one schema', code: 'MAN_PROPERTY', patch: { Second: appSync('GraphQLSchema', { Definition: sdl }) } },
    ],
  },
  {
    area: 'documents',
    base,
    mutants: [
      { name: 'An API has one cache', code: 'MAN_PROPERTY', patch: { SecondCache: appSync('ApiCache', { ApiCachingBehavior: 'FULL_REQUEST_CACHING', Ttl: 60, Type: 'SMALL' }) } },
      { name: 'A resolver without code on a table', code: 'API_REQUEST_MISSING', patch: { 'Order.Properties.Code': undefined, 'Order.Properties.Runtime': undefined } },
      { name: 'A resolver without code on a NONE source', code: 'API_REQUEST_MISSING', patch: { 'Ping.Properties.Code': undefined, 'Ping.Properties.Runtime': undefined } },
      { name: 'A template for the response alone, on a table', code: 'API_REQUEST_MISSING', patch: { 'OrderBefore.Properties.RequestMappingTemplate': undefined } },
      { name: "Callers' credentials are those of IAM", code: 'API_DATA_SOURCE_ROLE', patch: { [`${orders}.DynamoDBConfig.UseCallerCredentials`]: true }, fixed: { patch: { [`${orders}.DynamoDBConfig.UseCallerCredentials`]: true, 'Api.Properties.AuthenticationType': 'AWS_IAM' } } },
      { name: 'A versioned source without its delta table', code: 'MAN_PROPERTY', patch: { [`${posts}.DeltaSyncConfig`]: undefined }, on: 'PostsSource' },
      { name: 'A delta configuration without a time to live', code: 'MAN_PROPERTY', patch: { [`${posts}.DeltaSyncConfig.BaseTableTTL`]: undefined }, on: 'PostsSource' },
      { name: 'A delta table with keys of its own', code: 'API_DELTA_TABLE', patch: { 'Deltas.Properties.KeySchema': [{ AttributeName: 'id', KeyType: 'HASH' }], 'Deltas.Properties.AttributeDefinitions': [{ AttributeName: 'id', AttributeType: 'S' }] }, on: 'PostsSource' },
      { name: 'The role may not write the delta table', code: 'API_PERMISSION', patch: { [policy('PostsRole')]: [allow(['dynamodb:*'], arnOf('Posts')), allow(['lambda:InvokeFunction'], functionArn)] }, on: 'PostsSource' },
      { name: 'The role may not call the conflict handler', code: 'API_PERMISSION', patch: { [policy('PostsRole')]: [allow(['dynamodb:*'], arnOf('Posts'), arnOf('Deltas'))] }, on: 'Write' },
      { name: 'A conflict handler that does not exist', code: 'API_SYNC_CONFIG', patch: { 'Write.Properties.SyncConfig.ConflictHandler': 'OPTIMISTIC' } },
      { name: 'A conflict detection that does not exist', code: 'API_SYNC_CONFIG', patch: { 'Write.Properties.SyncConfig.ConflictDetection': 'TIMESTAMP' } },
      { name: 'The role of a signed endpoint allows nothing of its service', code: 'API_PERMISSION', patch: { [policy('StepsRole')]: [allow(['sqs:SendMessage'], '*')] }, on: 'StepsSource' },
      { name: 'A signed endpoint without a role', code: 'API_DATA_SOURCE_ROLE', patch: { 'StepsSource.Properties.ServiceRoleArn': undefined } },
      { name: 'The endpoint has a path', code: 'API_HTTP_ENDPOINT', severity: 'warning', patch: { 'StepsSource.Properties.HttpConfig.Endpoint': 'https://example.com/v1' } },
      { name: 'The endpoint has no scheme', code: 'MAN_PROPERTY', patch: { 'StepsSource.Properties.HttpConfig.Endpoint': 'example.com' } },
      { name: 'The endpoint has a port that AppSync does not call', code: 'API_HTTP_ENDPOINT', severity: 'warning', patch: { 'StepsSource.Properties.HttpConfig.Endpoint': 'https://example.com:8443' } },
      { name: 'A cluster is named by its ARN', code: 'API_DATA_SOURCE_CONFIG', patch: { 'DatabaseSource.Properties.RelationalDatabaseConfig.RdsHttpEndpointConfig.DbClusterIdentifier': 'shop' } },
      { name: 'A database without its secret', code: 'API_DATA_SOURCE_CONFIG', patch: { 'DatabaseSource.Properties.RelationalDatabaseConfig.RdsHttpEndpointConfig.AwsSecretStoreArn': undefined } },
      { name: 'The role trusts somebody else', code: 'API_DATA_SOURCE_ROLE', patch: { 'LambdaRole.Properties.AssumeRolePolicyDocument.Statement': [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }, on: 'LambdaSource' },
      { name: 'An environment variable that begins with an underscore', code: 'API_ENVIRONMENT', patch: { 'Api.Properties.EnvironmentVariables': { _A: '1' } } },
      { name: 'A domain name without a dot', code: 'MAN_PROPERTY', patch: { Domain: { Type: 'AWS::AppSync::DomainName', Properties: { DomainName: 'shop', CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' } } }, fixed: { patch: { Domain: { Type: 'AWS::AppSync::DomainName', Properties: { DomainName: 'api.shop.com', CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' } } } } },
      { name: 'The certificate of a domain must be in us-east-1', code: 'MAN_PROPERTY', patch: { Domain: { Type: 'AWS::AppSync::DomainName', Properties: { DomainName: 'api.shop.com', CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1' } } }, fixed: { patch: { Domain: { Type: 'AWS::AppSync::DomainName', Properties: { DomainName: 'api.shop.com', CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' } } } } },
      { name: 'A merged API has no environment variables', code: 'MAN_PROPERTY', patch: { Merged: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'all', ApiType: 'MERGED', AuthenticationType: 'AWS_IAM', MergedApiExecutionRoleArn: 'arn:aws:iam::123456789012:role/merge', EnvironmentVariables: { STAGE: 'a' } } } } },
      { name: 'A merged API needs its role', code: 'MAN_PROPERTY', patch: { Merged: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'all', ApiType: 'MERGED', AuthenticationType: 'AWS_IAM' } } } },
    ],
  },
  own('Order', [
    asks('DynamoDB has no operation Get', 'API_REQUEST_OPERATION', getOrder, "{ operation: 'Get', key: {} }"),
    asks('DynamoDB has no operation Invoke', 'API_REQUEST_OPERATION', getOrder, "{ operation: 'Invoke', payload: {} }"),
    asks('A transaction without items', 'API_REQUEST_LIMIT', getOrder, 'ddb.transactWrite({ items: [] })'),
    asks('A segment without totalSegments', 'API_REQUEST_LIMIT', getOrder, 'ddb.scan({ segment: 1 })', { fixed: { change: [getOrder, 'ddb.scan({ segment: 1, totalSegments: 2 })'] } }),
    asks('The helper asks for a key', 'RES_HELPER_ARGUMENT', getOrder, "ddb.get({ keys: { customerId: '1' } })"),
    asks('limit is a number', 'RES_HELPER_ARGUMENT', getOrder, "ddb.query({ query: { customerId: { eq: '1' } }, limit: '10' })", { severity: 'warning' }),
    asks('util.str.toUpper is for templates', 'RES_HELPER', getOrder, "ddb.get({ key: { customerId: util.str.toUpper('a'), orderId: '1' } })"),
    asks('setSubscriptionFilter outside of subscriptions', 'API_EXTENSION', '  return ctx.result;', '  extensions.setSubscriptionFilter({ filterGroup: [] });\n  return ctx.result;', { severity: 'warning' }),
    asks('evictFromApiCache in a query', 'API_EXTENSION', ...answersWith("extensions.evictFromApiCache('Query', 'order', {});"), { severity: 'warning' }),
    asks('invalidateSubscriptions in a query', 'API_EXTENSION', ...answersWith("extensions.invalidateSubscriptions({ subscriptionField: 'onPlace', payload: {} });"), { severity: 'warning' }),
  ]),
  own('Place', [
    asks('invalidateSubscriptions of a subscription that does not exist', 'API_EXTENSION', ...answersWith("extensions.invalidateSubscriptions({ subscriptionField: 'onPlaced', payload: {} });"), { severity: 'warning', fixed: { change: answersWith("extensions.invalidateSubscriptions({ subscriptionField: 'onPlace', payload: {} });") } }),
    asks('evictFromApiCache of a field that does not exist', 'API_EXTENSION', ...answersWith("extensions.evictFromApiCache('Query', 'orders', {});"), { severity: 'warning', fixed: { change: answersWith("extensions.evictFromApiCache('Query', 'order', { 'context.arguments': { id: ctx.result.id }, 'context.identity': null });") } }),
    asks('evictFromApiCache by a key that the field is not cached by', 'API_CACHE_EVICTION', ...answersWith("extensions.evictFromApiCache('Query', 'order', { id: ctx.result.id });"), { severity: 'warning', fixed: { change: answersWith("extensions.evictFromApiCache('Query', 'order', { 'ctx.args': { id: ctx.result.id }, 'ctx.identity': null });") } }),
  ]),
  own('OnPlace', [
    asks('A filter is set in the request, where it does nothing', 'API_EXTENSION', '  return { payload: null };', "  extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'id', operator: 'eq', value: '1' }] }] });\n  return { payload: null };", {
      severity: 'warning',
      fixed: { change: answersWith("extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'id', operator: 'eq', value: '1' }] }] });") },
    }),
    asks('Eleven filters in a constant', 'API_FILTER_LIMIT', ...answersWith(`const filters = [${Array.from({ length: 11 }, (_, i) => `{ filters: [{ fieldName: 'id', operator: 'eq', value: '${i}' }] }`).join(', ')}];\n  extensions.setSubscriptionFilter({ filterGroup: filters });`)),
    asks('A value is not null', 'API_FILTER_LIMIT', ...answersWith("extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'id', operator: 'eq', value: null }] }] });")),
    asks('in takes a list', 'API_FILTER_LIMIT', ...answersWith("extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'id', operator: 'in', value: '1' }] }] });")),
  ]),
  own('Write', [asks('The version is not part of the item', 'API_VERSIONED_OPERATION', "title: 'a'", '_version: 1'), asks('A batch on a versioned table', 'API_VERSIONED_OPERATION', "ddb.put({ key: { id: '1' }, item: { title: 'a' } })", "ddb.batchPut({ tables: { posts: [{ id: '1' }] } })")]),
  own('Ship', [asks('Lambda has no operation Call', 'API_REQUEST_OPERATION', "'Invoke'", "'Call'"), asks('Lambda has no invocation type Async', 'API_REQUEST_OPERATION', "'Invoke',", "'Invoke', invocationType: 'Async',")]),
  own('Tell', [asks('EventBridge has no operation SendEvents', 'API_REQUEST_OPERATION', "'PutEvents'", "'SendEvents'"), asks('No events at all', 'API_REQUEST_LIMIT', "[{ source: 'shop', detailType: 'told', detail: {} }]", '[]')]),
  own('Ask', [asks('Three statements', 'API_REQUEST_LIMIT', "['SELECT 1']", "['SELECT 1', 'SELECT 2', 'SELECT 3']", { fixed: { change: ["['SELECT 1']", "['SELECT 1', 'SELECT 2']"] } })]),
  own('Find', [asks('OpenSearch has no operation PATCH', 'API_REQUEST_OPERATION', "'GET'", "'PATCH'")]),
  own('Start', [asks('HTTP has no method FETCH', 'API_REQUEST_OPERATION', "'POST'", "'FETCH'"), asks('A request without a method', 'API_REQUEST_OPERATION', "method: 'POST', ", '')]),
  {
    area: 'documents',
    base,
    text: 'OrderBefore.Properties.RequestMappingTemplate',
    mutants: [
      { name: 'A template with a key that the table lacks', code: 'API_TABLE_KEY', change: ['"orderId"', '"id"'] },
      { name: 'A template without the sort key', code: 'API_TABLE_KEY', change: [',\n    "orderId": { "S": "1" }', ''], line: '"key"' },
      { name: 'A template whose role does not allow it', code: 'API_PERMISSION', patch: { [policy('OrdersRole')]: [allow(['dynamodb:PutItem', 'dynamodb:Query'], '*')], 'Order.Properties.DataSourceName': 'None', 'Order.Properties.Code': handler('{ payload: 1 }') }, on: 'OrderBefore.RequestMappingTemplate:3', change: ['"1"', '"2"'] },
    ],
  },
  {
    area: 'documents',
    base,
    text: 'ByStatus.Properties.RequestMappingTemplate',
    mutants: [
      { name: 'A template that queries an index the table lacks', code: 'API_TABLE_INDEX', change: ['"byStatus"', '"by-status"'] },
      { name: 'A template that queries an index by another attribute', code: 'API_TABLE_KEY', change: ['"status" }', '"state" }'], line: '"expression"' },
      { name: 'A template that reads a global index consistently', code: 'API_TABLE_CONSISTENCY', change: ['  "index"', '  "consistentRead": true,\n  "index"'] },
      { name: 'A template that syncs a table without versions', code: 'API_VERSIONED_OPERATION', change: ['"Query"', '"Sync"'] },
    ],
  },
  {
    area: 'documents',
    base: apiTemplate(
      `type Query {
  order(id: ID!): Order @aws_api_key @aws_cognito_user_pools
}

type Order @aws_api_key @aws_cognito_user_pools {
  id: ID!
  items: [OrderItem]
}

type OrderItem @aws_api_key @aws_cognito_user_pools {
  sku: ID!
}
`,
      { Key: appSync('ApiKey', { ApiId: apiId, Expires: Date.UTC(2026, 8, 1) / 1000 }), LambdaSource: { ...resources.LambdaSource, Properties: { ...resources.LambdaSource.Properties, ServiceRoleArn: 'arn:aws:iam::123456789012:role/a' } }, Order: direct('Query.order') },
      { AuthenticationType: 'API_KEY', AdditionalAuthenticationProviders: [{ AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'us-east-1_abcdefghi', AwsRegion: 'us-east-1' } }] },
    ),
    text: 'Schema.Properties.Definition',
    mutants: [
      { name: 'An optional nested type lacks the additional mode', code: 'API_AUTH_UNREADABLE', severity: 'warning', change: ['type OrderItem @aws_api_key @aws_cognito_user_pools', 'type OrderItem @aws_api_key'] },
      { name: 'An optional nested type says nothing', code: 'API_AUTH_UNREADABLE', severity: 'warning', change: ['type OrderItem @aws_api_key @aws_cognito_user_pools', 'type OrderItem'] },
    ],
  },
];
