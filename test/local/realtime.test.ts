import type { AuthFailure, AuthRequest, Caller } from '../../lib/local/auth/auth-mode';
import type { OperationRequest, PreparedSubscription, RequestContext, SubscriptionOutcome } from '../../lib/local/executor';
import { createRealtime, type RealtimeOptions, type RealtimeUpgrade } from '../../lib/local/realtime';
import { createSubscriptions } from '../../lib/local/subscriptions';

const caller: Caller = { mode: 'API_KEY', identity: null, groups: [] };
const unauthorized: AuthFailure = { httpStatus: 401, errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' };
const refusedConnect = '{"payload":{"errors":[{"errorType":"UnauthorizedException","message":"You are not authorized to make this call.","errorCode":401}]},"type":"connection_error"}';
const encodedHeader = Buffer.from(JSON.stringify({ host: 'localhost:4000', 'x-api-key': 'k' })).toString('base64url');
const upgrade: RealtimeUpgrade = { path: '/shop/graphql', protocols: ['graphql-ws', `header-${encodedHeader}`], headers: {}, query: {}, sourceIp: '127.0.0.1' };
const ack = '{"type":"connection_ack","payload":{"connectionTimeoutMs":300000}}';
const ka = '{"type":"ka"}';
const subscriptionQuery = 'subscription { onMessage { text } }';

function prepared(changes: Partial<PreparedSubscription> = {}): SubscriptionOutcome {
  const subscription = { fieldName: 'onMessage', mutations: ['sendMessage'], args: {}, projectionKey: 'k', project: (payload: unknown) => ({ data: { onMessage: payload } }), ...changes };
  return { ok: true, subscription };
}

function startFrame(id: string, query = subscriptionQuery, authorization: unknown = { host: 'localhost:4000', 'x-api-key': 'k' }) {
  return { id, type: 'start', payload: { data: JSON.stringify({ query, variables: { room: 'a' } }), extensions: { authorization } } };
}

/** Lets everything that waits for a promise go on; no clock involved. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

interface Timer {
  readonly ms: number;
  readonly run: () => void;
}

function setUp(options: Partial<RealtimeOptions> = {}, changes: Partial<RealtimeUpgrade> = {}) {
  const sent: string[] = [];
  const lines: string[] = [];
  const timers = new Set<Timer>();
  const log = (line: string) => void lines.push(line);
  const subscriptions = createSubscriptions({ log });
  const authenticate = jest.fn(async (_request: AuthRequest): Promise<Caller | AuthFailure> => caller);
  const subscribe = jest.fn(async (_operation: OperationRequest, _context: RequestContext): Promise<SubscriptionOutcome> => prepared());
  const realtime = createRealtime({
    authenticate,
    executor: { subscribe },
    subscriptions,
    log,
    now: () => 1_000_000,
    setTimer: (run, ms) => {
      const timer = { ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    ...options,
  });
  const connection = realtime.connect({ send: (text) => sent.push(text), close: (code, reason) => sent.push(`closed ${code} ${reason}`) }, { ...upgrade, ...changes });

  /** Sends frames in one go and gives what came back. */
  async function exchange(...frames: unknown[]): Promise<string[]> {
    sent.length = 0;
    for (const frame of frames) connection.message(typeof frame === 'string' ? frame : JSON.stringify(frame));
    await settled();
    return [...sent];
  }
  /** Runs the timers of a duration, as if that time had passed, and gives what came back. */
  function elapse(ms: number): string[] {
    sent.length = 0;
    for (const timer of [...timers].filter((candidate) => candidate.ms === ms)) {
      timers.delete(timer);
      timer.run();
    }
    return [...sent];
  }
  const publish = (payload: unknown) => subscriptions.publish({ fieldName: 'sendMessage', payload });
  return { connection, sent, lines, timers, subscriptions, authenticate, subscribe, exchange, elapse, publish };
}

/** Lets seconds pass one by one, and gives what came back. */
function seconds(elapse: (ms: number) => string[], count: number): string[] {
  return Array.from({ length: count }, () => elapse(1_000)).flat();
}

/** A promise and the way to fulfil it. */
function deferred<Value>() {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((fulfil) => (resolve = fulfil));
  return { promise, resolve };
}

describe('connecting', () => {
  test('acknowledges connection_init and sends a keep-alive right after', async () => {
    const { exchange } = setUp();

    expect(await exchange({ type: 'connection_init' })).toEqual([ack, ka]);
  });

  test('authenticates the header object as the signed connect request', async () => {
    const { exchange, authenticate } = setUp();
    await exchange({ type: 'connection_init' });

    expect(authenticate.mock.calls).toEqual([[{ method: 'POST', path: '/shop/graphql/connect', headers: { host: 'localhost:4000', 'x-api-key': 'k' }, body: '{}', sourceIp: '127.0.0.1' }]]);
  });

  test('signs /graphql/connect when the upgrade names no path', async () => {
    const { exchange, authenticate } = setUp({}, { path: undefined });
    await exchange({ type: 'connection_init' });

    expect(authenticate.mock.calls[0]?.[0].path).toBe('/graphql/connect');
  });

  test('answers the first frame of a client with bad credentials by connection_error and closes', async () => {
    const { exchange, subscriptions, subscribe, lines } = setUp({ authenticate: async () => unauthorized });
    await settled();

    expect(await exchange({ type: 'connection_init' }, startFrame('1'))).toEqual([refusedConnect, 'closed 1008 Connection refused']);
    expect(await exchange(startFrame('2'))).toEqual([]);
    expect(subscribe).not.toHaveBeenCalled();
    expect(subscriptions.size).toBe(0);
    expect(lines).toContain('realtime: connection refused: You are not authorized to make this call.');
  });

  test('tells a refused client that stays silent after a tenth of a second', async () => {
    const { elapse, timers } = setUp({ authenticate: async () => unauthorized });
    await settled();

    expect(elapse(100)).toEqual([refusedConnect, 'closed 1008 Connection refused']);
    expect(timers.size).toBe(0);
  });

  test('gives the status of the failure as errorCode', async () => {
    const { exchange } = setUp({ authenticate: async () => ({ httpStatus: 403, errorType: 'AccessDeniedException', message: 'no' }) });

    expect((await exchange({ type: 'connection_init' }))[0]).toBe('{"payload":{"errors":[{"errorType":"AccessDeniedException","message":"no","errorCode":403}]},"type":"connection_error"}');
  });

  test.each<[string, Partial<RealtimeUpgrade>, string]>([
    ['offers no subprotocol', { protocols: [] }, 'NoProtocolError'],
    ['offers another subprotocol', { protocols: ['graphql-transport-ws'] }, 'SubProtocolNotSupportedError'],
    ['sends no credentials', { protocols: ['graphql-ws'] }, 'Required headers are missing.'],
    ['sends a header object that is not JSON', { protocols: ['graphql-ws'], headerQuery: 'x' }, 'Required headers are missing.'],
  ])('refuses a client that %s', async (_, changes, message) => {
    const { exchange, authenticate } = setUp({}, changes);

    expect(await exchange({ type: 'connection_init' })).toEqual([`{"payload":{"errors":[{"message":"${message}","errorCode":400}]},"type":"connection_error"}`, 'closed 1008 Connection refused']);
    expect(authenticate).not.toHaveBeenCalled();
  });

  test('refuses when authentication itself breaks, and logs the bug', async () => {
    const { exchange, lines } = setUp({
      authenticate: async () => {
        throw new Error('broken');
      },
    });

    expect(await exchange({ type: 'connection_init' })).toEqual([refusedConnect, 'closed 1008 Connection refused']);
    expect(lines[0]).toMatch(/^realtime: authentication failed: Error: broken\n/);
  });

  test('ignores what comes between connection_init and its acknowledgement, and says so', async () => {
    const { exchange, lines, subscribe } = setUp();

    expect(await exchange({ type: 'connection_init' }, startFrame('1'))).toEqual([ack, ka]);
    expect(subscribe).not.toHaveBeenCalled();
    expect(lines).toEqual(['realtime: "start" message ignored, it came before connection_ack']);
    expect(await exchange(startFrame('1'))).toEqual(['{"type":"start_ack","id":"1"}']);
  });

  test('cuts a client off that sends without end before it is admitted, with one line', async () => {
    const { sent, exchange, lines } = setUp({ authenticate: () => new Promise(() => {}) });
    await exchange(...Array.from({ length: 2_000 }, () => ({ type: 'stop', id: '1' })));

    expect(sent).toEqual(['closed 1008 Too many messages']);
    expect(lines).toEqual(['realtime: client sent more than 1000 messages before it was admitted; connection closed']);
  });

  test('needs no connection_init', async () => {
    const { exchange } = setUp();

    expect(await exchange(startFrame('1'))).toEqual(['{"type":"start_ack","id":"1"}']);
  });

  test('waits for authentication before it handles a start', async () => {
    const admitted = deferred<Caller>();
    const { exchange, subscribe, sent } = setUp({ authenticate: () => admitted.promise });

    expect(await exchange(startFrame('1'))).toEqual([]);
    expect(subscribe).not.toHaveBeenCalled();
    admitted.resolve(caller);
    await settled();
    expect(sent).toEqual(['{"type":"start_ack","id":"1"}']);
  });
});

describe('timers', () => {
  test('sends a keep-alive every 60 seconds', async () => {
    const { exchange, elapse } = setUp();
    await exchange({ type: 'connection_init' });

    expect(seconds(elapse, 59)).toEqual([]);
    expect(seconds(elapse, 1)).toEqual([ka]);
    expect(seconds(elapse, 60)).toEqual([ka]);
  });

  test('ends the connection after 24 hours, with its subscriptions', async () => {
    const { exchange, elapse, subscriptions, timers } = setUp();
    await exchange(startFrame('1'));

    expect(seconds(elapse, 24 * 60 * 60 - 1)).toHaveLength(24 * 60 - 1);
    expect(seconds(elapse, 1)).toEqual(['closed 1001 Connection lifetime exceeded']);
    expect(subscriptions.size).toBe(0);
    expect(timers.size).toBe(0);
  });

  test('are all cancelled when the socket closes', async () => {
    const { connection, exchange, timers } = setUp({ authenticate: async () => ({ ...caller, expiresMs: 1_005_000 }) });
    await exchange(startFrame('1'));
    expect(timers.size).toBe(2);

    connection.closed();
    connection.closed();

    expect(timers.size).toBe(0);
  });

  test('are never set for a socket that closes during authentication', async () => {
    const { connection, timers } = setUp();
    connection.closed();
    await settled();

    expect(timers.size).toBe(0);
  });
});

describe('start', () => {
  test('is authorized by its own header object, over the body it carries', async () => {
    const { exchange, authenticate, subscribe } = setUp({}, { query: { 'X-Tenant': 't1', 'x-trace': 'of the connection' } });
    const frame = startFrame('1', subscriptionQuery, { Authorization: 'token', host: 'localhost:4000', 'x-trace': 'of the start' });
    await exchange(frame);

    expect(authenticate).toHaveBeenLastCalledWith({ method: 'POST', path: '/shop/graphql', headers: { authorization: 'token', host: 'localhost:4000', 'x-trace': 'of the start' }, body: frame.payload.data, sourceIp: '127.0.0.1' });
    expect(subscribe).toHaveBeenCalledWith(
      { query: subscriptionQuery, operationName: null, variables: { room: 'a' } },
      { caller, headers: { 'x-tenant': 't1', 'x-trace': 'of the start', authorization: 'token', host: 'localhost:4000' }, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    );
  });

  test('delivers events after start_ack', async () => {
    const { exchange, publish, sent } = setUp();
    await exchange(startFrame('a"b'));
    publish({ text: 'hi' });

    expect(sent).toEqual(['{"type":"start_ack","id":"a\\"b"}', '{"id":"a\\"b","type":"data","payload":{"data":{"onMessage":{"text":"hi"}}}}']);
  });

  test('does not deliver an event that was published while its resolver ran', async () => {
    const resolved = deferred<SubscriptionOutcome>();
    const { exchange, publish, sent } = setUp({ executor: { subscribe: () => resolved.promise } });
    await exchange(startFrame('1'));
    publish({ text: 'early' });
    resolved.resolve(prepared());
    await settled();
    publish({ text: 'late' });

    expect(sent).toEqual(['{"type":"start_ack","id":"1"}', '{"id":"1","type":"data","payload":{"data":{"onMessage":{"text":"late"}}}}']);
  });

  test('is refused with its own error when its credentials are bad, and the connection goes on', async () => {
    const { exchange } = setUp({ authenticate: async ({ headers }) => (headers['x-api-key'] === 'k' ? caller : unauthorized) });
    const refusal = '{"id":"1","type":"error","payload":{"errors":[{"errorType":"UnauthorizedException","message":"You are not authorized to make this call."}]}}';

    expect(await exchange(startFrame('1', subscriptionQuery, { 'x-api-key': 'other' }))).toEqual([refusal]);
    expect(await exchange({ id: '1', type: 'start', payload: { data: startFrame('1').payload.data } })).toEqual([refusal]);
    expect(await exchange(startFrame('1'))).toEqual(['{"type":"start_ack","id":"1"}']);
  });

  test('passes on the errors of validation and resolver, and frees the id', async () => {
    const errors = [{ path: ['onMessage'], data: null, errorType: 'Unauthorized', errorInfo: null, locations: [{ line: 1, column: 16, sourceName: null }], message: 'Not Authorized to access onMessage on type Subscription' }];
    const { exchange, subscribe } = setUp();
    subscribe.mockResolvedValueOnce({ ok: false, errors });

    expect(await exchange(startFrame('1'))).toEqual([JSON.stringify({ id: '1', type: 'error', payload: { errors } })]);
    expect(await exchange(startFrame('1'))).toEqual(['{"type":"start_ack","id":"1"}']);
  });

  test.each(['filter', 'invalidationFilter'])('is refused when its resolver set a bad %s', async (name) => {
    const bad = { filterGroup: [{ filters: [{ fieldName: 'a', operator: 'equals', value: 1 }] }] };
    const { exchange, subscriptions } = setUp({ executor: { subscribe: async () => prepared({ [name]: bad }) } });
    const message =
      'Invalid subscription filter: filterGroup[0].filters[0]: "operator" must be one of eq, ne, le, lt, ge, gt, contains, notContains, beginsWith, in, notIn, between, containsAny, got "equals".';

    expect(await exchange(startFrame('1'))).toEqual([JSON.stringify({ id: '1', type: 'error', payload: { errors: [{ errorType: 'BadRequestException', message }] } })]);
    expect(subscriptions.size).toBe(0);
  });

  test('is refused for an id in use, and the first subscription goes on', async () => {
    const { exchange, publish, sent } = setUp();
    await exchange(startFrame('1'));

    expect(await exchange(startFrame('1'))).toEqual(['{"id":"1","type":"error","payload":{"errors":[{"errorType":"DuplicatedOperationError","message":"Duplicated operation with id 1"}]}}']);
    sent.length = 0;
    publish(1);
    expect(sent).toEqual(['{"id":"1","type":"data","payload":{"data":{"onMessage":1}}}']);
  });

  test('is refused beyond 200 subscriptions of a connection, until one is stopped', async () => {
    const { exchange, subscriptions } = setUp();
    const acks = await exchange(...Array.from({ length: 201 }, (_, index) => startFrame(`${index}`)));

    expect(acks).toHaveLength(201);
    expect(acks.filter((text) => text.includes('start_ack'))).toHaveLength(200);
    expect(acks).toContain('{"id":"200","type":"error","payload":{"errors":[{"errorType":"MaxSubscriptionsReachedError","message":"Max number of 200 subscriptions reached"}]}}');
    expect(subscriptions.size).toBe(200);
    expect(await exchange({ type: 'stop', id: '7' }, startFrame('200'))).toEqual(['{"type":"complete","id":"7"}', '{"type":"start_ack","id":"200"}']);
  });

  test('answers InternalFailure and logs when our own code breaks', async () => {
    const { exchange, lines, subscribe } = setUp();
    subscribe.mockRejectedValueOnce(new Error('broken'));

    expect(await exchange(startFrame('1'))).toEqual(['{"id":"1","type":"error","payload":{"errors":[{"errorType":"InternalFailure","message":"Internal Failure"}]}}']);
    expect(lines[0]).toMatch(/^realtime: start failed: Error: broken\n/);
  });

  test('does not wait for the resolver of an earlier start', async () => {
    const slow = deferred<SubscriptionOutcome>();
    const { exchange, subscribe } = setUp();
    subscribe.mockReturnValueOnce(slow.promise);

    expect(await exchange(startFrame('slow'), startFrame('fast'))).toEqual(['{"type":"start_ack","id":"fast"}']);
  });
});

describe('a token that expires', () => {
  test('ends the subscription it started with an error, and the connection goes on', async () => {
    const { exchange, elapse, publish, subscriptions } = setUp({ authenticate: async ({ headers }) => (headers.authorization ? { ...caller, expiresMs: 1_090_000 } : caller) });
    await exchange(startFrame('1', subscriptionQuery, { authorization: 'token' }), startFrame('2'));

    expect(elapse(90_000)).toEqual(['{"id":"1","type":"error","payload":{"errors":[{"errorType":"UnauthorizedException","message":"Token has expired."}]}}']);
    expect(subscriptions.size).toBe(1);
    publish(1);
    expect(await exchange(startFrame('1'))).toEqual(['{"type":"start_ack","id":"1"}']);
  });

  test('has no effect after its subscription was stopped', async () => {
    const { exchange, elapse } = setUp({ authenticate: async () => ({ ...caller, expiresMs: 1_090_000 }) });
    await exchange(startFrame('1'));
    await exchange({ type: 'stop', id: '1' });

    expect(elapse(90_000)).toEqual([]);
  });

  test('needs no timer when it outlives the connection', async () => {
    const { exchange, timers } = setUp({ authenticate: async () => ({ ...caller, expiresMs: Number.MAX_SAFE_INTEGER }) });
    await exchange(startFrame('1'));

    expect([...timers].map(({ ms }) => ms)).toEqual([1_000]);
  });
});

describe('stop', () => {
  test('ends delivery and is answered by complete', async () => {
    const { exchange, publish, subscriptions, sent } = setUp();
    await exchange(startFrame('1'));

    expect(await exchange({ type: 'stop', id: '1' })).toEqual(['{"type":"complete","id":"1"}']);
    publish(1);
    expect(sent).toHaveLength(1);
    expect(subscriptions.size).toBe(0);
  });

  test('wins over a start whose resolver still runs', async () => {
    const slow = deferred<SubscriptionOutcome>();
    const { exchange, sent, subscribe, subscriptions } = setUp();
    subscribe.mockReturnValueOnce(slow.promise);

    expect(await exchange(startFrame('1'), { type: 'stop', id: '1' })).toEqual(['{"type":"complete","id":"1"}']);
    slow.resolve(prepared());
    await settled();
    expect(sent).toHaveLength(1);
    expect(subscriptions.size).toBe(0);
  });

  test('leaves a second start with the same id alone', async () => {
    const slow = deferred<SubscriptionOutcome>();
    const { exchange, sent, subscribe, subscriptions } = setUp();
    subscribe.mockReturnValueOnce(slow.promise);
    await exchange(startFrame('1'), { type: 'stop', id: '1' }, startFrame('1'));
    slow.resolve(prepared());
    await settled();

    expect(sent).toEqual(['{"type":"complete","id":"1"}', '{"type":"start_ack","id":"1"}']);
    expect(subscriptions.size).toBe(1);
  });

  test('is answered by complete for an id that is not in use', async () => {
    const { exchange } = setUp();

    expect(await exchange({ type: 'stop', id: '9' })).toEqual(['{"type":"complete","id":"9"}']);
  });
});

describe('an invalidated subscription', () => {
  test('is completed and its connection closed', async () => {
    const invalidationFilter = { filterGroup: [{ filters: [{ fieldName: 'userId', operator: 'eq', value: 'alice' }] }] };
    const { exchange, sent, subscriptions } = setUp({ executor: { subscribe: async () => prepared({ invalidationFilter }) } });
    await exchange(startFrame('1'));

    subscriptions.invalidate({ subscriptionField: 'onMessage', payload: { userId: 'alice' } });

    expect(sent.slice(1)).toEqual(['{"type":"complete","id":"1"}', 'closed 1000 Subscription complete.']);
  });
});

describe('a closed socket', () => {
  test('leaves no subscription behind and gets nothing more', async () => {
    const { connection, exchange, publish, sent, subscriptions } = setUp();
    await exchange(startFrame('1'), startFrame('2'));
    sent.length = 0;

    connection.closed();
    publish(1);

    expect(subscriptions.size).toBe(0);
    expect(await exchange({ type: 'connection_init' })).toEqual([]);
  });

  test('leaves no subscription behind when its start is still being prepared', async () => {
    const slow = deferred<SubscriptionOutcome>();
    const { connection, exchange, sent, subscribe, subscriptions } = setUp();
    subscribe.mockReturnValueOnce(slow.promise);
    await exchange(startFrame('1'));

    connection.closed();
    slow.resolve(prepared());
    await settled();

    expect(sent).toEqual([]);
    expect(subscriptions.size).toBe(0);
  });
});

describe('garbage', () => {
  const unsupported = (id?: string) => JSON.stringify({ ...(id !== undefined && { id }), type: 'error', payload: { errors: [{ errorType: 'UnsupportedOperation', message: 'unknown not supported through the realtime channel' }] } });

  test.each([
    ['text that is not JSON', 'hello', undefined],
    ['an empty frame', '', undefined],
    ['null', 'null', undefined],
    ['a list', '[]', undefined],
    ['no type', '{"id":"1"}', '1'],
    ['a type of the newer protocol', '{"id":"1","type":"subscribe","payload":{"query":"subscription { x }"}}', '1'],
    ['a type that objects inherit', '{"id":"1","type":"constructor"}', '1'],
    ['start without id', '{"type":"start","payload":{"data":"{}"}}', undefined],
    ['start with a number as id', '{"id":1,"type":"start"}', undefined],
    ['start without payload', '{"id":"1","type":"start"}', '1'],
    ['start with the operation itself as payload', '{"id":"1","type":"start","payload":{"query":"subscription { x }"}}', '1'],
    ['start with data that is no string', '{"id":"1","type":"start","payload":{"data":{"query":"subscription { x }"}}}', '1'],
    ['start with data that is not JSON', '{"id":"1","type":"start","payload":{"data":"subscription { x }"}}', '1'],
    ['start without query', '{"id":"1","type":"start","payload":{"data":"{\\"variables\\":{}}"}}', '1'],
    ['stop without id', '{"type":"stop"}', undefined],
  ])('%s gets an error, and the connection goes on', async (_, frame, id) => {
    const { exchange, subscribe } = setUp();

    expect(await exchange(frame)).toEqual([unsupported(id)]);
    expect(subscribe).not.toHaveBeenCalled();
    expect(await exchange({ type: 'connection_init' })).toEqual([ack, ka]);
  });

  test('variables and operation name of a wrong type count as absent', async () => {
    const { exchange, subscribe } = setUp();
    await exchange({ id: '1', type: 'start', payload: { data: JSON.stringify({ query: subscriptionQuery, variables: ['x'], operationName: 1 }), extensions: 'x' } });

    expect(subscribe.mock.calls[0]?.[0]).toEqual({ query: subscriptionQuery, operationName: null, variables: null });
  });
});
