/** Roles that AppSync assumes to use data sources: one each, or one for several, and what that costs in resources. */
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { type ApiDataSource, AuroraSource, BedrockSource, DynamoTableSource, type EnterpriseGraphqlApi, EventBridgeSource, HttpSource, LambdaSource, NoneSource, OpenSearchSource } from '../../lib';
import { getHandlers, type Project, project, schema } from './project';

const { CDK_VALIDATION } = process.env;
beforeAll(() => {
  process.env.CDK_VALIDATION = 'false';
});
afterAll(() => {
  process.env.CDK_VALIDATION = CDK_VALIDATION ?? '';
});

type Make = (api: EnterpriseGraphqlApi, id: string, role?: iam.Role) => ApiDataSource;

/** Each kind on something that exists already, so that what is counted is the data source itself. */
const kinds: Readonly<Record<string, Make>> = {
  DynamoTableSource: (api, id, role) => new DynamoTableSource(api, id, { table: dynamodb.Table.fromTableName(api, `${id}Given`, 'items'), role }),
  LambdaSource: (api, id, role) => new LambdaSource(api, id, { function: lambda.Function.fromFunctionAttributes(api, `${id}Given`, { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:clerk', sameEnvironment: true }), role }),
  HttpSource: (api, id, role) => new HttpSource(api, id, { endpoint: 'https://states.us-east-1.amazonaws.com', signing: { service: 'states', allow: [new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: ['*'] })] }, role }),
  EventBridgeSource: (api, id, role) => new EventBridgeSource(api, id, { eventBus: events.EventBus.fromEventBusName(api, `${id}Given`, 'central'), role }),
  OpenSearchSource: (api, id, role) => new OpenSearchSource(api, id, { domain: opensearch.Domain.fromDomainEndpoint(api, `${id}Given`, 'https://search-shop-abc.us-east-1.es.amazonaws.com'), otherIndexes: ['notes'], role }),
  AuroraSource: (api, id, role) =>
    new AuroraSource(api, id, {
      cluster: rds.DatabaseCluster.fromDatabaseClusterAttributes(api, `${id}Given`, { clusterIdentifier: 'shop' }),
      secret: secretsmanager.Secret.fromSecretNameV2(api, `${id}Secret`, 'shop'),
      role,
    }),
  BedrockSource: (api, id, role) => new BedrockSource(api, id, { models: ['amazon.nova-lite-v1:0'], role }),
};

const assumed = (made: Project) => new iam.Role(made.stack, 'Shared', { assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com') });
const sample = () => project({ 'schema.graphql': schema, 'resolvers/Query.getItem.ts': getHandlers });

/** Of a template with a source of each kind: what it allows by role, and how many resources belong to each source. */
function templateWith(role: (made: Project) => { readonly api?: iam.Role; readonly source?: iam.Role }) {
  const made = sample();
  const { api: dataSourceRole, source } = role(made);
  const api = made.api({ dataSourceRole });
  const sources = Object.entries(kinds).map(([kind, make]) => make(api, kind, source));
  sources[0]!.resolve('Query.getItem');
  const template = made.template();
  const ids = Object.keys((template.toJSON() as { Resources: object }).Resources);
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as { Properties: { Roles: unknown; PolicyDocument: { Statement: { Action: string | string[] }[] } } }[];
  return {
    sources,
    resources: Object.fromEntries(Object.keys(kinds).map((kind) => [kind, ids.filter((id) => id.startsWith(`Api${kind}`) && !id.startsWith(`Api${kind}Given`)).length])),
    shared: policies.filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('Shared')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement.flatMap(({ Action }) => Action)),
    sourceRoles: Object.values(template.findResources('AWS::AppSync::DataSource')).map(({ Properties }) => (Properties as { ServiceRoleArn: unknown }).ServiceRoleArn),
  };
}

/** Of all kinds together, whatever the order. */
const needed = ['bedrock:InvokeModel', 'dynamodb:GetItem', 'es:ESHttpDelete', 'es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost', 'es:ESHttpPut', 'events:PutEvents', 'lambda:InvokeFunction', 'rds-data:ExecuteStatement', 'secretsmanager:GetSecretValue', 'states:StartExecution'];

test('a source has a role of its own, with a policy: three resources', () => {
  const { sources, resources, shared } = templateWith(() => ({}));

  expect(resources).toEqual(Object.fromEntries(Object.keys(kinds).map((kind) => [kind, 3])));
  expect(new Set(sources.map((source) => (source as DynamoTableSource).role.node.path)).size).toBe(sources.length);
  expect(shared).toEqual([]);
});

test.each([
  ['that each source is given', (made: Project) => ({ source: assumed(made) })],
  ['that the API is given for all', (made: Project) => ({ api: assumed(made) })],
])('with a role %s, a source is one resource, and the role gets all permissions', (_title, role) => {
  const { sources, resources, shared, sourceRoles } = templateWith(role);

  expect(resources).toEqual(Object.fromEntries(Object.keys(kinds).map((kind) => [kind, 1])));
  expect(new Set(sources.map((source) => (source as DynamoTableSource).role.node.path))).toEqual(new Set(['Stack/Shared']));
  expect([...new Set(shared)].sort()).toEqual(needed);
  expect(sourceRoles.filter((arn) => !/^\{"Fn::GetAtt":\["Shared[0-9A-F]{8}","Arn"\]\}$/.test(JSON.stringify(arn)))).toEqual([]);
});

test('the role of a source wins over that of the API; a None source has none', () => {
  const made = sample();
  const own = new iam.Role(made.stack, 'Own', { assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com') });
  const api = made.api({ dataSourceRole: assumed(made) });
  const source = new HttpSource(api, 'Prices', { endpoint: 'https://prices.example.com', role: own });

  expect(source.role).toBe(own);
  expect(new NoneSource(api, 'Nothing').dataSource.ds.serviceRoleArn).toBeUndefined();
});
