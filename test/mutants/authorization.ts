/** Who may call what: directives that fail open, and answers that come back null. */
import { apiTemplate, appSync, direct, lambdaSource, type MutantGroup } from './mutant';

const userPool = { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'us-east-1_abcdefghi', AwsRegion: 'us-east-1', DefaultAction: 'ALLOW' } };

const severalModes = apiTemplate(
  `type Query {
  getOrder(id: ID!): Order @aws_cognito_user_pools @aws_api_key
  listOrders: [Order] @aws_cognito_user_pools @aws_iam
  me: User
}

type Mutation {
  createOrder(id: ID!): Order @aws_cognito_user_pools(cognito_groups: ["clerks"])
  cancelOrder(id: ID!): Order @aws_cognito_user_pools(cognito_groups: ["clerks"])
  purgeOrders: Boolean @aws_iam
}

type Order @aws_cognito_user_pools @aws_api_key @aws_iam {
  id: ID!
  items: [OrderItem]!
  total: Float
}

type OrderItem @aws_cognito_user_pools @aws_api_key @aws_iam {
  sku: String
  product: Product
}

type Product @aws_cognito_user_pools @aws_api_key @aws_iam {
  name: String
}

type User {
  name: String
}
`,
  {
    LambdaSource: lambdaSource,
    GetOrder: direct('Query.getOrder'),
    ListOrders: direct('Query.listOrders'),
    Me: direct('Query.me'),
    CreateOrder: direct('Mutation.createOrder'),
    CancelOrder: direct('Mutation.cancelOrder'),
    PurgeOrders: direct('Mutation.purgeOrders'),
  },
  { ...userPool, AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }] },
);

const poolOnly = apiTemplate(
  `type Query {
  getOrder(id: ID!): Order @aws_auth(cognito_groups: ["clerks"])
  listOrders: [Order] @aws_auth(cognito_groups: ["clerks"])
}

type Order {
  id: ID!
}
`,
  { LambdaSource: lambdaSource, GetOrder: direct('Query.getOrder'), ListOrders: direct('Query.listOrders') },
  userPool,
);

const lambdaMode = { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: 'arn:aws:lambda:us-east-1:123456789012:function:authorize' } };
const oidcMode = { AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'https://issuer.example.com' } };
const modes = 'Api.Properties.AdditionalAuthenticationProviders';
const text = 'Schema.Properties.Definition';

const byFunction = apiTemplate(
  'type Query {\n  me: String\n}\n',
  {
    LambdaSource: lambdaSource,
    Me: direct('Query.me'),
    Authorizer: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::123456789012:role/authorizer', Code: { ZipFile: 'exports.handler = async () => ({ isAuthorized: true });' } } },
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Authorizer' }, FunctionVersion: '1', Name: 'live' } },
    Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Authorizer' }, Action: 'lambda:InvokeFunction', Principal: 'appsync.amazonaws.com' } },
  },
  { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: { 'Fn::GetAtt': ['Authorizer', 'Arn'] } } },
);

export const authorizationMutants: readonly MutantGroup[] = [
  {
    area: 'authorization',
    base: severalModes,
    text,
    mutants: [
      { name: '@aws_oidc on an API without OpenID Connect', code: 'API_AUTH_MODE', change: ['me: User', 'me: User @aws_oidc'] },
      { name: '@aws_lambda on an API without an authorizer, on a type', code: 'API_AUTH_MODE', change: ['type User {', 'type User @aws_cognito_user_pools @aws_lambda {'] },
      { name: '@aws_iam on an API that lost the mode', code: 'API_AUTH_MODE', patch: { [modes]: [{ AuthenticationType: 'API_KEY' }] }, line: 'listOrders' },
      { name: '@aws_auth protects nothing beside other modes', code: 'API_AWS_AUTH', change: ['cancelOrder(id: ID!): Order @aws_cognito_user_pools', 'cancelOrder(id: ID!): Order @aws_auth'] },
      { name: '@aws_auth on a type protects nothing beside other modes', code: 'API_AWS_AUTH', change: ['type User {', 'type User @aws_auth(cognito_groups: ["clerks"]) {'] },
      { name: 'cognito_groups on @aws_iam', code: 'SDL_DIRECTIVE_ARGUMENT', change: ['purgeOrders: Boolean @aws_iam', 'purgeOrders: Boolean @aws_iam(cognito_groups: ["clerks"])'] },
      { name: 'groups in place of cognito_groups', code: 'SDL_DIRECTIVE_ARGUMENT', change: ['createOrder(id: ID!): Order @aws_cognito_user_pools(cognito_groups:', 'createOrder(id: ID!): Order @aws_cognito_user_pools(groups:'] },
      { name: 'Not Authorized: the returned type is only for the default mode', code: 'API_AUTH_UNREADABLE', severity: 'warning', change: ['type Order @aws_cognito_user_pools @aws_api_key @aws_iam', 'type Order'] },
      { name: 'Not Authorized: a required nested type lacks one mode', code: 'API_AUTH_UNREADABLE', severity: 'warning', change: ['type OrderItem @aws_cognito_user_pools @aws_api_key @aws_iam', 'type OrderItem @aws_cognito_user_pools @aws_api_key'] },
      { name: 'Not Authorized: an optional nested type lacks one mode', code: 'API_AUTH_UNREADABLE', severity: 'warning', change: ['type Product @aws_cognito_user_pools @aws_api_key @aws_iam', 'type Product @aws_cognito_user_pools @aws_api_key'] },
      { name: 'Not Authorized: a type two levels down has no directive', code: 'API_AUTH_UNREADABLE', severity: 'warning', change: ['type Product @aws_cognito_user_pools @aws_api_key @aws_iam', 'type Product'] },
      { name: 'Not Authorized: a type names the additional modes and so shuts out the default one', code: 'API_AUTH_UNREADABLE', severity: 'warning', change: ['type User {', 'type User @aws_api_key {'] },
      { name: 'Not Authorized: a group may call what only another may read', code: 'API_AUTH_UNREADABLE', severity: 'warning', change: ['type Order @aws_cognito_user_pools @aws', 'type Order @aws_cognito_user_pools(cognito_groups: ["admins"]) @aws'] },
      { name: 'A mutation among those for groups is open to every user', code: 'API_AUTH_FORGOTTEN', severity: 'warning', change: ['purgeOrders: Boolean @aws_iam', 'purgeOrders: Boolean'] },
      { name: 'API_KEY twice', code: 'API_AUTH_DUPLICATE', patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, { AuthenticationType: 'API_KEY' }] } },
      { name: 'The user pool of the default mode again', code: 'API_AUTH_DUPLICATE', patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, userPool] } },
      { name: 'Only one Lambda authorizer is allowed', code: 'API_AUTH_DUPLICATE', patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, lambdaMode, { ...lambdaMode, LambdaAuthorizerConfig: { AuthorizerUri: 'arn:aws:lambda:us-east-1:123456789012:function:other' } }] }, fixed: { patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, lambdaMode] } } },
      { name: 'One issuer twice', code: 'API_AUTH_DUPLICATE', patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, oidcMode, oidcMode] }, fixed: { patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, oidcMode] } } },
      { name: 'An authorization mode that does not exist', code: 'MAN_PROPERTY', patch: { 'Api.Properties.AuthenticationType': 'COGNITO' } },
      { name: 'API_KEY is taken and no key exists', code: 'API_KEY_MISSING', severity: 'warning', patch: { Key: undefined }, on: 'Api' },
      { name: 'A user pool of another region', code: 'MAN_PROPERTY', patch: { 'Api.Properties.UserPoolConfig.AwsRegion': 'eu-west-1' } },
      { name: 'A second user pool of another region', code: 'MAN_PROPERTY', patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'eu-west-1_abcdefghi', AwsRegion: 'us-east-1' } }] }, fixed: { patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'eu-west-1_abcdefghi', AwsRegion: 'eu-west-1' } }] } } },
      { name: 'A user pool mode without a pool', code: 'MAN_PROPERTY', patch: { 'Api.Properties.UserPoolConfig': undefined } },
      { name: 'OpenID Connect without an issuer', code: 'MAN_PROPERTY', patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, { AuthenticationType: 'OPENID_CONNECT' }] } },
      { name: 'A Lambda mode without an authorizer', code: 'MAN_PROPERTY', patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, { AuthenticationType: 'AWS_LAMBDA' }] } },
      { name: 'AuthorizerResultTtlInSeconds above 3,600', code: 'API_LIMIT', patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, { ...lambdaMode, LambdaAuthorizerConfig: { ...lambdaMode.LambdaAuthorizerConfig, AuthorizerResultTtlInSeconds: 3_601 } }] }, fixed: { patch: { [modes]: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }, { ...lambdaMode, LambdaAuthorizerConfig: { ...lambdaMode.LambdaAuthorizerConfig, AuthorizerResultTtlInSeconds: 3_600 } }] } } },
    ],
  },
  {
    area: 'authorization',
    base: byFunction,
    mutants: [
      { name: 'AppSync may not call the authorizer', code: 'API_AUTHORIZER_PERMISSION', patch: { Permission: undefined }, on: 'Api' },
      { name: 'Another service may call the authorizer', code: 'API_AUTHORIZER_PERMISSION', patch: { 'Permission.Properties.Principal': 'apigateway.amazonaws.com' }, on: 'Api' },
      { name: 'AppSync may only look at the authorizer', code: 'API_AUTHORIZER_PERMISSION', patch: { 'Permission.Properties.Action': 'lambda:GetFunction' }, on: 'Api' },
      { name: 'AppSync may not call the alias', code: 'API_AUTHORIZER_PERMISSION', patch: { 'Api.Properties.LambdaAuthorizerConfig.AuthorizerUri': { Ref: 'Live' }, Permission: undefined }, on: 'Api', fixed: { patch: { 'Api.Properties.LambdaAuthorizerConfig.AuthorizerUri': { Ref: 'Live' }, 'Permission.Properties.FunctionName': { Ref: 'Live' } } } },
    ],
  },
  {
    area: 'authorization',
    base: poolOnly,
    text,
    mutants: [
      { name: '@aws_auth stops protecting once a second mode comes', code: 'API_AWS_AUTH', patch: { [modes]: [{ AuthenticationType: 'AWS_IAM' }] }, line: 'getOrder' },
      { name: 'A query among those for groups is open to every user', code: 'API_AUTH_FORGOTTEN', severity: 'warning', change: ['listOrders: [Order] @aws_auth(cognito_groups: ["clerks"])', 'listOrders: [Order] @aws_auth(cognito_groups: ["clerks"])\n  searchOrders: [Order]'], patch: { SearchOrders: direct('Query.searchOrders') } },
      { name: '@aws_api_key where users sign in only', code: 'API_AUTH_MODE', change: ['listOrders: [Order] @aws_auth(cognito_groups: ["clerks"])', 'listOrders: [Order] @aws_api_key'] },
    ],
  },
  {
    area: 'authorization',
    base: apiTemplate(
      `type Query {
  ping: String
}

type Mutation {
  create: Boolean @aws_cognito_user_pools
  rename: Boolean @aws_cognito_user_pools
  remove: Boolean @aws_cognito_user_pools
}
`,
      { LambdaSource: lambdaSource, Key: appSync('ApiKey', {}), Ping: direct('Query.ping'), Create: direct('Mutation.create'), Rename: direct('Mutation.rename'), Remove: direct('Mutation.remove') },
      { AuthenticationType: 'API_KEY', AdditionalAuthenticationProviders: [{ AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'us-east-1_abcdefghi', AwsRegion: 'us-east-1' } }] },
    ),
    text,
    mutants: [{ name: 'A mutation is open to every holder of an API key', code: 'API_AUTH_FORGOTTEN', severity: 'warning', change: ['remove: Boolean @aws_cognito_user_pools', 'remove: Boolean'] }],
  },
];
