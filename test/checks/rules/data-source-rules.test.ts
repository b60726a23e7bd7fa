import type { ApiModel, DatabaseClusterModel, DataSourceModel, HandlerModel, ResolverModel } from '../../../lib/model';
import { pipelineFunction, ref, resolver } from '../fixtures';
import { finder, js, lambdaSource, role, schema, table, tableSource, vtl } from './api-harness';

const other = (awsType: string, config: Record<string, unknown> = {}): DataSourceModel => ({ type: 'OTHER', name: 'Source', awsType, config, resource: ref('SourceDataSource') });
const none = (name: string, logicalId = `${name}DataSource`): DataSourceModel => ({ type: 'NONE', name, resource: ref(logicalId) });

describe('name-is-an-identifier', () => {
  const found = finder('API_NAME');
  const fix = 'use letters, digits and underscores, and start with no digit';

  it('accepts letters, digits and underscores, and a name that is not known here', () => {
    expect(found({ dataSources: [none('Nothing'), none('_items2')], functions: [pipelineFunction('read_Items')] })).toEqual([]);
    expect(found({ dataSources: [none('Nothing'), none('Source.Name')] }, { standIns: ['Source.Name'] })).toEqual([]);
  });

  it('reports hyphens, dots, blanks and leading digits', () => {
    expect(found({ dataSources: [none('Nothing'), none('orders-table', 'A'), none('2nd', 'B')], functions: [pipelineFunction('read items', { resource: ref('C') })] })).toEqual([
      { message: '"orders-table" is no name for a data source', fix, resource: 'A' },
      { message: '"2nd" is no name for a data source', fix, resource: 'B' },
      { message: '"read items" is no name for a function', fix, resource: 'C' },
    ]);
  });
});

describe('data-source-name-is-unique', () => {
  const found = finder('API_DATA_SOURCE_DUPLICATE');

  it('accepts names that differ, if only in case, and names that are not known here', () => {
    expect(found({ dataSources: [none('Nothing'), none('nothing')] })).toEqual([]);
    expect(found({ dataSources: [none('P.Name', 'A'), none('P.Name', 'B')] }, { standIns: ['P.Name'] })).toEqual([]);
  });

  it('reports each further data source of a name', () => {
    expect(found({ dataSources: [none('Nothing'), none('Nothing', 'B'), none('Nothing', 'C')] })).toEqual([
      { message: 'the data sources "NothingDataSource" and "B" are both named "Nothing"', fix: 'give one of them another name', resource: 'B' },
      { message: 'the data sources "NothingDataSource" and "C" are both named "Nothing"', fix: 'give one of them another name', resource: 'C' },
    ]);
  });
});

describe('data-source-has-role', () => {
  const found = finder('API_DATA_SOURCE_ROLE');
  const fix = 'add "ServiceRoleArn", a role that appsync.amazonaws.com may assume';
  const withoutRole = (source: DataSourceModel): DataSourceModel => ({ ...source, role: { kind: 'NONE' } });

  it('asks no role of NONE and HTTP, of tables reached with the caller’s credentials, and takes a role it does not know', () => {
    const http: DataSourceModel = { type: 'HTTP', name: 'Web', endpoint: 'https://example.com', resource: ref('Web') };

    expect(found({ dataSources: [none('Nothing'), http, tableSource('Items', { usesCallerCredentials: true })].map(withoutRole), authorization: [{ type: 'AWS_IAM' }] })).toEqual([]);
    expect(found({ dataSources: [{ ...lambdaSource('Call'), role: { kind: 'UNKNOWN' } }] })).toEqual([]);
  });

  it('reports every other kind without one', () => {
    expect(found({ dataSources: [tableSource('Items'), lambdaSource('Call'), other('AMAZON_EVENTBRIDGE')].map(withoutRole) })).toEqual([
      { message: 'data source "Items" names no role, so AppSync cannot call DynamoDB for it', fix, resource: 'ItemsDataSource' },
      { message: 'data source "Call" names no role, so AppSync cannot call Lambda for it', fix, resource: 'CallDataSource' },
      { message: 'data source "Source" names no role, so AppSync cannot call EventBridge for it', fix, resource: 'SourceDataSource' },
    ]);
  });
});

describe('data-source-has-configuration', () => {
  const found = finder('API_DATA_SOURCE_CONFIG');

  it('accepts what each kind needs; Bedrock needs nothing', () => {
    expect(found({ dataSources: [other('AMAZON_EVENTBRIDGE', { EventBridgeConfig: { EventBusArn: 'arn' } })] })).toEqual([]);
    expect(found({ dataSources: [other('AMAZON_BEDROCK_RUNTIME')] })).toEqual([]);
    expect(found({ dataSources: [other('P.Type')] }, { standIns: ['P.Type'] })).toEqual([]);
  });

  it('reports a missing configuration, and an unknown type', () => {
    expect(found({ dataSources: [other('RELATIONAL_DATABASE', { RelationalDatabaseConfig: { RelationalDatabaseSourceType: 'RDS_HTTP_ENDPOINT' } })] })).toEqual([
      {
        message: 'data source "Source" of type RELATIONAL_DATABASE has no "RelationalDatabaseConfig.RdsHttpEndpointConfig.DbClusterIdentifier"',
        fix: 'add "RelationalDatabaseConfig.RdsHttpEndpointConfig.DbClusterIdentifier"',
        resource: 'SourceDataSource',
      },
      {
        message: 'data source "Source" of type RELATIONAL_DATABASE has no "RelationalDatabaseConfig.RdsHttpEndpointConfig.AwsSecretStoreArn"',
        fix: 'add "RelationalDatabaseConfig.RdsHttpEndpointConfig.AwsSecretStoreArn"',
        resource: 'SourceDataSource',
      },
    ]);
    expect(found({ dataSources: [other('DYNAMODB')] })).toEqual([
      {
        message: 'data source "Source" has the type "DYNAMODB"',
        fix: 'use one of AMAZON_DYNAMODB, AWS_LAMBDA, HTTP, NONE, AMAZON_ELASTICSEARCH, AMAZON_OPENSEARCH_SERVICE, RELATIONAL_DATABASE, AMAZON_EVENTBRIDGE, AMAZON_BEDROCK_RUNTIME',
        resource: 'SourceDataSource',
      },
    ]);
  });
});

describe('data-source-has-configuration, of a search domain', () => {
  const found = finder('API_DATA_SOURCE_CONFIG');
  const search = (endpoint: string, type = 'OpenSearchService') => other(type === 'Elasticsearch' ? 'AMAZON_ELASTICSEARCH' : 'AMAZON_OPENSEARCH_SERVICE', { [`${type}Config`]: { Endpoint: endpoint, AwsRegion: 'us-east-1' } });

  it('accepts an endpoint with its scheme, and one that is not known here', () => {
    expect(found({ dataSources: [search('https://search-shop.us-east-1.es.amazonaws.com')] })).toEqual([]);
    expect(found({ dataSources: [search('HTTPS://${Domain.DomainEndpoint}')] }, { standIns: ['${Domain.DomainEndpoint}'] })).toEqual([]);
    expect(found({ dataSources: [search('P.Endpoint')] }, { standIns: ['P.Endpoint'] })).toEqual([]);
  });

  it('reports the bare host', () => {
    const message = (type: string, path: string) => `"${path}.Endpoint" of data source "Source" of type ${type} is "search-shop.es.amazonaws.com", which has no scheme`;

    expect(found({ dataSources: [search('search-shop.es.amazonaws.com')] })).toEqual([{ message: message('AMAZON_OPENSEARCH_SERVICE', 'OpenSearchServiceConfig'), fix: 'begin it with "https://"', resource: 'SourceDataSource' }]);
    expect(found({ dataSources: [search('search-shop.es.amazonaws.com', 'Elasticsearch')] })).toMatchObject([{ message: message('AMAZON_ELASTICSEARCH', 'ElasticsearchConfig') }]);
  });
});

describe('database-has-data-api', () => {
  const found = finder('API_DATABASE_ENDPOINT');
  const clusterArn = 'arn:aws:rds:us-east-1:123456789012:cluster:shop';
  const database = other('RELATIONAL_DATABASE', { RelationalDatabaseConfig: { RdsHttpEndpointConfig: { DbClusterIdentifier: clusterArn } } });
  const untold: DatabaseClusterModel = { clusterArn, engine: 'aurora-postgresql', resource: ref('Cluster') };
  const cluster: DatabaseClusterModel = { ...untold, hasDataApi: false };

  it('accepts a cluster with the Data API, one that cannot be told, and one from elsewhere', () => {
    for (const databaseClusters of [[{ ...cluster, hasDataApi: true }], [untold], [{ ...cluster, clusterArn: `${clusterArn}2` }], []]) expect(found({ dataSources: [database] }, { databaseClusters })).toEqual([]);
  });

  it('reports a cluster without it, at the cluster', () => {
    expect(found({ dataSources: [database] }, { databaseClusters: [cluster] })).toEqual([
      { message: 'data source "Source" asks the cluster "Cluster" by its Data API, which is switched off', fix: 'set "EnableHttpEndpoint" of the cluster to true', resource: 'Cluster' },
    ]);
  });
});

describe('batch-size-is-for-lambda', () => {
  const found = finder('API_BATCH_SIZE');
  const dataSources = [none('Nothing'), lambdaSource('Call'), tableSource('Items')];

  it('accepts 0 to 2,000 with Lambda, 0 anywhere, and sizes of pipelines', () => {
    const resolvers = [
      resolver('Query.ping', { dataSourceName: 'Call', maxBatchSize: 2000, handler: { kind: 'DIRECT' } }),
      resolver('Query.none', { dataSourceName: 'Items', maxBatchSize: 0 }),
      resolver('Query.many', { kind: 'PIPELINE', dataSourceName: undefined, maxBatchSize: 10 }),
    ];

    expect(found({ dataSources, resolvers })).toEqual([]);
    expect(found({ dataSources, functions: [pipelineFunction('call', { dataSourceName: 'Call', maxBatchSize: 5 })] })).toEqual([]);
  });

  it('reports a size off Lambda', () => {
    const resolvers = [resolver('Query.ping', { dataSourceName: 'Items', maxBatchSize: 5 })];
    const functions = [pipelineFunction('read', { maxBatchSize: 5 })];
    const fix = 'remove "MaxBatchSize": only Lambda functions are called for many fields at once';

    expect(found({ dataSources, resolvers, functions })).toEqual([
      { message: 'the resolver of Query.ping has a "MaxBatchSize", but data source "Items" is no Lambda function', fix, resource: 'QuerypingResolver' },
      { message: 'function "read" has a "MaxBatchSize", but data source "Nothing" is no Lambda function', fix, resource: 'readFunction' },
    ]);
  });

  it.each([2001, -1, 1.5])('reports a size of %d', (maxBatchSize) => {
    expect(found({ dataSources, resolvers: [resolver('Query.ping', { dataSourceName: 'Call', maxBatchSize })] })).toEqual([
      { message: `"MaxBatchSize" of the resolver of Query.ping must be a whole number from 0 to 2,000, got ${maxBatchSize}`, fix: 'choose a number from 0 to 2,000', resource: 'QuerypingResolver' },
    ]);
  });
});

describe('batched-handler-asks-for-a-batch', () => {
  const found = finder('API_BATCH_INVOKE');
  const batched = (handler: Parameters<typeof resolver>[1]) => ({ dataSources: [lambdaSource('Call'), none('Nothing')], resolvers: [resolver('Query.ping', { dataSourceName: 'Call', maxBatchSize: 10, ...handler })] });

  it('accepts BatchInvoke, a computed operation, and a direct resolver', () => {
    for (const handler of [
      js(`export const request = (ctx) => ({ operation: 'BatchInvoke', payload: ctx.source });`),
      js(`export const request = (ctx) => ({ operation: ctx.stash.operation, payload: ctx.source });`),
      vtl('{ "version": "2018-05-29", "operation": "BatchInvoke", "payload": {} }'),
      vtl('{ "version": "2018-05-29", "operation": "$operation", "payload": {} }'),
      { kind: 'DIRECT' } as const,
    ])
      expect(found(batched({ handler }))).toEqual([]);
  });

  it('says nothing without a batch size', () => {
    expect(found(batched({ maxBatchSize: 0, handler: vtl('{ "operation": "Invoke" }') }))).toEqual([]);
  });

  it('warns of code and templates that always ask for one call', () => {
    const fix = 'set the operation of the request to "BatchInvoke", or remove "MaxBatchSize"';
    const message = 'the resolver of Query.ping has a "MaxBatchSize", but its request is never a "BatchInvoke"';

    expect(found(batched({ handler: js(`export const request = (ctx) => ({ operation: 'Invoke', payload: ctx.source });`) }))).toEqual([{ message, fix, resource: 'QuerypingResolver' }]);
    expect(found(batched({ handler: vtl('{ "version": "2018-05-29", "operation": "Invoke" }') }))).toEqual([{ message, fix, resource: 'QuerypingResolver' }]);
  });
});

describe('caller-credentials-come-with-iam', () => {
  const callersTable = tableSource('Items', { usesCallerCredentials: true });
  const [key, iam] = [{ type: 'API_KEY' }, { type: 'AWS_IAM' }] as const;
  const sdl = (field: string) => schema(`type Query { get(id: ID!): Item ${field} } type Item @aws_iam @aws_api_key { id: ID tags: String }`);
  const inQuery = { dataSources: [none('Nothing'), callersTable], resolvers: [resolver('Query.get', { dataSourceName: 'Items' })] };
  const found = (changes: Partial<ApiModel>) => finder('API_CALLER_CREDENTIALS')({ authorization: [key, iam], ...inQuery, ...changes }).map(({ message, fix }) => ({ message, fix }));
  const fix = 'let only IAM call it: write "@aws_iam" on Query.get, and no other authorization directive';

  it('accepts fields that only IAM may call, by directive or by default', () => {
    expect(found({ schema: sdl('@aws_iam') })).toEqual([]);
    expect(found({ schema: sdl(''), authorization: [iam, key] })).toEqual([]);
    expect(found({ schema: sdl(''), authorization: [iam] })).toEqual([]);
  });

  it('accepts a role, and says nothing of fields below the root ones nor where the data source itself is refused', () => {
    expect(found({ schema: sdl(''), dataSources: [none('Nothing'), tableSource('Items')] })).toEqual([]);
    expect(found({ schema: sdl('@aws_iam'), resolvers: [...inQuery.resolvers, resolver('Item.tags', { dataSourceName: 'Items' })] })).toEqual([]);
    expect(found({ schema: sdl(''), authorization: [key] })).toEqual([]);
  });

  it('reports fields that others may call, too or alone', () => {
    expect(found({ schema: sdl('@aws_iam @aws_api_key') })).toEqual([{ message: 'Query.get uses data source "Items" with the credentials of the caller, but lets in callers with API_KEY, who have none', fix }]);
    expect(found({ schema: sdl('') })).toHaveLength(1);
  });

  it('reports a pipeline one of whose functions does', () => {
    const functions = [pipelineFunction('first'), pipelineFunction('second', { dataSourceName: 'Items' })];
    const pipeline = resolver('Query.get', { kind: 'PIPELINE', dataSourceName: undefined, functionIds: functions.map(({ functionId }) => functionId) } as Partial<ResolverModel>);

    expect(found({ schema: sdl(''), functions, resolvers: [pipeline] })).toHaveLength(1);
    expect(found({ schema: sdl('@aws_iam'), functions, resolvers: [pipeline] })).toEqual([]);
  });
});

describe('conflict-detection-is-for-versioned-tables', () => {
  const found = finder('API_SYNC_CONFIG');
  const sync = { conflictDetection: 'VERSION', conflictHandler: 'AUTOMERGE' };
  const dataSources = [none('Nothing'), tableSource('Notes', { versioned: true }), tableSource('Items')];
  const fix = 'set "Versioned" and "DeltaSyncConfig" of the data source, or remove "SyncConfig"';

  it('accepts a versioned table, a Lambda handler with its function, and NONE anywhere', () => {
    const resolvers = [resolver('Query.ping', { dataSourceName: 'Notes', sync }), resolver('Query.pong', { dataSourceName: 'Items', sync: { conflictDetection: 'NONE', conflictHandler: 'NONE' } })];
    const functions = [pipelineFunction('put', { dataSourceName: 'Notes', sync: { conflictDetection: 'VERSION', conflictHandler: 'LAMBDA', lambdaConflictHandlerArn: 'arn' } })];

    expect(found({ dataSources, resolvers })).toEqual([]);
    expect(found({ dataSources, functions })).toEqual([]);
  });

  it('reports conflict detection behind any other source', () => {
    expect(found({ dataSources, resolvers: [resolver('Query.ping', { dataSourceName: 'Items', sync })], functions: [pipelineFunction('put', { sync })] })).toEqual([
      { message: 'the resolver of Query.ping detects conflicts, but data source "Items" is no versioned table', fix, resource: 'QuerypingResolver' },
      { message: 'function "put" detects conflicts, but data source "Nothing" is no versioned table', fix, resource: 'putFunction' },
    ]);
  });

  it('reports the handler LAMBDA without a function', () => {
    expect(found({ dataSources, resolvers: [resolver('Query.ping', { dataSourceName: 'Notes', sync: { conflictDetection: 'VERSION', conflictHandler: 'LAMBDA' } })] })).toEqual([
      { message: 'the resolver of Query.ping hands conflicts to a Lambda function, but names none', fix: 'add "LambdaConflictHandlerConfig" with the ARN of the function', resource: 'QuerypingResolver' },
    ]);
  });
});

describe('data-source-has-role, beyond its being there', () => {
  const found = finder('API_DATA_SOURCE_ROLE');
  const signed: DataSourceModel = { type: 'HTTP', name: 'Steps', endpoint: 'https://states.us-east-1.amazonaws.com', signing: { region: 'us-east-1', service: 'states' }, resource: ref('Steps') };
  const trusting = (trustsAppSync: boolean): DataSourceModel['role'] => ({ kind: 'KNOWN', trustsAppSync, roleName: 'Role', resource: ref('Role'), statements: [] });

  it('asks for one where requests are signed', () => {
    expect(found({ dataSources: [{ ...signed, role: { kind: 'NONE' } }] })).toMatchObject([{ message: 'data source "Steps" names no role, so AppSync cannot call the endpoint for it' }]);
  });

  it('reports a role that AppSync may not assume, where a role is needed', () => {
    expect(found({ dataSources: [{ ...signed, role: trusting(false) }] })).toEqual([
      { message: 'data source "Steps" names the role "Role", which AppSync may not assume', fix: 'name appsync.amazonaws.com in the "AssumeRolePolicyDocument" of the role', resource: 'Steps' },
    ]);
    expect(found({ dataSources: [{ ...signed, role: trusting(true) }, { ...none('Nothing'), role: trusting(false) }] })).toEqual([]);
  });

  it('reports credentials of callers who have none', () => {
    const dataSources = [tableSource('Items', { usesCallerCredentials: true })];
    expect(found({ dataSources })).toEqual([
      { message: 'data source "Items" takes the credentials of callers, who have none: the API "Shop" lacks the authorization mode AWS_IAM', fix: 'remove "UseCallerCredentials", or add AWS_IAM to the authorization modes', resource: 'ItemsDataSource' },
    ]);
    expect(found({ dataSources, authorization: [{ type: 'API_KEY' }, { type: 'AWS_IAM' }] })).toEqual([]);
  });
});

describe('http-endpoint-is-a-host', () => {
  const found = finder('API_HTTP_ENDPOINT');
  const at = (endpoint: string) => found({ dataSources: [{ type: 'HTTP', name: 'Web', endpoint, resource: ref('Web') }] });

  it('accepts hosts, a closing slash and the usual ports', () => {
    for (const endpoint of ['https://example.com', 'http://example.com/', 'https://example.com:443', 'http://10.0.0.1:80', 'no endpoint at all']) expect(at(endpoint)).toEqual([]);
    expect(found({ dataSources: [{ type: 'HTTP', name: 'Web', endpoint: 'https://Api.Url/v1', resource: ref('Web') }] }, { standIns: ['Api.Url'] })).toEqual([]);
  });

  it('warns of a path and of another port', () => {
    expect(at('https://example.com/v1')).toEqual([{ message: 'the endpoint of data source "Web" has the path "/v1"', fix: 'give the path in the "resourcePath" of each request', resource: 'Web' }]);
    expect(at('https://example.com:8443')).toEqual([{ message: 'the endpoint of data source "Web" has the port 8443, which AppSync does not call', fix: 'offer the endpoint on port 443', resource: 'Web' }]);
  });
});

describe('delta-table-has-its-keys', () => {
  const found = finder('API_DELTA_TABLE');
  const dataSources = [tableSource('Items', { versioned: true, deltaTableName: 'Shop-Changes' })];
  const key = (name: string, type: 'S' | 'N' = 'S') => ({ name, type });

  it('accepts the two keys, and a table from elsewhere', () => {
    expect(found({ dataSources }, { tables: [table('Changes', { partitionKey: key('ds_pk'), sortKey: key('ds_sk') })] })).toEqual([]);
    expect(found({ dataSources }, { tables: [table('Items')] })).toEqual([]);
  });

  it('reports other keys, and keys of another type', () => {
    const fix = 'give it the partition key "ds_pk" and the sort key "ds_sk", both of type S';
    const about = 'the delta table "ChangesTable" of data source "Items" has the key';
    expect(found({ dataSources }, { tables: [table('Changes', { sortKey: undefined })] })).toEqual([{ message: `${about} "pk" (S)`, fix, resource: 'ItemsDataSource' }]);
    expect(found({ dataSources }, { tables: [table('Changes', { partitionKey: key('ds_pk'), sortKey: key('ds_sk', 'N') })] })).toMatchObject([{ message: `${about} "ds_pk" (S) and "ds_sk" (N)` }]);
  });
});

describe('request-has-code', () => {
  const found = finder('API_REQUEST_MISSING');
  const at = (handler: HandlerModel, source: DataSourceModel) => found({ dataSources: [source], resolvers: [resolver('Query.ping', { handler, dataSourceName: source.name })] });
  const template = { path: '/app/response.vtl', text: '$util.toJson($ctx.result)' };

  it('accepts a Lambda function, a request template alone, and a pipeline without code', () => {
    expect(at({ kind: 'DIRECT' }, lambdaSource('Call'))).toEqual([]);
    expect(at({ kind: 'VTL', request: template }, tableSource('Items'))).toEqual([]);
    expect(found({ resolvers: [resolver('Query.ping', { kind: 'PIPELINE', dataSourceName: undefined, handler: { kind: 'DIRECT' } })] })).toEqual([]);
  });

  it('says nothing of code that our constructs reported as missing', () => {
    const finding = { code: 'RES_NO_SOURCE', severity: 'error', message: 'there is no code', notes: [] } as const;
    expect(found({ resolvers: [resolver('Query.ping', { handler: { kind: 'DIRECT' } })], findings: [finding] })).toEqual([]);
  });

  it('reports what asks nothing of a source that must be asked', () => {
    expect(at({ kind: 'DIRECT' }, tableSource('Items'))).toEqual([
      { message: 'the resolver of Query.ping has no code, and data source "Items" is no Lambda function, which could do without', fix: 'add "Code" and "Runtime"', resource: 'QuerypingResolver' },
    ]);
    expect(at({ kind: 'VTL', response: template }, none('Nothing'))).toMatchObject([{ message: 'the resolver of Query.ping has no request template, and data source "Nothing" is no Lambda function, which could do without', fix: 'add "RequestMappingTemplate"' }]);
    expect(found({ functions: [pipelineFunction('step', { handler: { kind: 'DIRECT' } })] })).toMatchObject([{ resource: 'stepFunction' }]);
  });
});

describe('conflict-detection-is-for-versioned-tables', () => {
  const found = finder('API_SYNC_CONFIG');
  const versioned = tableSource('Items', { versioned: true });
  const detecting = (conflictDetection: string, conflictHandler?: string) => found({ dataSources: [versioned], resolvers: [resolver('Query.ping', { dataSourceName: 'Items', sync: { conflictDetection, ...(conflictHandler ? { conflictHandler } : {}) } })] });

  it('knows the names of detections and handlers', () => {
    expect(detecting('VERSION', 'AUTOMERGE')).toEqual([]);
    expect(detecting('TIMESTAMP', 'AUTOMERGE')).toEqual([{ message: '"ConflictDetection" of the resolver of Query.ping is "TIMESTAMP"', fix: 'use one of VERSION, NONE', resource: 'QuerypingResolver' }]);
    expect(detecting('VERSION', 'OPTIMISTIC')).toMatchObject([{ message: '"ConflictHandler" of the resolver of Query.ping is "OPTIMISTIC"', fix: 'use one of OPTIMISTIC_CONCURRENCY, AUTOMERGE, LAMBDA, NONE' }]);
  });
});

describe('role-allows-requests, of services and conflict handlers', () => {
  const found = finder('API_PERMISSION');
  const steps = (...actions: string[]): DataSourceModel => ({ type: 'HTTP', name: 'Steps', endpoint: 'https://x.example.com', signing: { region: 'us-east-1', service: 'states' }, resource: ref('Steps'), role: role({ actions, resources: ['*'] }) });
  const using = (source: DataSourceModel, changes: Partial<ResolverModel> = {}) => found({ dataSources: [source], resolvers: [resolver('Query.ping', { dataSourceName: source.name, ...changes })] });

  it('wants some action of the service that requests are signed for', () => {
    expect(using(steps('states:StartSyncExecution'))).toEqual([]);
    expect(using(steps('*'))).toEqual([]);
    expect(using(steps('sqs:SendMessage'))).toEqual([
      { message: 'the role "Role" of data source "Steps" does not allow states:*, the service its requests are signed for', fix: 'allow "states:*" in a policy of the role', resource: 'Steps' },
    ]);
  });

  it('wants the delta table, and the function that conflicts go to', () => {
    const own = { actions: ['dynamodb:*'], resources: ['arn:aws:dynamodb:us-east-1:123456789012:table/Shop-Items'] };
    const delta = { actions: ['dynamodb:*'], resources: ['arn:aws:dynamodb:us-east-1:123456789012:table/Changes'] };
    const source = (...statements: Parameters<typeof role>) => tableSource('Items', { versioned: true, deltaTableName: 'Changes', role: role(...statements) });
    const lambdaConflictHandlerArn = 'arn:aws:lambda:us-east-1:123456789012:function:solve';
    const sync = { conflictDetection: 'VERSION', conflictHandler: 'LAMBDA', lambdaConflictHandlerArn };

    expect(using(source(own, delta, { actions: ['lambda:InvokeFunction'], resources: [lambdaConflictHandlerArn] }), { sync })).toEqual([]);
    expect(using(source(own))).toMatchObject([{ message: 'the role "Role" of data source "Items" does not allow dynamodb:PutItem on its delta table', resource: 'ItemsDataSource' }]);
    expect(using(source(own, delta), { sync })).toMatchObject([{ message: 'the role "Role" of data source "Items" does not allow lambda:InvokeFunction on the conflict handler', resource: 'QuerypingResolver' }]);
  });
});
