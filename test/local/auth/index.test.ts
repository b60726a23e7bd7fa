import { resource } from '../executor-fixture';
import { authentication, failure, noValidHeader, pool, request, signed, token } from './fixture';

const key = { key: 'da2-good', resource };
const oidc = { type: 'OPENID_CONNECT', issuer: 'https://login.example.com' } as const;
const lambda = { type: 'AWS_LAMBDA', functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:authorize', resultTtlSeconds: 0 } as const;

describe('choosing the mode', () => {
  const all = authentication([pool, { type: 'API_KEY' }, { type: 'AWS_IAM' }, oidc, lambda], { apiKeys: [key] });

  test('a signature is IAM, a key is API_KEY, a JWT goes by its issuer, anything else to the Lambda authorizer', async () => {
    expect(await all.authenticate(signed(request()))).toMatchObject({ mode: 'AWS_IAM' });
    expect(await all.with({ 'x-api-key': 'da2-good' })).toMatchObject({ mode: 'API_KEY' });
    expect(await all.with({ authorization: await token() })).toMatchObject({ mode: 'AMAZON_COGNITO_USER_POOLS' });
    expect(await all.with({ authorization: await token({ iss: oidc.issuer }) })).toMatchObject({ mode: 'OPENID_CONNECT' });
    expect(await all.with({ authorization: 'opaque' })).toEqual(failure('You are not authorized to make this call.'));
    expect(all.log).toEqual([
      'request refused: the Lambda authorizer authorize cannot be asked: it is not here',
    ]);
  });

  test('a JWT of somebody else is no token for the Lambda authorizer where tokens are taken', async () => {
    const foreign = await token({ iss: 'https://elsewhere.example.com' });

    expect(await all.with({ authorization: foreign })).toEqual(noValidHeader);
    expect(await authentication([lambda, { type: 'API_KEY' }]).with({ authorization: foreign })).toEqual(failure('You are not authorized to make this call.'));
  });

  test('an API key beside a token decides, also when the token is known already', async () => {
    const authorization = await token();
    const both = { authorization, 'x-api-key': 'da2-good' };

    expect(await all.with({ authorization })).toMatchObject({ mode: 'AMAZON_COGNITO_USER_POOLS' });
    expect(await all.with(both)).toMatchObject({ mode: 'API_KEY' });
    expect(await all.with({ ...both, 'x-api-key': 'wrong' })).toEqual(failure('You are not authorized to make this call.'));
    expect(await all.with({ authorization })).toMatchObject({ mode: 'AMAZON_COGNITO_USER_POOLS' });
  });

  test('a request without any credential is told to send one', async () => {
    expect(await all.with({})).toEqual(noValidHeader);
  });

  test('an API key is no credential for an API that takes none', async () => {
    expect(await authentication([pool]).with({ 'x-api-key': 'da2-good' })).toEqual(noValidHeader);
  });

  test('a text that is no JWT is unparsable where tokens are taken and useless elsewhere', async () => {
    expect(await authentication([pool, { type: 'API_KEY' }]).with({ authorization: 'nonsense' })).toEqual(failure('Unable to parse JWT token.'));
    expect(await authentication([{ type: 'API_KEY' }]).with({ authorization: 'nonsense' })).toEqual(noValidHeader);
  });
});

describe('API keys', () => {
  const now = { ms: 1_000_000 };
  const { with: send } = authentication([{ type: 'API_KEY' }], { apiKeys: [key, { key: 'da2-old', expires: 1_000, resource }], now: () => now.ms });

  test('an existing key is a caller without identity', async () => {
    expect(await send({ 'x-api-key': 'da2-good' })).toEqual({ mode: 'API_KEY', identity: null, groups: [] });
  });

  test('a key counts until it expires', async () => {
    now.ms = 999_999;
    expect(await send({ 'x-api-key': 'da2-old' })).toEqual({ mode: 'API_KEY', identity: null, groups: [], expiresMs: 1_000_000 });
    now.ms = 1_000_000;
    expect(await send({ 'x-api-key': 'da2-old' })).toEqual(failure('You are not authorized to make this call.'));
  });

  test('an unknown key is refused in its own words', async () => {
    expect(await send({ 'x-api-key': 'da2-bad' })).toEqual(failure('You are not authorized to make this call.'));
    expect(await send({ 'x-api-key': '' })).toEqual(failure('You are not authorized to make this call.'));
  });
});
