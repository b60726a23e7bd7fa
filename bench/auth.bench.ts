/** What it costs to know who calls: the same query to the same local API by user pool token, OpenID Connect token and IAM signature, against an API key. */
import { execFile } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { compile } from './compile';
import { installPeers, peerProgram, peersFolder } from './peers';
import { circumstances, figureLine, ratioLine, versionOf } from './report';
import { ServerProcess } from './server-process';
import { ratios, summarize } from './statistics';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' }, connections: { type: 'string', default: '32' } },
});
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const connections = Number(options.connections);

const issuer = 'https://login.example.com';
const region = 'us-east-1';
const body = JSON.stringify({ query: 'query($id: ID!) { getPost(id: $id) { id title tags } }', variables: { id: 'p1' } });

interface Ready {
  readonly url: string;
  readonly apiKey: string;
  readonly userPool: string;
  readonly oidc: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

type Headers = Readonly<Record<string, string>>;

/** What each mode sends; a signature is made anew for every measurement, as it counts for five minutes. */
const modes: Readonly<Record<string, { readonly budget?: string; readonly headers: (ready: Ready) => Headers }>> = {
  'API key': { headers: ({ apiKey }) => ({ 'x-api-key': apiKey }) },
  'user pool': { budget: '≤ 1.30×', headers: ({ userPool }) => ({ authorization: userPool }) },
  'OpenID Connect': { headers: ({ oidc }) => ({ authorization: `Bearer ${oidc}` }) },
  IAM: { headers: signature },
};

interface Load {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly cpuMsPerRequest: number;
}

void main();

async function main(): Promise<void> {
  installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'bench-auth-'));
  try {
    await compare(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(folder: string): Promise<void> {
  writeFileSync(join(folder, 'template.json'), JSON.stringify(template()));
  mkdirSync(join(folder, 'programs'));
  const program = join(compile(join(folder, 'programs'), 'auth'), 'server.js');
  await using server = await ServerProcess.start<Ready>(program, [join(folder, 'template.json'), join(folder, 'state'), issuer]);

  const loads = new Map(Object.keys(modes).map((mode) => [mode, [] as Load[]]));
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [mode, measured] of loads) {
      const load = await measure(server, mode);
      if (round > 0) measured.push(load);
    }
  }

  const series = (mode: string, read: (load: Load) => number) => (loads.get(mode) ?? []).map(read);
  const rate = (mode: string) => series(mode, ({ requestsPerSecond }) => requestsPerSecond);
  const cpu = (mode: string) => series(mode, ({ cpuMsPerRequest }) => cpuMsPerRequest);
  const others = Object.entries(modes).filter(([mode]) => mode !== 'API key');
  const lines = [
    ...others.map(([mode, { budget }]) => ratioLine({ name: `time per request, ${mode} / API key`, ratio: ratios(rate('API key'), rate(mode)), ...(budget === undefined ? {} : { budget }) })),
    ...others.map(([mode]) => ratioLine({ name: `CPU per request, ${mode} / API key`, ratio: ratios(cpu(mode), cpu('API key')) })),
    '',
    ...Object.keys(modes).map((mode) => figureLine(mode, summarize(rate(mode)), 'req/s')),
    '',
    `input    one NONE field, ${connections} connections, kept alive; one token per mode, one signature per measurement`,
    `rounds   ${rounds} of ${seconds} s per mode, in turns after one to warm up, median (least – most); ratios per round`,
    `load     ${versionOf('autocannon', peersFolder)}`,
    ...circumstances(),
  ];
  console.log(lines.join('\n'));
}

async function measure(server: ServerProcess<Ready>, mode: string): Promise<Load> {
  const { url } = server.ready;
  const headers = { 'content-type': 'application/json', ...modes[mode]?.headers(server.ready) };
  const answer = await fetch(url, { method: 'POST', headers, body });
  const text = await answer.text();
  if (!text.startsWith('{"data":{"getPost":{"id":"p1"')) throw new Error(`${mode}: ${url} answers ${answer.status} ${text}`);

  const before = await server.cpuMs();
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', peerProgram('load'), JSON.stringify({ url, headers, body, connections, seconds })]);
  const result = JSON.parse(stdout) as Omit<Load, 'cpuMsPerRequest'> & { readonly failures: number };
  if (result.failures > 0) throw new Error(`${mode}: ${url} failed ${result.failures} requests`);
  return { ...result, cpuMsPerRequest: ((await server.cpuMs()) - before) / result.requests };
}

/** Signature Version 4 of the query. */
function signature({ url, credentials }: Ready): Headers {
  const { host, pathname } = new URL(url);
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${stamp.slice(0, 8)}/${region}/appsync/aws4_request`;
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const canonical = `POST\n${pathname}\n\nhost:${host}\nx-amz-date:${stamp}\n\nhost;x-amz-date\n${hash(body)}`;
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signed = hmac(key, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${hash(canonical)}`).toString('hex');
  return { 'x-amz-date': stamp, authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signed}` };
}

function template(): unknown {
  const ApiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
  const everybody = '@aws_api_key @aws_cognito_user_pools @aws_oidc @aws_iam';
  return {
    Resources: {
      Users: { Type: 'AWS::Cognito::UserPool', Properties: {} },
      Api: {
        Type: 'AWS::AppSync::GraphQLApi',
        Properties: {
          Name: 'Bench',
          AuthenticationType: 'API_KEY',
          AdditionalAuthenticationProviders: [
            { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: { Ref: 'Users' } } },
            { AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: issuer } },
            { AuthenticationType: 'AWS_IAM' },
          ],
        },
      },
      Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId } },
      Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId, Definition: `type Post ${everybody} { id: ID! title: String tags: [String] } type Query ${everybody} { getPost(id: ID!): Post }` } },
      None: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId, Name: 'None', Type: 'NONE' } },
      GetPost: {
        Type: 'AWS::AppSync::Resolver',
        Properties: {
          ApiId,
          TypeName: 'Query',
          FieldName: 'getPost',
          DataSourceName: 'None',
          Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' },
          Code: "export const request = (ctx) => ({ payload: { id: ctx.args.id, title: 'Hello', tags: ['a', 'b'] } });\nexport const response = (ctx) => ctx.result;",
        },
      },
    },
  };
}
