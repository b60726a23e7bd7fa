/**
 * AppSync's real-time protocol (`graphql-ws`) over an abstract socket: handshake, authorization of the connection and of each start,
 * keep-alive, expiry. Imports no WebSocket library. docs/realtime-protocol.md says the same in tables; change both together.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */
import { randomUUID } from 'node:crypto';
import { realtimeFailure } from './auth';
import { type AuthFailure, type AuthRequest, type Caller, isFailure } from './auth/auth-mode';
import { connectHeaders, headerObject } from './connect-headers';
import type { Executor, OperationRequest, PreparedSubscription } from './executor';
import { KeepAlive } from './keep-alive';
import { validateFilter } from './subscription-filter';
import type { LiveSubscription, Subscriber, Subscriptions } from './subscriptions';

export const SUBPROTOCOL = 'graphql-ws';

const CONNECTION_TIMEOUT_MS = 300_000;
/** Source: quota "subscription connection time". */
const LIFETIME_MINUTES = 24 * 60;
const LIFETIME_MS = LIFETIME_MINUTES * 60_000;
/** Source: quota "subscriptions per connection"; 100 before 2025. */
const MAX_SUBSCRIPTIONS = 200;
/** How long a refused connection waits for the client to speak first. */
const REFUSAL_WAIT_MS = 100;
/** Frames kept while the connect is being authorized; more is an attack on memory. */
const MAX_WAITING_FRAMES = 1_000;

/** The socket as the protocol needs it. Neither method throws, whatever state the socket is in. */
export interface RealtimeSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** The upgrade request, read by the server. */
export interface RealtimeUpgrade {
  /** Path of the GraphQL endpoint the client knows, which it signs with IAM: `/shop/graphql`. @default '/graphql' */
  readonly path?: string;
  /** Value of `?header=`, undecoded; absent when not sent. */
  readonly headerQuery?: string;
  /** Subprotocols offered, in order: `graphql-ws`, `header-<base64url>`. */
  readonly protocols: readonly string[];
  /** Ordinary HTTP headers, lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Query parameters other than `header` and `payload`: custom headers of Amplify clients. */
  readonly query: Readonly<Record<string, string>>;
  readonly sourceIp: string;
}

export interface RealtimeOptions {
  readonly authenticate: (request: AuthRequest) => Promise<Caller | AuthFailure>;
  readonly executor: Pick<Executor, 'subscribe'>;
  readonly subscriptions: Subscriptions;
  readonly log: (line: string) => void;
  /** Timers, so that tests need no sleep. @default the real ones */
  readonly setTimer?: (callback: () => void, ms: number) => () => void;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

export interface RealtimeConnection {
  message(text: string): void;
  closed(): void;
}

export interface Realtime {
  connect(socket: RealtimeSocket, upgrade: RealtimeUpgrade): RealtimeConnection;
}

export function createRealtime(options: RealtimeOptions): Realtime {
  const setTimer = options.setTimer ?? realTimer;
  const now = options.now ?? Date.now;
  const host: Host = { ...options, setTimer, now, keepAlive: new KeepAlive(setTimer) };
  return { connect: (socket, upgrade) => new Connection(socket, upgrade, host) };
}

/** What the connections of an API share. */
interface Host extends Required<RealtimeOptions> {
  readonly keepAlive: KeepAlive;
}

/** What most connections have; one for all. */
const noHeaders: Readonly<Record<string, string>> = {};

/** One entry of the `errors` of an `error` or `connection_error` message. */
interface ProtocolError {
  readonly errorType?: string;
  readonly message: string;
  readonly errorCode?: number;
}

/** A frame as far as it could be understood. */
type Frame =
  | { readonly type: 'connection_init' }
  | { readonly type: 'start'; readonly id: string; readonly operation: OperationRequest; readonly data: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly type: 'stop'; readonly id: string }
  | { readonly type: 'unknown'; readonly id: string | undefined };

/** A start that has been taken: first being prepared, then live. */
class Operation implements Subscriber {
  private live: LiveSubscription | undefined;
  private cancelExpiry: (() => void) | undefined;

  constructor(
    private readonly id: string,
    private readonly connection: Connection,
  ) {}

  goLive(live: LiveSubscription, cancelExpiry: (() => void) | undefined): void {
    this.live = live;
    this.cancelExpiry = cancelExpiry;
  }

  deliver(payloadJson: string): void {
    this.connection.sendText(`{"id":${JSON.stringify(this.id)},"type":"data","payload":${payloadJson}}`);
  }

  /** Source: "forcibly unsubscribe and close a WebSocket connection" (real-time invalidation). Assumed: complete first, close code 1000. */
  end(): void {
    this.connection.send({ type: 'complete', id: this.id });
    this.connection.close(1000, 'Subscription complete.');
  }

  /** Ends delivery and its timer; nothing is there to end while it is being prepared. */
  release(): void {
    this.cancelExpiry?.();
    this.live?.remove();
  }
}

class Connection implements RealtimeConnection {
  private readonly operations = new Map<string, Operation>();
  private isOpen = true;
  private refusal: ProtocolError | undefined;
  private cancelRefusal: (() => void) | undefined;
  /** Frames that came before it was known whether the client may connect; undefined since then. */
  private waiting: Frame[] | undefined = [];
  /** The client has sent `connection_init` into that wait. */
  private isAwaitingAck = false;
  private minutes = 0;
  /** What starts need of the upgrade request; the rest of it is not kept. */
  private readonly path: string;
  private readonly customHeaders: Readonly<Record<string, string>>;
  private readonly sourceIp: string;

  constructor(
    private readonly socket: RealtimeSocket,
    upgrade: RealtimeUpgrade,
    private readonly host: Host,
  ) {
    this.path = upgrade.path ?? '/graphql';
    this.customHeaders = Object.keys(upgrade.query).length > 0 ? (headerObject(upgrade.query) ?? noHeaders) : noHeaders;
    this.sourceIp = upgrade.sourceIp;
    this.admit(upgrade).catch((bug: unknown) => this.report('connect', bug));
  }

  message(text: string): void {
    if (!this.isOpen) return;
    const frame = readFrame(text);
    if (this.waiting === undefined) return this.handle(frame);
    // Source: what a client sends between its connection_init and the ack is ignored.
    if (this.isAwaitingAck) return this.host.log(`realtime: "${frame.type}" message ignored, it came before connection_ack`);
    this.isAwaitingAck = frame.type === 'connection_init';
    this.waiting.push(frame);
    if (this.waiting.length <= MAX_WAITING_FRAMES) return;
    this.host.log(`realtime: client sent more than ${MAX_WAITING_FRAMES} messages before it was admitted; connection closed`);
    this.close(1008, 'Too many messages');
  }

  closed(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const operation of this.operations.values()) operation.release();
    this.operations.clear();
    this.cancelRefusal?.();
    this.host.keepAlive.delete(this);
  }

  /** Once a minute. */
  beat(): void {
    this.minutes++;
    if (this.minutes >= LIFETIME_MINUTES) this.close(1001, 'Connection lifetime exceeded');
    else this.send({ type: 'ka' });
  }

  send(message: Readonly<Record<string, unknown>>): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): void {
    if (this.isOpen) this.socket.send(text);
  }

  close(code: number, reason: string): void {
    this.closed();
    this.socket.close(code, reason);
  }

  private async admit(upgrade: RealtimeUpgrade): Promise<void> {
    this.refusal = await this.refusalOfConnect(upgrade);
    const frames = this.waiting ?? [];
    this.waiting = undefined;
    if (!this.isOpen) return;
    // Clients attach their listener after the handshake, so the answer waits for their first frame, but not for ever: they need not send any.
    // Assumed: AppSync may answer at once.
    if (this.refusal) this.cancelRefusal = this.host.setTimer(() => this.refuse(), REFUSAL_WAIT_MS);
    else this.host.keepAlive.add(this);
    for (const frame of frames) this.handle(frame);
  }

  private async refusalOfConnect(upgrade: RealtimeUpgrade): Promise<ProtocolError | undefined> {
    const { protocols } = upgrade;
    // Observed: aws/aws-appsync-community#195, graphql-dotnet/graphql-client#591
    if (!protocols.includes(SUBPROTOCOL)) return { message: protocols.length === 0 ? 'NoProtocolError' : 'SubProtocolNotSupportedError', errorCode: 400 };
    const headers = connectHeaders(upgrade);
    // Observed: graphql-dotnet/graphql-client#662. Assumed: a header object that cannot be decoded counts as missing.
    if (headers === undefined) return { message: 'Required headers are missing.', errorCode: 400 };
    const outcome = await this.authenticate({ method: 'POST', path: `${this.path}/connect`, headers, body: '{}', sourceIp: this.sourceIp });
    if (!isFailure(outcome)) return undefined;
    const { errorType, message, httpStatus } = realtimeFailure(outcome);
    return { errorType, message, errorCode: httpStatus };
  }

  private handle(frame: Frame): void {
    if (!this.isOpen) return;
    if (this.refusal) return this.refuse();
    switch (frame.type) {
      case 'connection_init':
        this.send({ type: 'connection_ack', payload: { connectionTimeoutMs: CONNECTION_TIMEOUT_MS } });
        this.send({ type: 'ka' });
        return;
      case 'start':
        // Not awaited: a slow resolver must not hold up the client's other subscriptions, nor its stop.
        this.start(frame).catch((bug: unknown) => this.report('start', bug));
        return;
      case 'stop':
        // Assumed: a stop is answered alike whether or not the id is in use.
        this.release(frame.id);
        this.send({ type: 'complete', id: frame.id });
        return;
      case 'unknown':
        // Observed: enisdenjo/graphql-ws#602. "unknown" stands for the operation type.
        this.sendErrors(frame.id, [{ errorType: 'UnsupportedOperation', message: 'unknown not supported through the realtime channel' }]);
        return;
    }
  }

  private async start(frame: Extract<Frame, { type: 'start' }>): Promise<void> {
    const { id } = frame;
    // Observed: aws-amplify/amplify-js#12818
    if (this.operations.has(id)) return this.sendErrors(id, [{ errorType: 'DuplicatedOperationError', message: `Duplicated operation with id ${id}` }]);
    if (this.operations.size >= MAX_SUBSCRIPTIONS) {
      return this.sendErrors(id, [{ errorType: 'MaxSubscriptionsReachedError', message: `Max number of ${MAX_SUBSCRIPTIONS} subscriptions reached` }]);
    }
    const operation = new Operation(id, this);
    this.operations.set(id, operation);
    const prepared = await this.prepare(frame);
    // A stop, or the end of the socket, came while the resolver ran: it wins.
    if (this.operations.get(id) !== operation) return;
    if ('errors' in prepared) {
      this.operations.delete(id);
      this.sendErrors(id, prepared.errors);
      return;
    }
    // No event can come in between: start_ack is always the first message of a subscription.
    this.send({ type: 'start_ack', id });
    operation.goLive(this.host.subscriptions.add(prepared.subscription, operation), this.expiry(id, prepared.caller));
  }

  /** Authorizes and resolves a start; also catches bugs of ours, so that a start is always answered. */
  private async prepare({
    operation,
    data,
    headers,
  }: Extract<Frame, { type: 'start' }>): Promise<{ readonly subscription: PreparedSubscription; readonly caller: Caller } | { readonly errors: readonly unknown[] }> {
    const caller = await this.authenticate({ method: 'POST', path: this.path, headers, body: data, sourceIp: this.sourceIp });
    if (isFailure(caller)) {
      const { errorType, message } = realtimeFailure(caller);
      return { errors: [{ errorType, message }] };
    }
    try {
      // Assumed: custom headers of the connect URL are headers of each subscription's request, below those of the start itself.
      const context = { caller, headers: { ...this.customHeaders, ...headers }, requestId: randomUUID() };
      const outcome = await this.host.executor.subscribe(operation, context);
      if (!outcome.ok) return { errors: outcome.errors };
      const { filter, invalidationFilter } = outcome.subscription;
      const problem = (filter && validateFilter(filter)) ?? (invalidationFilter && validateFilter(invalidationFilter));
      // Assumed: type and wording.
      if (problem !== undefined) return { errors: [{ errorType: 'BadRequestException', message: `Invalid subscription filter: ${problem}.` }] };
      return { subscription: outcome.subscription, caller };
    } catch (error) {
      this.report('start', error);
      return { errors: [{ errorType: 'InternalFailure', message: 'Internal Failure' }] };
    }
  }

  /**
   * Sets the end of the token that a start came with.
   * @returns what cancels it; undefined when the connection ends first
   * Assumed: an expired token ends the subscriptions it started, and the connection stays; clients reconnect on this error type.
   */
  private expiry(id: string, { expiresMs = Infinity }: Caller): (() => void) | undefined {
    const untilExpiryMs = expiresMs - this.host.now();
    if (untilExpiryMs >= LIFETIME_MS) return undefined;
    return this.host.setTimer(() => {
      this.release(id);
      this.sendErrors(id, [{ errorType: 'UnauthorizedException', message: 'Token has expired.' }]);
    }, Math.max(0, untilExpiryMs));
  }

  private release(id: string): void {
    this.operations.get(id)?.release();
    this.operations.delete(id);
  }

  private async authenticate(request: AuthRequest): Promise<Caller | AuthFailure> {
    try {
      return await this.host.authenticate(request);
    } catch (error) {
      this.report('authentication', error);
      return { httpStatus: 401, errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' };
    }
  }

  private refuse(): void {
    this.host.log(`realtime: connection refused: ${this.refusal?.message}`);
    this.send({ payload: { errors: [this.refusal] }, type: 'connection_error' });
    // Assumed: the code.
    this.close(1008, 'Connection refused');
  }

  /** Nothing a client sends reaches this; a bug of ours gets a line with its stack and the connection goes on. */
  private report(what: string, error: unknown): void {
    this.host.log(`realtime: ${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  private sendErrors(id: string | undefined, errors: readonly unknown[]): void {
    this.send(id === undefined ? { type: 'error', payload: { errors } } : { id, type: 'error', payload: { errors } });
  }
}

/** Anything a client may send; what makes no sense becomes `unknown`, never an exception. */
function readFrame(text: string): Frame {
  const frame = record(parse(text));
  const id = typeof frame?.id === 'string' ? frame.id : undefined;
  switch (frame?.type) {
    case 'connection_init':
      return { type: 'connection_init' };
    case 'stop':
      return id === undefined ? { type: 'unknown', id } : { type: 'stop', id };
    case 'start':
      return id === undefined ? { type: 'unknown', id } : readStart(id, record(frame.payload));
    default:
      return { type: 'unknown', id };
  }
}

/** `payload.data` is a string with JSON in it. Credentials that are missing are for authentication to refuse. */
function readStart(id: string, payload: Readonly<Record<string, unknown>> | undefined): Frame {
  if (typeof payload?.data !== 'string') return { type: 'unknown', id };
  const operation = record(parse(payload.data));
  if (typeof operation?.query !== 'string') return { type: 'unknown', id };
  const { query, operationName, variables } = operation;
  return {
    type: 'start',
    id,
    operation: { query, operationName: typeof operationName === 'string' ? operationName : null, variables: record(variables) ?? null },
    data: payload.data,
    headers: headerObject(record(payload.extensions)?.authorization) ?? {},
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** Does not keep the process alive: the socket does. */
function realTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms).unref();
  return () => clearTimeout(timer);
}
