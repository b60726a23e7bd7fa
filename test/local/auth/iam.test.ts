import { authentication, noValidHeader, nowMs, request, signed } from './fixture';

const { authenticate } = authentication([{ type: 'AWS_IAM' }]);
const mismatch = { httpStatus: 403, errorType: 'InvalidSignatureException', message: expect.stringMatching(/^The request signature we calculated does not match/) };

test('a signature made with the local secret gives an IAM identity', async () => {
  expect(await authenticate(signed(request({ path: '/shop-api/graphql/connect' })))).toEqual({
    mode: 'AWS_IAM',
    identity: {
      accountId: '123456789012',
      cognitoIdentityPoolId: null,
      cognitoIdentityId: null,
      sourceIp: ['10.0.0.9'],
      username: 'AROALOCAL:local',
      userArn: 'arn:aws:sts::123456789012:assumed-role/local/local',
      cognitoIdentityAuthType: null,
      cognitoIdentityAuthProvider: null,
    },
    groups: [],
  });
});

test('every header that was signed counts, whatever its spacing', async () => {
  const good = signed(request({ headers: { 'content-type': 'application/json', 'x-amz-security-token': 'session' } }));

  expect(await authenticate({ ...good, headers: { ...good.headers, 'content-type': '  application/json ' } })).toHaveProperty('identity');
  expect(await authenticate({ ...good, headers: { ...good.headers, 'content-type': 'text/plain' } })).toEqual(mismatch);
});

test.each([
  ['another body', { body: '{"query":"{ b }"}' }],
  ['another path', { path: '/other' }],
  ['another method', { method: 'GET' }],
])('a signature does not hold for %s', async (_name, change) => {
  expect(await authenticate({ ...signed(request()), ...change })).toEqual(mismatch);
});

test('a declared body hash must be that of the body', async () => {
  const good = signed(request());

  expect(await authenticate({ ...good, headers: { ...good.headers, 'x-amz-content-sha256': '0'.repeat(64) } })).toEqual(mismatch);
});

test.each([
  ['secret', { secret: 'guess' }, mismatch],
  ['access key', { keyId: 'AKIASOMEBODYELSE0000' }, { httpStatus: 403, errorType: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' }],
  ['region', { region: 'us-east-1' }, { httpStatus: 403, errorType: 'InvalidSignatureException', message: 'Credential should be scoped to a valid region. ' }],
  ['service', { service: 'execute-api' }, { httpStatus: 403, errorType: 'InvalidSignatureException', message: "Credential should be scoped to correct service: 'appsync'. " }],
  ['hour', { atMs: nowMs - 3_600_000 }, { httpStatus: 403, errorType: 'InvalidSignatureException', message: 'Signature expired: 20260301T110000Z is not within 5 min. of 20260301T120000Z' }],
])('a signature with another %s is refused', async (_name, options, expected) => {
  expect(await authenticate(signed(request(), options))).toEqual(expected);
});

test.each(['AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=00', 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e'])('the header %p is no signature', async (authorization) => {
  expect(await authenticate(request({ headers: { authorization, 'x-amz-date': '20260301T120000Z' } }))).toEqual(noValidHeader);
});
