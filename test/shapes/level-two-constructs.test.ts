/** Apps written with the CDK's own constructs: the checks must accept what those grant, name and nest. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Expiration, NestedStack, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import { checkAssembly } from '../../lib/checks';
import { readApis } from '../../lib/model';
import { synth, temporaryFolder } from '../model/harness';

const runtime = appsync.FunctionRuntime.JS_1_0_0;
const passOn = appsync.Code.fromInline('export const request = () => ({});\nexport const response = (ctx) => ctx.prev.result;\n');

function schemaOf(text: string): appsync.Definition {
  const path = join(temporaryFolder(), 'schema.graphql');
  writeFileSync(path, text);
  return appsync.Definition.fromFile(path);
}

/** `severity CODE: message` of every finding. */
function findings(build: (stack: Stack) => void): string[] {
  const assembly = readApis(synth((app) => build(new Stack(app, 'Stack'))));
  expect(assembly.apis).toHaveLength(1);
  return checkAssembly(assembly).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

test('accepts four modes, a granted table and the templates that the CDK writes', () => {
  const found = findings((stack) => {
    const handler = new lambda.Function(stack, 'Authorizer', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({ isAuthorized: true });') });
    const api = new appsync.GraphqlApi(stack, 'Api', {
      name: 'tasks',
      definition: schemaOf('type Task @aws_api_key @aws_iam @aws_lambda @aws_cognito_user_pools { id: ID! title: String }\ntype Query { task(id: ID!): Task @aws_api_key @aws_iam tasks: [Task] @aws_lambda }\ntype Mutation { save(id: ID!, title: String): Task drop(id: ID!): Task @aws_iam }'),
      authorizationConfig: {
        defaultAuthorization: { authorizationType: appsync.AuthorizationType.USER_POOL, userPoolConfig: { userPool: new cognito.UserPool(stack, 'Users') } },
        additionalAuthorizationModes: [
          { authorizationType: appsync.AuthorizationType.API_KEY, apiKeyConfig: { expires: Expiration.after(Duration.days(30)) } },
          { authorizationType: appsync.AuthorizationType.IAM },
          { authorizationType: appsync.AuthorizationType.LAMBDA, lambdaAuthorizerConfig: { handler } },
        ],
      },
    });
    const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
    const source = api.addDynamoDbDataSource('TaskTable', table);
    const { MappingTemplate, PrimaryKey, Values } = appsync;
    source.createResolver('Task', { typeName: 'Query', fieldName: 'task', requestMappingTemplate: MappingTemplate.dynamoDbGetItem('id', 'id'), responseMappingTemplate: MappingTemplate.dynamoDbResultItem() });
    source.createResolver('Tasks', { typeName: 'Query', fieldName: 'tasks', requestMappingTemplate: MappingTemplate.dynamoDbScanTable(), responseMappingTemplate: MappingTemplate.dynamoDbResultList() });
    source.createResolver('Save', { typeName: 'Mutation', fieldName: 'save', requestMappingTemplate: MappingTemplate.dynamoDbPutItem(PrimaryKey.partition('id').is('id'), Values.projecting()), responseMappingTemplate: MappingTemplate.dynamoDbResultItem() });
    source.createResolver('Drop', { typeName: 'Mutation', fieldName: 'drop', requestMappingTemplate: MappingTemplate.dynamoDbDeleteItem('id', 'id'), responseMappingTemplate: MappingTemplate.dynamoDbResultItem() });
  });

  expect(found).toEqual([]);
});

test('accepts resolvers in a nested stack, direct Lambda calls and a read-only grant', () => {
  const found = findings((stack) => {
    const api = new appsync.GraphqlApi(stack, 'Api', { name: 'split', definition: schemaOf('type Query { report(year: Int!): AWSJSON item(id: ID!): AWSJSON }'), authorizationConfig: { defaultAuthorization: { authorizationType: appsync.AuthorizationType.IAM } } });
    const nested = new NestedStack(stack, 'Resolvers');
    const table = dynamodb.Table.fromTableName(stack, 'Imported', 'items');
    const report = new lambda.Function(nested, 'Report', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({});') });
    const direct = new appsync.LambdaDataSource(nested, 'Direct', { api, lambdaFunction: report });
    const readOnly = new appsync.DynamoDbDataSource(nested, 'Items', { api, table, readOnlyAccess: true });
    new appsync.Resolver(nested, 'ReportResolver', { api, typeName: 'Query', fieldName: 'report', dataSource: direct });
    const getItem = new appsync.AppsyncFunction(nested, 'GetItem', {
      api,
      name: 'getItem',
      dataSource: readOnly,
      runtime,
      code: appsync.Code.fromInline("import { get } from '@aws-appsync/utils/dynamodb';\nexport const request = (ctx) => get({ key: { id: ctx.args.id } });\nexport const response = (ctx) => ctx.result;\n"),
    });
    new appsync.Resolver(nested, 'ItemResolver', { api, typeName: 'Query', fieldName: 'item', pipelineConfig: [getItem], runtime, code: passOn });
  });

  expect(found).toEqual([]);
});

test('accepts a bus, an HTTP service with SigV4 and a subscription on a NONE source', () => {
  const found = findings((stack) => {
    const api = new appsync.GraphqlApi(stack, 'Api', { name: 'events', definition: schemaOf('type Alert { id: ID! level: Int }\ntype Query { alert: Alert }\ntype Mutation { raise(id: ID!, level: Int): Alert announce(id: ID!): Alert }\ntype Subscription { onRaise(minimum: Int): Alert @aws_subscribe(mutations: ["raise", "announce"]) }') });
    const bus = api.addEventBridgeDataSource('Bus', new events.EventBus(stack, 'EventBus'));
    const local = api.addNoneDataSource('Local');
    const steps = api.addHttpDataSource('Steps', 'https://states.us-east-1.amazonaws.com', { authorizationConfig: { signingRegion: 'us-east-1', signingServiceName: 'states' } });
    steps.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: ['states:StartSyncExecution'], resources: ['*'] }));
    const echo = appsync.Code.fromInline('export function request(ctx) {\n  return { payload: ctx.args };\n}\nexport function response(ctx) {\n  return ctx.result;\n}\n');
    bus.createResolver('Raise', { typeName: 'Mutation', fieldName: 'raise', runtime, code: appsync.Code.fromInline("export const request = ({ args }) => ({ operation: 'PutEvents', events: [{ source: 'alerts', detailType: 'raised', detail: args }] });\nexport const response = (ctx) => ctx.args;\n") });
    local.createResolver('Announce', { typeName: 'Mutation', fieldName: 'announce', runtime, code: echo });
    steps.createResolver('Alert', { typeName: 'Query', fieldName: 'alert', runtime, code: appsync.Code.fromInline("export const request = () => ({ method: 'GET', resourcePath: '/alert', params: { query: { a: '1' } } });\nexport const response = ({ result }) => JSON.parse(result.body);\n") });
    local.createResolver('OnRaise', {
      typeName: 'Subscription',
      fieldName: 'onRaise',
      runtime,
      code: appsync.Code.fromInline("import { extensions, util } from '@aws-appsync/utils';\nexport const request = () => ({ payload: null });\nexport function response(ctx) {\n  const { minimum } = ctx.args;\n  if (minimum !== undefined) extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ level: { ge: minimum } }));\n  return null;\n}\n"),
    });
  });

  expect(found).toEqual([]);
});

/** An authorizer behind an alias, a cluster and a search domain. */
function backed(stack: Stack) {
  const authorizer = new lambda.Function(stack, 'Authorizer', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({ isAuthorized: true });') });
  const handler = new lambda.Alias(stack, 'Live', { aliasName: 'live', version: authorizer.currentVersion });
  const api = new appsync.GraphqlApi(stack, 'Api', {
    name: 'backed',
    definition: schemaOf('type Query { ask: AWSJSON find: AWSJSON }'),
    authorizationConfig: { defaultAuthorization: { authorizationType: appsync.AuthorizationType.LAMBDA, lambdaAuthorizerConfig: { handler } } },
  });
  const cluster = new rds.DatabaseCluster(stack, 'Cluster', { engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }), writer: rds.ClusterInstance.serverlessV2('Writer'), vpc: new ec2.Vpc(stack, 'Vpc') });
  const database = api.addRdsDataSourceV2('Database', cluster, cluster.secret!, 'shop');
  const search = api.addOpenSearchDataSource('Search', new opensearch.Domain(stack, 'Domain', { version: opensearch.EngineVersion.OPENSEARCH_2_11 }));
  database.createResolver('Ask', { typeName: 'Query', fieldName: 'ask', runtime, code: appsync.Code.fromInline("import { createPgStatement, select } from '@aws-appsync/utils/rds';\nexport const request = () => createPgStatement(select({ table: 'orders' }));\nexport const response = (ctx) => ctx.result;\n") });
  search.createResolver('Find', { typeName: 'Query', fieldName: 'find', runtime, code: appsync.Code.fromInline("export const request = () => ({ operation: 'GET', path: '/orders/_search', params: {} });\nexport const response = (ctx) => ctx.result;\n") });
  return { api, handler, cluster, search };
}

test('accepts the permissions and endpoints that the CDK adds, and tells when they are taken away', () => {
  const without = findings((stack) => {
    const { handler, cluster, search } = backed(stack);
    for (const child of handler.node.children) if (child instanceof lambda.CfnPermission) handler.node.tryRemoveChild(child.node.id);
    (cluster.node.defaultChild as rds.CfnDBCluster).enableHttpEndpoint = false;
    (search.node.defaultChild as appsync.CfnDataSource).addPropertyOverride('OpenSearchServiceConfig.Endpoint', 'search-shop.us-east-1.es.amazonaws.com');
  });

  expect(findings((stack) => void backed(stack))).toEqual([]);
  expect(without.sort()).toEqual([
    expect.stringMatching(/^error API_AUTHORIZER_PERMISSION: AppSync may not call the function "Authorizer\w+"/),
    expect.stringMatching(/^error API_DATABASE_ENDPOINT: data source "Database" asks the cluster "Cluster\w+" by its Data API, which is switched off$/),
    'error API_DATA_SOURCE_CONFIG: "OpenSearchServiceConfig.Endpoint" of data source "Search" of type AMAZON_OPENSEARCH_SERVICE is "search-shop.us-east-1.es.amazonaws.com", which has no scheme',
  ]);
});
