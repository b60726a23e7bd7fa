/** Tables used with the credentials of callers: roles that may use the rows of their own tenant, from the stack to the answers. */
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as awsIam from 'aws-cdk-lib/aws-iam';
import { Authorization, DynamoTableSource, TenantIsolation } from '../../lib';
import { iam, startLocalApi, type TestApi, userPool } from '../../lib/local';
import { project, withoutChecks } from './project';

const schema = `type Order @aws_iam @aws_cognito_user_pools { tenant: ID! id: ID! state: String }
type Query @aws_iam @aws_cognito_user_pools {
  get(tenant: ID!): Order
  list(tenant: ID!): [Order]
  listNewest(tenant: ID!): [Order]
  withState(state: String!): [Order]
  all: [Order]
  several(tenants: [ID!]!): [Order]
  severalAtOnce(tenants: [ID!]!): [Order]
}
type Mutation @aws_iam @aws_cognito_user_pools {
  put(tenant: ID!): Order
  setState(tenant: ID!, state: String!): Order
  remove(tenant: ID!): Order
  putSeveral(tenants: [ID!]!): [Order]
  putSeveralAtOnce(tenants: [ID!]!): [Order]
  check(mine: ID!, theirs: ID!): [Order]
}
`;

const key = (tenant: string) => `util.dynamodb.toMapValues({ tenant: ${tenant}, id: '1' })`;
const keys = `ctx.args.tenants.map((tenant) => ${key('tenant')})`;
const ofTenant = "query: { expression: 'tenant = :t', expressionValues: util.dynamodb.toMapValues({ ':t': ctx.args.tenant }) }";
/** What each field asks, and which part of the result it answers. */
const fields: Readonly<Record<string, readonly [request: string, result?: string]>> = {
  'Query.get': [`{ operation: 'GetItem', key: ${key('ctx.args.tenant')} }`],
  'Query.list': [`{ operation: 'Query', ${ofTenant} }`, 'ctx.result.items'],
  'Query.listNewest': [`{ operation: 'Query', index: 'byDate', ${ofTenant} }`, 'ctx.result.items'],
  'Query.withState': ["{ operation: 'Query', index: 'byState', query: { expression: '#s = :s', expressionNames: { '#s': 'state' }, expressionValues: util.dynamodb.toMapValues({ ':s': ctx.args.state }) } }", 'ctx.result.items'],
  'Query.all': ["{ operation: 'Scan' }", 'ctx.result.items'],
  'Query.several': [`{ operation: 'BatchGetItem', tables: { [ctx.env.ORDERS_TABLE]: ${keys} } }`, 'ctx.result.data[ctx.env.ORDERS_TABLE]'],
  'Query.severalAtOnce': [`{ operation: 'TransactGetItems', transactItems: ${keys}.map((key) => ({ table: ctx.env.ORDERS_TABLE, key })) }`, 'ctx.result.items'],
  'Mutation.put': [`{ operation: 'PutItem', key: ${key('ctx.args.tenant')} }`],
  'Mutation.setState': [
    `{ operation: 'UpdateItem', key: ${key('ctx.args.tenant')}, update: { expression: 'SET #s = :s', expressionNames: { '#s': 'state' }, expressionValues: util.dynamodb.toMapValues({ ':s': ctx.args.state }) } }`,
  ],
  'Mutation.remove': [`{ operation: 'DeleteItem', key: ${key('ctx.args.tenant')} }`],
  'Mutation.putSeveral': [`{ operation: 'BatchPutItem', tables: { [ctx.env.ORDERS_TABLE]: ${keys} } }`, 'ctx.result.data[ctx.env.ORDERS_TABLE]'],
  'Mutation.putSeveralAtOnce': [`{ operation: 'TransactWriteItems', transactItems: ${keys}.map((key) => ({ table: ctx.env.ORDERS_TABLE, operation: 'PutItem', key })) }`, 'ctx.result.keys'],
  'Mutation.check': [
    `{ operation: 'TransactWriteItems', transactItems: [
      { table: ctx.env.ORDERS_TABLE, operation: 'PutItem', key: ${key('ctx.args.mine')} },
      { table: ctx.env.ORDERS_TABLE, operation: 'ConditionCheck', key: ${key('ctx.args.theirs')}, condition: { expression: 'attribute_exists(id)' } },
    ] }`,
    'ctx.result.keys',
  ],
};

const files = {
  'schema.graphql': schema,
  ...Object.fromEntries(
    Object.entries(fields).map(([field, [request, result = 'ctx.result']]) => [
      `resolvers/${field}.ts`,
      `import { util } from '@aws-appsync/utils';
export function request(ctx) {
  return ${request};
}
export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ${result};
}
`,
    ]),
  ),
};

const actions = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'ConditionCheckItem'].map((name) => `dynamodb:${name}`);

function shop() {
  const made = project(files);
  const { stack } = made;
  const api = made.api({ additionalAuthorization: [Authorization.iam()] });
  const orders = new DynamoTableSource(api, 'Orders', {
    partitionKey: 'tenant',
    sortKey: 'id',
    indexes: { byDate: { sortKey: 'date' }, byState: { partitionKey: 'state' } },
    useCallerCredentials: true,
  });
  for (const field of Object.keys(fields)) orders.resolve(field);

  const roleOf = (id: string) => {
    const role = new awsIam.Role(stack, id, { assumedBy: new awsIam.AccountRootPrincipal(), roleName: id });
    api.graphqlApi.grant(role, appsync.IamResource.all(), 'appsync:GraphQL');
    return role;
  };
  const tenant = roleOf('Tenant');
  new TenantIsolation(api, 'Tenants').allowOwnRows(tenant, orders, actions);
  const indexes = { resources: [`${orders.table.tableArn}/index/*`], conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenantId}'] }, Null: { 'dynamodb:LeadingKeys': 'false' } } };
  tenant.addToPolicy(new awsIam.PolicyStatement({ actions: ['dynamodb:Query'], ...indexes }));

  orders.table.grantReadData(roleOf('Reader'));
  roleOf('Stranger');
  const states = roleOf('States');
  orders.table.grantReadWriteData(states);
  states.addToPolicy(new awsIam.PolicyStatement({ effect: awsIam.Effect.DENY, actions: ['dynamodb:*Item'], resources: ['*'], conditions: { 'ForAnyValue:StringEquals': { 'dynamodb:Attributes': ['state'] } } }));

  const person = roleOf('Person');
  const ownRows = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['${cognito-identity.amazonaws.com:sub}'] } };
  person.addToPolicy(new awsIam.PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [orders.table.tableArn], conditions: ownRows }));
  new cognito.CfnIdentityPoolRoleAttachment(stack, 'Roles', { identityPoolId: 'eu-west-1:pool', roles: { authenticated: person.roleArn } });
  return made.app;
}

let api: TestApi;
beforeAll(async () => {
  // User pool callers are let in to see what becomes of them.
  api = await startLocalApi(withoutChecks(() => shop().synth()));
  await api.table('Orders').put({ tenant: 'acme', id: '1', state: 'OPEN', date: '1' }, { tenant: 'other', id: '1', state: 'OPEN', date: '1' });
});
afterAll(() => api.close());

const acme = () => api.as(iam({ role: 'Tenant', tags: { tenantId: 'acme' } }));
const refused = (action: string, resource = '') => ({
  errors: [
    {
      errorType: 'DynamoDB:DynamoDbException',
      message: expect.stringMatching(
        `^User: arn:aws:sts::\\d+:assumed-role/\\w+/local is not authorized to perform: dynamodb:${action} on resource: arn:aws:dynamodb:[\\w-]+:\\d+:table/[\\w-]+${resource} because no identity-based policy allows the dynamodb:${action} action \\(Service: DynamoDb, Status Code: 400, Request ID: \\w+\\)$`,
      ),
    },
  ],
});
const selection = '{ tenant id }';

describe('a role that may use the rows of its tenant', () => {
  test.each<[string, string, unknown]>([
    ['a key', `{ get(tenant: "acme") ${selection} }`, { tenant: 'acme', id: '1' }],
    ['a query', `{ list(tenant: "acme") ${selection} }`, [{ tenant: 'acme', id: '1' }]],
    ['a query of an index with the same partition key', `{ listNewest(tenant: "acme") ${selection} }`, [{ tenant: 'acme', id: '1' }]],
    ['a batch', `{ several(tenants: ["acme"]) ${selection} }`, [{ tenant: 'acme', id: '1' }]],
    ['a transaction', `{ severalAtOnce(tenants: ["acme"]) ${selection} }`, [{ tenant: 'acme', id: '1' }]],
  ])('reads its own rows by %s', async (_what, query, data) => {
    expect(await acme().query(query)).toEqual(data);
  });

  test.each<[string, string, string, string]>([
    ['a key', '{ get(tenant: "other") { id } }', 'GetItem', ''],
    ['a query', '{ list(tenant: "other") { id } }', 'Query', ''],
    ['a query of an index', '{ listNewest(tenant: "other") { id } }', 'Query', '/index/byDate'],
    ['a query of an index that another attribute leads', '{ withState(state: "OPEN") { id } }', 'Query', '/index/byState'],
    ['a scan', '{ all { id } }', 'Scan', ''],
    ['a batch with one of its own', '{ several(tenants: ["acme", "other"]) { id } }', 'BatchGetItem', ''],
    ['a transaction with one of its own', '{ severalAtOnce(tenants: ["acme", "other"]) { id } }', 'GetItem', ''],
    ['a put', 'mutation { put(tenant: "other") { id } }', 'PutItem', ''],
    ['an update', 'mutation { setState(tenant: "other", state: "x") { id } }', 'UpdateItem', ''],
    ['a deletion', 'mutation { remove(tenant: "other") { id } }', 'DeleteItem', ''],
    ['a batch of writes with one of its own', 'mutation { putSeveral(tenants: ["acme", "other"]) { id } }', 'BatchWriteItem', ''],
    ['a transaction of writes with one of its own', 'mutation { putSeveralAtOnce(tenants: ["acme", "other"]) { id } }', 'PutItem', ''],
    ['a condition on them in a transaction', 'mutation { check(mine: "acme", theirs: "other") { id } }', 'ConditionCheckItem', ''],
  ])("is refused another's rows by %s", async (_what, operation, action, resource) => {
    const before = await api.table('Orders').items();

    expect(await acme().execute(operation)).toMatchObject(refused(action, resource));

    expect(await api.table('Orders').items()).toEqual(before);
  });

  test('writes its own rows', async () => {
    expect(await acme().mutate('mutation { setState(tenant: "acme", state: "DONE") { tenant state } }')).toEqual({ tenant: 'acme', state: 'DONE' });
    expect(await acme().mutate(`mutation { putSeveral(tenants: ["acme"]) ${selection} }`)).toEqual([{ tenant: 'acme', id: '1' }]);
    await api.table('Orders').put({ tenant: 'acme', id: '1', state: 'OPEN', date: '1' });
  });

  test('has the rows of the tenant that its session names, and none without one', async () => {
    expect(await api.as(iam({ role: 'Tenant', tags: { tenantId: 'other' } })).query('{ get(tenant: "other") { tenant } }')).toEqual({ tenant: 'other' });
    expect(await api.as(iam({ role: 'Tenant' })).execute('{ get(tenant: "acme") { id } }')).toMatchObject(refused('GetItem'));
    expect(await api.as(iam({ role: 'Tenant', tags: { tenantId: '*' } })).execute('{ get(tenant: "acme") { id } }')).toMatchObject(refused('GetItem'));
  });

  test('is refused one field and gets the rest of the answer', async () => {
    const { data, errors } = await acme().execute('{ mine: get(tenant: "acme") { tenant } theirs: get(tenant: "other") { tenant } }');

    expect({ data, paths: errors?.map(({ path }) => path) }).toEqual({ data: { mine: { tenant: 'acme' }, theirs: null }, paths: [['theirs']] });
  });
});

test('a person of an identity pool has the rows of its identity', async () => {
  const person = (cognitoIdentityId: string) => api.as(iam({ role: 'Person', cognitoIdentityId }));

  expect(await person('acme').query('{ get(tenant: "acme") { tenant } }')).toEqual({ tenant: 'acme' });
  expect(await person('acme').execute('{ get(tenant: "other") { id } }')).toMatchObject({ errors: [{ message: expect.stringContaining(':assumed-role/Person/CognitoIdentityCredentials is not authorized to perform: dynamodb:GetItem on resource: ') }] });
});

test('a role reads what its policies allow, and one without any nothing', async () => {
  expect(await api.as(iam({ role: 'Reader' })).query('{ all { tenant } }')).toHaveLength(2);
  expect(await api.as(iam({ role: 'Reader' })).execute('mutation { put(tenant: "acme") { id } }')).toMatchObject(refused('PutItem'));
  expect(await api.as(iam({ role: 'Stranger' })).execute('{ get(tenant: "acme") { id } }')).toMatchObject(refused('GetItem'));
});

test('a denial of an attribute tells that it is one', async () => {
  const { errors } = await api.as(iam({ role: 'States' })).execute('mutation { setState(tenant: "acme", state: "x") { id } }');

  expect(errors?.[0]?.message).toMatch(/ is not authorized to perform: dynamodb:UpdateItem on resource: \S+ with an explicit deny in an identity-based policy \(Service: /);
  expect(await api.as(iam({ role: 'States' })).query('{ get(tenant: "acme") { id } }')).toEqual({ id: '1' });
});

test('the local key pair may do everything, and who has no credentials nothing', async () => {
  expect(await api.as(iam()).query('{ get(tenant: "other") { tenant } }')).toEqual({ tenant: 'other' });
  expect(await api.as(userPool({ username: 'ann' })).execute('{ get(tenant: "acme") { id } }')).toMatchObject({
    data: { get: null },
    errors: [{ errorType: 'LocalAppSync', message: 'data source "Orders" uses the credentials of the caller, and a caller with AMAZON_COGNITO_USER_POOLS has none: only AWS_IAM brings some' }],
  });
});

test('session tags without a role are refused', () => {
  expect(() => api.as(iam({ tags: { tenantId: 'acme' } }))).toThrow('session tags are those of a role, and the caller names none');
});
