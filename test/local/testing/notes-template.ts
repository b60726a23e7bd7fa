/** A small API of all authorization modes as a CloudFormation template on disk, for tests of the harness. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const everybody = '@aws_cognito_user_pools @aws_api_key @aws_iam @aws_oidc @aws_lambda';

const schema = `
type Note ${everybody} { id: ID! text: String author: String at: AWSDateTime secret: String }
type Query {
  note(id: ID!): Note ${everybody}
  me: AWSJSON ${everybody}
  tenant: String ${everybody}
  price(sku: String!): Float
}
type Mutation {
  addNote(id: ID!, text: String): Note ${everybody}
  closeNotes(author: String!): Note
  failTwice: Note
}
type Subscription {
  onNote(author: String): Note ${everybody} @aws_subscribe(mutations: ["addNote"])
  onPrivateNote: Note @aws_subscribe(mutations: ["addNote"])
  onBadFilter: Note @aws_subscribe(mutations: ["addNote"])
}
schema { query: Query mutation: Mutation subscription: Subscription }`;

const passThrough = 'export const response = (ctx) => ctx.result;';

const code: Readonly<Record<string, { readonly dataSource: string; readonly code: string }>> = {
  'Query.note': {
    dataSource: 'Notes',
    code: `import { get } from '@aws-appsync/utils/dynamodb';
export const request = (ctx) => get({ key: { id: ctx.args.id } });
${passThrough}`,
  },
  'Query.me': { dataSource: 'Computed', code: `export const request = (ctx) => ({ payload: ctx.identity });\n${passThrough}` },
  'Query.tenant': { dataSource: 'Computed', code: `export const request = (ctx) => ({ payload: ctx.request.headers['x-tenant'] });\n${passThrough}` },
  'Query.price': {
    dataSource: 'Prices',
    code: `import { util } from '@aws-appsync/utils';
export const request = (ctx) => ({ operation: 'Invoke', payload: { sku: ctx.args.sku } });
export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result.price;
}`,
  },
  'Mutation.addNote': {
    dataSource: 'Notes',
    code: `import { util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  console.log('adding', ctx.args.id);
  const author = ctx.identity && ctx.identity.username ? ctx.identity.username : null;
  return put({ key: { id: ctx.args.id }, item: { ...ctx.args, author, at: util.time.nowISO8601() } });
}
${passThrough}`,
  },
  'Mutation.closeNotes': {
    dataSource: 'Computed',
    code: `import { extensions } from '@aws-appsync/utils';
export const request = () => ({ payload: { id: '0' } });
export function response(ctx) {
  extensions.invalidateSubscriptions({ subscriptionField: 'onNote', payload: { author: ctx.args.author } });
  return ctx.result;
}`,
  },
  'Mutation.failTwice': {
    dataSource: 'Computed',
    code: `import { util } from '@aws-appsync/utils';
export function request() {
  util.appendError('first', 'Minor');
  util.error('second', 'Major', { id: '1', text: 'kept' });
}
${passThrough}`,
  },
  'Subscription.onNote': {
    dataSource: 'Computed',
    code: `import { extensions, util } from '@aws-appsync/utils';
export const request = () => ({ payload: null });
export function response(ctx) {
  if (ctx.args.author) {
    extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ author: { eq: ctx.args.author } }));
    extensions.setSubscriptionInvalidationFilter(util.transform.toSubscriptionFilter({ author: { eq: ctx.args.author } }));
  }
  return null;
}`,
  },
  'Subscription.onBadFilter': {
    dataSource: 'Computed',
    code: `import { extensions } from '@aws-appsync/utils';
export const request = () => ({ payload: null });
export function response() {
  extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'author', operator: 'equals', value: 'x' }] }] });
  return null;
}`,
  },
};

type Resources = Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>;

export interface NotesTemplate {
  readonly path: string;
  remove(): void;
}

export interface NotesOptions {
  /** Names of the APIs, all alike. @default ['Notes'] */
  readonly apis?: readonly string[];
  /** Only user pool callers. @default false */
  readonly isUserPoolOnly?: boolean;
  /** Epoch seconds at which the API key expires. @default 2100 */
  readonly keyExpires?: number;
}

export function writeNotesTemplate({ apis = ['Notes'], isUserPoolOnly = false, keyExpires = 4_102_444_800 }: NotesOptions = {}): NotesTemplate {
  const folder = mkdtempSync(join(tmpdir(), 'notes-'));
  const path = join(folder, 'notes.json');
  const resources: Resources = {
    Users: { Type: 'AWS::Cognito::UserPool', Properties: {} },
    NotesTable: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { TableName: 'notes', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], BillingMode: 'PAY_PER_REQUEST' },
    },
    ...Object.assign({}, ...apis.map((name) => apiResources(name, isUserPoolOnly, keyExpires))),
  };
  writeFileSync(path, JSON.stringify({ Resources: resources }));
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function apiResources(name: string, isUserPoolOnly: boolean, keyExpires: number): Resources {
  const ApiId = { 'Fn::GetAtt': [name, 'ApiId'] };
  const others = [
    { AuthenticationType: 'API_KEY' },
    { AuthenticationType: 'AWS_IAM' },
    { AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'https://id.example.com' } },
    { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: 'arn:aws:lambda:us-east-1:123456789012:function:authorizer' } },
  ];
  return {
    [name]: {
      Type: 'AWS::AppSync::GraphQLApi',
      Properties: {
        Name: name,
        AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
        UserPoolConfig: { UserPoolId: { Ref: 'Users' }, AwsRegion: 'us-east-1', DefaultAction: 'ALLOW' },
        ...(isUserPoolOnly ? {} : { AdditionalAuthenticationProviders: others }),
      },
    },
    [`${name}Schema`]: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId, Definition: schema } },
    [`${name}Key`]: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId, Expires: keyExpires } },
    [`${name}Source`]: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId, Name: 'Notes', Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { TableName: { Ref: 'NotesTable' }, AwsRegion: 'us-east-1' } } },
    [`${name}Computed`]: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId, Name: 'Computed', Type: 'NONE' } },
    [`${name}Prices`]: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId, Name: 'Prices', Type: 'AWS_LAMBDA', LambdaConfig: { LambdaFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:prices' } } },
    ...Object.fromEntries(
      Object.entries(code).map(([coordinate, handler]) => {
        const [TypeName = '', FieldName = ''] = coordinate.split('.');
        const Properties = { ApiId, TypeName, FieldName, DataSourceName: handler.dataSource, Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' }, Code: handler.code };
        return [`${name}${TypeName}${FieldName}`, { Type: 'AWS::AppSync::Resolver', Properties }];
      }),
    ),
  };
}
