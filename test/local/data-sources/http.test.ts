import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AccessKey, sha256, signatureHeaders } from '../../../lib/local/auth';
import { DataSourceRequestError } from '../../../lib/local/data-sources/data-source';
import { httpDataSource } from '../../../lib/local/data-sources/http';
import { call } from './tables-fixture';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Runs with an endpoint that notes each request and answers as told. */
async function withEndpoint(answer: RequestListener, run: (endpoint: string, seen: Seen[]) => Promise<void>): Promise<void> {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
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

it('signs with Signature Version 4 where the data source says so', () =>
  withEndpoint(ok, async (endpoint, seen) => {
    const key: AccessKey = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };
    const scope = { region: 'eu-west-1', service: 'states' };
    const body = '{"input":"{}"}';
    await source(endpoint, { signing: { ...scope, key } }).invoke({ method: 'POST', resourcePath: '/a b', params: { query: { z: '1', a: '2' }, body, headers: { 'x-amz-target': 'AWSStepFunctions.StartExecution' } } }, call);

    const { authorization, ...headers } = seen[0]?.headers ?? {};
    const request = { method: 'POST', path: '/a%20b', query: { a: '2', z: '1' }, headers: { host: headers.host ?? '', 'x-amz-target': 'AWSStepFunctions.StartExecution' }, bodyHash: sha256(body) };
    expect(headers).toMatchObject({ 'x-amz-date': '20261122T093000Z', 'x-amz-security-token': 'session' });
    expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261122\/eu-west-1\/states\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/);
    expect(authorization).toBe(signatureHeaders(request, key, scope, Date.UTC(2026, 10, 22, 9, 30)).authorization);
  }));

it('gives an error for an endpoint that does not answer', async () => {
  const answer = await source('http://127.0.0.1:9').invoke({ method: 'GET', resourcePath: '/' }, call);

  expect(answer).toStrictEqual({ result: null, error: { type: 'Http:HttpRequestException', message: 'GET http://127.0.0.1:9/: connect ECONNREFUSED 127.0.0.1:9' } });
});

it('gives an error when no answer comes in time, or the connection is cut', async () => {
  await withEndpoint(() => undefined, async (endpoint) => {
    expect(await source(endpoint, { timeoutMs: 20 }).invoke({ method: 'GET', resourcePath: '/' }, call)).toMatchObject({ error: { message: `GET ${endpoint}/: no answer within 20 ms` } });
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
    expect(await source(endpoint).invoke({ method: 'GET', resourcePath: '/' }, call)).toMatchObject({ error: { message: 'the response is larger than 5000000 bytes' } });
  }));

it('gives an error for a header that HTTP does not allow', async () => {
  const answer = await source('http://127.0.0.1:9').invoke({ method: 'GET', resourcePath: '/', params: { headers: { 'x-a': 'a\r\nx-b: c' } } }, call);

  expect(answer).toMatchObject({ error: { message: 'Invalid character in header content ["x-a"]' } });
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
