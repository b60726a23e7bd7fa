import { newSigningKey } from '../../../lib/local/state-folder';
import { authentication, failure, issuer, issueToken, noValidHeader, nowMs, pool, request, token } from './fixture';

const user = authentication([pool]);
const letIn = expect.objectContaining({ mode: 'AMAZON_COGNITO_USER_POOLS' });

test('an id token gives the identity resolvers see', async () => {
  const jwt = await token({ email: 'a@b.c' }, ['staff', 'admins']);

  const caller = await user.authenticate(request({ headers: { authorization: jwt, 'x-forwarded-for': '1.1.1.1, 2.2.2.2' } }));

  expect(caller).toEqual({
    mode: 'AMAZON_COGNITO_USER_POOLS',
    identity: {
      sub: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      issuer,
      username: 'alice',
      claims: expect.objectContaining({ iss: issuer, aud: 'web', token_use: 'id', email: 'a@b.c', 'cognito:groups': ['staff', 'admins'] }),
      sourceIp: ['1.1.1.1', '2.2.2.2', '10.0.0.9'],
      groups: ['staff', 'admins'],
      defaultAuthStrategy: 'ALLOW',
    },
    groups: ['staff', 'admins'],
    defaultAction: 'ALLOW',
    expiresMs: nowMs + 24 * 60 * 60 * 1000,
  });
});

test('an access token names user and client by other claims, and no groups are null', async () => {
  const jwt = await token({ token_use: 'access', client_id: 'web', username: 'alice', 'cognito:username': undefined });

  expect(await user.with({ authorization: `Bearer ${jwt}` })).toMatchObject({ identity: { username: 'alice', groups: null }, groups: [] });
});

test('the same user of the same pool is always the same subject', async () => {
  const subject = (jwt: string) => (JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { sub: string }).sub;
  const [one, other] = await Promise.all([newSigningKey(), newSigningKey()]);

  expect(subject(await issueToken(one, { issuer }, { username: 'alice' }))).toBe(subject(await issueToken(other, { issuer }, { username: 'alice' })));
  expect(subject(await issueToken(one, { issuer }, { username: 'alice' }))).not.toBe(subject(await issueToken(one, { issuer }, { username: 'bob' })));
  expect(subject(await issueToken(one, { issuer }, { username: 'alice' }))).not.toBe(subject(await issueToken(one, { issuer: `${issuer}2` }, { username: 'alice' })));
});

test.each([
  ['another issuer', { iss: `${issuer}X` }, noValidHeader],
  ['no expiry', { exp: undefined }, noValidHeader],
  ['an unknown use', { token_use: 'refresh' }, noValidHeader],
  ['a time before it counts', { nbf: nowMs / 1000 + 100 }, noValidHeader],
  ['an expiry in the past', { exp: nowMs / 1000 - 1 }, failure('Token has expired.')],
])('a token with %s is refused', async (_name, claims, expected) => {
  expect(await user.with({ authorization: await token(claims) })).toEqual(expected);
});

test('a token that somebody else signed, changed or left unsigned is refused', async () => {
  const foreign = await issueToken(await newSigningKey(), { issuer }, { username: 'alice' });
  const [header, , signature] = (await token()).split('.');
  const forged = Buffer.from(JSON.stringify({ iss: issuer, token_use: 'id', aud: 'web', exp: 9_999_999_999, 'cognito:username': 'root' })).toString('base64url');
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');

  expect(await user.with({ authorization: foreign })).toEqual(noValidHeader);
  expect(await user.with({ authorization: `${header}.${forged}.${signature}` })).toEqual(noValidHeader);
  expect(await user.with({ authorization: `${none}.${forged}.` })).toEqual(noValidHeader);
});

test('a text that is no token is unparsable', async () => {
  expect(await user.with({ authorization: 'Bearer abc' })).toEqual(failure('Unable to parse JWT token.'));
  expect(await user.with({ authorization: 'a.b.c' })).toEqual(failure('Unable to parse JWT token.'));
});

test('a token that was good is refused once it has expired', async () => {
  const clock = { ms: nowMs };
  const { with: send } = authentication([pool], { now: () => clock.ms });
  const authorization = await token({ exp: nowMs / 1000 + 60 });

  expect(await send({ authorization })).toHaveProperty('identity');
  clock.ms += 61_000;
  expect(await send({ authorization })).toEqual(failure('Token has expired.'));
});

test.each([
  ['that expires now', { exp: nowMs / 1000 }, failure('Token has expired.')],
  ['that expires in a second', { exp: nowMs / 1000 + 1 }, letIn],
  ['that counts from now', { nbf: nowMs / 1000 }, letIn],
  ['that counts from the next second', { nbf: nowMs / 1000 + 1 }, noValidHeader],
  ['that was issued in the future', { iat: nowMs / 1000 + 600, auth_time: nowMs / 1000 + 600 }, letIn],
])('a token %s is judged without tolerance for clocks', async (_name, claims, expected) => {
  expect(await user.with({ authorization: await token(claims) })).toEqual(expected);
});

test('each of several pools takes its own tokens, for its own app clients', async () => {
  const staff = { ...pool, userPoolId: 'eu-west-1_Staff', appIdClientRegex: 'office' };
  const { with: send } = authentication([{ ...pool, appIdClientRegex: 'web' }, staff]);
  const staffToken = (claims: Record<string, unknown>) => token({ iss: issuer.replace(pool.userPoolId, staff.userPoolId), ...claims });

  expect(await send({ authorization: await token() })).toMatchObject({ identity: { issuer } });
  expect(await send({ authorization: await staffToken({ aud: 'office' }) })).toMatchObject({ identity: { issuer: issuer.replace(pool.userPoolId, staff.userPoolId) } });
  expect(await send({ authorization: await token({ aud: 'office' }) })).toEqual(noValidHeader);
  expect(await send({ authorization: await staffToken({ aud: 'web' }) })).toEqual(noValidHeader);
});

test('a token of federated users brings the identities claim to resolvers', async () => {
  const identities = [{ userId: 'ann', providerName: 'Corp', providerType: 'SAML', primary: 'true' }];

  expect(await user.with({ authorization: await token({ 'cognito:username': 'Corp_ann', identities }) })).toMatchObject({ identity: { username: 'Corp_ann', claims: { identities } } });
});

test('the app client must match the whole expression', async () => {
  const { with: send } = authentication([{ ...pool, appIdClientRegex: 'web|ios' }]);

  expect(await send({ authorization: await token() })).toHaveProperty('identity');
  expect(await send({ authorization: await token({ aud: 'website' }) })).toEqual(noValidHeader);
  expect(await send({ authorization: await token({ token_use: 'access', client_id: 'ios' }) })).toHaveProperty('identity');
});

test('an expression that is none refuses everybody and says so', async () => {
  const { with: send, log } = authentication([{ ...pool, appIdClientRegex: '(' }]);

  expect(await send({ authorization: await token() })).toEqual(noValidHeader);
  expect(log).toEqual(['AppIdClientRegex "(" is not a regular expression: every token is refused']);
});
