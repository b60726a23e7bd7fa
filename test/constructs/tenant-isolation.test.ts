/** Tenants kept apart: what is synthesized, and what the synthesized API answers. */
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { checkAssembly } from '../../lib/checks';
import { readApis } from '../../lib/model';
import { DynamoTableSource, type EnterpriseGraphqlApi, Guard, ResolverStep, TenantIsolation, Value } from '../../lib';
import { startLocalApi, type TestApi, userPool } from '../../lib/local';
import { project, withoutChecks } from './project';

const schema = `type Order { tenantId: ID! id: ID! total: Int }
type Query { getOrder(id: ID!): Order }
type Mutation { setTotal(id: ID!, total: Int!): Order }
`;
const key = '{ tenantId: ctx.stash.tenantId, id: ctx.args.id }';
const files = {
  'schema.graphql': schema,
  'resolvers/Query.getOrder.ts': `import { get } from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  return get({ key: ${key} });
}
export function response(ctx) {
  return ctx.result;
}
`,
  'resolvers/Mutation.setTotal/1-set.ts': `import { operations, update } from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  return update({ key: ${key}, update: { total: operations.replace(ctx.args.total) } });
}
export function response(ctx) {
  return ctx.result;
}
`,
};

function shop() {
  const made = project(files);
  const api = made.api();
  const tenants = new TenantIsolation(api, 'Tenants');
  const orders = new DynamoTableSource(api, 'Orders', { partitionKey: 'tenantId', sortKey: 'id' });
  const owner = ResolverStep.require(
    Guard.itemExists(orders, { key: { tenantId: tenants.tenant, id: Value.argument('id') }, where: { ownerId: Value.identity('sub') }, exceptGroups: ['managers'] }),
  );
  orders.resolve('Query.getOrder', { before: [tenants.step] });
  api.pipeline('Mutation.setTotal', [orders], { before: [tenants.step, owner] });
  return { ...made, api, tenants, orders };
}

describe('in a running API', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await startLocalApi(shop().app.synth())));
  afterAll(() => api.close());
  beforeEach(async () => {
    await api.reset();
    await api.table('Orders').put({ tenantId: 'acme', id: '1', total: 5, ownerId: 'ann' }, { tenantId: 'other', id: '1', total: 9, ownerId: 'bob' });
  });

  const as = (sub: string, tenant?: unknown, groups: string[] = []) => api.as(userPool({ username: sub, sub, groups, claims: tenant === undefined ? {} : { 'custom:tenantId': tenant } }));
  const getOrder = '{ getOrder(id: "1") { total } }';
  const setTotal = 'mutation { setTotal(id: "1", total: 7) { total } }';

  test('each tenant gets its own rows', async () => {
    expect(await as('ann', 'acme').query(getOrder)).toEqual({ total: 5 });
    expect(await as('bob', 'other').query(getOrder)).toEqual({ total: 9 });
  });

  test.each([['no tenant', undefined], ['an empty one', ''], ['several', ['acme', 'other']], ['an object', { S: 'acme' }]])('a caller with %s is refused', async (_what, tenant) => {
    expect(await as('ann', tenant).execute(getOrder)).toMatchObject({ data: { getOrder: null }, errors: [{ errorType: 'Unauthorized', message: 'Not Authorized to access getOrder on type Query' }] });
  });

  test('a row is changed by its owner, or by a group that may', async () => {
    expect(await as('ann', 'acme').mutate(setTotal)).toEqual({ total: 7 });
    expect(await as('eve', 'acme', ['managers']).mutate(setTotal)).toEqual({ total: 7 });
    expect(await as('eve', 'acme').execute(setTotal)).toMatchObject({ errors: [{ errorType: 'Unauthorized' }] });
    expect(await as('ann', 'other').execute(setTotal)).toMatchObject({ errors: [{ errorType: 'Unauthorized' }] });
  });
});

test('fields with steps before them are pipelines, and the role reads what guards read', () => {
  const template = shop().template();

  template.hasResourceProperties('AWS::AppSync::Resolver', { TypeName: 'Query', FieldName: 'getOrder', Kind: 'PIPELINE', PipelineConfig: { Functions: [Match.anyValue(), Match.anyValue()] } });
  expect(Object.values(template.findResources('AWS::AppSync::FunctionConfiguration')).map(({ Properties }) => Properties.Name as string).sort()).toEqual([
    'Mutation_setTotal_before1',
    'Mutation_setTotal_before2',
    'Mutation_setTotal_set',
    'Query_getOrder_before1',
    'Query_getOrder_resolve',
  ]);
  template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [{ Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], Effect: 'Allow', Resource: Match.anyValue() }] } });
});

test('a guard that reads an argument which the field lacks is told of in the line of the stack', () => {
  const { app, api } = project(files);
  const made = api();
  const orders = new DynamoTableSource(made, 'Orders', { partitionKey: 'tenantId', sortKey: 'id' });
  const owner = ResolverStep.require(Guard.itemExists(orders, { key: { tenantId: Value.identity('sub'), id: Value.argument('idd') } }));
  orders.resolve('Query.getOrder', { before: [owner] });
  withoutChecks(() => app.synth());

  const findings = checkAssembly(readApis(app.outdir)).filter(({ code }) => code === 'API_FILTER_ARGUMENT');

  expect(findings.map(({ message, fix }) => `${message}: ${fix}`)).toEqual(['Query.getOrder has no argument "idd": did you mean "id"?']);
  expect(findings[0]?.location?.lineText).toContain("Value.argument('idd')");
});

test('a role may be tied to the rows of its tenant', () => {
  const { stack, tenants, orders, template } = shop();
  tenants.allowOwnRows(new iam.Role(stack, 'UserRole', { assumedBy: new iam.AccountRootPrincipal() }), orders);

  template().hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        {
          Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
          Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenantId}'] }, Null: { 'dynamodb:LeadingKeys': 'false' } },
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('Orders'), 'Arn'] },
        },
      ],
    },
  });
});

test('refuses a tenant that is no part of a verified identity', () => {
  const isolate = (api: EnterpriseGraphqlApi) => new TenantIsolation(api, 'Tenants', { tenant: 'custom:tenantId' });

  expect(() => isolate(project(files).api())).toThrow('Stack/Api/TenantsIsolation: "tenant" is a claim such as "claims.custom:tenantId", or "resolverContext.tenantId", got "custom:tenantId"');
});
