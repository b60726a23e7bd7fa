/** IAM users of the templates: keys, groups, boundaries; and what a refused field does to its query, its mutation and its subscription. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticError } from '../../lib/diagnostics';
import { iam, type LocalAssembly, startLocal, startLocalApi } from '../../lib/local';
import { readApis } from '../../lib/model';
import { nowMs, request, signed } from './auth/fixture';

const apiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
const statement = (Effect: 'Allow' | 'Deny', fields: readonly string[], rest = {}) => ({ Effect, Action: 'appsync:GraphQL', Resource: fields.map((field) => ({ 'Fn::Sub': `\${Api}/types/${field}` })), ...rest });
const policies = (...Statement: unknown[]) => [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement } }];
const resolvers = { nested: "{ id: '1', must: 'm', may: 'y' }", who: 'ctx.identity', put: "'done'" };
const template = {
  Resources: {
    Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'Things', AuthenticationType: 'AWS_IAM' } },
    Schema: {
      Type: 'AWS::AppSync::GraphQLSchema',
      Properties: {
        ApiId: apiId,
        Definition: `type Nested { id: ID must: String! @aws_iam may: String @aws_iam }
          type Query { nested: Nested who: AWSJSON other: String must: String! }
          type Mutation { put: String drop: String }
          type Subscription { onPut: String @aws_subscribe(mutations: ["put"]) onDrop: String @aws_subscribe(mutations: ["drop"]) }`,
      },
    },
    None: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: apiId, Name: 'None', Type: 'NONE' } },
    ...Object.fromEntries(
      Object.entries(resolvers).map(([FieldName, value]) => [
        `Answer${FieldName}`,
        {
          Type: 'AWS::AppSync::Resolver',
          Properties: {
            ApiId: apiId,
            TypeName: FieldName === 'put' ? 'Mutation' : 'Query',
            FieldName,
            DataSourceName: 'None',
            Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' },
            Code: `export const request = (ctx) => ({ payload: ${value} });\nexport const response = (ctx) => ctx.result;`,
          },
        },
      ]),
    ),
    Readers: { Type: 'AWS::IAM::Group', Properties: { Policies: policies(statement('Allow', ['Query/*'])) } },
    Reader: { Type: 'AWS::IAM::User', Properties: { UserName: 'reader', Groups: [{ Ref: 'Readers' }], Policies: policies(statement('Deny', ['Query/fields/other', 'Query/fields/must', 'Nested/fields/must'])) } },
    ReaderKey: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Reader' } } },
    Everything: { Type: 'AWS::IAM::User', Properties: { Policies: policies(statement('Allow', ['*']), statement('Deny', ['Mutation/*', 'Subscription/fields/onDrop'])) } },
    Limit: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [statement('Allow', ['Query/fields/who', 'Query/fields/nested', 'Mutation/*']), statement('Deny', ['Nested/fields/may'])] } } },
    Limited: { Type: 'AWS::IAM::User', Properties: { PermissionsBoundary: { Ref: 'Limit' }, Policies: policies(statement('Allow', ['Query/*'])) } },
    Outside: { Type: 'AWS::IAM::User', Properties: { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/limit', Policies: policies(statement('Allow', ['Query/*'])) } },
    Tagged: { Type: 'AWS::IAM::User', Properties: { Tags: [{ Key: 'reads', Value: 'who' }], Policies: policies({ ...statement('Allow', []), Resource: { 'Fn::Join': ['', [{ Ref: 'Api' }, '/types/Query/fields/${aws:PrincipalTag/reads}']] } }) } },
    Late: { Type: 'AWS::IAM::User', Properties: { Policies: policies(statement('Allow', ['*'], { Condition: { DateLessThan: { 'aws:CurrentTime': '2026-03-01T12:00:01Z' } } })) } },
  },
};

const folder = mkdtempSync(join(tmpdir(), 'users-'));
writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
const clock = { ms: nowMs };
const log: string[] = [];
let local: LocalAssembly;
beforeAll(async () => void (local = await startLocal(readApis(join(folder, 'template.json')), { now: () => clock.ms, log: (line) => log.push(line) })));
afterAll(async () => {
  await local[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  log.length = 0;
  clock.ms = nowMs;
});

function signedBy(who: string, body: string, { headers = {}, path = '/graphql' }: { readonly headers?: Record<string, string>; readonly path?: string } = {}) {
  const { accessKeyId, secretAccessKey } = local.userCredentials(who);
  return signed(request({ body, headers, path }), { region: 'us-east-1', atMs: clock.ms, secret: secretAccessKey, keyId: accessKeyId });
}

async function ask(who: string, query: string, headers: Record<string, string> = {}): Promise<unknown> {
  const { status, body } = await local.apis[0]!.handle!(signedBy(who, JSON.stringify({ query }), { headers }));
  return { status, ...(JSON.parse(body) as object) };
}

const refused = (path: string[], message: string) => ({ path, errorType: 'Unauthorized', message });

test('a user signs with a long-term key, and resolvers see the user', async () => {
  expect(local.userCredentials('Reader')).toEqual({ accessKeyId: expect.stringMatching(/^AKIA[0-9A-Z]{16}$/), secretAccessKey: expect.stringMatching(/^\S{40}$/) });
  expect(local.userCredentials('arn:aws:iam::123456789012:user/reader')).toEqual(local.userCredentials('reader'));

  const { data } = (await ask('Reader', '{ who }')) as { data: { who: string } };
  expect(JSON.parse(data.who)).toMatchObject({ username: expect.stringMatching(/^AIDA[0-9A-F]{17}$/), userArn: 'arn:aws:iam::123456789012:user/reader', cognitoIdentityId: null });
});

test('a session token beside a long-term key is refused', async () => {
  expect(await ask('Reader', '{ who }', { 'x-amz-security-token': 'left over' })).toEqual({ status: 403, errors: [{ errorType: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' }] });
});

test('a group allows, a denial of the user wins, and the rest of the query is answered', async () => {
  expect(await ask('Reader', '{ other nested { id may } }')).toMatchObject({
    status: 200,
    data: { other: null, nested: { id: '1', may: 'y' } },
    errors: [refused(['other'], 'Not Authorized to access other on type Query')],
  });
});

test('a refused field that must not be null takes its parent along', async () => {
  expect(await ask('Reader', '{ nested { id must } __typename }')).toMatchObject({ status: 200, data: { nested: null, __typename: 'Query' }, errors: [refused(['nested', 'must'], 'Not Authorized to access must on type Nested')] });
  expect(await ask('Reader', '{ must __typename }')).toMatchObject({ status: 200, data: null, errors: [refused(['must'], 'Not Authorized to access must on type Query')] });
});

test('mutations can be denied as a whole', async () => {
  expect(await ask('Everything', 'mutation { put drop }')).toMatchObject({
    status: 200,
    data: null,
    errors: [refused(['put'], 'Not Authorized to access put on type Mutation'), refused(['drop'], 'Not Authorized to access drop on type Mutation')],
  });
  expect(await ask('Everything', '{ nested { must } }')).toMatchObject({ data: { nested: { must: 'm' } } });
});

test('a subscription is judged at its start', async () => {
  expect(await start('Everything', 'subscription { onPut }')).toBe('start_ack');
  expect(await start('Everything', 'subscription { onDrop }')).toBe('Not Authorized to access onDrop on type Subscription');
});

test('a boundary is the most that policies can allow, and allows nothing by itself', async () => {
  expect(await ask('Limited', '{ who other }')).toMatchObject({ data: { who: expect.any(String), other: null }, errors: [refused(['other'], 'Not Authorized to access other on type Query')] });
  expect(await ask('Limited', 'mutation { put }')).toMatchObject({ data: null, errors: [refused(['put'], 'Not Authorized to access put on type Mutation')] });
});

test('what a boundary denies is denied, of any type', async () => {
  expect(await ask('Limited', '{ nested { must may } }')).toMatchObject({ data: { nested: { must: 'm', may: null } }, errors: [refused(['nested', 'may'], 'Not Authorized to access may on type Nested')] });
});

test('a boundary that is not in the templates takes nothing away, and the log says so', async () => {
  expect(await ask('Outside', '{ other }')).toEqual({ status: 200, data: { other: null } });
  expect(log).toEqual(['Things: IAM: arn:aws:iam::123456789012:policy/limit, the permissions boundary of the user template-Outside, is not in the templates: it takes nothing away here']);
});

test('a variable in a resource stands for a tag of the user', async () => {
  expect(await ask('Tagged', '{ who other }')).toMatchObject({ data: { who: expect.any(String), other: null }, errors: [refused(['other'], 'Not Authorized to access other on type Query')] });
});

test('a condition is judged for each request', async () => {
  expect(await ask('Late', '{ other }')).toEqual({ status: 200, data: { other: null } });
  clock.ms += 1000;
  expect(await ask('Late', '{ other }')).toEqual({ status: 401, errors: [{ errorType: 'UnauthorizedException', message: 'Permission denied' }] });
  expect(log).toEqual(['Things: IAM: the condition DateLessThan aws:CurrentTime (2026-03-01T12:00:01Z) in the policies of the user template-Late does not hold: what it allows is not allowed']);
});

test('a test calls as a user, and not as a role at once', async () => {
  await using api = await startLocalApi(join(folder, 'template.json'));

  expect(await api.as(iam({ user: 'reader' })).execute('{ other }')).toMatchObject({ data: null, errors: [{ path: ['other'] }] });
  expect(() => api.as(iam({ user: 'raeder' }))).toThrow('the templates have no user "raeder"');
  expect(() => api.as(iam({ user: 'reader', role: 'x' }))).toThrow('the caller is the role "x" and the user "reader" at once');
});

test('a user that is not there is a clear error', () => {
  expect(() => local.userCredentials('Raeder')).toThrow(DiagnosticError);
  expect(() => local.userCredentials('Raeder')).toThrow('the templates have no user "Raeder"');
});

/** Connects and starts as a user. @returns the type of the answer, or the message of the error */
async function start(who: string, query: string): Promise<string> {
  const data = JSON.stringify({ query });
  const connect = { ...signedBy(who, '{}', { path: '/graphql/connect' }).headers };
  return new Promise((resolve) => {
    const send = (text: string) => {
      const { type, id, payload } = JSON.parse(text) as { type: string; id?: string; payload?: { errors?: { message: string }[] } };
      if (type === 'connection_ack') connection.message(JSON.stringify({ id: '1', type: 'start', payload: { data, extensions: { authorization: signedBy(who, data).headers } } }));
      else if (id === '1' || type === 'connection_error') {
        connection.closed();
        resolve(payload?.errors?.[0]?.message ?? type);
      }
    };
    const protocols = ['graphql-ws', `header-${Buffer.from(JSON.stringify(connect)).toString('base64url')}`];
    const connection = local.apis[0]!.realtime.connect({ send, close: () => {} }, { path: '/graphql', protocols, headers: {}, query: {}, sourceIp: '10.0.0.9' });
    connection.message(JSON.stringify({ type: 'connection_init' }));
  });
}
