import type { ApiModel, AuthorizationModeModel } from '../../../lib/model';
import { ref, resolver } from '../fixtures';
import { finder, foundInTemplate, js, vtl } from './api-harness';

describe('limits-are-in-range', () => {
  const found = finder('API_LIMIT');
  const lambda = (resultTtlSeconds: number): AuthorizationModeModel => ({ type: 'AWS_LAMBDA', functionArn: 'arn', resultTtlSeconds });

  it('accepts the ends of every range', () => {
    expect(found({ queryDepthLimit: 75, resolverCountLimit: 10_000, authorization: [lambda(3600)] })).toEqual([]);
    expect(found({ queryDepthLimit: 0, resolverCountLimit: 0, authorization: [lambda(0)], apiKeys: Array.from({ length: 50 }, (_, i) => ({ key: `da2-${i}`, resource: ref('Key') })) })).toEqual([]);
  });

  it.each<[Partial<ApiModel>, string, string]>([
    [{ queryDepthLimit: 76 }, '"QueryDepthLimit" of the API "Shop" must be a whole number from 0 to 75, got 76', 'choose a number from 0 to 75'],
    [{ queryDepthLimit: -1 }, '"QueryDepthLimit" of the API "Shop" must be a whole number from 0 to 75, got -1', 'choose a number from 0 to 75'],
    [{ resolverCountLimit: 10_001 }, '"ResolverCountLimit" of the API "Shop" must be a whole number from 0 to 10,000, got 10001', 'choose a number from 0 to 10,000'],
    [{ authorization: [lambda(3601)] }, '"AuthorizerResultTtlInSeconds" of the API "Shop" must be a whole number from 0 to 3,600, got 3601', 'choose a number from 0 to 3,600'],
    [{ apiKeys: Array.from({ length: 51 }, (_, i) => ({ key: `da2-${i}`, resource: ref('Key') })) }, 'the API "Shop" has 51 API keys; AppSync takes at most 50', 'remove some of the API keys'],
  ])('reports what is outside: %#', (changes, message, fix) => {
    expect(found(changes)).toEqual([{ message, fix, resource: 'Api' }]);
  });
});

describe('authorization-mode-is-given-once', () => {
  const found = finder('API_AUTH_DUPLICATE');
  const pool = (userPoolId: string): AuthorizationModeModel => ({ type: 'AMAZON_COGNITO_USER_POOLS', userPoolId, region: 'us-east-1', defaultAction: 'ALLOW' });
  const issuer = (name: string): AuthorizationModeModel => ({ type: 'OPENID_CONNECT', issuer: name });
  const fix = 'remove it from the additional authorization modes';

  it('accepts several pools and issuers beside one of each other mode', () => {
    expect(found({ authorization: [pool('a'), { type: 'API_KEY' }, { type: 'AWS_IAM' }, pool('b'), issuer('https://a'), issuer('https://b')] })).toEqual([]);
    expect(found({ authorization: [{ type: 'AWS_LAMBDA', functionArn: 'arn', resultTtlSeconds: 0 }, pool('a')] })).toEqual([]);
  });

  it('reports each mode, pool and issuer that comes again, once', () => {
    expect(found({ authorization: [{ type: 'API_KEY' }, { type: 'API_KEY' }, { type: 'API_KEY' }, pool('a'), pool('a'), issuer('https://a'), issuer('https://a')] })).toEqual([
      { message: 'the API "Shop" has the authorization mode API_KEY more than once', fix, resource: 'Api' },
      { message: 'the API "Shop" has the user pool "a" more than once', fix, resource: 'Api' },
      { message: 'the API "Shop" has the issuer "https://a" more than once', fix, resource: 'Api' },
    ]);
  });

  it('reports a second Lambda authorizer, also of another function', () => {
    const authorization: AuthorizationModeModel[] = ['a', 'b'].map((functionArn) => ({ type: 'AWS_LAMBDA', functionArn, resultTtlSeconds: 0 }));

    expect(found({ authorization })).toEqual([{ message: 'the API "Shop" has a Lambda authorizer more than once', fix, resource: 'Api' }]);
  });
});

describe('api-key-expires-within-a-year', () => {
  it('reports a key that lives for less than a day', () => {
    const now = Date.UTC(2026, 0, 1);
    const apiKeys = [{ key: 'da2-abcdefghijklmnopqrstuvwxyz', resource: ref('Key'), expires: now / 1000 + 3600 }];

    expect(finder('API_KEY_EXPIRES')({ apiKeys }, { nowMs: now })).toEqual([{ message: 'API key "Key" expires on 2026-01-01, less than a day from now', fix: 'choose a date up to 2027-01-01', resource: 'Key' }]);
  });
});

describe('environment-is-within-limits', () => {
  const found = finder('API_ENVIRONMENT');
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`NAME_${i}`, '']));

  it('accepts 50 variables, long names and long values', () => {
    expect(found({ environment: many(50) })).toEqual([]);
    expect(found({ environment: { ['A'.repeat(64)]: 'x'.repeat(512), tableName: '' } })).toEqual([]);
  });

  it('reports 51 variables', () => {
    expect(found({ environment: many(51) })).toEqual([{ message: 'the API "Shop" has 51 environment variables; AppSync takes at most 50', fix: 'remove some, or join their values', resource: 'Api' }]);
  });

  it.each(['A', '1ST', '_TABLE', 'MY-TABLE', 'A'.repeat(65)])('reports the name %s', (name) => {
    expect(found({ environment: { [name]: '' } })).toEqual([{ message: `"${name}" is no name for an environment variable`, fix: 'start with a letter and use 2 to 64 letters, digits and underscores', resource: 'Api' }]);
  });

  it('reports a long value', () => {
    expect(found({ environment: { TABLE: 'x'.repeat(513) } })).toEqual([
      { message: 'the value of environment variable "TABLE" has 513 characters; AppSync takes at most 512', fix: 'shorten it, or read it from a data source', resource: 'Api' },
    ]);
  });
});

describe('environment-read-is-defined', () => {
  const found = finder('API_ENVIRONMENT_UNDEFINED');
  const code = js('export function request(ctx) {\n  const { ITEMS_TABL } = ctx.env;\n  return { payload: [ITEMS_TABL, ctx.env.STAGE] };\n}');
  const api = (environment: Record<string, string>) => found({ environment, resolvers: [resolver('Query.ping', { handler: code })] });

  it('accepts variables that the API has, empty ones included, and an env that is not the context’s', () => {
    expect(api({ ITEMS_TABL: '', STAGE: 'dev' })).toEqual([]);
    expect(found({ resolvers: [resolver('Query.ping', { handler: js('export const request = (ctx) => ({ payload: ctx.args.env.STAGE });') })] })).toEqual([]);
  });

  it('warns where one is read that it does not have', () => {
    expect(api({ STAGE: 'dev', ITEMS_TABLE: 'items' })).toEqual([{ message: '"ITEMS_TABL" is no environment variable of the API "Shop"', fix: 'did you mean "ITEMS_TABLE"?', resource: 'QuerypingResolver', at: '2:9' }]);
    expect(api({ ITEMS_TABL: 'items' })).toEqual([{ message: '"STAGE" is no environment variable of the API "Shop"', fix: 'add "STAGE" to the environment variables of the API', resource: 'QuerypingResolver', at: '3:34' }]);
  });
});

describe('mapping-template-fits-64-kilobytes', () => {
  const found = finder('API_TEMPLATE_SIZE');
  const sized = (length: number) => '#'.repeat(length);

  it('accepts 65,536 characters, and says nothing of code', () => {
    expect(found({ resolvers: [resolver('Query.ping', { handler: vtl(sized(65_536)) })] })).toEqual([]);
    expect(found({ resolvers: [resolver('Query.ping', { handler: js(`// ${sized(70_000)}`) })] })).toEqual([]);
  });

  it.each(['request', 'response'] as const)('reports a longer %s', (part) => {
    const handler = part === 'request' ? vtl(sized(65_537)) : vtl('{}', sized(65_537));

    expect(found({ resolvers: [resolver('Query.ping', { handler })] })).toEqual([
      { message: 'the mapping template has 65,537 characters; AppSync takes at most 65,536', fix: 'split the work into a pipeline', resource: 'QuerypingResolver', at: '1:1' },
    ]);
  });
});

describe('rules about a template', () => {
  it('accept what CloudFormation takes', () => {
    expect(foundInTemplate('API_STACK_RESOURCES', { resourceCount: 500 })).toEqual([]);
    expect(foundInTemplate('API_STACK_OUTPUTS', { outputCount: 200, parameterCount: 200 })).toEqual([]);
    expect(foundInTemplate('API_STACK_SIZE', { bytes: 1024 * 1024 })).toEqual([]);
  });

  it('report one resource, output, parameter or byte too many', () => {
    expect(foundInTemplate('API_STACK_RESOURCES', { resourceCount: 501 })).toEqual([
      { message: 'the template has 501 resources; CloudFormation takes at most 500', fix: 'move resolvers and functions to a nested stack', at: '1:1' },
    ]);
    expect(foundInTemplate('API_STACK_OUTPUTS', { outputCount: 201, parameterCount: 202 })).toEqual([
      { message: 'the template has 201 outputs; CloudFormation takes at most 200', fix: 'keep what refers to each other in one stack', at: '1:1' },
      { message: 'the template has 202 parameters; CloudFormation takes at most 200', fix: 'keep what refers to each other in one stack', at: '1:1' },
    ]);
    expect(foundInTemplate('API_STACK_SIZE', { bytes: 1024 * 1024 + 1 })).toEqual([
      { message: 'the template has 1,048,577 bytes; CloudFormation takes at most 1,048,576', fix: 'put schema and code into assets, or move resolvers to a nested stack', at: '1:1' },
    ]);
  });
});
