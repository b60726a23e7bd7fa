import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issuerKeys } from '../../../lib/local/auth';
import { authentication, failure, issuer as poolIssuer, noValidHeader, nowMs, pool, token } from './fixture';
import { TestIssuer } from './issuer';

const seconds = nowMs / 1000;
const expired = failure('Token has expired.');
const clock = { ms: nowMs };
const now = () => clock.ms;

let issuer: TestIssuer;

beforeAll(async () => {
  issuer = await TestIssuer.start();
  await issuer.addKey('k1');
});
afterAll(() => issuer.stop());
beforeEach(() => {
  clock.ms = nowMs;
  issuer.requests.length = 0;
  issuer.overrides.clear();
});

/** An API with the issuer, and keys that nobody has fetched yet. */
function api(mode: { clientId?: string; iatTtlMs?: number; authTtlMs?: number; issuer?: string } = {}, others: Parameters<typeof authentication>[0] = [{ type: 'API_KEY' }], locations = {}) {
  return authentication([{ type: 'OPENID_CONNECT', issuer: issuer.url, ...mode }, ...others], { now, keys: issuerKeys({ now, locations }) });
}

function claims(more: Record<string, unknown> = {}): Record<string, unknown> {
  return { iss: issuer.url, sub: 'u1', aud: 'web', iat: seconds, exp: seconds + 3600, ...more };
}

describe('a token of the issuer', () => {
  test('gives claims, issuer and subject', async () => {
    expect(await api().with({ authorization: await issuer.sign(claims({ email: 'a@b.c' })) })).toEqual({
      mode: 'OPENID_CONNECT',
      identity: { claims: claims({ email: 'a@b.c' }), issuer: issuer.url, sub: 'u1' },
      groups: [],
      expiresMs: nowMs + 3_600_000,
    });
  });

  test.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'])('may be signed with %s', async (alg) => {
    await issuer.addKey(alg, alg);

    expect(await api().with({ authorization: `Bearer ${await issuer.sign(claims(), { kid: alg })}` })).toMatchObject({ mode: 'OPENID_CONNECT' });
  });

  test('may not be signed with EdDSA, which AppSync does not list', async () => {
    await issuer.addKey('ed', 'EdDSA');

    expect(await api().with({ authorization: await issuer.sign(claims(), { kid: 'ed' }) })).toEqual(noValidHeader);
  });

  test.each([
    ['no iat', { iat: undefined }, noValidHeader],
    ['no exp', { exp: undefined }, noValidHeader],
    ['an expiry in the past', { exp: seconds - 1 }, expired],
    ['a time before it counts', { nbf: seconds + 100 }, noValidHeader],
  ])('with %s is refused', async (_name, change, expected) => {
    expect(await api().with({ authorization: await issuer.sign(claims(change)) })).toEqual(expected);
  });

  test('counts for IatTTL milliseconds after its issue and AuthTTL after the sign-in, whichever ends first', async () => {
    const { with: send } = api({ iatTtlMs: 60_000, authTtlMs: 30_000 });
    const authorization = await issuer.sign(claims({ auth_time: seconds - 10 }));

    expect(await send({ authorization })).toMatchObject({ expiresMs: nowMs + 20_000 });
    clock.ms += 20_000;
    expect(await send({ authorization })).toEqual(expired);
    expect(await send({ authorization: await issuer.sign(claims({ auth_time: seconds + 20, iat: seconds - 40 })) })).toEqual(expired);
  });

  test('needs auth_time only where AuthTTL is set', async () => {
    const authorization = await issuer.sign(claims());

    expect(await api({ iatTtlMs: 60_000 }).with({ authorization })).toHaveProperty('identity');
    expect(await api({ authTtlMs: 60_000 }).with({ authorization })).toEqual(expired);
  });

  test('is for a client that the expression names as a whole, in aud or azp', async () => {
    const { with: send } = api({ clientId: 'web|ios' });

    expect(await send({ authorization: await issuer.sign(claims()) })).toHaveProperty('identity');
    expect(await send({ authorization: await issuer.sign(claims({ aud: ['other', 'ios'] })) })).toHaveProperty('identity');
    expect(await send({ authorization: await issuer.sign(claims({ aud: 'api', azp: 'web' })) })).toHaveProperty('identity');
    expect(await send({ authorization: await issuer.sign(claims({ aud: 'website' })) })).toEqual(noValidHeader);
    expect(await send({ authorization: await issuer.sign(claims({ aud: undefined })) })).toEqual(noValidHeader);
  });

  test('must name the issuer where there are several modes, and need not where there is one', async () => {
    const authorization = await issuer.sign(claims({ iss: 'https://elsewhere.example.com' }));

    expect(await api().with({ authorization })).toEqual(noValidHeader);
    expect(await api({}, []).with({ authorization })).toMatchObject({ identity: { issuer: 'https://elsewhere.example.com' } });
  });

  test('goes by its issuer among pools and issuers', async () => {
    const { with: send } = api({}, [pool, { type: 'OPENID_CONNECT', issuer: 'https://login.example.com' }], { 'https://login.example.com': 'no-such-file.json' });

    expect(await send({ authorization: await issuer.sign(claims()) })).toMatchObject({ mode: 'OPENID_CONNECT' });
    expect(await send({ authorization: await token({ iss: poolIssuer }) })).toMatchObject({ mode: 'AMAZON_COGNITO_USER_POOLS' });
    expect(await send({ authorization: await issuer.sign(claims({ iss: 'https://login.example.com' })) })).toEqual(noValidHeader);
  });

  test('may be made by the local key instead', async () => {
    expect(await api().with({ authorization: await token(claims()) })).toMatchObject({ mode: 'OPENID_CONNECT', identity: { sub: 'u1' } });
    expect(issuer.requests).toEqual([]);
  });
});

describe('the keys of the issuer', () => {
  test('are found by discovery once, however many ask', async () => {
    const { with: send } = api();
    const tokens = await Promise.all(['a', 'b', 'c'].map((sub) => issuer.sign(claims({ sub }))));

    await Promise.all(tokens.map((authorization) => send({ authorization })));

    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  test('are fetched again for a key id that is not there, but twice a minute at most', async () => {
    const { with: send } = api();
    await send({ authorization: await issuer.sign(claims()) });
    await issuer.addKey('k2');
    const rotated = await issuer.sign(claims(), { kid: 'k2' });

    expect(await send({ authorization: rotated })).toEqual(noValidHeader);
    clock.ms += 30_000;
    expect(await send({ authorization: rotated })).toHaveProperty('identity');
    for (let i = 0; i < 20; i++) expect(await send({ authorization: await issuer.sign(claims({ i }), { header: { kid: `guess-${i}` } }) })).toEqual(noValidHeader);
    expect(issuer.requests.filter((path) => path === '/keys')).toHaveLength(2);
  });

  test('that are taken away stop counting after ten minutes', async () => {
    await issuer.addKey('leaked');
    const { with: send } = api();
    const sign = (sub: string) => issuer.sign(claims({ sub }), { kid: 'leaked' });
    const [first, second] = await Promise.all([sign('a'), sign('b')]);
    await send({ authorization: first });
    issuer.removeKey('leaked');
    clock.ms += 600_000;

    expect(await send({ authorization: second })).toEqual(noValidHeader);
  });

  test('may be named in a file, for issuers that cannot be reached', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jwks-'));
    writeFileSync(join(folder, 'jwks.json'), JSON.stringify(issuer.keySet));
    const far = 'https://login.example.com';

    expect(await api({ issuer: far }, undefined, { [far]: join(folder, 'jwks.json') }).with({ authorization: await issuer.sign(claims({ iss: far })) })).toHaveProperty('identity');
    expect(await api({ issuer: far }, undefined, { [far]: `${issuer.url}/keys` }).with({ authorization: await issuer.sign(claims({ iss: far })) })).toHaveProperty('identity');
    expect(issuer.requests).toEqual(['/keys']);
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['no discovery', '/.well-known/openid-configuration', 500, '', 'URL/.well-known/openid-configuration: status 500'],
    ['a page', '/.well-known/openid-configuration', 200, '<html>', 'URL/.well-known/openid-configuration is no JSON object'],
    ['no jwks_uri', '/.well-known/openid-configuration', 200, '{}', 'URL/.well-known/openid-configuration names no "jwks_uri"'],
    ['discovery of somebody else', '/.well-known/openid-configuration', 200, '{"issuer":"https://evil.example.com","jwks_uri":"https://evil.example.com/keys"}', 'URL/.well-known/openid-configuration is of the issuer "https://evil.example.com"'],
    ['no key set', '/keys', 200, '{"keys":1}', 'its key set is none: JSON Web Key Set malformed'],
  ])('cannot be had from %s, and the log says so', async (_name, path, status, body, problem) => {
    issuer.overrides.set(path, { status, body });
    const { with: send, log } = api();

    expect(await send({ authorization: await issuer.sign(claims()) })).toEqual(noValidHeader);
    expect(log).toEqual([`request refused: the keys of ${issuer.url} cannot be had: ${problem.replace('URL', issuer.url)}`]);
  });

  test('that could not be had are asked for again after half a minute', async () => {
    issuer.overrides.set('/keys', { status: 503, body: '' });
    const { with: send } = api();
    const authorization = await issuer.sign(claims());
    expect(await send({ authorization })).toEqual(noValidHeader);
    issuer.overrides.clear();

    expect(await send({ authorization })).toEqual(noValidHeader);
    clock.ms += 30_000;
    expect(await send({ authorization })).toHaveProperty('identity');
  });

  test('of an issuer that nobody answers for are missed in one line', async () => {
    const gone = await TestIssuer.start();
    const { url } = gone;
    await gone.stop();
    const { with: send, log } = api({ issuer: url });

    expect(await send({ authorization: await issuer.sign(claims({ iss: url })) })).toEqual(noValidHeader);
    expect(log).toEqual([`request refused: the keys of ${url} cannot be had: ${url}/.well-known/openid-configuration: ECONNREFUSED`]);
  });
});
