/** `credentials`, and `token --issuer`: who may sign as whom, against an API that runs. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request, signed } from '../local/auth/fixture';
import { cleanUp, type Dev, fixtures, root, runCli, startCli, startDev, temporaryFolder } from './cli-process';

const template = {
  Resources: {
    Api: {
      Type: 'AWS::AppSync::GraphQLApi',
      Properties: {
        Name: 'Things',
        AuthenticationType: 'AWS_IAM',
        AdditionalAuthenticationProviders: [{ AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'https://login.example.com', ClientId: 'web|ios' } }],
      },
    },
    Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] }, Definition: 'type Query { a: String @aws_iam @aws_oidc b: String } type Mutation { m: String } type Subscription { onM: String @aws_subscribe(mutations: ["m"]) }' } },
    Reader: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: {}, Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'appsync:GraphQL', Resource: { 'Fn::Sub': '${Api}/types/Query/fields/a' } }] } }] },
    },
    Partner: {
      Type: 'AWS::IAM::User',
      Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'appsync:GraphQL', Resource: { 'Fn::Sub': '${Api}/types/Query/fields/b' } }] } }] },
    },
    Locked: { Type: 'AWS::IAM::User' },
    LockedKey: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Locked' }, Status: 'Inactive' } },
  },
};

let state: string;
let dev: Dev;
beforeAll(async () => {
  state = temporaryFolder();
  writeFileSync(join(state, 'template.json'), JSON.stringify(template));
  dev = await startDev(['--template', join(state, 'template.json'), '--state', state]);
});
afterAll(cleanUp);

const run = (...args: string[]) => runCli([...args, '--state', state]);

async function ask(headers: Record<string, string>, query: string): Promise<unknown> {
  const response = await fetch(dev.ready.apis[0]!.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.json();
}

/** Signs with what was printed for a shell. */
function askSigned(exports: string, query: string): Promise<unknown> {
  const value = (name: string) => new RegExp(`export ${name}=(.*)`).exec(exports)?.[1];
  const { host, pathname } = new URL(dev.ready.apis[0]!.url);
  const token = value('AWS_SESSION_TOKEN');
  const { headers } = signed(request({ path: pathname, body: JSON.stringify({ query }), headers: { host, ...(token !== undefined && { 'x-amz-security-token': token }) } }), {
    region: 'us-east-1',
    atMs: Date.now(),
    secret: value('AWS_SECRET_ACCESS_KEY')!,
    keyId: value('AWS_ACCESS_KEY_ID')!,
  });
  return ask({ ...headers }, query);
}

test('credentials of a role may do what its policies say, the key pair everything', async () => {
  const [role, everything] = await Promise.all([run('credentials', '--role', 'Reader'), run('credentials')]);

  expect(await askSigned(role.stdout, '{ a b }')).toMatchObject({ data: { a: null, b: null }, errors: [{ path: ['b'], message: 'Not Authorized to access b on type Query' }] });
  expect(await askSigned(everything.stdout, '{ a b }')).toEqual({ data: { a: null, b: null } });
  expect(everything.stdout).toMatch(/unset AWS_SESSION_TOKEN\n$/);
});

test('a first query is printed, which is signed when it is pasted', async () => {
  const [command = ''] = /npx .*/.exec(dev.output) ?? [];

  expect(command).toBe(`npx appsync-local request --iam --state ${state} '{ a }'`);
  const { stdout } = await promisify(execFile)('bash', ['-c', command], { cwd: root });
  expect(JSON.parse(stdout)).toEqual({ data: { a: null } });
});

test('request signs as a role, whose policies decide', async () => {
  const { code, stdout } = await run('request', '--role', 'Reader', '{ a b }');

  expect({ code, answer: JSON.parse(stdout) as unknown }).toMatchObject({ code: 1, answer: { data: { a: null, b: null }, errors: [{ path: ['b'], message: 'Not Authorized to access b on type Query' }] } });
});

test('request signs a subscription: its connect and its start', async () => {
  const subscription = startCli(['request', '--iam', 'subscription { onM }', '--state', state]);
  await subscription.printed('subscribed; Ctrl-C ends');

  expect(await subscription.stop()).toMatchObject({ code: 0, stdout: '' });
  expect(await run('request', '--role', 'Reader', 'subscription { onM }')).toMatchObject({ code: 1, stdout: expect.stringContaining('Unauthorized') as string });
});

test('request says who may call where there is no API key', async () => {
  expect((await run('request', '{ a }')).stderr).toBe('appsync-local: Things has no API key: say who is calling with --user, --iam or --role\n');
});

test('a user has a key pair without session token, the same one every time', async () => {
  const [user, again] = await Promise.all([run('credentials', '--user', 'Partner'), run('credentials', '--user', 'arn:aws:iam::123456789012:user/template-Partner')]);

  expect(user.stdout).toMatch(/^export AWS_ACCESS_KEY_ID=AKIA[0-9A-Z]{16}\nexport AWS_SECRET_ACCESS_KEY=\S{40}\nunset AWS_SESSION_TOKEN\n$/);
  expect(again.stdout).toBe(user.stdout);
  expect(await askSigned(user.stdout, '{ a b }')).toMatchObject({ data: { a: null, b: null }, errors: [{ path: ['a'], message: 'Not Authorized to access a on type Query' }] });
});

test('lists whom one can sign as', async () => {
  expect((await run('credentials', '--list')).stdout).toBe(
    'role Reader arn:aws:iam::123456789012:role/template-Reader\nuser Partner arn:aws:iam::123456789012:user/template-Partner\nuser Locked arn:aws:iam::123456789012:user/template-Locked\n',
  );
});

test('credentials come as the AWS profiles read them', async () => {
  const { stdout } = await run('credentials', '--role', 'Reader', '--format', 'json');

  expect(JSON.parse(stdout)).toEqual({ Version: 1, AccessKeyId: expect.stringMatching(/^ASIALOCAL[0-9A-F]{11}$/), SecretAccessKey: expect.any(String), SessionToken: expect.any(String) });
});

test('the local key signs for an OpenID Connect issuer', async () => {
  const { stdout } = await run('token', '--user', 'u1', '--issuer', 'https://login.example.com');

  expect(await ask({ authorization: stdout.trim() }, '{ a }')).toEqual({ data: { a: null } });
  expect(JSON.parse(Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ sub: 'u1', iss: 'https://login.example.com', aud: 'web' });
});

test('says what it lacks', async () => {
  const [role, user, locked, both, format, issuer, groups, oidc, file] = await Promise.all([
    run('credentials', '--role', 'Raeder'),
    run('credentials', '--user', 'Patner'),
    run('credentials', '--user', 'Locked'),
    run('credentials', '--user', 'Partner', '--role', 'Reader'),
    run('credentials', '--format', 'yaml'),
    run('token', '--user', 'a', '--issuer', 'https://login.example.org'),
    run('token', '--user', 'a', '--issuer', 'https://login.example.com', '--groups', 'a'),
    runCli(['dev', '--template', join(fixtures, 'notes.yaml'), '--oidc', 'jwks.json']),
    runCli(['dev', '--template', join(fixtures, 'notes.yaml'), '--oidc', 'https://login.example.com=missing.json']),
  ]);

  expect(role.stderr).toBe('appsync-local: no role "Raeder" is running, did you mean "Reader"?; there is "Reader"\n');
  expect(user.stderr).toBe('appsync-local: no user "Patner" is running, did you mean "Partner"?; there is "Partner", "Locked"\n');
  expect(locked.stderr).toBe('appsync-local: no access key of the user "Locked" is active\n');
  expect(both.stderr).toBe('appsync-local: one of --role and --user is taken at a time\n');
  expect(format.stderr).toBe('appsync-local: --format is env or json, not "yaml"\n');
  expect(issuer.stderr).toBe('appsync-local: no issuer "https://login.example.org" is running, did you mean "https://login.example.com"?; there is "https://login.example.com"\n');
  expect(groups.stderr).toBe('appsync-local: --groups are those of user pools; an issuer has its own claims: --claim k=v\n');
  expect(oidc.stderr).toBe('appsync-local: --oidc is ISSUER=JWKS, such as https://login.example.com=jwks.json, not "jwks.json"\n');
  expect(file.stderr).toBe('appsync-local: cannot read the keys of https://login.example.com from missing.json: there is no such file or folder\n');
});
