import { resolve } from 'node:path';
import { apiTemplate, messages, onlyApi, readTemplate } from './harness';

const id = 'ApiId: !GetAtt Api.ApiId';

test('copies the findings our constructs left, each on a resource', () => {
  const finding = { code: 'RES_UNUSED', severity: 'warning', message: 'nothing uses it', location: { file: 'resolvers/a.ts', line: 1, column: 2 } };
  const assembly = readTemplate(`
Resources:
  Api:
    Type: AWS::AppSync::GraphQLApi
    Metadata:
      cdk-enterprise-appsync:
        findings: ${JSON.stringify([finding, { code: 'SDL_X', severity: 'error', message: 'm', fix: 'f', notes: [{ message: 'n' }], resource: { templatePath: '/t', logicalId: 'Other' } }, { code: 1 }, 'nonsense', { code: 'SDL_Y', message: 'm', notes: [null, { message: 'kept', location: { file: 7 } }], location: 'x' }])}
    Properties: { Name: shop, AuthenticationType: API_KEY }`);
  const { findings, resource } = onlyApi(assembly);

  expect(findings).toEqual([
    { ...finding, location: { ...finding.location, file: resolve('resolvers/a.ts') }, notes: [], resource },
    { code: 'SDL_X', severity: 'error', message: 'm', fix: 'f', notes: [{ message: 'n' }], resource: { templatePath: '/t', logicalId: 'Other' } },
    { code: 'SDL_Y', severity: 'error', message: 'm', notes: [{ message: 'kept' }], resource },
  ]);
});

test.each(['{}', '{ findings: x }', 'text', '[1]'])('takes metadata %s for no findings', (metadata) => {
  const assembly = readTemplate(`Resources: { Api: { Type: AWS::AppSync::GraphQLApi, Metadata: { cdk-enterprise-appsync: ${metadata} }, Properties: { Name: shop, AuthenticationType: API_KEY } } }`);

  expect(onlyApi(assembly).findings).toEqual([]);
});

test('reads a cache', () => {
  const assembly = readTemplate(apiTemplate(`Cache: { Type: AWS::AppSync::ApiCache, Properties: { ${id}, ApiCachingBehavior: PER_RESOLVER_CACHING, Ttl: '300', Type: SMALL } }`));

  expect(onlyApi(assembly).cache).toEqual({ behavior: 'PER_RESOLVER_CACHING', ttlSeconds: 300, resource: expect.objectContaining({ logicalId: 'Cache' }) });
});

test.each([
  ['a cache of unknown behavior', `Cache: { Type: AWS::AppSync::ApiCache, Properties: { ${id}, ApiCachingBehavior: SOME, Ttl: 300 } }`, '"ApiCachingBehavior" of "Cache" is "SOME"'],
  ['a cache of unknown type', `Cache: { Type: AWS::AppSync::ApiCache, Properties: { ${id}, ApiCachingBehavior: FULL_REQUEST_CACHING, Ttl: 300, Type: TINY } }`, '"Type" of "Cache" is "TINY"'],
  ['a cache without a ttl', `Cache: { Type: AWS::AppSync::ApiCache, Properties: { ${id}, ApiCachingBehavior: FULL_REQUEST_CACHING } }`, '"Ttl" of "Cache" is missing'],
  ['a resolver without a field', `R: { Type: AWS::AppSync::Resolver, Properties: { ${id}, TypeName: Query } }`, '"FieldName" of "R" is missing'],
  ['a function without a data source', `F: { Type: AWS::AppSync::FunctionConfiguration, Properties: { ${id}, Name: f } }`, '"DataSourceName" of "F" is missing'],
  ['a data source without a name', `D: { Type: AWS::AppSync::DataSource, Properties: { ${id}, Type: NONE } }`, '"Name" of "D" is missing'],
  ['a table data source without a table', `D: { Type: AWS::AppSync::DataSource, Properties: { ${id}, Name: D, Type: AMAZON_DYNAMODB } }`, '"DynamoDBConfig.TableName" of "D" is missing'],
  ['a child without an API', 'D: { Type: AWS::AppSync::DataSource, Properties: { Name: D, Type: NONE } }', '"ApiId" of "D" is missing'],
  ['a value of the wrong type', `R: { Type: AWS::AppSync::Resolver, Properties: { ${id}, TypeName: [Query], FieldName: a } }`, '"TypeName" of "R" must be a text, got a list'],
  ['a batch size that is no number', `R: { Type: AWS::AppSync::Resolver, Properties: { ${id}, TypeName: Query, FieldName: a, MaxBatchSize: many } }`, '"MaxBatchSize" of "R" must be a number, got "many"'],
  ['a resolver of unknown kind', `R: { Type: AWS::AppSync::Resolver, Properties: { ${id}, TypeName: Query, FieldName: a, Kind: Pipeline } }`, '"Kind" of "R" is "Pipeline"'],
  ['caching without a ttl', `R: { Type: AWS::AppSync::Resolver, Properties: { ${id}, TypeName: Query, FieldName: a, CachingConfig: { CachingKeys: [a] } } }`, '"CachingConfig.Ttl" of "R" is missing'],
  ['functions that are no list', `R: { Type: AWS::AppSync::Resolver, Properties: { ${id}, TypeName: Query, FieldName: a, Kind: PIPELINE, PipelineConfig: { Functions: f } } }`, '"PipelineConfig.Functions" of "R" must be a list, got "f"'],
])('reports %s once, with a fix and its resource', (_, resources, message) => {
  const assembly = readTemplate(apiTemplate(resources));

  expect(messages(assembly)).toEqual([`error MAN_PROPERTY: ${message}`]);
  expect(assembly.diagnostics[0]).toMatchObject({ fix: expect.any(String), resource: { logicalId: resources.split(':')[0] } });
});

test('reads every kind of data source', () => {
  const source = (name: string, rest: string) => `${name}: { Type: AWS::AppSync::DataSource, Properties: { ${id}, Name: ${name}, ServiceRoleArn: !GetAtt Not.Read, ${rest} } }`;
  const assembly = readTemplate(
    apiTemplate(
      [
        source('None', 'Type: NONE'),
        source('Table', "Type: AMAZON_DYNAMODB, DynamoDBConfig: { TableName: items, AwsRegion: eu-west-1, Versioned: 'true', DeltaSyncConfig: { BaseTableTTL: '60', DeltaSyncTableName: changes, DeltaSyncTableTTL: '60' } }"),
        source('Fn', 'Type: AWS_LAMBDA, LambdaConfig: { LambdaFunctionArn: !GetAtt Function.Arn }'),
        source('Web', 'Type: HTTP, HttpConfig: { Endpoint: https://example.com }'),
        source('Steps', 'Type: HTTP, HttpConfig: { Endpoint: https://states.eu-west-1.amazonaws.com, AuthorizationConfig: { AuthorizationType: AWS_IAM, AwsIamConfig: { SigningRegion: eu-west-1, SigningServiceName: states } } }'),
        source('Sql', 'Type: RELATIONAL_DATABASE, RelationalDatabaseConfig: { RelationalDatabaseSourceType: RDS_HTTP_ENDPOINT, RdsHttpEndpointConfig: { AwsRegion: !Ref AWS::Region } }'),
        "Function: { Type: AWS::Lambda::Function, Properties: { FunctionName: call, Code: { ZipFile: 'exports.handler = 1' } } }",
      ].join('\n'),
    ),
  );

  expect(messages(assembly)).toEqual([]);
  expect(onlyApi(assembly).dataSources.map(({ resource: _, role, ...rest }) => ({ ...rest, role: role?.kind }))).toEqual([
    { name: 'None', type: 'NONE', role: 'UNKNOWN' },
    { name: 'Table', type: 'AMAZON_DYNAMODB', tableName: 'items', region: 'eu-west-1', versioned: true, deltaTableName: 'changes', role: 'UNKNOWN' },
    { name: 'Fn', type: 'AWS_LAMBDA', functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:call', role: 'UNKNOWN' },
    { name: 'Web', type: 'HTTP', endpoint: 'https://example.com', role: 'UNKNOWN' },
    { name: 'Steps', type: 'HTTP', endpoint: 'https://states.eu-west-1.amazonaws.com', signing: { region: 'eu-west-1', service: 'states' }, role: 'UNKNOWN' },
    { name: 'Sql', type: 'OTHER', awsType: 'RELATIONAL_DATABASE', config: { RelationalDatabaseConfig: { RelationalDatabaseSourceType: 'RDS_HTTP_ENDPOINT', RdsHttpEndpointConfig: { AwsRegion: 'us-east-1' } } }, role: 'UNKNOWN' },
  ]);
  expect(assembly.lambdaFunctions).toMatchObject([{ functionName: 'call', code: { kind: 'INLINE', source: { text: 'exports.handler = 1' } } }]);
});

test('finds the function behind an alias, and leaves out functions no API calls', () => {
  const assembly = readTemplate(
    apiTemplate(`
D: { Type: AWS::AppSync::DataSource, Properties: { ${id}, Name: D, Type: AWS_LAMBDA, LambdaConfig: { LambdaFunctionArn: !Ref Live } } }
Live: { Type: AWS::Lambda::Alias, Properties: { Name: live, FunctionName: !Ref Called } }
Called: { Type: AWS::Lambda::Function, Properties: { Code: { S3Bucket: b, S3Key: gone.zip } } }
Other: { Type: AWS::Lambda::Function, Properties: { Code: { ImageUri: !GetAtt No.Image } } }`),
  );

  expect(onlyApi(assembly).dataSources).toMatchObject([{ functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:Shop-Called:live' }]);
  expect(assembly.lambdaFunctions?.map(({ functionName }) => functionName)).toEqual(['Shop-Called']);
  expect(messages(assembly)).toEqual(['warning MAN_LAMBDA_CODE: the code of function "Called" is not on disk here, so it cannot run locally']);
});
