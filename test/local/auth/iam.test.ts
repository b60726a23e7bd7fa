import { createHash } from 'node:crypto';
import type { AuthRequest } from '../../../lib/local/auth/auth-mode';
import { authentication, nowMs, request, signed } from './fixture';

const { authenticate } = authentication([{ type: 'AWS_IAM' }]);
const invalid = (message: string | RegExp) => ({ httpStatus: 403, errorType: 'InvalidSignatureException', message: typeof message === 'string' ? message : expect.stringMatching(message) });
const incomplete = (message: string) => ({ httpStatus: 403, errorType: 'IncompleteSignatureException', message });
const mismatch = invalid(/^The request signature we calculated does not match/);
const letIn = expect.objectContaining({ mode: 'AWS_IAM' });

/** The request with its `Authorization` header edited. */
function edited(edit: (header: string) => string, message: AuthRequest = signed(request())): AuthRequest {
  return { ...message, headers: { ...message.headers, authorization: edit(message.headers.authorization ?? '') } };
}

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

describe('what is signed', () => {
  test('every header that was signed counts, whatever its spacing', async () => {
    const good = signed(request({ headers: { 'content-type': 'application/json', 'x-words': 'one two three' } }));

    expect(await authenticate({ ...good, headers: { ...good.headers, 'content-type': '  application/json ', 'x-words': ' one   two three' } })).toEqual(letIn);
    expect(await authenticate({ ...good, headers: { ...good.headers, 'content-type': 'text/plain' } })).toEqual(mismatch);
  });

  test('headers that were not signed do not count', async () => {
    const good = signed(request());

    expect(await authenticate({ ...good, headers: { ...good.headers, 'user-agent': 'curl', 'x-more': '1' } })).toEqual(letIn);
  });

  test.each<[string, Partial<AuthRequest>, readonly [string, string]]>([
    ['a query', { query: 'a=1' }, ['/graphql', 'a=1']],
    ['parameters in any order, by name and then by value', { query: 'b=2&a-b=0&a=2&a=1' }, ['/graphql', 'a=1&a=2&a-b=0&b=2']],
    ['a parameter without value', { query: 'flag&x=' }, ['/graphql', 'flag=&x=']],
    ['what a parameter encodes', { query: "q=a%20b%2Fc+d!~&%E2%82%AC=%c3%bc" }, ['/graphql', '%E2%82%AC=%C3%BC&q=a%20b%2Fc%20d%21~']],
    ['an encoded path, encoded once more', { path: '/my%20shop/graphql' }, ['/my%2520shop/graphql', '']],
    ['unicode in a path', { path: '/bücher/graphql' }, ['/b%C3%BCcher/graphql', '']],
    ['a path without empty and relative parts', { path: '//shop/./x/..//graphql/' }, ['/shop/graphql/', '']],
    ['the root', { path: '/' }, ['/', '']],
    ['unicode in the body', { body: '{"query":"{ a(id: \\"ü€😀\\") }"}' }, ['/graphql', '']],
  ])('%s', async (_what, message, canonical) => {
    expect(await authenticate(signed(request(message), { canonical }))).toEqual(letIn);
  });

  test('the port is part of the host', async () => {
    const good = signed(request({ headers: { host: '127.0.0.1:20002' } }));

    expect(await authenticate(good)).toEqual(letIn);
    expect(await authenticate({ ...good, headers: { ...good.headers, host: '127.0.0.1' } })).toEqual(mismatch);
  });

  test.each<[string, Partial<AuthRequest>]>([
    ['another body', { body: '{"query":"{ b }"}' }],
    ['another path', { path: '/other' }],
    ['another method', { method: 'GET' }],
    ['a query that was added', { query: 'a=1' }],
  ])('a signature does not hold for %s', async (_name, change) => {
    expect(await authenticate({ ...signed(request()), ...change })).toEqual(mismatch);
  });

  test('a declared body hash that is not that of the body does not help', async () => {
    const good = signed(request());

    expect(await authenticate({ ...good, headers: { ...good.headers, 'x-amz-content-sha256': createHash('sha256').update(good.body).digest('hex') } })).toEqual(letIn);
    expect(await authenticate({ ...good, body: '{}', headers: { ...good.headers, 'x-amz-content-sha256': createHash('sha256').update(good.body).digest('hex') } })).toEqual(mismatch);
  });

  test('a mismatch shows what should have been signed', async () => {
    const result = await authenticate(signed(request({ query: 'b=2&a=1', headers: { accept: '*/*' } }), { secret: 'guess', canonical: ['/graphql', 'a=1&b=2'] }));

    const bodyHash = createHash('sha256').update('{"query":"{ a }"}').digest('hex');
    const canonical = `POST\n/graphql\na=1&b=2\naccept:*/*\nhost:localhost:4000\nx-amz-date:20260301T120000Z\n\naccept;host;x-amz-date\n${bodyHash}`;
    expect(result).toEqual(
      invalid(
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n' +
          `The Canonical String for this request should have been\n'${canonical}'\n\n` +
          `The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20260301T120000Z\n20260301/eu-west-1/appsync/aws4_request\n${createHash('sha256').update(canonical).digest('hex')}'\n`,
      ),
    );
  });
});

describe('the header', () => {
  test.each<[string, (header: string) => string]>([
    ['without blanks', (header) => header.replaceAll(', ', ',')],
    ['with blanks alone', (header) => header.replaceAll(', ', '   ')],
    ['with its parts in another order', (header) => header.replace(/^(\S+) (\S+), (\S+), (\S+)$/, '$1 $4,$2,  $3')],
    ['with blanks around it', (header) => `  ${header} `],
  ])('is read %s', async (_how, edit) => {
    expect(await authenticate(edited(edit))).toEqual(letIn);
  });

  test('may have the date from Date, as HTTP or ISO 8601 writes it', async () => {
    for (const date of [new Date(nowMs).toUTCString(), '20260301T120000Z']) expect(await authenticate(signed(request({ headers: { date } })))).toEqual(letIn);
    expect(await authenticate(signed(request({ headers: { date: 'today' } })))).toEqual(invalid("Date must be in ISO-8601 'basic format'. Got 'today'. See http://en.wikipedia.org/wiki/ISO_8601"));
  });

  const hashed = (header: string) => createHash('sha256').update(header).digest('base64');
  const requires = (...names: string[]) => names.map((name) => `Authorization header requires '${name}' parameter.`).join(' ');
  const noDate = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";

  test.each<[string, Record<string, string>, string]>([
    ['a token', { authorization: 'ey.x.y' }, `${requires('Credential', 'Signature', 'SignedHeaders')} ${noDate} (Hashed with SHA-256 and encoded with Base64) Authorization=${hashed('ey.x.y')}`],
    ['a bearer token', { authorization: 'Bearer ey.x.y' }, `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashed('Bearer ey.x.y')}'.`],
    ['the scheme alone', { authorization: 'AWS4-HMAC-SHA256', 'x-amz-date': '20260301T120000Z' }, `${requires('Credential', 'Signature', 'SignedHeaders')} (Hashed with SHA-256 and encoded with Base64) Authorization=${hashed('AWS4-HMAC-SHA256')}`],
    ['a short credential', { authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0', 'x-amz-date': '20260301T120000Z' }, "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b'"],
  ])('that is %s is told what it lacks', async (_what, headers, message) => {
    expect(await authenticate(request({ headers }))).toEqual(incomplete(message));
  });

  test('that is not there is missed where nothing else is taken', async () => {
    expect(await authenticate(request())).toEqual({ httpStatus: 403, errorType: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' });
    expect(await authentication([{ type: 'AWS_IAM' }, { type: 'API_KEY' }]).authenticate(request())).toMatchObject({ httpStatus: 401, message: 'Valid authorization header not provided.' });
  });

  test.each<[string, (header: string) => string, object]>([
    ['without the host', (header) => header.replace('host;', ''), invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")],
    ['over a header that is not sent', (header) => header.replace('host;', 'accept;host;'), incomplete("'accept' is named as a SignedHeader, but it does not exist in the HTTP request.")],
    ['with another end of its scope', (header) => header.replace('aws4_request', 'aws4'), invalid("Credential should be scoped with a valid terminator: 'aws4_request', not 'aws4'. ")],
    ['of another day', (header) => header.replace('/20260301/', '/20260228/'), invalid("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260228' != '20260301', from '20260301T120000Z'.")],
  ])('%s is refused', async (_what, edit, expected) => {
    expect(await authenticate(edited(edit))).toEqual(expected);
  });
});

test.each([
  ['secret', { secret: 'guess' }, mismatch],
  ['access key', { keyId: 'AKIASOMEBODYELSE0000' }, { httpStatus: 403, errorType: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' }],
  ['region', { region: 'us-east-1' }, invalid('Credential should be scoped to a valid region. ')],
  ['service', { service: 'execute-api' }, invalid("Credential should be scoped to correct service: 'appsync'. ")],
  ['time, too early,', { atMs: nowMs - 301_000 }, invalid('Signature expired: 20260301T115459Z is now earlier than 20260301T115500Z (20260301T120000Z - 5 min.)')],
  ['time, too late,', { atMs: nowMs + 301_000 }, invalid('Signature not yet current: 20260301T120501Z is still later than 20260301T120500Z (20260301T120000Z + 5 min.)')],
])('a signature with another %s is refused', async (_name, options, expected) => {
  expect(await authenticate(signed(request(), options))).toEqual(expected);
});

test.each([-300_000, 300_000])('a signature of %d milliseconds from now counts', async (offsetMs) => {
  expect(await authenticate(signed(request(), { atMs: nowMs + offsetMs }))).toEqual(letIn);
});

test('a session token beside a key that has none is refused', async () => {
  expect(await authenticate(signed(request({ headers: { 'x-amz-security-token': 'left over' } })))).toMatchObject({ errorType: 'UnrecognizedClientException' });
});
