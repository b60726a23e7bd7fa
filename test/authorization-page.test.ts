/** The examples of docs/authorization.md and the pages below it: each makes a clean stack whose API takes its mode, and whose resolvers know who calls. */
import { apiKey, iam, lambdaAuthorizer, oidc, startLocalApi, userPool } from '../lib/local';
import { readApis } from '../lib/model';
import { assemblyOfPage } from './docs-page';

const modesOf = (assembly: string) => readApis(assembly).apis[0]?.authorization;

test('several modes: the public part is open to the key, the cost to managers alone', async () => {
  await using api = await startLocalApi(assemblyOfPage('authorization'));
  await api.table('Products').put({ id: '1', name: 'Kettle', cost: 12 });
  const query = '{ getProduct(id: "1") { name cost } }';

  expect(await api.as(userPool({ username: 'ada', groups: ['managers'] })).query(query)).toEqual({ name: 'Kettle', cost: 12 });
  expect(await api.as(userPool({ username: 'alice' })).execute(query)).toMatchObject({ data: { getProduct: { name: 'Kettle', cost: null } }, errors: [{ errorType: 'Unauthorized' }] });
  expect(await api.as(apiKey()).execute(query)).toMatchObject({ data: { getProduct: { name: 'Kettle', cost: null } }, errors: [{ errorType: 'Unauthorized' }] });
});

test('API keys: nobody in particular is let in', async () => {
  await using api = await startLocalApi(assemblyOfPage('authorization/api-key'));

  expect(await api.as(apiKey()).query('{ motto }')).toBe('open to all');
});

test('user pools: both pools are taken, and groups open fields', async () => {
  const assembly = assemblyOfPage('authorization/user-pool');
  expect(modesOf(assembly)).toMatchObject([{ type: 'AMAZON_COGNITO_USER_POOLS', defaultAction: 'ALLOW' }, { type: 'AMAZON_COGNITO_USER_POOLS', appIdClientRegex: 'back-office|reports' }]);
  await using api = await startLocalApi(assembly);

  expect(await api.as(userPool({ username: 'alice', groups: ['managers'] })).query('{ me sales }')).toEqual({ me: 'alice', sales: '42 grinders' });
  expect(await api.as(userPool({ username: 'bob' })).execute('{ me sales }')).toMatchObject({ data: { me: 'bob', sales: null }, errors: [{ errorType: 'Unauthorized' }] });
});

test('user pools: users of another provider are users of the pool', async () => {
  await using api = await startLocalApi(assemblyOfPage('authorization/user-pool', { stack: 'federation.ts' }));

  expect(await api.as(userPool({ username: 'Corp_alice' })).query('{ me }')).toBe('Corp_alice');
});

test('OpenID Connect: claims reach the resolver', async () => {
  const assembly = assemblyOfPage('authorization/openid-connect');
  expect(modesOf(assembly)).toMatchObject([{ type: 'OPENID_CONNECT', issuer: 'https://login.example.com', clientId: 'web|ios', iatTtlMs: 28_800_000 }]);
  await using api = await startLocalApi(assembly);

  expect(await api.as(oidc({ sub: 'u1', claims: { email: 'a@b.example' } })).query('{ me }')).toBe('a@b.example');
});

test('IAM: role and user may read the field that they were granted', async () => {
  const assembly = assemblyOfPage('authorization/iam');
  const reader = readApis(assembly).roles?.find(({ roleName }) => roleName === 'reader');
  expect(reader?.statements).toMatchObject([{ effect: 'Allow', actions: ['appsync:GraphQL'], resources: [expect.stringMatching(/\/types\/Query\/fields\/me$/)] }]);
  await using api = await startLocalApi(assembly);

  expect(await api.as(iam({ role: 'reader' })).query('{ me }')).toMatch(/:assumed-role\/reader\//);
  expect(await api.as(iam({ user: 'partner' })).query('{ me }')).toBe('arn:aws:iam::123456789012:user/partner');
});

test('Lambda authorizers: what the function tells reaches the resolver', async () => {
  const assembly = assemblyOfPage('authorization/lambda');
  expect(modesOf(assembly)).toMatchObject([{ type: 'AWS_LAMBDA', resultTtlSeconds: 300 }]);
  await using api = await startLocalApi(assembly);

  expect(await api.as(lambdaAuthorizer({ resolverContext: { partner: 'acme' } })).query('{ me }')).toBe('acme');
});

test('tenants and owners: the owner reads the row, nobody else does', async () => {
  await using api = await startLocalApi(assemblyOfPage('authorization/tenants'));
  await api.table('Products').put({ tenantId: 'acme', id: '1', name: 'Kettle', ownerId: 'ann' });
  const as = (sub: string, tenant: string) => api.as(userPool({ username: sub, sub, claims: { 'custom:tenantId': tenant } }));
  const query = '{ getProduct(id: "1") { name } }';

  expect(await as('ann', 'acme').query(query)).toEqual({ name: 'Kettle' });
  expect(await as('eve', 'acme').execute(query)).toMatchObject({ data: { getProduct: null }, errors: [{ errorType: 'Unauthorized' }] });
  expect(await as('ann', 'other').execute(query)).toMatchObject({ data: { getProduct: null }, errors: [{ errorType: 'Unauthorized' }] });
});

test("tenants by the policies of callers: a role has its tenant's rows, and no others", async () => {
  await using api = await startLocalApi(assemblyOfPage('authorization/tenants', { stack: 'callers.ts' }));
  await api.table('Products').put({ tenantId: 'acme', id: '1', name: 'Kettle' }, { tenantId: 'other', id: '1', name: 'Lamp' });
  const acme = api.as(iam({ role: 'Clerk', tags: { tenantId: 'acme' } }));

  expect(await acme.query('{ productsOf(tenantId: "acme") { name } }')).toEqual([{ name: 'Kettle' }]);
  expect(await acme.execute('{ productsOf(tenantId: "other") { name } }')).toMatchObject({
    errors: [{ errorType: 'DynamoDB:DynamoDbException', message: expect.stringContaining(' is not authorized to perform: dynamodb:Query on resource: ') }],
  });
});
