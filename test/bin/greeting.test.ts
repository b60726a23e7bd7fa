/** What is printed for APIs of every kind of caller; that the printed commands work is tried where a process runs them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApis, greeting } from '../../bin/commands/greeting';
import { type LocalAssembly, startLocal } from '../../lib/local';
import { readApis } from '../../lib/model';
import { temporaryFolder } from './cli-process';

const userPool = (id: string, path?: string) => ({ [id]: { Type: 'AWS::Cognito::UserPool', ...(path !== undefined && { Metadata: { 'aws:cdk:path': path } }) } });
const api = (name: string, definition: string, properties: object) => ({
  [name]: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: name, ...properties } },
  [`${name}Schema`]: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: { 'Fn::GetAtt': [name, 'ApiId'] }, Definition: definition } },
});
const pool = (id: string, more: object = {}) => ({ AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: { Ref: id }, ...more } });
const apiKey = (name: string) => ({ [`${name}Key`]: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: { 'Fn::GetAtt': [name, 'ApiId'] } } } });

let local: LocalAssembly | undefined;
afterEach(() => local?.[Symbol.asyncDispose]());

/** The blocks of the APIs, with keys and ids that differ from run to run by their names. */
async function blocks(resources: object): Promise<string[]> {
  const file = join(temporaryFolder(), 'template.json');
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  local = await startLocal(readApis(file));
  const apis = local.apis.map(({ model: { name } }) => ({ name, url: `http://h/${name}`, realtimeUrl: `wss://h/${name}/realtime`, httpsUrl: `https://h/${name}` }));
  const description = describeApis(local, { apis, port: 0, setApis: () => undefined, close: async () => undefined });
  const text = greeting(local, description, { pageOf: ({ name }) => (name === 'Shown' ? 'https://h/shown/' : undefined), caPath: 'ca.pem', stateFolder: '.appsync-local', isDefault: true });
  return text.replace(/da2-\w+/g, 'KEY').replace(/us-east-1_\w+/g, 'POOL').split(/\n\n(?= {2}\w)/).map((block) => block.trim());
}

test('pools go by their names, and a page comes first', async () => {
  const [first, second] = await blocks({
    ...userPool('Staff', 'Shop/Staff/Resource'),
    ...userPool('Buyers'),
    ...api('Shown', 'type Query { me: Int team: Int @aws_cognito_user_pools(cognito_groups: ["boss"]) }', { ...pool('Staff', { DefaultAction: 'ALLOW' }), AdditionalAuthenticationProviders: [pool('Buyers')] }),
    ...api('Other', 'type Query { me: Int }', pool('Buyers', { DefaultAction: 'ALLOW' })),
  });

  expect(first).toBe(`Shown
    page       https://h/shown/
    GraphQL    http://h/Shown
               https://h/Shown
    real time  wss://h/Shown/realtime
    user pool  POOL  Shop/Staff
    user pool  POOL  Buyers

    A first query:
      curl -s http://h/Shown -H "Authorization: $(npx appsync-local token --user alice --groups boss)" -d '{"query":"{ me }"}'`);
  expect(second).toContain(`curl -s http://h/Other -H "Authorization: $(npx appsync-local token --user alice --pool Buyers)" -d '{"query":"{ me }"}'`);
});

test('a query goes with the API key where that opens something, otherwise as a user', async () => {
  const more = { AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }] };
  const [open, closed] = await blocks({
    ...userPool('Users'),
    ...api('Open', 'type Query { me: Int status: Int @aws_api_key }', { ...pool('Users', { DefaultAction: 'ALLOW' }), ...more }),
    ...apiKey('Open'),
    ...api('Closed', 'type Query { me: Int }', { ...pool('Users', { DefaultAction: 'ALLOW' }), ...more }),
    ...apiKey('Closed'),
  });

  expect(open).toContain(`
    A first query:
      curl -s http://h/Open -H 'x-api-key: KEY' -d '{"query":"{ status }"}'

    A token for a user (send it as the Authorization header):
      npx appsync-local token --user alice`);
  expect(closed).toMatch(/\n {4}A first query:\n {6}curl -s http:\/\/h\/Closed -H "Authorization: \$\(npx appsync-local token --user alice\)" -d '\{"query":"\{ me \}"\}'$/);
});

test('IAM, OpenID Connect and Lambda authorizers have a first query too', async () => {
  const [iam, second, oidc, lambda] = await blocks({
    ...api('Devices', 'type Query { me: Int }', { AuthenticationType: 'AWS_IAM' }),
    ...api('Fleet', 'type Query { me: Int }', { AuthenticationType: 'AWS_IAM' }),
    ...api('Partners', 'type Query { me: Int }', { AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'https://login.example.com' } }),
    ...api('Custom', 'type Query { me: Int }', { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: 'arn:aws:lambda:us-east-1:123456789012:function:f' } }),
  });

  expect(iam).toBe(`Devices
    GraphQL    http://h/Devices
               https://h/Devices
    real time  wss://h/Devices/realtime
    IAM        export AWS_SHARED_CREDENTIALS_FILE=.appsync-local/aws-credentials

    A first query:
      npx appsync-local request --iam '{ me }'`);
  expect(second).toContain("npx appsync-local request --iam --api Fleet '{ me }'");
  expect(oidc).toContain(`curl -s http://h/Partners -H "Authorization: $(npx appsync-local token --user alice --issuer https://login.example.com)" -d '{"query":"{ me }"}'`);
  expect(lambda).toContain(`A first query, with a TOKEN that your authorizer takes:\n      curl -s http://h/Custom -H 'Authorization: TOKEN' -d '{"query":"{ me }"}'`);
});
