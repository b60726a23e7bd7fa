/**
 * The documented rules of authorization directives, row by row, from the credentials of an HTTP request to its answer; subscriptions at their start.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html, "Using additional authorization modes"
 */
import { type LocalApi, startLocal } from '../../../lib/local';
import type { RunningAssembly } from '../../../lib/local/local-api';
import { issueToken } from '../../../lib/local/auth';
import { newSigningKey } from '../../../lib/local/state-folder';
import type { ApiModel, ResolverModel } from '../../../lib/model';
import { apiModel, resource } from '../executor-fixture';
import { arnOf, inline } from '../lambda/functions-fixture';
import { request, signed } from './fixture';

const all = '@aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc @aws_lambda';
const schema = `
  type Plain { a: String keyed: String @aws_api_key }
  type Shared ${all} { a: String iam: String @aws_iam must: String! @aws_iam plain: Plain self: Shared list: [Shared] strict: [Shared!]! }
  type IamOnly @aws_iam { a: String both: String @aws_iam @aws_api_key }
  interface Named { name: String }
  type Dog implements Named ${all} { name: String }
  type Cat implements Named { name: String @aws_iam }
  union Animal = Dog | Cat
  input Wish { a: String }
  enum Size { SMALL }

  type Query {
    plain: String
    key: String @aws_api_key
    iam: String @aws_iam
    pool: String @aws_cognito_user_pools
    staff: String @aws_cognito_user_pools(cognito_groups: ["staff", "boss"])
    oidc: String @aws_oidc
    lambda: String @aws_lambda
    several: String @aws_iam @aws_oidc
    legacy: String @aws_auth(cognito_groups: ["staff"])
    legacyBeside: String @aws_iam @aws_auth(cognito_groups: ["staff"])
    shared: Shared ${all}
    iamOnly: IamOnly ${all}
    named: [Named] ${all}
    animals: [Animal] ${all}
    wish(wish: Wish, size: Size): String ${all}
    must: String! @aws_iam
  }
  type Mutation @aws_iam { put: String open: String @aws_api_key }
  type Subscription { onPut: String @aws_iam @aws_subscribe(mutations: ["put"]) onOpen: String @aws_subscribe(mutations: ["open"]) }
  schema { query: Query mutation: Mutation subscription: Subscription }`;

const poolSchema = `
  type Plain { a: String }
  type Hidden @aws_cognito_user_pools(cognito_groups: ["staff"]) { a: String open: String @aws_cognito_user_pools }
  type Query { plain: Plain staff: String @aws_auth(cognito_groups: ["staff"]) pool: String @aws_cognito_user_pools keyed: String @aws_api_key hidden: Hidden @aws_cognito_user_pools }
  schema { query: Query }`;

const values: Readonly<Record<string, unknown>> = {
  shared: { a: 'a', iam: 'i', must: 'm', plain: { a: 'a', keyed: 'k' }, self: { a: 'a' }, list: [{ a: 'a', must: 'm' }, null], strict: [{ a: 'a', must: 'm' }] },
  iamOnly: { a: 'a', both: 'b' },
  named: [{ __typename: 'Dog', name: 'd' }, { __typename: 'Cat', name: 'c' }],
  animals: [{ __typename: 'Dog', name: 'd' }, { __typename: 'Cat', name: 'c' }],
  plain: { a: 'a' },
  hidden: { a: 'a', open: 'o' },
};

const answering = (fieldName: string, value: unknown): ResolverModel => ({
  typeName: 'Query',
  fieldName,
  kind: 'UNIT',
  dataSourceName: 'none',
  functionIds: [],
  handler: { kind: 'APPSYNC_JS', code: { path: `${fieldName}.js`, text: `export const request = () => ({ payload: ${JSON.stringify(value)} }); export const response = (ctx) => ctx.result;` } },
  resource,
});

const issuer = 'https://login.example.com';
const pool = { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: 'eu-west-1_Abcdefghi', region: 'eu-west-1', defaultAction: 'ALLOW' } as const;
const poolIssuer = `https://cognito-idp.eu-west-1.amazonaws.com/${pool.userPoolId}`;
const fields = (names: readonly string[]) => names.map((name) => answering(name, values[name]));
const model = (name: string, sdl: string, authorization: ApiModel['authorization'], names: readonly string[]) =>
  apiModel({ name, apiId: name.toLowerCase(), schema: [{ path: `${name}.graphql`, text: sdl }], authorization, apiKeys: [{ key: `da2-${name}`, resource }], dataSources: [{ name: 'none', type: 'NONE', resource }], resolvers: fields(names) });
const lambda = { type: 'AWS_LAMBDA', functionArn: arnOf('Authorize'), resultTtlSeconds: 0 } as const;
const models = [
  model('All', schema, [{ type: 'API_KEY' }, { type: 'AWS_IAM' }, pool, { type: 'OPENID_CONNECT', issuer }, lambda], ['shared', 'iamOnly', 'named', 'animals']),
  model('Pool', poolSchema.replace('keyed: String @aws_api_key', ''), [pool], ['plain', 'hidden']),
  model('Deny', poolSchema, [{ ...pool, defaultAction: 'DENY' }, { type: 'API_KEY' }], ['plain', 'hidden']),
  model('LambdaOnly', 'type Query { plain: Plain other: String } type Plain { a: String } schema { query: Query }', [lambda], ['plain']),
];

let local: RunningAssembly;
let signingKey: string;
beforeAll(async () => {
  signingKey = await newSigningKey();
  const unused = () => Promise.reject(new Error('not asked for'));
  const state = { path: '', signingKey: async () => signingKey, credentials: async () => ({ accessKeyId: 'AKIALOCAL00000000000', secretAccessKey: 'local+secret' }), tls: unused };
  const authorize = inline("exports.handler = async ({ authorizationToken }) => ({ isAuthorized: true, deniedFields: authorizationToken.split(' ').slice(1) })", { functionName: 'Authorize' });
  local = await startLocal({ apis: models, tables: [], userPools: [], lambdaFunctions: [authorize], diagnostics: [] }, { state });
});
afterAll(async () => local[Symbol.asyncDispose]());

type Who = 'key' | 'iam' | 'pool' | 'staff' | 'oidc' | 'lambda' | `lambda ${string}`;

/** Credentials for a request with that body. */
async function credential(who: Who, apiName: string, body: string): Promise<Readonly<Record<string, string>>> {
  switch (who) {
    case 'key':
      return { 'x-api-key': `da2-${apiName}` };
    case 'iam':
      return signed(request({ body }), { atMs: Date.now() }).headers;
    case 'pool':
    case 'staff':
      return { authorization: await issueToken(signingKey, { issuer: poolIssuer }, { username: 'alice', groups: who === 'staff' ? ['staff'] : ['guests'] }) };
    case 'oidc':
      return { authorization: `Bearer ${await issueToken(signingKey, { issuer, isOidc: true }, { username: 'u' })}` };
    default:
      return { authorization: who };
  }
}

const apiNamed = (name: string): LocalApi => local.apis.find((api) => api.model.name === name)!;

/** The data, and the fields that were refused. Any other error is left as it is. */
async function ask(apiName: string, who: Who, query: string): Promise<{ data: unknown; refused: string[] }> {
  const body = JSON.stringify({ query });
  const { body: answer } = await apiNamed(apiName).handle!(request({ body, headers: await credential(who, apiName, body) }));
  const { data, errors = [] } = JSON.parse(answer) as { data: unknown; errors?: { errorType: string; message: string }[] };
  return { data, refused: errors.map(({ errorType, message }) => (errorType === 'Unauthorized' ? message.replace(/^Not Authorized to access (\w+) on type (\w+)$/, '$2.$1') : message)) };
}

type Row = readonly [rule: string, who: Who, query: string, data: unknown, refused: readonly string[]];

function rows(apiName: string, list: readonly Row[]): void {
  test.each(list)('%s: %s asks %s', async (_rule, who, query, data, refused) => {
    expect(await ask(apiName, who, query)).toEqual({ data, refused });
  });
}

describe('with every mode', () => {
  const others = ['iam', 'pool', 'oidc', 'lambda'] as const;
  const typename = { __typename: 'Query' };
  const lets = (who: Who, field: string): Row => ['a directive lets its mode in', who, `{ ${field} }`, { [field]: null }, []];
  const keepsOut = (who: Who, field: string): Row => ['a directive keeps other modes out', who, `{ ${field} __typename }`, { [field]: null, ...typename }, [`Query.${field}`]];

  rows('All', [
    ['a field without directive is for the default mode', 'key', '{ plain }', { plain: null }, []],
    ...others.map((who): Row => ['a field without directive is for the default mode', who, '{ plain __typename }', { plain: null, ...typename }, ['Query.plain']]),
    lets('key', 'key'),
    lets('iam', 'iam'),
    lets('pool', 'pool'),
    lets('oidc', 'oidc'),
    lets('lambda', 'lambda'),
    lets('iam', 'several'),
    lets('oidc', 'several'),
    ...(['key', 'pool', 'lambda'] as const).map((who) => keepsOut(who, 'several')),
    ...(['key', 'pool', 'oidc', 'lambda'] as const).map((who) => keepsOut(who, 'iam')),
    ...(['key', 'iam', 'oidc', 'lambda'] as const).map((who) => keepsOut(who, 'pool')),
    lets('staff', 'staff'),
    keepsOut('pool', 'staff'),
    keepsOut('iam', 'staff'),
    ['@aws_auth does not count', 'key', '{ legacy }', { legacy: null }, []],
    ['@aws_auth does not count', 'staff', '{ legacy __typename }', { legacy: null, ...typename }, ['Query.legacy']],
    ['@aws_auth does not count beside another directive', 'iam', '{ legacyBeside }', { legacyBeside: null }, []],
    ['@aws_auth does not count beside another directive', 'staff', '{ legacyBeside __typename }', { legacyBeside: null, ...typename }, ['Query.legacyBeside']],
    ['directives of a type are for its fields', 'oidc', '{ shared { a } }', { shared: { a: 'a' } }, []],
    ['a field replaces the directives of its type', 'oidc', '{ shared { a iam } }', { shared: { a: 'a', iam: null } }, ['Shared.iam']],
    ['a field replaces the directives of its type', 'iam', '{ shared { a iam } }', { shared: { a: 'a', iam: 'i' } }, []],
    ['directives of a type replace the default mode', 'key', '{ iamOnly { a both } }', { iamOnly: { a: null, both: 'b' } }, ['IamOnly.a']],
    ['directives of a type do not reach into other types', 'iam', '{ shared { plain { a } } }', { shared: { plain: { a: null } } }, ['Plain.a']],
    ['directives of a type do not reach into other types', 'key', '{ shared { plain { a keyed } } }', { shared: { plain: { a: 'a', keyed: 'k' } } }, []],
    ['what is nested is judged each time', 'oidc', '{ shared { self { a iam } } }', { shared: { self: { a: 'a', iam: null } } }, ['Shared.iam']],
    ['aliases do not help', 'oidc', '{ shared { a: iam } }', { shared: { a: null } }, ['Shared.iam']],
    ['fragments do not help', 'oidc', '{ shared { ...F ... on Shared { b: iam } } } fragment F on Shared { iam }', { shared: { iam: null, b: null } }, ['Shared.iam', 'Shared.iam']],
    ['items of a list are judged one by one', 'oidc', '{ shared { list { a iam } } }', { shared: { list: [{ a: 'a', iam: null }, null] } }, ['Shared.iam']],
    ['a refused non-null field takes its parent along', 'oidc', '{ shared { self { must } a } }', { shared: { self: null, a: 'a' } }, ['Shared.must']],
    ['a refused non-null field takes the item of a list along', 'oidc', '{ shared { list { must } a } }', { shared: { list: [null, null], a: 'a' } }, ['Shared.must']],
    ['a refused non-null field takes all that must not be null along', 'oidc', '{ shared { strict { must } a } __typename }', { shared: null, ...typename }, ['Shared.must']],
    ['a refused non-null root field leaves no data', 'key', '{ must __typename }', null, ['Query.must']],
    ['fields of an interface are judged by the type of the object', 'oidc', '{ named { name } }', { named: [{ name: 'd' }, { name: null }] }, ['Cat.name']],
    ['fields of an interface are judged by the type of the object', 'iam', '{ named { name } }', { named: [{ name: 'd' }, { name: 'c' }] }, []],
    ['members of a union are judged by their type', 'lambda', '{ animals { __typename ... on Dog { name } ... on Cat { name } } }', { animals: [{ __typename: 'Dog', name: 'd' }, { __typename: 'Cat', name: null }] }, ['Cat.name']],
    ['inputs and enums have no directives to keep', 'oidc', '{ wish(wish: { a: "x" }, size: SMALL) }', { wish: null }, []],
    ['__typename is for everybody', 'lambda', '{ __typename }', typename, []],
    ['introspection is for everybody', 'pool', '{ __type(name: "IamOnly") { name } __schema { queryType { name } } }', { __type: { name: 'IamOnly' }, __schema: { queryType: { name: 'Query' } } }, []],
    ['directives of the mutation type are for its fields', 'key', 'mutation { put open }', { put: null, open: null }, ['Mutation.put']],
    ['directives of the mutation type are for its fields', 'iam', 'mutation { put open }', { put: null, open: null }, ['Mutation.open']],
    ['data is null when every root field is refused', 'key', 'mutation { put }', null, ['Mutation.put']],
    ['deniedFields are refused by name', 'lambda Query.lambda', '{ lambda __typename }', { lambda: null, ...typename }, ['Query.lambda']],
    ['deniedFields are refused by ARN', `lambda arn:aws:appsync:eu-west-1:123456789012:apis/all/types/Shared/fields/a`, '{ shared { a self { a } } }', { shared: { a: null, self: { a: null } } }, ['Shared.a', 'Shared.a']],
    ['deniedFields of another API do not count', 'lambda arn:aws:appsync:eu-west-1:123456789012:apis/other/types/Shared/fields/a', '{ shared { a } }', { shared: { a: 'a' } }, []],
    ['deniedFields that do not exist do not count', 'lambda Query.nothing Shared Query. .a *', '{ shared { a } }', { shared: { a: 'a' } }, []],
    ['deniedFields that must not be null take their parent along', 'lambda Shared.strict', '{ shared { a strict { a } } __typename }', { shared: null, ...typename }, ['Shared.strict']],
    ['deniedFields do not allow what the schema refuses', 'lambda Query.lambda', '{ iam __typename }', { iam: null, ...typename }, ['Query.iam']],
  ]);

  test.each<[Who, string, string]>([
    ['iam', 'onPut', 'start_ack'],
    ['key', 'onOpen', 'start_ack'],
    ['key', 'onPut', 'Not Authorized to access onPut on type Subscription'],
    ['pool', 'onPut', 'Not Authorized to access onPut on type Subscription'],
    ['iam', 'onOpen', 'Not Authorized to access onOpen on type Subscription'],
    ['lambda Subscription.onPut', 'onPut', 'Not Authorized to access onPut on type Subscription'],
  ])('a subscription is judged at its start: %s asks %s', async (who, field, expected) => {
    expect(await start(who, `subscription { ${field} }`)).toBe(expected);
  });
});

/** Connects with the API key, and tells what the start of a subscription gets: the type of the answer, or the message of the error. */
async function start(who: Who, query: string): Promise<string> {
  const data = JSON.stringify({ query });
  const authorization = await credential(who, 'All', data);
  return new Promise((resolve) => {
    const send = (text: string) => {
      const { type, id, payload } = JSON.parse(text) as { type: string; id?: string; payload?: { errors?: { errorType: string; message: string }[] } };
      if (type === 'connection_ack') connection.message(JSON.stringify({ id: '1', type: 'start', payload: { data, extensions: { authorization } } }));
      else if (id === '1') {
        connection.closed();
        resolve(payload?.errors?.[0]?.message ?? type);
      }
    };
    const protocols = ['graphql-ws', `header-${Buffer.from('{"x-api-key":"da2-All"}').toString('base64url')}`];
    const connection = apiNamed('All').realtime.connect({ send, close: () => {} }, { path: '/graphql', protocols, headers: {}, query: {}, sourceIp: '10.0.0.9' });
    connection.message(JSON.stringify({ type: 'connection_init' }));
  });
}

describe('with Cognito alone', () => {
  rows('Pool', [
    ['ALLOW lets everybody at fields without directive', 'pool', '{ plain { a } }', { plain: { a: 'a' } }, []],
    ['@aws_auth counts', 'pool', '{ staff plain { a } }', { staff: null, plain: { a: 'a' } }, ['Query.staff']],
    ['@aws_auth counts', 'staff', '{ staff }', { staff: null }, []],
    ['groups of a type are for its fields', 'pool', '{ hidden { a open } }', { hidden: { a: null, open: 'o' } }, ['Hidden.a']],
    ['groups of a type are for its fields', 'staff', '{ hidden { a open } }', { hidden: { a: 'a', open: 'o' } }, []],
  ]);
});

describe('with a Cognito default that denies', () => {
  rows('Deny', [
    ['a field without directive is for nobody', 'staff', '{ plain { a } pool }', { plain: null, pool: null }, ['Query.plain']],
    ['a field without directive is for nobody', 'key', '{ plain { a } keyed }', { plain: null, keyed: null }, ['Query.plain']],
    ['a field with its directive is open', 'pool', '{ pool hidden { open } }', { pool: null, hidden: { open: 'o' } }, []],
    ['@aws_auth does not count with several modes', 'staff', '{ staff pool }', { staff: null, pool: null }, ['Query.staff']],
  ]);
});

describe('with a Lambda authorizer alone', () => {
  rows('LambdaOnly', [
    ['nothing is refused without need', 'lambda', '{ plain { a } other }', { plain: { a: 'a' }, other: null }, []],
    ['deniedFields count there too', 'lambda Plain.a Query.other', '{ plain { a } other }', { plain: { a: null }, other: null }, ['Query.other', 'Plain.a']],
  ]);
});
