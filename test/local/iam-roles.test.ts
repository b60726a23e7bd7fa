/** Roles of the templates, from their policies to what their signed requests get. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticError } from '../../lib/diagnostics';
import { iam, type LocalAssembly, startLocal, startLocalApi } from '../../lib/local';
import { readApis } from '../../lib/model';
import { nowMs, request, signed } from './auth/fixture';

const apiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
const statement = (Effect: 'Allow' | 'Deny', ...fields: string[]) => ({ Effect, Action: 'appsync:GraphQL', Resource: fields.map((field) => ({ 'Fn::Join': ['/', [{ Ref: 'Api' }, field]] })) });
const onFields = (...fields: string[]) => ({ Statement: [statement('Allow', ...fields)] });
const role = (document: unknown, rest = {}) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, Policies: [{ PolicyName: 'p', PolicyDocument: document }], ...rest } });
const allowIf = (field: string, Condition: unknown) => ({ ...onFields(field).Statement[0], Condition });
const template = {
  Resources: {
    Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'Things', AuthenticationType: 'API_KEY', AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }] } },
    Schema: {
      Type: 'AWS::AppSync::GraphQLSchema',
      Properties: {
        ApiId: apiId,
        Definition: `type Thing @aws_iam @aws_api_key { id: ID secret: ID } type Plain { id: ID }
          type Query @aws_iam @aws_api_key { who: AWSJSON thing: Thing other: String }
          type Mutation @aws_iam { put: String }`,
      },
    },
    Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: apiId } },
    None: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: apiId, Name: 'None', Type: 'NONE' } },
    ...Object.fromEntries(
      Object.entries({ who: 'ctx.identity', thing: "{ id: '1', secret: '2' }", other: "'other'" }).map(([FieldName, value]) => [
        `Get${FieldName}`,
        {
          Type: 'AWS::AppSync::Resolver',
          Properties: {
            ApiId: apiId,
            TypeName: 'Query',
            FieldName,
            DataSourceName: 'None',
            Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' },
            Code: `export const request = (ctx) => ({ payload: ${value} });\nexport const response = (ctx) => ctx.result;`,
          },
        },
      ]),
    ),
    // What fields of root types return needs no Allow; a Deny holds there too.
    Reader: role({ Statement: [statement('Allow', 'types/Query/*'), statement('Deny', 'types/Thing/fields/secret')] }),
    Stranger: role({ Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] }),
    Admin: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSAppSyncInvokeFullAccess'] } },
    Doubtful: role(
      {
        Statement: [
          allowIf('types/Query/fields/other', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
          allowIf('types/Query/fields/thing', { IpAddress: { 'aws:SourceIp': '192.168.0.0/16' } }),
          allowIf('types/Query/fields/thing', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
        ],
      },
      { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/elsewhere'] },
    ),
    Pool: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: true } },
    Guest: role(onFields('types/Query/fields/who')),
    Roles: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { IdentityPoolId: { Ref: 'Pool' }, Roles: { unauthenticated: { 'Fn::GetAtt': ['Guest', 'Arn'] } } } },
  },
};

const folder = mkdtempSync(join(tmpdir(), 'roles-'));
writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
const log: string[] = [];
let local: LocalAssembly;
beforeAll(async () => void (local = await startLocal(readApis(join(folder, 'template.json')), { now: () => nowMs, log: (line) => log.push(line) })));
afterAll(async () => {
  await local[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});
beforeEach(() => void (log.length = 0));

async function ask(who: string, query: string): Promise<{ status: number; data?: Record<string, unknown> | null; errors?: { message: string; errorType: string; path?: unknown }[] }> {
  const key = who === 'local' ? { ...local.credentials, sessionToken: undefined } : local.roleCredentials(who);
  const headers: Record<string, string> = key.sessionToken === undefined ? {} : { 'x-amz-security-token': key.sessionToken };
  const message = signed(request({ body: JSON.stringify({ query }), headers }), { region: 'us-east-1', secret: key.secretAccessKey, keyId: key.accessKeyId });
  const { status, body } = await local.apis[0]!.handle!(message);
  return { status, ...(JSON.parse(body) as object) };
}

test('a role reads the fields its policies name, and is refused others one by one', async () => {
  expect(await ask('Reader', '{ other thing { id secret } }')).toMatchObject({
    status: 200,
    data: { other: 'other', thing: { id: '1', secret: null } },
    errors: [{ path: ['thing', 'secret'], errorType: 'Unauthorized', message: 'Not Authorized to access secret on type Thing' }],
  });
  expect(await ask('Reader', 'mutation { put }')).toMatchObject({ status: 200, data: null, errors: [{ path: ['put'], errorType: 'Unauthorized', message: 'Not Authorized to access put on type Mutation' }] });
});

test('the local key pair and a role with full access may do everything', async () => {
  expect(await ask('local', '{ thing { secret } }')).toEqual({ status: 200, data: { thing: { secret: '2' } } });
  expect(await ask('Admin', '{ thing { secret } }')).toEqual({ status: 200, data: { thing: { secret: '2' } } });
});

test('a role without any policy for the API is refused as a whole', async () => {
  expect(await ask('Stranger', '{ other }')).toEqual({ status: 401, errors: [{ errorType: 'UnauthorizedException', message: 'Permission denied' }] });
  expect(log).toEqual([]);
});

test('what is not known of policies, and what conditions keep away, is told once', async () => {
  await ask('Doubtful', '{ other }');
  expect(await ask('Doubtful', '{ other thing { id } }')).toMatchObject({ status: 200, data: { other: 'other', thing: null } });

  expect(log).toEqual([
    'Things: IAM: arn:aws:iam::123456789012:policy/elsewhere of the role template-Doubtful is not in the templates: it is taken to allow nothing here',
    'Things: IAM: the condition IpAddress aws:SourceIp (192.168.0.0/16) in the policies of the role template-Doubtful does not hold for 10.0.0.9: what it allows is not allowed',
    'Things: IAM: the condition StringEquals aws:PrincipalOrgID (o-1) in the policies of the role template-Doubtful cannot be evaluated here: what it allows is not allowed, what it denies is denied',
  ]);
});

test('resolvers see the role, and the identity pool that gave it', async () => {
  const identity = async (who: string) => JSON.parse(String((await ask(who, '{ who }')).data?.who)) as Record<string, unknown>;

  expect(await identity('Reader')).toEqual({
    accountId: '123456789012',
    cognitoIdentityPoolId: null,
    cognitoIdentityId: null,
    cognitoIdentityAuthType: null,
    cognitoIdentityAuthProvider: null,
    sourceIp: ['10.0.0.9'],
    username: expect.stringMatching(/^AROA[0-9A-F]{17}:local$/),
    userArn: expect.stringMatching(/^arn:aws:sts::123456789012:assumed-role\/\S+Reader\/local$/),
  });
  expect(await identity('Guest')).toMatchObject({
    cognitoIdentityPoolId: expect.stringContaining('Pool'),
    cognitoIdentityId: expect.any(String),
    cognitoIdentityAuthType: 'unauthenticated',
    username: expect.stringMatching(/:CognitoIdentityCredentials$/),
    userArn: expect.stringMatching(/Guest\/CognitoIdentityCredentials$/),
  });
});

test('a test calls as a role, with its policies', async () => {
  await using api = await startLocalApi(join(folder, 'template.json'));

  expect(await api.as(iam({ role: 'Reader' })).execute('{ other thing { secret } }')).toMatchObject({ data: { other: 'other', thing: { secret: null } }, errors: [{ path: ['thing', 'secret'] }] });
  expect(await api.as(iam()).query('{ other }')).toBe('other');
  expect(() => api.as(iam({ role: 'Readr' }))).toThrow(/the templates have no role "Readr"/);
});

test('a role is named by its ARN, name or logical id, and one that is not there in a clear error', () => {
  const { accessKeyId } = local.roleCredentials('Reader');

  expect(local.roleCredentials('arn:aws:iam::123456789012:role/template-Reader').accessKeyId).toBe(accessKeyId);
  expect(() => local.roleCredentials('Readr')).toThrow(DiagnosticError);
  expect(() => local.roleCredentials('Readr')).toThrow(/the templates have no role "Readr"/);
});
