import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
// Both come with the AWS SDK.
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AccessKey } from '../../../lib/local/auth';
import { DataSourceRequestError } from '../../../lib/local/data-sources/data-source';
import { httpDataSource } from '../../../lib/local/data-sources/http';
import { call } from './tables-fixture';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
}

/** Runs with an endpoint that notes each request and answers as told. */
async function withEndpoint(answer: RequestListener, run: (endpoint: string, seen: Seen[]) => Promise<void>): Promise<void> {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      seen.push({ method: request.method, url: request.url, headers: request.headers, body: bytes.toString(), bytes });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const ok: RequestListener = (_, response) => void response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] }).end('{"ok":true}');
const source = (endpoint: string, more: Partial<Parameters<typeof httpDataSource>[0]> = {}) => httpDataSource({ endpoint, now: () => Date.UTC(2026, 10, 22, 9, 30), ...more });

it('sends method, path, query, headers and body, and gives back status, headers and body', () =>
  withEndpoint(ok, async (endpoint, seen) => {
    const request = { method: 'POST', resourcePath: '/v1/prices', params: { query: { currency: 'EUR', q: 'a b&c' }, headers: { 'Content-Type': 'application/json', 'X-Count': 2 }, body: { id: 1 } } };

    expect(await source(`${endpoint}/ignored`).invoke(request, call)).toStrictEqual({
      result: { statusCode: 200, headers: expect.objectContaining({ 'content-type': 'application/json', 'set-cookie': 'a=1,b=2' }), body: '{"ok":true}' },
    });
    expect(seen).toMatchObject([{ method: 'POST', url: '/v1/prices?currency=EUR&q=a%20b%26c', headers: { 'content-type': 'application/json', 'x-count': '2' }, body: '{"id":1}' }]);
  }));

it.each([
  ['/a b/é?x=1', {}, '/a%20b/%C3%A9?x=1'],
  ['/a%20b', { y: '2' }, '/a%20b?y=2'],
  ['/a?x=1', { x: '3' }, '/a?x=3'],
  ['/a?x=1&x=2&flag', { y: 'é' }, '/a?x=1&x=2&flag=&y=%C3%A9'],
  ['/\ud800', { y: '\udfff' }, '/%EF%BF%BD?y=%EF%BF%BD'],
])('sends the path %s with the query %j as %s', (resourcePath, query, url) =>
  withEndpoint(ok, async (endpoint, seen) => {
    await source(endpoint).invoke({ method: 'GET', resourcePath, params: { query } }, call);

    expect(seen[0]?.url).toBe(url);
  }));

it('keeps a text body as it is, XML included', () =>
  withEndpoint((_, response) => void response.writeHead(200, { 'content-type': 'text/xml' }).end('<r>é</r>'), async (endpoint, seen) => {
    const body = '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>é</soap:Body></soap:Envelope>';
    const answer = await source(endpoint).invoke({ method: 'POST', resourcePath: '/', params: { headers: { SOAPAction: 'urn:x', 'content-type': 'text/xml' }, body } }, call);

    expect(seen).toMatchObject([{ body, headers: { soapaction: 'urn:x' } }]);
    expect(answer).toMatchObject({ result: { body: '<r>é</r>' } });
  }));

it('encodes and decodes bodies in the charset of their content type', () =>
  withEndpoint((_, response) => void response.writeHead(200, { 'content-type': 'text/plain; charset=ISO-8859-1' }).end(Buffer.from('ü', 'latin1')), async (endpoint, seen) => {
    const answer = await source(endpoint).invoke({ method: 'PUT', resourcePath: '/', params: { headers: { 'content-type': 'text/plain; charset=latin1' }, body: 'é' } }, call);

    expect(seen[0]?.headers['content-length']).toBe('1');
    expect(answer).toMatchObject({ result: { body: 'ü' } });
  }));

it('takes no header that the connection decides on', () =>
  withEndpoint(ok, async (endpoint, seen) => {
    await source(endpoint).invoke({ method: 'GET', resourcePath: '/', params: { headers: { Host: 'evil.example.com', 'Content-Length': '99', 'User-Agent': 'me', Connection: 'upgrade' } } }, call);

    expect(seen[0]?.headers.host).toBe(new URL(endpoint).host);
    expect(seen[0]?.headers['user-agent']).toBeUndefined();
    expect(seen[0]?.headers['content-length']).toBeUndefined();
  }));

it.each([404, 500, 302])('takes the status %i for a result', (status) =>
  withEndpoint((_, response) => void response.writeHead(status, { location: '/elsewhere' }).end('no'), async (endpoint, seen) => {
    expect(await source(endpoint).invoke({ method: 'DELETE', resourcePath: '/1' }, call)).toMatchObject({ result: { statusCode: status, body: 'no' } });
    expect(seen).toHaveLength(1);
  }));

describe('a signature', () => {
  const key: AccessKey = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };
  const scope = { region: 'eu-west-1', service: 'execute-api' };

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['a plain request', { method: 'GET', resourcePath: '/' }],
    ['a JSON body and a target', { method: 'POST', resourcePath: '/', params: { headers: { 'content-type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'AWSStepFunctions.StartExecution' }, body: { input: '{"é":1}' } } }],
    ['parameters whose names begin alike', { method: 'GET', resourcePath: '/prod/a b?b=2&b=1', params: { query: { a: '1', a1: '2', 'a-b': "!'()*~é" } } }],
    ['an encoded path', { method: 'DELETE', resourcePath: '/prod/a%2Fb/é' }],
    ['a body in another charset', { method: 'PUT', resourcePath: '/', params: { headers: { 'content-type': 'text/plain; charset=iso-8859-1' }, body: 'é' } }],
    ['spaces in a header', { method: 'GET', resourcePath: '/', params: { headers: { 'x-note': '  a   b ' } } }],
  ])('of %s is the one that the AWS SDK makes', (_, request) =>
    withEndpoint(ok, async (endpoint, seen) => {
      await source(endpoint, { signing: { ...scope, key } }).invoke(request, call);

      const [{ method = '', url = '', headers, bytes } = { headers: {} as IncomingHttpHeaders, bytes: Buffer.alloc(0) }] = seen;
      const { pathname, searchParams } = new URL(url, endpoint);
      const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
      const signer = new SignatureV4({ ...scope, credentials: key, sha256: Sha256, applyChecksum: false });
      const { headers: expected } = await signer.sign(
        {
          protocol: 'http:',
          hostname: '127.0.0.1',
          method,
          path: pathname,
          query: Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)])),
          headers: Object.fromEntries(names.filter((name) => !/^x-amz-(date|security-token)$/.test(name)).map((name) => [name, String(headers[name])])),
          body: bytes,
        },
        { signingDate: new Date(Date.UTC(2026, 10, 22, 9, 30)), signableHeaders: new Set(names) },
      );
      expect(names).toEqual(expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token']));
      expect(headers).toMatchObject({ 'x-amz-date': '20261122T093000Z', 'x-amz-security-token': 'session' });
      expect(headers.authorization).toBe(expected.authorization);
    }));
});

it.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('undoes the compression %s', (encoding, compress) =>
  withEndpoint((_, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(compress('{"é":1}')), async (endpoint) => {
    const { result } = await source(endpoint).invoke({ method: 'GET', resourcePath: '/', params: { headers: { 'accept-encoding': encoding } } }, call);

    expect(result).toMatchObject({ body: '{"é":1}' });
    expect(result).not.toHaveProperty(['headers', 'content-encoding']);
  }));

it.each(['zstd', 'constructor', '__proto__'])('leaves a body alone that is compressed with "%s", which nobody here undoes', (encoding) =>
  withEndpoint((_, response) => void response.writeHead(200, { 'content-encoding': encoding }).end('as it came'), async (endpoint) => {
    expect(await source(endpoint).invoke({ method: 'GET', resourcePath: '/' }, call)).toMatchObject({ result: { headers: { 'content-encoding': encoding }, body: 'as it came' } });
  }));

it.each<[string, Buffer, string]>([
  ['damaged', Buffer.from('no archive'), 'incorrect header check'],
  ['a bomb', gzipSync(Buffer.alloc(6_000_000)), 'the response is larger than 5000000 bytes'],
])('gives an error for a compressed body that is %s', (_, body, message) =>
  withEndpoint((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(body), async (endpoint) => {
    expect(await source(endpoint).invoke({ method: 'GET', resourcePath: '/' }, call)).toMatchObject({ result: null, error: { message: `GET ${endpoint}/: ${message}` } });
  }));

it.each<[string, Buffer, string]>([
  ['text/plain; charset=Shift_JIS', Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67]), 'テスト'],
  ['text/plain; charset=nonsense', Buffer.from('é'), 'é'],
  ['application/octet-stream', Buffer.from([0xff, 0x41]), '\ufffdA'],
])('reads a body of %s', (contentType, body, text) =>
  withEndpoint((_, response) => void response.writeHead(200, { 'content-type': contentType }).end(body), async (endpoint) => {
    expect(await source(endpoint).invoke({ method: 'GET', resourcePath: '/' }, call)).toMatchObject({ result: { body: text } });
  }));

it('gives an error for an endpoint that does not answer', async () => {
  const answer = await source('http://127.0.0.1:9').invoke({ method: 'GET', resourcePath: '/' }, call);

  expect(answer).toStrictEqual({ result: null, error: { type: 'Http:HttpRequestException', message: 'GET http://127.0.0.1:9/: connect ECONNREFUSED 127.0.0.1:9' } });
});

it.each(['http://localhost:9', 'http://nowhere.invalid'])('says why %s cannot be reached', async (endpoint) => {
  const { error } = await source(endpoint).invoke({ method: 'GET', resourcePath: '/' }, call);

  expect(error?.message).toMatch(/^GET http:\/\/[a-z.:9]+\/: (connect ECONNREFUSED|getaddrinfo (ENOTFOUND|EAI_AGAIN) nowhere\.invalid)/);
});

it('gives an error when no answer comes in time, or the connection is cut', async () => {
  await withEndpoint(() => undefined, async (endpoint) => {
    expect(await source(endpoint, { timeoutMs: 20 }).invoke({ method: 'GET', resourcePath: '/' }, call)).toMatchObject({ error: { message: `GET ${endpoint}/: no answer within 20 ms` } });
  });
  // Bytes that go on coming are no answer either.
  await withEndpoint((_, response) => void response.writeHead(200).write('a'), async (endpoint) => {
    expect(await source(endpoint, { timeoutMs: 50 }).invoke({ method: 'GET', resourcePath: '/' }, call)).toMatchObject({ error: { message: `GET ${endpoint}/: no answer within 50 ms` } });
  });
  await withEndpoint((request) => request.socket.destroy(), async (endpoint) => {
    expect(await source(endpoint).invoke({ method: 'GET', resourcePath: '/' }, call)).toMatchObject({ error: { message: `GET ${endpoint}/: socket hang up` } });
  });
});

it('does not read a response without end', () =>
  withEndpoint((_, response) => {
    const more = () => void (response.write('x'.repeat(1_000_000)) ? setImmediate(more) : response.once('drain', more));
    more();
  }, async (endpoint) => {
    expect(await source(endpoint).invoke({ method: 'GET', resourcePath: '/' }, call)).toMatchObject({ error: { message: `GET ${endpoint}/: the response is larger than 5000000 bytes` } });
  }));

it('gives an error for a header that HTTP does not allow', async () => {
  const answer = await source('http://127.0.0.1:9').invoke({ method: 'GET', resourcePath: '/', params: { headers: { 'x-a': 'a\r\nx-b: c' } } }, call);

  expect(answer).toMatchObject({ error: { message: 'GET http://127.0.0.1:9/: Invalid character in header content ["x-a"]' } });
});

it.each([
  [{}, "Value for field '$[method]' not found."],
  [null, "Value for field '$[method]' not found."],
  [{ method: 'TRACE', resourcePath: '/' }, "Unsupported HTTP method 'TRACE'."],
  [{ method: 'GET' }, "Value for field '$[resourcePath]' not found."],
  [{ method: 'GET', resourcePath: 'prices' }, "Value for field '$[resourcePath]' must be a path that begins with '/'."],
  [{ method: 'GET', resourcePath: '/', params: [] }, "Expected JSON object for field '$[params]' but got a 'ARRAY' instead."],
  [{ method: 'GET', resourcePath: '/', params: { headers: { a: {} } } }, "Value for field '$[params][headers][a]' must be a string."],
])('refuses the document %j', async (request, message) => {
  await expect(source('http://127.0.0.1:9').invoke(request, call)).rejects.toThrow(new DataSourceRequestError(message));
});

it('refuses an endpoint that is no address', async () => {
  await expect(source('ftp://x').invoke({ method: 'GET', resourcePath: '/' }, call)).rejects.toThrow('The endpoint "ftp://x" of the HTTP data source is no http or https address.');
});
