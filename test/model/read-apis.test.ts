import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CfnOutput, Duration, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type ApiModel, readApis } from '../../lib/model';
import { apiTemplate, files, messages, onlyApi, readTemplate, synth } from './harness';

const sdl = 'type Query { item(id: ID!): String }';
const handler = 'export function request() { return {}; }\nexport function response(ctx) { return ctx.result; }\n';
const sources = files({ 'schema.graphql': sdl, 'item.js': handler, 'request.vtl': '{ "version": "2018-05-29" }', 'fn/index.js': 'exports.handler = async () => 1;' });
const js = { runtime: appsync.FunctionRuntime.JS_1_0_0 };

function schemaApi(scope: Stack, name: string, props: Partial<appsync.GraphqlApiProps> = {}): appsync.GraphqlApi {
  return new appsync.GraphqlApi(scope, name, { name, definition: appsync.Definition.fromFile(join(sources, 'schema.graphql')), ...props });
}

describe('an app of several stacks', () => {
  const folder = synth((app) => {
    const data = new Stack(app, 'Data');
    const table = new dynamodb.Table(data, 'Items', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
    const pool = new cognito.UserPool(data, 'Users');
    pool.addClient('web');

    const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
    const authorizer = new lambda.Function(stack, 'Authorizer', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code: lambda.Code.fromAsset(join(sources, 'fn')), environment: { STAGE: 'dev' }, timeout: Duration.seconds(9) });
    const api = schemaApi(stack, 'Shop', {
      authorizationConfig: {
        defaultAuthorization: { authorizationType: appsync.AuthorizationType.API_KEY },
        additionalAuthorizationModes: [{ authorizationType: appsync.AuthorizationType.LAMBDA, lambdaAuthorizerConfig: { handler: authorizer } }],
      },
      environmentVariables: { TABLE: 'items' },
      queryDepthLimit: 5,
      introspectionConfig: appsync.IntrospectionConfig.DISABLED,
    });
    const step = new appsync.AppsyncFunction(stack, 'Step', { api, name: 'step', dataSource: api.addNoneDataSource('None'), code: appsync.Code.fromAsset(join(sources, 'item.js')), ...js });
    const nested = new NestedStack(stack, 'Resolvers');
    new appsync.Resolver(nested, 'Item', { api, typeName: 'Query', fieldName: 'item', pipelineConfig: [step], code: appsync.Code.fromInline(handler), ...js, cachingConfig: { ttl: Duration.minutes(1), cachingKeys: ['$context.arguments.id'] } });
    new CfnOutput(nested, 'Out', { value: 'x' });

    const second = new Stack(app, 'Second');
    const other = schemaApi(second, 'Second', { authorizationConfig: { defaultAuthorization: { authorizationType: appsync.AuthorizationType.USER_POOL, userPoolConfig: { userPool: pool, defaultAction: appsync.UserPoolDefaultAction.DENY } } } });
    other.addDynamoDbDataSource('Items', table);
  });
  const assembly = readApis(folder);
  const [shop, second] = ['Shop', 'Second'].map((name) => assembly.apis.find((api) => api.name === name)!) as [ApiModel, ApiModel];

  test('gives every API with its settings', () => {
    expect(messages(assembly)).toEqual([]);
    expect(assembly.apis).toHaveLength(2);
    expect(shop).toMatchObject({
      apiId: expect.stringMatching(/^[0-9a-z]{26}$/),
      region: 'eu-west-1',
      accountId: '111122223333',
      environment: { TABLE: 'items' },
      queryDepthLimit: 5,
      resolverCountLimit: 0,
      introspection: false,
      schema: [{ text: sdl }],
      resource: { templatePath: join(folder, 'Shop.template.json') },
      findings: [],
    });
    expect(second).toMatchObject({ region: 'us-east-1', accountId: '123456789012', introspection: true });
  });

  test('follows parameters into a nested stack', () => {
    expect(shop.resolvers).toEqual([
      {
        typeName: 'Query',
        fieldName: 'item',
        kind: 'PIPELINE',
        functionIds: [shop.functions[0]?.functionId],
        handler: { kind: 'APPSYNC_JS', code: { path: expect.stringMatching(/\.nested\.template\.json#Item[0-9A-F]{8}$/), text: handler } },
        caching: { ttlSeconds: 60, keys: ['$context.arguments.id'] },
        resource: { templatePath: expect.stringMatching(/\.nested\.template\.json$/), logicalId: expect.stringMatching(/^Item/) },
      },
    ]);
  });

  test('reads code from its asset', () => {
    expect(shop.functions).toEqual([
      {
        functionId: expect.stringMatching(/^[0-9a-z]{26}$/),
        name: 'step',
        dataSourceName: 'None',
        handler: { kind: 'APPSYNC_JS', code: { path: expect.stringMatching(new RegExp(`^${folder}/asset\\.[0-9a-f]{64}\\.js$`)), text: handler } },
        version: '2018-05-29',
        resource: expect.objectContaining({ templatePath: join(folder, 'Shop.template.json') }),
      },
    ]);
  });

  test('follows exports into another stack', () => {
    const [table] = assembly.tables;
    const [pool] = assembly.userPools;

    expect(table?.tableName).toMatch(/^Data-Items/);
    expect(second.dataSources).toMatchObject([{ type: 'AMAZON_DYNAMODB', tableName: table?.tableName, region: 'us-east-1' }]);
    expect(pool).toEqual({
      userPoolId: expect.stringMatching(/^us-east-1_[0-9a-z]{9}$/),
      issuer: `https://cognito-idp.us-east-1.amazonaws.com/${pool?.userPoolId}`,
      clientIds: [expect.stringMatching(/^[0-9a-z]{26}$/)],
      name: expect.stringMatching(/^Users/),
      resource: { templatePath: join(folder, 'Data.template.json'), logicalId: expect.stringMatching(/^Users/) },
    });
    expect(second.authorization).toEqual([{ type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: pool?.userPoolId, region: 'us-east-1', defaultAction: 'DENY' }]);
  });

  test('gives the Lambda functions an API calls, with their code folder', () => {
    const functionArn = shop.authorization.flatMap((mode) => (mode.type === 'AWS_LAMBDA' ? [mode.functionArn] : []))[0];

    expect(assembly.lambdaFunctions).toEqual([
      {
        functionArn,
        functionName: expect.stringMatching(/^Shop-Authorizer/),
        runtime: 'nodejs20.x',
        handler: 'index.handler',
        code: { kind: 'PATH', path: expect.stringMatching(new RegExp(`^${folder}/asset\\.`)) },
        environment: { STAGE: 'dev' },
        timeoutSeconds: 9,
        memoryMb: 128,
        roleArn: expect.stringMatching(/^arn:aws:iam::111122223333:role\/Shop-AuthorizerServiceRole/),
        invokers: ['appsync.amazonaws.com'],
        resource: expect.objectContaining({ templatePath: join(folder, 'Shop.template.json') }),
      },
    ]);
  });

  test('gives the same ids each time, and different ones to different stacks', () => {
    expect(readApis(folder)).toEqual(assembly);
    expect(new Set(assembly.apis.flatMap((api) => [api.apiId, ...api.apiKeys.map(({ key }) => key)])).size).toBe(3);
  });
});

test('reads the assemblies of stages, whose assets lie in the parent folder', () => {
  const folder = synth((app) => {
    for (const name of ['Dev', 'Prod']) {
      const api = schemaApi(new Stack(new Stage(app, name), 'Shop'), 'Shop');
      new appsync.Resolver(api, 'Item', { api, typeName: 'Query', fieldName: 'item', dataSource: api.addNoneDataSource('None'), code: appsync.Code.fromAsset(join(sources, 'item.js')), ...js });
    }
  });

  const { apis, diagnostics } = readApis(folder);

  expect(diagnostics).toEqual([]);
  expect(apis.map(({ resource }) => resource.templatePath.slice(folder.length + 1).split('/')[0])).toEqual(['assembly-Dev', 'assembly-Prod']);
  expect(apis.map(({ resolvers }) => resolvers[0]?.handler)).toEqual(Array(2).fill({ kind: 'APPSYNC_JS', code: { path: expect.stringContaining(`${folder}/asset.`), text: handler } }));
  expect(apis[0]?.apiId).not.toBe(apis[1]?.apiId);
});

test('reports an asset that is gone, and leaves its resolver out', () => {
  const folder = synth((app) => {
    const api = schemaApi(new Stack(app, 'Shop'), 'Shop');
    new appsync.Resolver(api, 'Item', { api, typeName: 'Query', fieldName: 'item', dataSource: api.addNoneDataSource('None'), code: appsync.Code.fromAsset(join(sources, 'item.js')), ...js });
  });
  const before = onlyApi(readApis(folder)).resolvers[0]!;
  if (before.handler.kind === 'APPSYNC_JS') rmSync(before.handler.code.path);

  const after = readApis(folder);

  expect(onlyApi(after).resolvers).toEqual([]);
  expect(messages(after)).toEqual([
    expect.stringMatching(/^error MAN_ASSET: "CodeS3Location" of "ShopItem[0-9A-F]{8}" names s3:\/\/cdk-hnb659fds-assets-123456789012-us-east-1\/[0-9a-f]{64}\.js, which is not on disk here$/),
  ]);
});

test('keeps the exports of two regions apart', () => {
  const folder = synth((app) => {
    for (const region of ['us-east-1', 'eu-west-1']) {
      const props = (name: string) => ({ stackName: name, env: { region, account: '111122223333' } });
      const data = new Stack(app, `Data-${region}`, props('Data'));
      const table = new dynamodb.Table(data, 'Items', { tableName: `items-${region}`, partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      new CfnOutput(data, 'Name', { value: table.tableName, exportName: 'items' });
      const api = schemaApi(new Stack(app, `Shop-${region}`, props('Shop')), `Shop-${region}`);
      api.addDynamoDbDataSource('Items', dynamodb.Table.fromTableName(api, 'Imported', Fn.importValue('items')));
    }
  });

  const { apis, diagnostics } = readApis(folder);

  expect(diagnostics).toEqual([]);
  expect(apis.map(({ dataSources: [source] }) => source?.type === 'AMAZON_DYNAMODB' && source.tableName).sort()).toEqual(['items-eu-west-1', 'items-us-east-1']);
  expect(apis[0]?.apiId).not.toBe(apis[1]?.apiId);
});

test('reports an API id that cannot be had once, however many resources need it', () => {
  const source = (name: string) => `${name}: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !ImportValue shared-api, Name: ${name}, Type: NONE } }`;

  expect(messages(readTemplate(apiTemplate([source('A'), source('B')].join('\n'))))).toEqual(['warning MAN_INTRINSIC: "ApiId" of "A" has no local value: no stack here exports "shared-api"']);
});

test('leaves out what belongs to an API elsewhere, and says so', () => {
  const assembly = readTemplate(apiTemplate('Foreign: { Type: AWS::AppSync::DataSource, Properties: { ApiId: abcdefghijklmnopqrstuvwxyz, Name: Foreign, Type: NONE } }'));

  expect(onlyApi(assembly).dataSources).toEqual([]);
  expect(messages(assembly)).toEqual(['warning MAN_FOREIGN_API: "Foreign" belongs to the API "abcdefghijklmnopqrstuvwxyz", which is not among the templates here; it is left out']);
});

test('leaves out a merged API with all that belongs to it, and says so once', () => {
  const assembly = readTemplate(`
Resources:
  Merged: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: merged, AuthenticationType: API_KEY, ApiType: MERGED, MergedApiExecutionRoleArn: 'arn:aws:iam::123456789012:role/merge' } }
  Key: { Type: AWS::AppSync::ApiKey, Properties: { ApiId: !GetAtt Merged.ApiId } }`);

  expect(assembly.apis).toEqual([]);
  expect(messages(assembly)).toEqual(['warning MAN_MERGED_API: "Merged" is a merged API, which is not emulated; it is left out']);
});

test('tells what a merged API and a domain name may not be', () => {
  const assembly = readTemplate(`
Resources:
  Merged: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: merged, AuthenticationType: API_KEY, ApiType: MERGED, EnvironmentVariables: { A1: b } } }
  Short: { Type: AWS::AppSync::DomainName, Properties: { DomainName: shop, CertificateArn: !ImportValue certificate } }
  Far: { Type: AWS::AppSync::DomainName, Properties: { DomainName: api.shop.com, CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1' } }
  Fine: { Type: AWS::AppSync::DomainName, Properties: { DomainName: www.shop.com, CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' } }
  Wild: { Type: AWS::AppSync::DomainName, Properties: { DomainName: '*.shop.com', CertificateArn: !ImportValue certificate } }`);

  expect(messages(assembly).filter((message) => message.startsWith('error'))).toEqual([
    'error MAN_PROPERTY: "MergedApiExecutionRoleArn" of "Merged" is missing',
    'error MAN_PROPERTY: "EnvironmentVariables" of "Merged" is given, but a merged API has none',
    'error MAN_PROPERTY: "DomainName" of "Short" is "shop"',
    'error MAN_PROPERTY: "CertificateArn" of "Far" is of a certificate in eu-west-1',
  ]);
  // What could not be evaluated is of no interest to anybody.
  expect(messages(assembly).filter((message) => message.includes('MAN_INTRINSIC'))).toEqual([]);
});

test('reports a second schema and a second cache of an API', () => {
  const assembly = readTemplate(`
Resources:
  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: Shop, AuthenticationType: API_KEY } }
  Schema: { Type: AWS::AppSync::GraphQLSchema, Properties: { ApiId: !GetAtt Api.ApiId, Definition: 'type Query { a: Int }' } }
  Again: { Type: AWS::AppSync::GraphQLSchema, Properties: { ApiId: !GetAtt Api.ApiId, Definition: 'type Query { b: Int }' } }
  Cache: { Type: AWS::AppSync::ApiCache, Properties: { ApiId: !GetAtt Api.ApiId, ApiCachingBehavior: FULL_REQUEST_CACHING, Ttl: 60, Type: SMALL } }
  More: { Type: AWS::AppSync::ApiCache, Properties: { ApiId: !GetAtt Api.ApiId, ApiCachingBehavior: FULL_REQUEST_CACHING, Ttl: 60, Type: SMALL } }`);

  expect(messages(assembly)).toEqual([
    'error MAN_PROPERTY: "ApiId" of "Again" names an API that has a schema already, "Schema"',
    'error MAN_PROPERTY: "ApiId" of "More" names an API that has a cache already, "Cache"',
  ]);
});

test('reads a template without any API as an empty assembly', () => {
  expect(readTemplate('Resources: { Topic: { Type: AWS::SNS::Topic } }')).toMatchObject({ apis: [], tables: [], userPools: [], lambdaFunctions: [], diagnostics: [] });
});

test('reads 300 resolvers with an asset each', () => {
  const apiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
  const names = Array.from({ length: 300 }, (_, index) => `f${index}`);
  const resolverOf = (fieldName: string) => ({
    Type: 'AWS::AppSync::Resolver',
    Properties: { ApiId: apiId, TypeName: 'Query', FieldName: fieldName, DataSourceName: 'None', CodeS3Location: { 'Fn::Sub': `s3://assets-\${AWS::AccountId}/${fieldName}.js` }, Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' } },
  });
  const folder = files({
    ...Object.fromEntries(names.flatMap((name) => [[`asset.${name}.js`, handler], [`asset.${name}.js.map`, '{ "version": 3, "sources": ["../a.ts"], "mappings": "" }']])),
    'manifest.json': JSON.stringify({
      artifacts: { assets: { type: 'cdk:asset-manifest', properties: { file: 'Big.assets.json' } }, Big: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Big.template.json' } } },
    }),
    'Big.assets.json': JSON.stringify({ files: Object.fromEntries(names.map((name) => [name, { source: { path: `asset.${name}.js` }, destinations: { current: { objectKey: `${name}.js` } } }])) }),
    'Big.template.json': JSON.stringify({ Resources: { Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'Big', AuthenticationType: 'AWS_IAM' } }, ...Object.fromEntries(names.map((name) => [name, resolverOf(name)])) } }),
  });

  expect(onlyApi(readApis(folder)).resolvers).toHaveLength(300);
});
