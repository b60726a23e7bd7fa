/** A small API with all authorization modes on a real port with TLS, which can be stopped and started again with its data, keys and certificates. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalApi, type LocalAssembly, type LocalServer, openStateFolder, serve, startLocal, type StateFolder } from '../../lib/local';
import { readApis } from '../../lib/model';

const everyMode = '@aws_api_key @aws_cognito_user_pools @aws_iam @aws_oidc @aws_lambda';
const schema = `
  type Note ${everyMode} { id: ID! room: ID! body: String author: String }
  type Query { note(id: ID!): Note ${everyMode} }
  type Mutation { addNote(id: ID!, room: ID!, body: String): Note ${everyMode} }
  type Subscription {
    onNote(room: ID): Note ${everyMode} @aws_subscribe(mutations: ["addNote"])
    onNoteForUsers: Note @aws_cognito_user_pools @aws_subscribe(mutations: ["addNote"])
  }`;
const get = `import { get } from '@aws-appsync/utils/dynamodb';
export const request = (ctx) => get({ key: { id: ctx.args.id } });
export const response = (ctx) => ctx.result;`;
const put = `import { put } from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  const author = ctx.identity?.userArn ? 'a backend' : (ctx.identity?.username ?? ctx.identity?.claims?.nickname ?? ctx.identity?.resolverContext?.name ?? 'a guest');
  return put({ key: { id: ctx.args.id }, item: { ...ctx.args, author } });
}
export const response = (ctx) => ctx.result;`;

/** Signed for by the local key. */
export const oidcIssuer = 'https://login.example.com';
/** What the Lambda authorizer lets in. */
export const lambdaToken = 'partner-token';
const authorizer = `exports.handler = async ({ authorizationToken }) => ({ isAuthorized: authorizationToken === '${lambdaToken}', resolverContext: { name: 'a partner' } });`;

const apiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
const resolver = (typeName: string, fieldName: string, code: string) => ({
  Type: 'AWS::AppSync::Resolver',
  Properties: { ApiId: apiId, TypeName: typeName, FieldName: fieldName, DataSourceName: 'Notes', Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' }, Code: code },
});
const template = {
  Resources: {
    Users: { Type: 'AWS::Cognito::UserPool', Properties: {} },
    Web: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Users' } } },
    Api: {
      Type: 'AWS::AppSync::GraphQLApi',
      Properties: {
        Name: 'Notes',
        AuthenticationType: 'API_KEY',
        AdditionalAuthenticationProviders: [
          { AuthenticationType: 'AWS_IAM' },
          { AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: oidcIssuer } },
          { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: { 'Fn::GetAtt': ['Authorize', 'Arn'] } } },
          { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: { Ref: 'Users' }, AwsRegion: 'us-east-1' } },
        ],
      },
    },
    Authorize: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs20.x', Handler: 'index.handler', Code: { ZipFile: authorizer } } },
    Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: apiId } },
    Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: apiId, Definition: schema } },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { TableName: 'notes', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
    },
    Notes: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: apiId, Name: 'Notes', Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { TableName: { Ref: 'Table' }, AwsRegion: 'us-east-1' } } },
    GetNote: resolver('Query', 'note', get),
    AddNote: resolver('Mutation', 'addNote', put),
  },
};

export class NotesServer {
  readonly lines: string[] = [];
  private running: { readonly state: StateFolder; readonly local: LocalAssembly; readonly server: LocalServer } | undefined;

  private constructor(private readonly folder: string) {}

  static async start(): Promise<NotesServer> {
    const notes = new NotesServer(mkdtempSync(join(tmpdir(), 'notes-')));
    writeFileSync(join(notes.folder, 'template.json'), JSON.stringify(template));
    await notes.start(0);
    return notes;
  }

  get api(): LocalApi {
    return this.parts.local.apis[0]!;
  }

  get port(): number {
    return this.parts.server.port;
  }

  /** What the printed line tells people to put into `NODE_EXTRA_CA_CERTS`. */
  get caPath(): string {
    return join(this.folder, 'state', 'ca.pem');
  }

  get apiKey(): string {
    return this.api.model.apiKeys[0]?.key ?? '';
  }

  get credentials(): { accessKeyId: string; secretAccessKey: string } {
    const { accessKeyId, secretAccessKey } = this.parts.local.credentials;
    return { accessKeyId, secretAccessKey };
  }

  /** Signs the tokens of pools and issuers. */
  signingKey(): Promise<string> {
    return this.parts.state.signingKey();
  }

  url(scheme: 'http' | 'https'): string {
    const [{ url = '', httpsUrl = '' } = {}] = this.parts.server.apis;
    return scheme === 'http' ? url : httpsUrl;
  }

  /** Stops the server, as Ctrl-C does, and starts it anew: same port, same state folder, nothing else in common. */
  async restart(): Promise<void> {
    const { port } = this;
    await this.stop();
    await this.start(port);
  }

  /** Waits until the server holds that many subscriptions. */
  async subscribed(wanted: number): Promise<void> {
    while (this.api.subscriptionCount !== wanted) await new Promise((resolve) => setImmediate(resolve));
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true });
  }

  private get parts() {
    if (!this.running) throw new Error('the server is stopped');
    return this.running;
  }

  private async start(port: number): Promise<void> {
    const log = (line: string) => void this.lines.push(line);
    const state = await openStateFolder(join(this.folder, 'state'), { keepData: true });
    const local = await startLocal(readApis(join(this.folder, 'template.json')), { state, log });
    this.running = { state, local, server: await serve(local.apis, { port, tls: await state.tls(), log }) };
  }

  private async stop(): Promise<void> {
    const { local, server } = this.parts;
    this.running = undefined;
    await server.close();
    await local[Symbol.asyncDispose]();
  }
}
