/**
 * Opens the port: HTTP, HTTPS and WebSocket for every local API. The only file that does.
 * With a certificate the one port speaks http and https, told apart by the first byte of a connection: official clients derive
 * the WebSocket address from the HTTP one, and some of them dial `wss://` whatever the HTTP address says.
 */
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createNetServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { type Diagnostic, DiagnosticError } from '../diagnostics';
import { type ApiRoutes, createRoutes } from './api-routes';
import { answerThroughFetch, type HttpRequest, type HttpResponse } from './http-message';
import { headersOf, parametersOf, pathOf, queryOf, readBody, sourceIpOf } from './incoming-request';
import type { LocalApi } from './local-api';
import { Outbox, type Outlet } from './outbox';
import { type RealtimeSocket, type RealtimeUpgrade, SUBPROTOCOL } from './realtime';

const DEFAULT_PORT = 4000;
const DEFAULT_HOST = '127.0.0.1';
/** Enough for the 10,000 clients a load test opens at once. */
const BACKLOG = 4096;
const MAX_FRAME_BYTES = 1024 * 1024;
/** Longer than clients keep an idle connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 65_000;
/** How long `close` waits for peers to take their last bytes. */
const CLOSE_WAIT_MS = 500;
/** Codes of a peer that left, the last one in the middle of a request. */
const DEPARTURES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE']);
/** First byte of a TLS connection: a handshake record. Source: RFC 8446 §5.1 */
const TLS_HANDSHAKE = 0x16;

/** Answers requests that are for no API. `isSecure` tells https from http. */
export type OtherHandler = (request: HttpRequest & { readonly isSecure: boolean }) => Promise<HttpResponse | undefined>;

export interface ServeOptions {
  /** 0 picks a free port. @default 4000 */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** Certificate and key in PEM; without them only plain HTTP is served. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Answers what no API does, such as a page that uses one; undefined for what it does not know either. Paths of APIs never reach it. */
  readonly otherwise?: OtherHandler;
  readonly log: (line: string) => void;
}

export interface ServedApi {
  readonly name: string;
  readonly url: string;
  readonly realtimeUrl: string;
  /** Empty without TLS. */
  readonly httpsUrl: string;
}

export interface LocalServer {
  readonly port: number;
  readonly apis: readonly ServedApi[];
  /** Replaces the set of APIs without closing the port; live connections of an API that is still there go on. */
  setApis(apis: readonly LocalApi[]): void;
  close(): Promise<void>;
}

/**
 * Serves each API at `/<name>/graphql` and `/<name>/graphql/realtime`, a single one at `/graphql` and `/graphql/realtime` too.
 * @throws DiagnosticError `RUN_PORT_IN_USE` when the port is taken, with the next free one as the fix;
 * `RUN_CANNOT_LISTEN` when the host or port cannot be used at all
 */
export async function serve(apis: readonly LocalApi[], options: ServeOptions): Promise<LocalServer> {
  const server = new PortServer(apis, options);
  await server.listen();
  return server;
}

class PortServer implements LocalServer {
  private readonly listener: Server;
  private readonly sockets = new Set<Socket>();
  private readonly sessions = new Set<Session>();
  private readonly webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false, maxPayload: MAX_FRAME_BYTES });
  private readonly outbox: Outbox;
  private readonly log: (line: string) => void;
  private readonly host: string;
  private routes: ApiRoutes<LocalApi>;
  /** The end of this turn of the event loop, once somebody waits for it. */
  private turn: Promise<void> | undefined;
  private boundPort = 0;

  constructor(
    apis: readonly LocalApi[],
    private readonly options: ServeOptions,
  ) {
    this.log = options.log;
    this.outbox = new Outbox({ log: options.log });
    this.host = options.host ?? DEFAULT_HOST;
    this.routes = createRoutes(apis);
    this.listener = this.createListener();
    const { sockets } = this;
    // One function for all sockets: it is called on the socket it is set on.
    function forget(this: Socket): void {
      sockets.delete(this);
    }
    this.listener.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', forget);
    });
  }

  get port(): number {
    return this.boundPort;
  }

  get apis(): readonly ServedApi[] {
    const { tls } = this.options;
    const authority = `${addressable(this.host)}:${this.boundPort}`;
    return this.routes.list.map(({ api, path }) => ({
      name: api.model.name,
      url: `http://${authority}${path}`,
      realtimeUrl: `${tls ? 'wss' : 'ws'}://${authority}${path}/realtime`,
      httpsUrl: tls ? `https://${authority}${path}` : '',
    }));
  }

  async listen(): Promise<void> {
    const { port = DEFAULT_PORT } = this.options;
    try {
      await listening(this.listener, port, this.host);
    } catch (error) {
      throw new DiagnosticError([await listenProblem(error as NodeJS.ErrnoException, port, this.host)]);
    }
    this.boundPort = (this.listener.address() as AddressInfo).port;
    this.listener.on('error', (error) => this.log(`server: ${error.message}`));
  }

  setApis(apis: readonly LocalApi[]): void {
    this.routes = createRoutes(apis);
    const kept = new Set(apis.map((api) => api.model.apiId));
    for (const session of this.sessions) {
      if (!kept.has(session.apiId)) session.close(1001, 'API removed');
    }
  }

  async close(): Promise<void> {
    for (const session of this.sessions) session.close(1001, 'Server stopped');
    const closed = new Promise<void>((resolve) => this.listener.close(() => resolve()));
    for (const socket of this.sockets) socket.destroySoon();
    const deadline = setTimeout(() => this.sockets.forEach((socket) => socket.destroy()), CLOSE_WAIT_MS);
    await closed;
    clearTimeout(deadline);
  }

  private createListener(): Server {
    const { tls } = this.options;
    const http = this.prepared(createHttpServer(), 'http');
    if (!tls) return http;
    const https = this.prepared(createHttpsServer(tls), 'https');
    return createNetServer({ noDelay: true }, (socket) => {
      const onError = (error: Error) => this.report('server', error);
      socket.on('error', onError);
      socket.once('data', (firstBytes: Buffer) => {
        // Whoever gets the socket now reports its errors; one that comes in between must not end the process.
        socket.off('error', onError).on('error', ignore);
        socket.pause();
        socket.unshift(firstBytes);
        (firstBytes[0] === TLS_HANDSHAKE ? https : http).emit('connection', socket);
        process.nextTick(() => socket.resume());
      });
    });
  }

  private prepared<HttpServer extends ReturnType<typeof createHttpServer>>(server: HttpServer, protocol: 'http' | 'https'): HttpServer {
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.answer(request, response).catch((error: unknown) => {
        // A client that left while it was sending is no news.
        if (request.destroyed && !request.complete) return;
        this.log(`${protocol}: ${request.method} ${request.url} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        if (!response.headersSent) respond(response, failure(500, 'InternalFailure', 'Internal Failure'));
      });
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head));
    server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
      this.report(protocol, error);
      // Only a client that got as far as HTTP can read the answer.
      if (socket.writable && error.code?.startsWith('HPE_')) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      else socket.destroy();
    });
    return server;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.answerTo(request);
    await this.endOfTurn();
    respond(response, answer);
  }

  /**
   * The answers of one turn of the event loop leave one right after the other: a client with several requests on their way is then woken once
   * for all of them, and to wake it is what a write costs most.
   */
  private endOfTurn(): Promise<void> {
    this.turn ??= new Promise((resolve) =>
      setImmediate(() => {
        this.turn = undefined;
        resolve();
      }),
    );
    return this.turn;
  }

  private async answerTo(request: IncomingMessage): Promise<HttpResponse> {
    const path = pathOf(request);
    const api = this.routes.forHttp(path);
    const { otherwise } = this.options;
    if (!api && !otherwise) return this.notFound(path);
    const body = await readBody(request);
    // Assumed: type and text; the service's own limit is not documented.
    if (body === undefined) return failure(413, 'MalformedHttpRequestException', 'Request body is too large.');
    const message: HttpRequest = { method: request.method ?? 'GET', path, query: queryOf(request), headers: headersOf(request), body, sourceIp: sourceIpOf(request) };
    if (!api) return (await otherwise?.({ ...message, isSecure: 'encrypted' in request.socket })) ?? this.notFound(path);
    return api.handle ? api.handle(message) : answerThroughFetch((req, peer) => api.fetch(req, peer), message);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const onError = (error: NodeJS.ErrnoException) => this.report('realtime', error);
    socket.on('error', onError);
    const path = pathOf(request);
    const route = this.routes.forRealtime(path);
    if (!route) return refuseUpgrade(socket, this.notFound(path));
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
    // `ws` would refuse the plain base64 that some clients put into `header-…`, and must echo `graphql-ws` alone.
    if (protocols.includes(SUBPROTOCOL)) request.headers['sec-websocket-protocol'] = SUBPROTOCOL;
    else delete request.headers['sec-websocket-protocol'];
    const { header: headerQuery, ...query } = parametersOf(request);
    const upgrade = { path: route.path, headerQuery, protocols, headers: headersOf(request), query, sourceIp: sourceIpOf(request) };
    this.webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      socket.off('error', onError);
      this.attach(webSocket, socket, route.api, upgrade);
    });
  }

  /** Apart from `upgrade`, so that the listeners of a connection do not keep its request in memory. */
  private attach(webSocket: WebSocket, socket: Duplex, api: LocalApi, upgrade: RealtimeUpgrade): void {
    const session = new Session(webSocket, socket, this.outbox, api.model.apiId);
    this.sessions.add(session);
    const connection = api.realtime.connect(session, upgrade);
    webSocket.on('message', (data) => connection.message(String(data)));
    webSocket.on('error', (error) => this.report('realtime', error));
    webSocket.on('close', () => {
      this.sessions.delete(session);
      connection.closed();
    });
  }

  private notFound(path: string): HttpResponse {
    const urls = this.apis.map(({ url }) => url);
    return json(404, { message: `no API at "${path}"`, urls });
  }

  /** One line for what a peer did to its connection. Peers that simply go away are no news. */
  private report(protocol: string, error: NodeJS.ErrnoException & { readonly reason?: string }): void {
    if (error.code !== undefined && DEPARTURES.has(error.code)) return;
    // OpenSSL and the HTTP parser put what happened into `reason`, and their own inner life into `message`.
    this.log(`${protocol}: ${error.reason ?? error.message}; connection closed`);
  }
}

/** One WebSocket, as the real-time protocol sees it. Frames go past `ws` to the socket below it, which `ws` leaves alone between its own. */
class Session implements RealtimeSocket {
  private readonly outlet: Outlet;

  constructor(
    private readonly webSocket: WebSocket,
    socket: Duplex,
    outbox: Outbox,
    readonly apiId: string,
  ) {
    this.outlet = outbox.outlet(socket, () => webSocket.terminate());
  }

  send(text: string): void {
    if (this.webSocket.readyState === WebSocket.OPEN) this.outlet.send(text);
  }

  close(code: number, reason: string): void {
    this.outlet.flush();
    this.webSocket.close(code, reason);
  }
}

function respond(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function refuseUpgrade(socket: Duplex, { status, headers, body }: HttpResponse): void {
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} Not Found`, ...lines, '', body].join('\r\n'));
}

function ignore(): void {}

/** The form of AppSync's own refusals. */
function failure(status: number, errorType: string, message: string): HttpResponse {
  return json(status, { errors: [{ errorType, message }] });
}

function json(status: number, content: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' }, body: JSON.stringify(content) };
}

/** What a client on this machine dials for a bound address. */
function addressable(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::1', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

async function listening(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function listenProblem(error: NodeJS.ErrnoException, port: number, host: string): Promise<Diagnostic> {
  if (error.code !== 'EADDRINUSE') {
    return {
      code: 'RUN_CANNOT_LISTEN',
      severity: 'error',
      message: `cannot listen on port ${port} of "${host}": ${error.message}`,
      notes: [],
      fix: 'choose a port from 1024 to 65535 and an address of this machine',
    };
  }
  return {
    code: 'RUN_PORT_IN_USE',
    severity: 'error',
    message: `port ${port} of "${host}" is in use`,
    notes: [],
    fix: `use port ${await nextFreePort(port, host)}, or stop the program that listens on ${port}`,
  };
}

async function nextFreePort(taken: number, host: string): Promise<number> {
  // 0 lets the system choose, in case all the near ones are taken.
  const near = Array.from({ length: 20 }, (_, index) => taken + 1 + index).filter((port) => port < 65_536);
  for (const port of [...near, 0]) {
    const probe = createNetServer();
    try {
      await listening(probe, port, host);
      return (probe.address() as AddressInfo).port;
    } catch {
      continue;
    } finally {
      probe.close();
    }
  }
  return taken;
}
