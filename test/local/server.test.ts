import { once } from 'node:events';
import { request as httpsRequest } from 'node:https';
import { connect as netConnect, type Socket } from 'node:net';
import { generate } from 'selfsigned';
import { WebSocket } from 'ws';
import { DiagnosticError } from '../../lib/diagnostics';
import type { Caller } from '../../lib/local/auth/auth-mode';
import type { SubscriptionOutcome } from '../../lib/local/executor';
import type { HttpHandler } from '../../lib/local/http-message';
import type { LocalApi } from '../../lib/local/local-api';
import { createRealtime, type RealtimeUpgrade } from '../../lib/local/realtime';
import { type LocalServer, serve, type ServeOptions } from '../../lib/local/server';
import { createSubscriptions, type Subscriptions } from '../../lib/local/subscriptions';

const caller: Caller = { mode: 'API_KEY', identity: null, groups: [] };
const started: SubscriptionOutcome = {
  ok: true,
  subscription: { fieldName: 'onMessage', mutations: ['sendMessage'], args: {}, projectionKey: 'k', project: (payload) => ({ data: { onMessage: payload } }) },
};
const startFrame = (id: string) => JSON.stringify({ id, type: 'start', payload: { data: '{"query":"subscription { onMessage }"}', extensions: { authorization: { 'x-api-key': 'k' } } } });

interface FakeApi {
  readonly api: LocalApi;
  readonly subscriptions: Subscriptions;
  readonly upgrades: RealtimeUpgrade[];
}

/** An API that echoes HTTP requests and accepts every subscription. */
function fakeApi(name: string, changes: Partial<LocalApi> = {}): FakeApi {
  const subscriptions = createSubscriptions({ log: () => {} });
  const upgrades: RealtimeUpgrade[] = [];
  const realtime = createRealtime({ authenticate: async () => caller, executor: { subscribe: async () => started }, subscriptions, log: () => {} });
  const api: Partial<LocalApi> = {
    model: { name, apiId: `id-of-${name}` } as LocalApi['model'],
    fetch: async (request, peer) =>
      Response.json({ name, method: request.method, path: new URL(request.url).pathname, key: request.headers.get('x-api-key'), body: await request.text(), peer: peer?.sourceIp }, { headers: { 'x-amzn-requestid': 'r1' } }),
    realtime: {
      connect: (socket, upgrade) => {
        upgrades.push(upgrade);
        return realtime.connect(socket, upgrade);
      },
    },
    ...changes,
  };
  return { api: api as LocalApi, subscriptions, upgrades };
}

const servers: LocalServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(apis: readonly FakeApi[], options: Partial<ServeOptions> = {}) {
  const lines: string[] = [];
  const server = await serve(apis.map(({ api }) => api), { port: 0, log: (line) => lines.push(line), ...options });
  servers.push(server);
  return { server, lines, origin: `http://127.0.0.1:${server.port}` };
}

/** A client whose messages wait until they are asked for. */
class Client {
  private readonly received: string[] = [];
  private wake = () => {};
  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.received.push(String(data));
      this.wake();
    });
  }

  static async connect(url: string, protocols: string[] = ['graphql-ws'], headers: Record<string, string> = { 'x-api-key': 'k' }): Promise<Client> {
    const client = new Client(new WebSocket(url, protocols, { headers, rejectUnauthorized: false }));
    await once(client.socket, 'open');
    return client;
  }

  async next(): Promise<string> {
    while (this.received.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.received.shift()!;
  }

  async subscribe(id: string): Promise<void> {
    this.socket.send(startFrame(id));
    expect(await this.next()).toBe(JSON.stringify({ type: 'start_ack', id }));
  }

  async closed(): Promise<number> {
    const [code] = (await once(this.socket, 'close')) as [number];
    return code;
  }
}

/** Writes bytes on a bare connection and gives all that comes back until it ends. */
async function exchangeBytes(port: number, bytes: string | Buffer): Promise<string> {
  const socket = netConnect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  return String(Buffer.concat(chunks));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

let pems: { cert: string; key: string };
beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });
  pems = { cert: made.cert, key: made.private };
});

describe('addresses', () => {
  test('names each API by its path', async () => {
    const { server } = await start([fakeApi('Shop'), fakeApi('ChatRooms')]);

    expect(server.apis).toEqual([
      { name: 'Shop', url: `http://localhost:${server.port}/shop/graphql`, realtimeUrl: `ws://localhost:${server.port}/shop/graphql/realtime`, httpsUrl: '' },
      { name: 'ChatRooms', url: `http://localhost:${server.port}/chat-rooms/graphql`, realtimeUrl: `ws://localhost:${server.port}/chat-rooms/graphql/realtime`, httpsUrl: '' },
    ]);
  });

  test('are secure with a certificate', async () => {
    const { server } = await start([fakeApi('Shop')], { tls: pems });

    expect(server.apis[0]).toEqual({
      name: 'Shop',
      url: `http://localhost:${server.port}/shop/graphql`,
      realtimeUrl: `wss://localhost:${server.port}/shop/graphql/realtime`,
      httpsUrl: `https://localhost:${server.port}/shop/graphql`,
    });
  });

  test('a port in use is an error that names a free one', async () => {
    const { server } = await start([fakeApi('Shop')]);

    const failure = await serve([], { port: server.port, log: () => {} }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(DiagnosticError);
    const [diagnostic] = (failure as DiagnosticError).diagnostics;
    expect(diagnostic).toMatchObject({ code: 'RUN_PORT_IN_USE', severity: 'error', message: `port ${server.port} of "127.0.0.1" is in use` });
    const free = Number(/^use port (\d+), or stop the program that listens on \d+$/.exec(diagnostic?.fix ?? '')?.[1]);
    expect(free).not.toBe(server.port);
    await start([], { port: free });
  });

  test.each([
    [{ port: 70_000 }, /^cannot listen on port 70000 of "127.0.0.1": /],
    [{ host: '192.0.2.1' }, /^cannot listen on port 0 of "192.0.2.1": /],
  ])('%j is an error', async (options, message) => {
    const failure = (await serve([], { port: 0, log: () => {}, ...options }).catch((error: unknown) => error)) as DiagnosticError;

    expect(failure.diagnostics).toEqual([{ code: 'RUN_CANNOT_LISTEN', severity: 'error', message: expect.stringMatching(message), notes: [], fix: 'choose a port from 1024 to 65535 and an address of this machine' }]);
  });
});

describe('HTTP', () => {
  test('hands the request to the API of the path and its answer back', async () => {
    const { origin } = await start([fakeApi('Shop'), fakeApi('Chat')]);

    const response = await fetch(`${origin}/chat/graphql?x=1`, { method: 'POST', headers: { 'x-api-key': 'k' }, body: '{"query":"{ ü }"}' });

    expect(response.status).toBe(200);
    expect(response.headers.get('x-amzn-requestid')).toBe('r1');
    expect(await response.json()).toEqual({ name: 'Chat', method: 'POST', path: '/chat/graphql', key: 'k', body: '{"query":"{ ü }"}', peer: '127.0.0.1' });
  });

  test.each(['GET', 'OPTIONS', 'PUT'])('leaves %s to the API', async (method) => {
    const { origin } = await start([fakeApi('Shop')]);

    expect(await (await fetch(`${origin}/graphql`, { method })).json()).toMatchObject({ method, path: '/graphql', body: '' });
  });

  test('prefers the lean entry of an API', async () => {
    const handle = jest.fn<ReturnType<HttpHandler>, Parameters<HttpHandler>>(async ({ body }) => ({ status: 401, headers: { 'x-amzn-errortype': 'UnauthorizedException' }, body: `ü${body}` }));
    const { origin } = await start([fakeApi('Shop', { handle })]);

    const response = await fetch(`${origin}/shop/graphql?a=%201&a`, { method: 'POST', headers: { 'X-Api-Key': 'k' }, body: 'hi' });

    expect([response.status, response.headers.get('x-amzn-errortype'), response.headers.get('content-length'), await response.text()]).toEqual([401, 'UnauthorizedException', '4', 'ühi']);
    expect(handle).toHaveBeenCalledWith({ method: 'POST', path: '/shop/graphql', query: 'a=%201&a', headers: expect.objectContaining({ 'x-api-key': 'k' }), body: 'hi', sourceIp: '127.0.0.1' });
  });

  test('joins a header that is sent twice with a comma alone, as signatures cover it', async () => {
    const seen: Readonly<Record<string, string>>[] = [];
    const handle: HttpHandler = async ({ headers }) => {
      seen.push(headers);
      return { status: 200, headers: {}, body: '' };
    };
    const { server } = await start([fakeApi('Shop', { handle })]);
    const socket = netConnect(server.port, '127.0.0.1');

    socket.end('POST /graphql HTTP/1.1\r\nHost: a\r\nX-Words: one\r\nAuthorization: first\r\nx-words: two, three\r\nX-Once: a, b\r\nauthorization: second\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    socket.resume();
    await once(socket, 'close');

    expect(seen).toEqual([{ host: 'a', 'x-words': 'one,two, three', 'x-once': 'a, b', authorization: 'first', 'content-length': '0', connection: 'close' }]);
  });

  test('answers an unknown path by the known ones', async () => {
    const { server, origin } = await start([fakeApi('Shop'), fakeApi('Chat')]);

    const response = await fetch(`${origin}/graphql`, { method: 'POST', body: '{}' });

    expect(response.status).toBe(404);
    expect(await response.text()).toBe(`{"message":"no API at \\"/graphql\\"","urls":["http://localhost:${server.port}/shop/graphql","http://localhost:${server.port}/chat/graphql"]}`);
  });

  test('refuses a body of more than 1 MB, declared or not', async () => {
    const { origin } = await start([fakeApi('Shop')]);
    const chunked = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(300_000)),
    });
    const refusal = '{"errors":[{"errorType":"MalformedHttpRequestException","message":"Request body is too large."}]}';

    const declared = await fetch(`${origin}/graphql`, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    const undeclared = await fetch(`${origin}/graphql`, { method: 'POST', body: chunked, duplex: 'half' } as RequestInit);
    const accepted = await fetch(`${origin}/graphql`, { method: 'POST', body: 'x'.repeat(1024 * 1024) });

    expect([declared.status, await declared.text()]).toEqual([413, refusal]);
    expect([undeclared.status, await undeclared.text()]).toEqual([413, refusal]);
    expect(accepted.status).toBe(200);
  });

  test('answers InternalFailure and logs when the API breaks', async () => {
    const { origin, lines } = await start([fakeApi('Shop', { handle: async () => Promise.reject(new Error('broken')) })]);

    const response = await fetch(`${origin}/graphql`, { method: 'POST', body: '{}' });

    expect([response.status, await response.text()]).toEqual([500, '{"errors":[{"errorType":"InternalFailure","message":"Internal Failure"}]}']);
    expect(lines).toEqual([expect.stringMatching(/^http: POST \/graphql failed: Error: broken\n/)]);
  });

  test('answers bytes that are no HTTP by 400 and one line', async () => {
    const { server, origin, lines } = await start([fakeApi('Shop')]);

    expect(await exchangeBytes(server.port, '\x00\x01garbage\r\n\r\n')).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(lines).toEqual(['http: Invalid method encountered; connection closed']);
    expect((await fetch(`${origin}/graphql`)).status).toBe(200);
  });

  test('lives on when a client leaves in the middle of its body', async () => {
    const { server, origin, lines } = await start([fakeApi('Shop')]);
    const socket = netConnect(server.port, '127.0.0.1');
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
    await once(socket, 'connect');
    socket.destroy();

    expect((await fetch(`${origin}/graphql`)).status).toBe(200);
    expect(lines).toEqual([]);
  });
});

describe('TLS', () => {
  test('answers https and http on the same port', async () => {
    const { server, origin } = await start([fakeApi('Shop')], { tls: pems });

    const overTls = await new Promise<string>((resolve, reject) => {
      const request = httpsRequest(`${server.apis[0]?.httpsUrl}`, { method: 'POST', ca: pems.cert, servername: 'localhost', checkServerIdentity: () => undefined }, (response) => {
        response.on('data', (chunk) => resolve(String(chunk)));
      });
      request.on('error', reject);
      request.end('secret');
    });

    expect(JSON.parse(overTls)).toMatchObject({ name: 'Shop', body: 'secret' });
    expect(await (await fetch(`${origin}/graphql`, { method: 'POST', body: 'plain' })).json()).toMatchObject({ body: 'plain' });
  });

  test.each(['wss', 'ws'])('speaks the real-time protocol over %s', async (scheme) => {
    const shop = fakeApi('Shop');
    const { server } = await start([shop], { tls: pems });
    const client = await Client.connect(`${scheme}://127.0.0.1:${server.port}/graphql/realtime`);
    await client.subscribe('1');

    shop.subscriptions.publish({ fieldName: 'sendMessage', payload: 'x'.repeat(100_000) });
    shop.subscriptions.publish({ fieldName: 'sendMessage', payload: 'hi' });

    expect(await client.next()).toBe(`{"id":"1","type":"data","payload":{"data":{"onMessage":"${'x'.repeat(100_000)}"}}}`);
    expect(await client.next()).toBe('{"id":"1","type":"data","payload":{"data":{"onMessage":"hi"}}}');
  });

  test('lives on after a broken handshake, with one line', async () => {
    const { server, origin, lines } = await start([fakeApi('Shop')], { tls: pems });
    await exchangeBytes(server.port, Buffer.from([0x16, 0xff, 0xff, 0x00, 0x02, 0xff, 0xff]));
    await until(() => lines.length > 0);

    expect(lines).toEqual(['https: wrong version number; connection closed']);
    expect((await fetch(`${origin}/graphql`)).status).toBe(200);
  });

  test('closes at once while a client has connected and said nothing', async () => {
    const { server } = await start([fakeApi('Shop')], { tls: pems });
    const silent: Socket = netConnect(server.port, '127.0.0.1');
    await once(silent, 'connect');

    const ended = once(silent, 'close');
    silent.resume();
    await server.close();
    await ended;
  });
});

describe('WebSocket', () => {
  test('speaks the protocol with a real client', async () => {
    const { server } = await start([fakeApi('Shop')]);
    const client = await Client.connect(`ws://127.0.0.1:${server.port}/shop/graphql/realtime`);
    client.socket.send('{"type":"connection_init"}');

    expect(client.socket.protocol).toBe('graphql-ws');
    expect(await client.next()).toBe('{"type":"connection_ack","payload":{"connectionTimeoutMs":300000}}');
    expect(await client.next()).toBe('{"type":"ka"}');
    await client.subscribe('1');
    client.socket.send('{"type":"stop","id":"1"}');
    expect(await client.next()).toBe('{"type":"complete","id":"1"}');
  });

  test('reads the upgrade request, and echoes graphql-ws alone', async () => {
    const shop = fakeApi('Shop');
    const { server } = await start([shop]);
    const header = Buffer.from('{"x-api-key":"k"}').toString('base64url');

    const client = await Client.connect(`ws://127.0.0.1:${server.port}/shop/graphql?header=eyJhIjoxfQ%3D%3D&payload=e30=&x-tenant=t1`, ['graphql-ws', `header-${header}`], { 'x-custom': '1' });

    expect(client.socket.protocol).toBe('graphql-ws');
    expect(shop.upgrades).toEqual([
      { path: '/shop/graphql', headerQuery: 'eyJhIjoxfQ==', protocols: ['graphql-ws', `header-${header}`], headers: expect.objectContaining({ 'x-custom': '1' }), query: { 'x-tenant': 't1' }, sourceIp: '127.0.0.1' },
    ]);
  });

  test('takes plain base64 in the subprotocol, which RFC 6455 does not allow', async () => {
    const shop = fakeApi('Shop');
    const { server } = await start([shop]);
    const lines = ['GET /graphql/realtime HTTP/1.1', 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol: graphql-ws, header-eyJ4IjoiPz8/In0=', '', ''];
    const socket = netConnect(server.port, '127.0.0.1');
    socket.write(lines.join('\r\n'));

    const [answer] = (await once(socket, 'data')) as [Buffer];

    expect(String(answer)).toMatch(/^HTTP\/1.1 101 Switching Protocols\r\n/);
    expect(String(answer)).toContain('Sec-WebSocket-Protocol: graphql-ws\r\n');
    expect(shop.upgrades[0]?.protocols).toEqual(['graphql-ws', 'header-eyJ4IjoiPz8/In0=']);
    socket.destroy();
  });

  test('tells a client without subprotocol what it lacks', async () => {
    const { server } = await start([fakeApi('Shop')]);
    const client = await Client.connect(`ws://127.0.0.1:${server.port}/graphql/realtime`, []);
    client.socket.send('{}');

    expect(await client.next()).toBe('{"payload":{"errors":[{"message":"NoProtocolError","errorCode":400}]},"type":"connection_error"}');
    expect(await client.closed()).toBe(1008);
  });

  test('refuses an upgrade at an unknown path by 404', async () => {
    const { server } = await start([fakeApi('Shop')]);
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/nothing`, ['graphql-ws']);
    const [error] = (await once(socket, 'error')) as [Error];

    expect(error.message).toBe('Unexpected server response: 404');
  });

  test('refuses an upgrade that is no WebSocket handshake, and lives on', async () => {
    const { server, origin } = await start([fakeApi('Shop')]);

    expect(await exchangeBytes(server.port, 'GET /graphql/realtime HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    expect((await fetch(`${origin}/graphql`)).status).toBe(200);
  });

  test('closes a connection whose frame is larger than 1 MB, with one line', async () => {
    const { server, lines } = await start([fakeApi('Shop')]);
    const client = await Client.connect(`ws://127.0.0.1:${server.port}/graphql/realtime`);
    client.socket.send('x'.repeat(1024 * 1024 + 1));

    expect(await client.closed()).toBe(1009);
    expect(lines).toEqual(['realtime: Max payload size exceeded; connection closed']);
  });

  test('removes the subscriptions of a client that vanishes', async () => {
    const shop = fakeApi('Shop');
    const { server, lines } = await start([shop]);
    const client = await Client.connect(`ws://127.0.0.1:${server.port}/graphql/realtime`);
    await client.subscribe('1');

    client.socket.terminate();
    await until(() => shop.subscriptions.size === 0);

    expect(lines).toEqual([]);
  });

  test('drops a client that does not read, and delivers to the others', async () => {
    const shop = fakeApi('Shop');
    const { server, lines } = await start([shop]);
    const slow = await Client.connect(`ws://127.0.0.1:${server.port}/graphql/realtime`);
    const good = await Client.connect(`ws://127.0.0.1:${server.port}/graphql/realtime`);
    await slow.subscribe('1');
    await good.subscribe('1');
    slow.socket.pause();

    const payload = 'x'.repeat(200_000);
    let received = 0;
    while (lines.length === 0) {
      shop.subscriptions.publish({ fieldName: 'sendMessage', payload });
      expect(await good.next()).toContain('"type":"data"');
      received++;
    }

    expect(received).toBeGreaterThan(40);
    expect(lines).toEqual([expect.stringMatching(/^realtime: client does not read, \d+ bytes are waiting; connection closed$/)]);
    expect(shop.subscriptions.size).toBe(1);
  });

  test('delivers to many clients, with ids of any form', async () => {
    const shop = fakeApi('Shop');
    const { server } = await start([shop]);
    const ids = ['1', 'ü', 'a\\"b', 'f3f1c6a2-58d5-4a1c-9a3e-0c3b8f1f7f10'];
    const clients = await Promise.all(ids.map(() => Client.connect(`ws://127.0.0.1:${server.port}/graphql/realtime`)));
    await Promise.all(clients.map((client, index) => client.subscribe(ids[index]!)));

    shop.subscriptions.publish({ fieldName: 'sendMessage', payload: 1 });
    shop.subscriptions.publish({ fieldName: 'sendMessage', payload: { text: '€' } });

    for (const [index, client] of clients.entries()) {
      expect(JSON.parse(await client.next())).toEqual({ id: ids[index], type: 'data', payload: { data: { onMessage: 1 } } });
      expect(JSON.parse(await client.next())).toEqual({ id: ids[index], type: 'data', payload: { data: { onMessage: { text: '€' } } } });
    }
  });
});

describe('setApis', () => {
  test('keeps the connections of an API that is still there and closes the others', async () => {
    const shop = fakeApi('Shop');
    const chat = fakeApi('Chat');
    const { server, origin } = await start([shop, chat]);
    const buyer = await Client.connect(`ws://127.0.0.1:${server.port}/shop/graphql/realtime`);
    const talker = await Client.connect(`ws://127.0.0.1:${server.port}/chat/graphql/realtime`);
    await buyer.subscribe('1');

    server.setApis([shop.api, fakeApi('Blog').api]);

    expect(await talker.closed()).toBe(1001);
    shop.subscriptions.publish({ fieldName: 'sendMessage', payload: 1 });
    expect(await buyer.next()).toContain('"onMessage":1');
    expect((await fetch(`${origin}/chat/graphql`)).status).toBe(404);
    expect((await fetch(`${origin}/blog/graphql`)).status).toBe(200);
    expect(server.apis.map(({ name }) => name)).toEqual(['Shop', 'Blog']);
  });
});

describe('close', () => {
  test('ends WebSockets with 1001 and idle HTTP connections, and frees the port', async () => {
    const shop = fakeApi('Shop');
    const { server, origin } = await start([shop]);
    await (await fetch(`${origin}/graphql`)).text();
    const client = await Client.connect(`ws://127.0.0.1:${server.port}/graphql/realtime`);
    await client.subscribe('1');

    const closed = client.closed();
    await server.close();

    expect(await closed).toBe(1001);
    expect(shop.subscriptions.size).toBe(0);
    await start([], { port: server.port });
  });
});
