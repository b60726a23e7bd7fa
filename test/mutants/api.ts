/** Resources that do not fit together: resolvers, pipelines, data sources, caching, limits, and the template as a whole. */
import { answers, apiTemplate, appSync, coded, direct, lambdaSource, type MutantGroup, noneSource, type Resource, runtime, tableSource } from './mutant';

const passOn = 'export function request(ctx) {\n  return {};\n}\n\nexport function response(ctx) {\n  return ctx.prev.result;\n}\n';
const echo = "import { util } from '@aws-appsync/utils';\n\nexport function request(ctx) {\n  return { payload: ctx.env.STAGE };\n}\n\nexport function response(ctx) {\n  return { id: ctx.args.id };\n}\n";
const who = 'export function request(ctx) {\n  return { payload: ctx.identity.sub };\n}\n\nexport function response(ctx) {\n  return ctx.result;\n}\n';

const step = (name: string): Resource => appSync('FunctionConfiguration', { Name: name, DataSourceName: { 'Fn::GetAtt': ['NoneSource', 'Name'] }, Runtime: runtime, Code: passOn });
const stepIds = (count: number) => Array.from({ length: count }, () => ({ 'Fn::GetAtt': ['Check', 'FunctionId'] }));

const table: Resource = {
  Type: 'AWS::DynamoDB::Table',
  Properties: { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' },
};

const base = apiTemplate(
  `type Query {
  order(id: ID!): Order
  orders(filter: OrderFilter): [Order]
  mine(id: ID!): Order
  node(id: ID!): Node
}

type Mutation {
  place(id: ID!): Order
}

interface Node {
  id: ID!
}

type Order implements Node {
  id: ID!
  total: Float
}

input OrderFilter {
  city: String
}
`,
  {
    Key: appSync('ApiKey', { Expires: Date.UTC(2026, 8, 1) / 1000 }),
    Cache: appSync('ApiCache', { ApiCachingBehavior: 'PER_RESOLVER_CACHING', Ttl: 300, Type: 'SMALL' }),
    NoneSource: noneSource,
    LambdaSource: lambdaSource,
    Orders: table,
    OrdersSource: tableSource('Orders', 'Orders'),
    VersionedSource: tableSource('Versioned', 'Orders', { Versioned: true, DeltaSyncConfig: { BaseTableTTL: '60', DeltaSyncTableName: 'delta', DeltaSyncTableTTL: '60' } }),
    HttpSource: appSync('DataSource', { Name: 'Http', Type: 'HTTP', HttpConfig: { Endpoint: 'https://example.com' } }),
    BusSource: appSync('DataSource', { Name: 'Bus', Type: 'AMAZON_EVENTBRIDGE', EventBridgeConfig: { EventBusArn: 'arn:aws:events:us-east-1:123456789012:event-bus/default' }, ServiceRoleArn: 'arn:aws:iam::123456789012:role/bus' }),
    SearchSource: appSync('DataSource', { Name: 'Search', Type: 'AMAZON_OPENSEARCH_SERVICE', OpenSearchServiceConfig: { AwsRegion: 'us-east-1', Endpoint: 'https://search.example.com' }, ServiceRoleArn: 'arn:aws:iam::123456789012:role/search' }),
    DatabaseSource: appSync('DataSource', {
      Name: 'Database',
      Type: 'RELATIONAL_DATABASE',
      RelationalDatabaseConfig: {
        RelationalDatabaseSourceType: 'RDS_HTTP_ENDPOINT',
        RdsHttpEndpointConfig: { AwsRegion: 'us-east-1', DbClusterIdentifier: 'arn:aws:rds:us-east-1:123456789012:cluster:shop', AwsSecretStoreArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop' },
      },
      ServiceRoleArn: 'arn:aws:iam::123456789012:role/database',
    }),
    Order: coded('Query.order', 'NoneSource', echo, { CachingConfig: { Ttl: 60, CachingKeys: ['$context.arguments.id'] } }),
    ListOrders: direct('Query.orders', { MaxBatchSize: 5, CachingConfig: { Ttl: 60, CachingKeys: ['$context.arguments.filter.city'] } }),
    Mine: coded('Query.mine', 'NoneSource', who, { CachingConfig: { Ttl: 60, CachingKeys: ['$context.arguments.id', '$context.identity.sub'] } }),
    Node: direct('Query.node'),
    Check: step('check'),
    Write: step('write'),
    Place: appSync('Resolver', { ...answers('Mutation.place'), Kind: 'PIPELINE', PipelineConfig: { Functions: [...stepIds(1), { 'Fn::GetAtt': ['Write', 'FunctionId'] }] }, Runtime: runtime, Code: passOn }),
  },
  { AuthenticationType: 'API_KEY', EnvironmentVariables: { STAGE: 'test' }, QueryDepthLimit: 10, ResolverCountLimit: 100 },
);

const repeated = <T>(count: number, value: (index: number) => T) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`Item${index}`, value(index)] as const));
const topics = (count: number) => repeated(count, () => ({ Type: 'AWS::SNS::Topic', Properties: {} }));
const outputs = (count: number) => Object.fromEntries(Object.keys(repeated(count, String)).map((key) => [`$Outputs.${key}`, { Value: key }] as const));
const parameters = (count: number) => Object.fromEntries(Object.keys(repeated(count, String)).map((key) => [`$Parameters.${key}`, { Type: 'String', Default: key }] as const));
const has = Object.keys(base.Resources).length;
const seconds = (days: number) => Date.UTC(2026, 5, 1 + days) / 1000;
const api = (properties: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(properties).map(([name, value]) => [`Api.Properties.${name}`, value] as const));

export const apiMutants: readonly MutantGroup[] = [
  {
    area: 'resolvers',
    base,
    mutants: [
      { name: 'No field named nodes found on type Query', code: 'API_RESOLVER_FIELD', patch: { 'Node.Properties.FieldName': 'nodes' } },
      { name: 'Type Qery not found', code: 'API_RESOLVER_FIELD', patch: { Extra: direct('Qery.order') } },
      { name: 'A resolver on an interface', code: 'API_RESOLVER_FIELD', patch: { Extra: direct('Node.id') } },
      { name: 'A resolver on an input', code: 'API_RESOLVER_FIELD', patch: { Extra: direct('OrderFilter.city') } },
      { name: 'A resolver on a field of a type that lacks it', code: 'API_RESOLVER_FIELD', patch: { Extra: direct('Order.customer') } },
      { name: 'Only one resolver is allowed per field', code: 'API_RESOLVER_DUPLICATE', patch: { Extra: direct('Query.order') } },
      { name: 'Only one resolver is allowed per field, below the root', code: 'API_RESOLVER_DUPLICATE', patch: { First: direct('Order.total'), Second: direct('Order.total') }, on: 'Second', fixed: { patch: { First: direct('Order.total') } } },
      { name: 'A query without a resolver answers null', code: 'API_FIELD_UNANSWERED', severity: 'warning', patch: { Node: { Type: 'AWS::SNS::Topic', Properties: {} } }, on: 'Schema:5' },
      { name: 'A mutation without a resolver answers null', code: 'API_FIELD_UNANSWERED', severity: 'warning', patch: { Place: { Type: 'AWS::SNS::Topic', Properties: {} } }, on: 'Schema:9' },
      { name: 'No data source found named Oders', code: 'API_DATA_SOURCE', patch: { 'Order.Properties.DataSourceName': 'Oders' } },
      { name: 'No data source found, for a function', code: 'API_DATA_SOURCE', patch: { 'Check.Properties.DataSourceName': 'Checks' } },
      { name: 'A unit resolver without a data source', code: 'API_UNIT_DATA_SOURCE', patch: { 'Node.Properties.DataSourceName': undefined } },
      { name: 'A pipeline resolver with a data source', code: 'API_PIPELINE_DATA_SOURCE', patch: { 'Place.Properties.DataSourceName': 'Lambda' } },
      { name: 'A pipeline with eleven functions', code: 'API_PIPELINE_LENGTH', patch: { 'Place.Properties.PipelineConfig.Functions': stepIds(11) }, fixed: { patch: { 'Place.Properties.PipelineConfig.Functions': stepIds(10) } } },
      { name: 'A pipeline without functions asks nobody', code: 'API_PIPELINE_EMPTY', severity: 'warning', patch: { 'Place.Properties.PipelineConfig.Functions': [] } },
      { name: 'A pipeline names a function by its name', code: 'API_FUNCTION', patch: { 'Place.Properties.PipelineConfig.Functions': ['check'] } },
      { name: 'A resolver kind that does not exist', code: 'MAN_PROPERTY', patch: { 'Node.Properties.Kind': 'DIRECT' } },
      { name: 'A resolver without a type', code: 'MAN_PROPERTY', patch: { 'Node.Properties.TypeName': undefined } },
      { name: 'A resolver without a field', code: 'MAN_PROPERTY', patch: { 'Node.Properties.FieldName': undefined } },
      { name: 'A resolver without an API', code: 'MAN_PROPERTY', patch: { 'Node.Properties.ApiId': undefined } },
      { name: 'A function without a name', code: 'MAN_PROPERTY', patch: { 'Write.Properties.Name': undefined } },
      { name: 'Runtime is required with code', code: 'MAN_HANDLER', patch: { 'Order.Properties.Runtime': undefined } },
      { name: 'Runtime is required with the code of a function', code: 'MAN_HANDLER', patch: { 'Check.Properties.Runtime': undefined } },
      { name: 'Code is required with a runtime', code: 'MAN_HANDLER', patch: { 'Node.Properties.Runtime': runtime } },
      { name: 'Code and mapping templates exclude each other', code: 'MAN_HANDLER', patch: { 'Order.Properties.RequestMappingTemplate': '{ "version": "2018-05-29" }' } },
      { name: 'A runtime that does not exist', code: 'MAN_PROPERTY', patch: { 'Order.Properties.Runtime.Name': 'NODEJS' } },
      { name: 'A runtime version that does not exist', code: 'MAN_PROPERTY', patch: { 'Order.Properties.Runtime.RuntimeVersion': '2.0.0' } },
      { name: 'The code is not in the place it is said to be', code: 'MAN_ASSET', patch: { 'Order.Properties.Code': undefined, 'Order.Properties.CodeS3Location': './order.js' } },
      { name: 'The answer of an interface lacks __typename', code: 'API_ABSTRACT_TYPE', severity: 'warning', patch: { Node: coded('Query.node', 'NoneSource', echo) } },
      { name: 'MaxBatchSize where no Lambda function is', code: 'API_BATCH_SIZE', patch: { 'Order.Properties.MaxBatchSize': 5 } },
      { name: 'MaxBatchSize of a function where no Lambda function is', code: 'API_BATCH_SIZE', patch: { 'Check.Properties.MaxBatchSize': 5 } },
      { name: 'MaxBatchSize above 2,000', code: 'API_BATCH_SIZE', patch: { 'Node.Properties.MaxBatchSize': 2_001 }, fixed: { patch: { 'Node.Properties.MaxBatchSize': 2_000 } } },
      { name: 'MaxBatchSize below 0', code: 'API_BATCH_SIZE', patch: { 'Node.Properties.MaxBatchSize': -1 } },
      { name: 'Code with a batch size invokes one by one', code: 'API_BATCH_INVOKE', severity: 'warning', patch: { Node: coded('Query.node', 'LambdaSource', "export const request = () => ({ operation: 'Invoke' });\nexport const response = (ctx) => ctx.result;\n", { MaxBatchSize: 5 }) }, fixed: { patch: { Node: coded('Query.node', 'LambdaSource', "export const request = () => ({ operation: 'BatchInvoke' });\nexport const response = (ctx) => ctx.result;\n", { MaxBatchSize: 5 }) } } },
      { name: 'Conflict detection on a table without versions', code: 'API_SYNC_CONFIG', patch: { Order: coded('Query.order', 'OrdersSource', echo, { SyncConfig: { ConflictDetection: 'VERSION', ConflictHandler: 'AUTOMERGE' } }) }, fixed: { patch: { Order: direct('Query.order') } } },
      { name: 'Conflict detection where no table is', code: 'API_SYNC_CONFIG', patch: { 'Node.Properties.SyncConfig': { ConflictDetection: 'VERSION', ConflictHandler: 'OPTIMISTIC_CONCURRENCY' } } },
      { name: 'Conflicts go to a function that is not named', code: 'API_SYNC_CONFIG', patch: { 'Node.Properties.SyncConfig': { ConflictDetection: 'VERSION', ConflictHandler: 'LAMBDA' }, 'Node.Properties.DataSourceName': 'Versioned' } },
      { name: 'A function version that does not exist', code: 'API_FUNCTION_VERSION', patch: { 'Check.Properties.FunctionVersion': '2017-02-28' }, fixed: { patch: { 'Check.Properties.FunctionVersion': '2018-05-29' } } },
      { name: 'A function name with a hyphen', code: 'API_NAME', patch: { 'Check.Properties.Name': 'check-stock' } },
      { name: 'An environment variable that is not there is undefined', code: 'API_ENVIRONMENT_UNDEFINED', severity: 'warning', patch: { 'Api.Properties.EnvironmentVariables': { STAEG: 'test' } }, on: 'Order:4' },
    ],
  },
  {
    area: 'data sources',
    base,
    mutants: [
      { name: 'A data source name with a hyphen', code: 'API_NAME', patch: { 'NoneSource.Properties.Name': 'no-source' } },
      { name: 'A data source name that starts with a digit', code: 'API_NAME', patch: { 'NoneSource.Properties.Name': '1nx' } },
      { name: 'A data source name with a space', code: 'API_NAME', patch: { 'HttpSource.Properties.Name': 'Web shop' } },
      { name: 'Data source with name Orders already exists', code: 'API_DATA_SOURCE_DUPLICATE', patch: { Extra: { ...noneSource, Properties: { ...noneSource.Properties, Name: 'Orders' } } } },
      { name: 'A data source type that does not exist', code: 'API_DATA_SOURCE_CONFIG', patch: { 'HttpSource.Properties.Type': 'REST' } },
      { name: 'A table source without a table', code: 'MAN_PROPERTY', patch: { 'OrdersSource.Properties.DynamoDBConfig.TableName': undefined } },
      { name: 'A Lambda source without a function', code: 'MAN_PROPERTY', patch: { 'LambdaSource.Properties.LambdaConfig': undefined } },
      { name: 'An HTTP source without an endpoint', code: 'MAN_PROPERTY', patch: { 'HttpSource.Properties.HttpConfig': undefined } },
      { name: 'An EventBridge source without a bus', code: 'API_DATA_SOURCE_CONFIG', patch: { 'BusSource.Properties.EventBridgeConfig': undefined } },
      { name: 'An OpenSearch source without an endpoint', code: 'API_DATA_SOURCE_CONFIG', patch: { 'SearchSource.Properties.OpenSearchServiceConfig.Endpoint': undefined } },
      { name: 'A database source without a cluster', code: 'API_DATA_SOURCE_CONFIG', patch: { 'DatabaseSource.Properties.RelationalDatabaseConfig.RdsHttpEndpointConfig.DbClusterIdentifier': undefined } },
      { name: 'A data source without a type', code: 'MAN_PROPERTY', patch: { 'HttpSource.Properties.Type': undefined } },
      { name: 'A data source without a name', code: 'MAN_PROPERTY', patch: { 'HttpSource.Properties.Name': undefined } },
      { name: 'A table source without a role', code: 'API_DATA_SOURCE_ROLE', patch: { 'OrdersSource.Properties.ServiceRoleArn': undefined } },
      { name: 'A Lambda source without a role', code: 'API_DATA_SOURCE_ROLE', patch: { 'LambdaSource.Properties.ServiceRoleArn': undefined } },
      { name: 'An EventBridge source without a role', code: 'API_DATA_SOURCE_ROLE', patch: { 'BusSource.Properties.ServiceRoleArn': undefined } },
      { name: 'A database source without a role', code: 'API_DATA_SOURCE_ROLE', patch: { 'DatabaseSource.Properties.ServiceRoleArn': undefined } },
    ],
  },
  {
    area: 'caching',
    base,
    mutants: [
      { name: 'Caching keys must start with $context.arguments, $context.source or $context.identity', code: 'API_CACHE_KEYS', patch: { 'Order.Properties.CachingConfig.CachingKeys': ['$ctx.arguments.id'] } },
      { name: 'A caching key of the stash', code: 'API_CACHE_KEYS', patch: { 'Order.Properties.CachingConfig.CachingKeys': ['$context.stash.id'] } },
      { name: 'A caching key without a dollar sign', code: 'API_CACHE_KEYS', patch: { 'Order.Properties.CachingConfig.CachingKeys': ['context.arguments.id'] } },
      { name: 'Twenty-six caching keys', code: 'API_CACHE_KEYS', patch: { 'Order.Properties.CachingConfig.CachingKeys': Array.from({ length: 26 }, () => '$context.arguments.id') }, fixed: { patch: { 'Order.Properties.CachingConfig.CachingKeys': Array.from({ length: 25 }, () => '$context.arguments.id') } } },
      { name: 'All callers share an answer: the key names no argument', code: 'API_CACHE_KEY_VALUE', severity: 'warning', patch: { 'Order.Properties.CachingConfig.CachingKeys': ['$context.arguments.orderId'] } },
      { name: 'All callers share an answer: the key names no input field', code: 'API_CACHE_KEY_VALUE', severity: 'warning', patch: { 'ListOrders.Properties.CachingConfig.CachingKeys': ['$context.arguments.filter.town'] } },
      { name: 'All callers share an answer: a root field has no source', code: 'API_CACHE_KEY_VALUE', severity: 'warning', patch: { 'Order.Properties.CachingConfig.CachingKeys': ['$context.source.id'] } },
      { name: 'One caller gets the answer of another', code: 'API_CACHE_IDENTITY', severity: 'warning', patch: { 'Mine.Properties.CachingConfig.CachingKeys': ['$context.arguments.id'] } },
      { name: 'Whatever is asked gets the same answer', code: 'API_CACHE_INPUT', severity: 'warning', patch: { 'Order.Properties.CachingConfig.CachingKeys': ['$context.identity.sub'] } },
      { name: 'A tenant gets the answer of another: headers are in no key', code: 'API_CACHE_INPUT', severity: 'warning', patch: { 'Order.Properties.Code': echo.replace('ctx.env.STAGE', "ctx.request.headers['x-tenant']") }, fixed: { patch: { 'Order.Properties.Code': echo.replace('ctx.env.STAGE', 'ctx.args.id') } } },
      { name: 'Caching without a cache', code: 'API_CACHE_MISSING', severity: 'warning', patch: { 'Cache.Type': 'AWS::SNS::Topic', 'Cache.Properties': {}, 'ListOrders.Properties.CachingConfig': undefined, 'Mine.Properties.CachingConfig': undefined }, on: 'Order' },
      { name: 'Caching per resolver where full requests are cached', code: 'API_CACHE_MISSING', severity: 'warning', patch: { 'Cache.Properties.ApiCachingBehavior': 'FULL_REQUEST_CACHING', 'ListOrders.Properties.CachingConfig': undefined, 'Mine.Properties.CachingConfig': undefined }, on: 'Order' },
      { name: 'Mutations are not cached', code: 'API_CACHE_MISSING', severity: 'warning', patch: { 'Place.Properties.CachingConfig': { Ttl: 60 } } },
      { name: 'Ttl of a resolver above an hour', code: 'API_CACHE_TTL', patch: { 'Order.Properties.CachingConfig.Ttl': 3_601 }, fixed: { patch: { 'Order.Properties.CachingConfig.Ttl': 3_600 } } },
      { name: 'Ttl of a cache of 0', code: 'API_CACHE_TTL', patch: { 'Cache.Properties.Ttl': 0 }, fixed: { patch: { 'Cache.Properties.Ttl': 1 } } },
      { name: 'CachingConfig without a Ttl', code: 'MAN_PROPERTY', patch: { 'Order.Properties.CachingConfig.Ttl': undefined } },
      { name: 'A caching behavior that does not exist', code: 'MAN_PROPERTY', patch: { 'Cache.Properties.ApiCachingBehavior': 'RESOLVER_CACHING' } },
      { name: 'A cache type that does not exist', code: 'MAN_PROPERTY', patch: { 'Cache.Properties.Type': 'TINY' } },
    ],
  },
  {
    area: 'limits',
    base,
    mutants: [
      { name: 'ApiKeyValidityOutOfBoundsException: more than 365 days', code: 'API_KEY_EXPIRES', patch: { 'Key.Properties.Expires': seconds(366) }, fixed: { patch: { 'Key.Properties.Expires': seconds(365) } } },
      { name: 'ApiKeyValidityOutOfBoundsException: less than a day', code: 'API_KEY_EXPIRES', patch: { 'Key.Properties.Expires': seconds(0.5) }, fixed: { patch: { 'Key.Properties.Expires': seconds(1) } } },
      { name: 'ApiKeyValidityOutOfBoundsException: in the past', code: 'API_KEY_EXPIRES', patch: { 'Key.Properties.Expires': seconds(-30) } },
      { name: 'ApiKeyValidityOutOfBoundsException: milliseconds', code: 'API_KEY_EXPIRES', patch: { 'Key.Properties.Expires': seconds(90) * 1000 } },
      { name: 'Fifty-one API keys', code: 'API_LIMIT', patch: repeated(50, () => appSync('ApiKey', {})), on: 'Api', fixed: { patch: repeated(49, () => appSync('ApiKey', {})) } },
      { name: 'QueryDepthLimit above 75', code: 'API_LIMIT', patch: api({ QueryDepthLimit: 76 }), fixed: { patch: api({ QueryDepthLimit: 75 }) } },
      { name: 'ResolverCountLimit above 10,000', code: 'API_LIMIT', patch: api({ ResolverCountLimit: 10_001 }), fixed: { patch: api({ ResolverCountLimit: 10_000 }) } },
      { name: 'ResolverCountLimit below 0', code: 'API_LIMIT', patch: api({ ResolverCountLimit: -1 }), fixed: { patch: api({ ResolverCountLimit: 0 }) } },
      { name: 'An environment variable that starts with a digit', code: 'API_ENVIRONMENT', patch: api({ EnvironmentVariables: { STAGE: 'a', '1ST': 'b' } }) },
      { name: 'An environment variable of one letter', code: 'API_ENVIRONMENT', patch: api({ EnvironmentVariables: { STAGE: 'a', A: 'b' } }), fixed: { patch: api({ EnvironmentVariables: { STAGE: 'a', AB: 'b' } }) } },
      { name: 'An environment variable with a hyphen', code: 'API_ENVIRONMENT', patch: api({ EnvironmentVariables: { STAGE: 'a', 'API-KEY': 'b' } }) },
      { name: 'An environment variable of 513 characters', code: 'API_ENVIRONMENT', patch: api({ EnvironmentVariables: { STAGE: 'x'.repeat(513) } }), fixed: { patch: api({ EnvironmentVariables: { STAGE: 'x'.repeat(512) } }) } },
      { name: 'Fifty-one environment variables', code: 'API_ENVIRONMENT', patch: api({ EnvironmentVariables: { STAGE: 'a', ...repeated(50, String) } }), fixed: { patch: api({ EnvironmentVariables: { STAGE: 'a', ...repeated(49, String) } }) } },
      { name: 'An API without a name', code: 'MAN_PROPERTY', patch: api({ Name: undefined }) },
      { name: 'A limit that is no number', code: 'MAN_PROPERTY', patch: api({ QueryDepthLimit: 'deep' }) },
      { name: 'Template format error: number of resources, 501, is greater than maximum allowed, 500', code: 'API_STACK_RESOURCES', patch: topics(501 - has), on: 'Shop.template.json:1', fixed: { patch: topics(500 - has) } },
      { name: 'Template format error: number of outputs, 201, is greater than maximum allowed, 200', code: 'API_STACK_OUTPUTS', patch: outputs(201), on: 'Shop.template.json:1', fixed: { patch: outputs(200) } },
      { name: 'Template format error: number of parameters, 201, is greater than maximum allowed, 200', code: 'API_STACK_OUTPUTS', patch: parameters(201), on: 'Shop.template.json:1', fixed: { patch: parameters(200) } },
      { name: 'Template may not exceed 1,048,576 bytes', code: 'API_STACK_SIZE', patch: { '$Metadata.Note': 'x'.repeat(1024 * 1024) }, on: 'Shop.template.json:1', fixed: { patch: { '$Metadata.Note': 'x'.repeat(1000 * 1000) } } },
      { name: 'Template format error: a resource without a type', code: 'MAN_RESOURCE', patch: { Extra: { Properties: {} } } },
      { name: 'Template format error: an unresolved reference', code: 'MAN_INTRINSIC', patch: { 'Node.Properties.DataSourceName': { Ref: 'Missing' } } },
      { name: 'Template format error: an attribute of a resource that is not there', code: 'MAN_INTRINSIC', patch: { 'Node.Properties.DataSourceName': { 'Fn::GetAtt': ['Missing', 'Name'] } } },
    ],
  },
];
