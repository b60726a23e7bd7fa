import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readApis } from '../../lib/model';
import { messages, onlyApi, readTemplate } from './harness';

const template = join(__dirname, '../fixtures/templates/sam-shop.yaml');
const beside = (path: string) => ({ path: join(__dirname, '../fixtures/templates/sam-shop', path), text: readFileSync(join(__dirname, '../fixtures/templates/sam-shop', path), 'utf8') });

const assembly = readApis(template);
const api = onlyApi(assembly);

test('reads the API of a SAM template like any other', () => {
  expect(messages(assembly)).toEqual([]);
  expect(api).toMatchObject({
    name: 'Shop',
    resource: { templatePath: template, logicalId: 'Shop' },
    schema: [beside('schema.graphql')],
    authorization: [{ type: 'API_KEY' }, { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: assembly.userPools[0]?.userPoolId, defaultAction: 'ALLOW' }],
    apiKeys: [{ expires: 1893456000 }],
    cache: { behavior: 'PER_RESOLVER_CACHING', ttlSeconds: 60 },
  });
});

test('makes its data sources, with the table and function they name, and the one for NONE', () => {
  expect(api.dataSources).toEqual([
    { name: 'ItemsTable', type: 'AMAZON_DYNAMODB', tableName: 'sam-shop-Items', region: 'us-east-1', versioned: false, role: { kind: 'UNKNOWN' }, resource: { templatePath: template, logicalId: 'ShopItemsTableDynamoDBDataSource' } },
    { name: 'Pricing', type: 'AWS_LAMBDA', functionArn: assembly.lambdaFunctions?.[0]?.functionArn, role: { kind: 'UNKNOWN' }, resource: { templatePath: template, logicalId: 'ShopPricingLambdaDataSource' } },
    { name: 'NONE', type: 'NONE', role: { kind: 'NONE' }, resource: { templatePath: template, logicalId: 'ShopNONEDataSource' } },
  ]);
});

test('makes its functions and pipelines, with the code that passes the last result on', () => {
  const [getItem, price, audit] = api.functions;

  expect(getItem).toMatchObject({ name: 'getItem', dataSourceName: 'ItemsTable', handler: { kind: 'APPSYNC_JS', code: beside('get-item.js') }, resource: { logicalId: 'ShopgetItem' } });
  expect(price).toMatchObject({ name: 'price', dataSourceName: 'Pricing', handler: { code: { path: `${template}#Shopprice` } } });
  expect(audit).toMatchObject({ name: 'auditStep', dataSourceName: 'NONE' });
  expect(api.resolvers).toMatchObject([
    { typeName: 'Query', fieldName: 'item', kind: 'PIPELINE', functionIds: [getItem?.functionId, price?.functionId], handler: { code: { text: expect.stringContaining('return ctx.prev.result;') } }, resource: { logicalId: 'ShopQueryitem' } },
    { fieldName: 'itemBySku', functionIds: [audit?.functionId, getItem?.functionId], caching: { ttlSeconds: 30, keys: ['$context.arguments.sku'] }, resource: { logicalId: 'ShopQueryproduct' } },
  ]);
});

test('reads simple tables, by default with the key "id"', () => {
  expect(assembly.tables.map(({ tableName, partitionKey }) => [tableName, partitionKey])).toEqual([
    ['sam-shop-Items', { name: 'sku', type: 'N' }],
    ['sam-shop-Plain', { name: 'id', type: 'S' }],
  ]);
});

test('gives functions the globals, and adds up their environment', () => {
  expect(assembly.lambdaFunctions).toMatchObject([
    { functionName: 'sam-shop-Price', runtime: 'nodejs20.x', handler: 'price.handler', timeoutSeconds: 7, environment: { TABLE: 'sam-shop-Items', LEVEL: 'debug' }, code: { kind: 'PATH', path: join(template, '../sam-shop') } },
  ]);
});

test('reports each mistake SAM would refuse, with a suggestion', () => {
  const { diagnostics } = readTemplate(`
Resources:
  Shop:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      Auth: { Type: AWS_IAM }
      Logging: true
      Defaults: {}
      DataSources: { Http: { web: {} }, DynamoDb: { Items: { TableName: items } } }
      Functions: { getItem: { DataSource: Item, InlineCode: x, Runtime: { Name: APPSYNC_JS, Version: 1.0.0 } } }
      Resolvers: { Query: { item: { Pipeline: [getItm] }, other: {} } }`);

  expect(diagnostics.map(({ code, severity, message, fix }) => [code, severity, message, fix])).toEqual([
    ['MAN_SAM', 'warning', '"Defaults" of "Shop" is not read here, so it has no effect locally', 'say it with AWS::AppSync resources if it matters locally'],
    ['MAN_SAM', 'error', '"DataSources" of "Shop" has the kind "Http", which SAM does not know', 'use DynamoDb or Lambda, or declare an AWS::AppSync::DataSource'],
    ['MAN_SAM', 'error', 'function "getItem" of "Shop" uses data source "Item", which is not declared', 'did you mean "Items"?'],
    ['MAN_SAM', 'error', 'resolver "Query.item" of "Shop" runs function "getItm", which is not declared', 'did you mean "getItem"?'],
    ['MAN_SAM', 'error', 'resolver "Query.other" of "Shop" has no "Pipeline"', 'add "Pipeline" with the names of its functions: SAM makes no unit resolvers'],
  ]);
});

test('takes a function declared elsewhere by its id', () => {
  const result = readTemplate(`
Resources:
  Shop:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      Auth: { Type: AWS_IAM }
      Functions: { step: { Id: !GetAtt Step.FunctionId } }
      Resolvers: { Query: { item: { Pipeline: [step] } } }
  Step: { Type: AWS::AppSync::FunctionConfiguration, Properties: { ApiId: !GetAtt Shop.ApiId, Name: step, DataSourceName: None } }`);

  expect(messages(result)).toEqual([]);
  expect(onlyApi(result).resolvers[0]?.functionIds).toEqual([onlyApi(result).functions[0]?.functionId]);
});
