import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Authorization, CacheSize, Caching, DynamoTableSource, NoneSource } from '../../lib';
import { getHandlers, logicalIds, project, schema } from './project';

const stepHandlers = `export function request(ctx) {
  return { payload: ctx.args };
}
export function response(ctx) {
  return ctx.result;
}
`;

describe('defaults', () => {
  test('an API without options is traced, logs errors only, and hides its schema', () => {
    const { api, template } = project();
    api();

    template().hasResourceProperties('AWS::AppSync::GraphQLApi', {
      Name: 'Api',
      XrayEnabled: true,
      IntrospectionConfig: 'DISABLED',
      QueryDepthLimit: 12,
      ResolverCountLimit: 1000,
      LogConfig: { FieldLogLevel: 'ERROR', ExcludeVerboseContent: true },
    });
  });

  test('logs go to a group with a retention, which the role of the API may write to and nothing else', () => {
    const { api, template } = project();
    api();

    const found = template();
    found.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    found.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('Logs'), 'Arn'] } }] },
    });
    found.resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('no API key exists unless it is asked for', () => {
    const { api, template } = project();
    expect(api().apiKey).toBeUndefined();

    template().resourceCountIs('AWS::AppSync::ApiKey', 0);
  });

  test('the schema is an asset, not text in the template', () => {
    const { api, template } = project();
    api();

    template().hasResourceProperties('AWS::AppSync::GraphQLSchema', { Definition: Match.absent(), DefinitionS3Location: Match.anyValue(), ApiId: { 'Fn::GetAtt': [Match.anyValue(), 'ApiId'] } });
  });
});

describe('options', () => {
  test('limits, logs and introspection can be changed', () => {
    const { api, template } = project();
    api({ introspection: true, queryDepthLimit: 5, resolverCountLimit: 50, fieldLogLevel: appsync.FieldLogLevel.ALL, logRetention: logs.RetentionDays.ONE_DAY });

    const found = template();
    found.hasResourceProperties('AWS::AppSync::GraphQLApi', { IntrospectionConfig: 'ENABLED', QueryDepthLimit: 5, ResolverCountLimit: 50, LogConfig: { FieldLogLevel: 'ALL', ExcludeVerboseContent: true } });
    found.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 1 });
  });

  test('every authorization mode reaches the template', () => {
    const { api, template } = project();
    const made = api({
      additionalAuthorization: [Authorization.apiKey({ expires: '2099-03-01' }), Authorization.iam(), Authorization.oidc({ issuer: 'https://login.example.com', tokenExpiryFromIssue: Duration.hours(1) })],
    });
    expect(made.apiKey).toBeDefined();

    const found = template();
    found.hasResourceProperties('AWS::AppSync::GraphQLApi', {
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: { UserPoolId: 'us-east-1_abcdefghi', DefaultAction: 'ALLOW' },
      AdditionalAuthenticationProviders: [
        { AuthenticationType: 'API_KEY' },
        { AuthenticationType: 'AWS_IAM' },
        { AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'https://login.example.com', IatTTL: 3_600_000 } },
      ],
    });
    found.hasResourceProperties('AWS::AppSync::ApiKey', { Expires: Date.UTC(2099, 2, 1) / 1000 });
  });

  test('per-resolver caching makes a cache, and keys and time on the resolvers that ask', () => {
    const { api, template } = project();
    const made = api({ caching: Caching.perResolver({ ttl: Duration.minutes(5) }) });
    new DynamoTableSource(made, 'Items', { partitionKey: 'id' }).resolve('Query.getItem', { cacheKeys: ['$context.arguments.id'] });

    const found = template();
    found.hasResourceProperties('AWS::AppSync::ApiCache', { ApiCachingBehavior: 'PER_RESOLVER_CACHING', Ttl: 300, Type: 'SMALL', AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true });
    found.hasResourceProperties('AWS::AppSync::Resolver', { CachingConfig: { Ttl: 300, CachingKeys: ['$context.arguments.id'] } });
  });

  test('a cache tells of its health when it is asked to', () => {
    const { api, template } = project();
    api({ caching: Caching.fullRequest({ ttl: Duration.minutes(5), size: CacheSize.LARGE, healthMetrics: true }) });

    template().hasResourceProperties('AWS::AppSync::ApiCache', { ApiCachingBehavior: 'FULL_REQUEST_CACHING', Type: 'LARGE', HealthMetricsConfig: 'ENABLED' });
  });

  test('a resolver that does not ask is not cached', () => {
    const { api, template } = project();
    new DynamoTableSource(api({ caching: Caching.perResolver({ ttl: Duration.minutes(5) }) }), 'Items', { partitionKey: 'id' }).resolve('Query.getItem');

    template().hasResourceProperties('AWS::AppSync::Resolver', { CachingConfig: Match.absent() });
  });

  test('a schema may lie in several files', () => {
    const { folder, api, template } = project({ 'schema.graphql': schema, 'more/extra.graphql': 'extend type Query { more: String }', 'resolvers/Query.getItem.ts': getHandlers });
    const made = api({ additionalSchemas: [join(folder, 'more')] });

    expect(made.schemaAsset.assetHash).not.toBe(project().api().schemaAsset.assetHash);
    template().resourceCountIs('AWS::AppSync::GraphQLSchema', 1);
  });
});

describe('pipelines', () => {
  const files = { 'schema.graphql': schema, 'resolvers/Mutation.putItem/1-check.ts': stepHandlers, 'resolvers/Mutation.putItem/2-store.ts': stepHandlers };

  test('a folder of steps becomes one function per file, in order, and a resolver that passes the last result on', () => {
    const { api, template } = project(files);
    const made = api();
    made.pipeline('Mutation.putItem', [new NoneSource(made, 'First'), new NoneSource(made, 'Second')]);

    expect([...made.functions.keys()]).toEqual(['Mutation.putItem.check', 'Mutation.putItem.store']);
    const found = template();
    found.hasResourceProperties('AWS::AppSync::FunctionConfiguration', { Name: 'Mutation_putItem_check', DataSourceName: 'First', CodeS3Location: Match.anyValue() });
    found.hasResourceProperties('AWS::AppSync::Resolver', {
      Kind: 'PIPELINE',
      PipelineConfig: { Functions: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('check'), 'FunctionId'] }, { 'Fn::GetAtt': [Match.stringLikeRegexp('store'), 'FunctionId'] }] },
    });
  });

  test('a data source per step is demanded', () => {
    const { app, api } = project(files);
    const made = api();
    made.pipeline('Mutation.putItem', [new NoneSource(made, 'First')]);

    expect(() => app.synth()).toThrow();
    expect(messages(made)).toContain('the pipeline Mutation.putItem has 2 step files (check, store) but 1 data sources');
  });
});

describe('logical ids', () => {
  const ids = (change: (files: Record<string, string>) => Record<string, string>, source: 'table' | 'none' = 'table', code?: string) => {
    const files = change({ 'schema.graphql': schema, 'resolvers/Query.getItem.ts': getHandlers, 'resolvers/Mutation.putItem/1-store.ts': stepHandlers });
    const { folder, api, template } = project(files);
    const made = api();
    const items = source === 'table' ? new DynamoTableSource(made, 'Items', { partitionKey: 'id' }) : new NoneSource(made, 'Other');
    items.resolve('Query.getItem', code ? { file: join(folder, code) } : {});
    made.pipeline('Mutation.putItem', [items]);
    return logicalIds(template());
  };
  const ofApi = (all: Record<string, string>, pattern = /Resolver|FunctionConfiguration|GraphQL/) => Object.fromEntries(Object.entries(all).filter(([, type]) => pattern.test(type)));

  test('resolvers, functions and data sources are named by field and id alone', () => {
    expect(ofApi(ids((files) => files), /AppSync/)).toEqual({
      Api9AF3637B: 'AWS::AppSync::GraphQLApi',
      ApiItemsDataSource7AFE33C2: 'AWS::AppSync::DataSource',
      ApiFunctionsMutationputItemstoreD69BF986: 'AWS::AppSync::FunctionConfiguration',
      ApiResolversMutationputItem7887F9D7: 'AWS::AppSync::Resolver',
      ApiResolversQuerygetItem398B6316: 'AWS::AppSync::Resolver',
      ApiSchemaA1EFA452: 'AWS::AppSync::GraphQLSchema',
    });
  });

  test('adding a field moves nothing', () => {
    const before = ids((files) => files);
    const after = ids((files) => ({ ...files, 'schema.graphql': `${schema}\nextend type Query { another: String }` }));
    expect(after).toEqual(before);
  });

  test('moving a file moves nothing', () => {
    const before = ids((files) => files);
    const after = ids(({ 'resolvers/Query.getItem.ts': moved, ...files }) => ({ ...files, 'elsewhere/item.ts': moved ?? '' }), 'table', 'elsewhere/item.ts');
    expect(ofApi(after)).toEqual(ofApi(before));
  });

  test('changing the data source of a field moves no resolver and no function', () => {
    expect(ofApi(ids((files) => files, 'none'))).toEqual(ofApi(ids((files) => files, 'table')));
  });

  test('adding a step before another moves no function', () => {
    const before = ids((files) => files);
    const { api, template } = project({ 'schema.graphql': schema, 'resolvers/Query.getItem.ts': getHandlers, 'resolvers/Mutation.putItem/1-check.ts': stepHandlers, 'resolvers/Mutation.putItem/2-store.ts': stepHandlers });
    const made = api();
    const items = new DynamoTableSource(made, 'Items', { partitionKey: 'id' });
    items.resolve('Query.getItem');
    made.pipeline('Mutation.putItem', [items, items]);

    expect(Object.keys(logicalIds(template()))).toEqual(expect.arrayContaining(Object.keys(before)));
  });
});

describe('what only the construct can see', () => {
  test('a resolver file that nothing is attached to fails the synth, with its place', () => {
    const { app, api } = project({ 'schema.graphql': schema, 'resolvers/Query.getItem.ts': getHandlers });
    const made = api();
    new NoneSource(made, 'Nothing');

    expect(() => app.synth()).toThrow();
    expect(messages(made)).toContain('nothing is attached to the resolver source for Query.getItem');
  });

  test('a field whose code cannot be found says where it looked, and what is near', () => {
    const { app, api } = project({ 'schema.graphql': schema, 'resolvers/Query.getItem.ts': getHandlers });
    const made = api();
    new DynamoTableSource(made, 'Items', { partitionKey: 'id' }).resolve('Query.getItm');

    expect(() => app.synth()).toThrow();
    expect(messages(made).find((message) => message.startsWith('there is no code'))).toMatch(/^there is no code for Query\.getItm: .*resolvers has no Query\.getItm\.ts; did you mean "Query\.getItem"\?$/);
  });

  test('code that does not compile is reported together with everything else', () => {
    const { app, api } = project({ 'schema.graphql': 'type Query { getItem(id: ID!): Nope }', 'resolvers/Query.getItem.ts': 'export function request( {' });
    const made = api();
    new DynamoTableSource(made, 'Items', { partitionKey: 'id' }).resolve('Query.getItem');

    expect(() => app.synth()).toThrow();
    expect(messages(made).some((message) => /expected identifier/i.test(message))).toBe(true);
  });
});

describe('misuse', () => {
  test.each([
    ['queryDepthLimit', 90, 'Stack/Api: "queryDepthLimit" must be a whole number from 1 to 75, got 90'],
    ['resolverCountLimit', 0, 'Stack/Api: "resolverCountLimit" must be a whole number from 1 to 10000, got 0'],
  ])('%s out of range is refused', (prop, value, message) => {
    expect(() => project().api({ [prop]: value })).toThrow(message);
  });

  test('a date that is none is refused', () => {
    expect(() => Authorization.apiKey({ expires: 'soon' })).toThrow('"expires" of an API key must be a date such as "2027-06-01", got "soon"');
  });

  test('a cache time out of range is refused', () => {
    for (const [ttl, got] of [[Duration.seconds(0), '0'], [Duration.millis(1_500), '1.5'], [Duration.seconds(3_601), '3601']] as const) {
      expect(() => Caching.perResolver({ ttl })).toThrow(new Error(`"ttl" of caching must be 1 to 3,600 whole seconds, got ${got}`));
      const made = project().api({ caching: Caching.perResolver({ ttl: Duration.minutes(1) }) });
      expect(() => new NoneSource(made, 'Nothing').resolve('Query.getItem', { cacheTtl: ttl })).toThrow(new Error(`Stack/Api: "cacheTtl" of Query.getItem must be 1 to 3,600 whole seconds, got ${got}`));
    }
    expect([Duration.seconds(1), Duration.hours(1)].map((ttl) => Caching.fullRequest({ ttl }).ttl.toSeconds())).toEqual([1, 3_600]);
  });

  test('a field without a type is refused', () => {
    const made = project().api();
    expect(() => new NoneSource(made, 'Nothing').resolve('getItem')).toThrow('Stack/Api: a field is named by its type and field, such as "Query.getProduct", got "getItem"');
  });

  test('a field answered twice is refused', () => {
    const source = new NoneSource(project().api(), 'Nothing');
    source.resolve('Query.getItem');
    expect(() => source.resolve('Query.getItem')).toThrow('Stack/Api: Query.getItem is answered twice; AppSync allows one resolver per field');
  });

  test('a data source name that AppSync would refuse is refused', () => {
    const made = project().api();
    expect(() => new NoneSource(made, '1-local')).toThrow('must be letters, digits and underscores, not starting with a digit, got "1-local"');
  });
});

/** The findings that travel in the template. */
function messages(api: { readonly node: { readonly root: unknown }; readonly graphqlApi: appsync.GraphqlApi }): string[] {
  const cfnApi = api.graphqlApi.node.defaultChild as appsync.CfnGraphQLApi;
  const metadata = cfnApi.stack.resolve(cfnApi.getMetadata('cdk-enterprise-appsync')) as { findings: { message: string }[] };
  return metadata.findings.map(({ message }) => message);
}
