/**
 * What a hostile or broken client may send to the WebSocket endpoint: handshakes, frames and messages, made from a seed so that a run that
 * fails can be repeated. `test/local/realtime-fuzz.test.ts` sends some of them, `npm run fuzz:realtime` 100,000.
 */
import { connect } from 'node:net';

/** Numbers below a limit, the same ones for the same seed. */
export type Random = (limit: number) => number;

/** mulberry32 */
export function randomNumbers(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

export interface Victim {
  readonly hostname: string;
  readonly port: number;
  /** `/notes/graphql` */
  readonly path: string;
  readonly apiKey: string;
  /** A subscription field with the argument `room: ID`. */
  readonly subscriptionField: string;
  /** A mutation it hears of. */
  readonly mutation: string;
}

/** One attack: what goes over a connection of its own. */
export interface Attack {
  readonly handshake: string;
  /** Sent after the handshake, whatever the answer. */
  readonly bytes: Buffer;
  /** Frames, or handshakes, that it counts for. */
  readonly count: number;
  /** Ends the connection without waiting for an answer. */
  readonly isAbrupt: boolean;
}

export function makeAttack(random: Random, victim: Victim, frames: number): Attack {
  const isGoodHandshake = random(4) > 0;
  // A frame that breaks the framing ends the connection, so half of the attacks stay within it and go further.
  const isWellFramed = random(2) === 0;
  const handshake = isGoodHandshake ? goodHandshake(random, victim) : badHandshake(random, victim);
  const parts = Array.from({ length: frames }, () => (isWellFramed ? frame(random, hostileMessage(random, victim)) : hostileFrame(random, victim)));
  return { handshake, bytes: Buffer.concat(parts), count: frames + (isGoodHandshake ? 0 : 1), isAbrupt: random(3) === 0 };
}

/** Sends an attack and resolves when its connection has ended, by the server or after it has been quiet. */
export async function carryOut({ hostname, port }: Victim, { handshake, bytes, isAbrupt }: Attack): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect({ host: hostname, port });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.setTimeout(30, () => socket.destroy());
    socket.resume();
    socket.write(handshake, 'latin1');
    socket.write(bytes, () => {
      if (isAbrupt) socket.destroy();
    });
  });
}

function goodHandshake(random: Random, { path, apiKey, hostname, port }: Victim): string {
  const header = base64(JSON.stringify({ host: `${hostname}:${port}`, 'x-api-key': random(5) === 0 ? 'wrong' : apiKey }));
  return handshake(`${path}/realtime?header=${encodeURIComponent(header)}&payload=e30=`, ['Sec-WebSocket-Protocol: graphql-ws']);
}

function badHandshake(random: Random, { path, apiKey }: Victim): string {
  const target = pick(random, [`${path}/realtime`, path, '/', '//', '/%', `${path}/realtime?header=${'A'.repeat(5_000)}`, `${path}/realtime?header=%%%`, `/${noise(random, 60)}`]);
  const protocols = pick(random, ['graphql-ws', 'graphql-transport-ws', ',', 'graphql-ws, header-', `graphql-ws, header-${base64('[1]')}`, `graphql-ws, header-${base64('{"x-api-key":{}}')}`, `header-${noise(random, 40)}`, 'x'.repeat(3_000)]);
  switch (random(8)) {
    case 0:
      return noise(random, 400);
    case 1:
      return `GET ${target} HTTP/1.1\r\n`;
    case 2:
      return handshake(target, [`Sec-WebSocket-Protocol: ${protocols}`], { version: '12' });
    case 3:
      return handshake(target, [`Sec-WebSocket-Protocol: ${protocols}`], { key: 'short' });
    case 4:
      return handshake(target, [`Sec-WebSocket-Protocol: ${protocols}`, `X-Api-Key: ${noise(random, 30).replace(/[\r\n]/g, '')}`]);
    case 5:
      return handshake(target, Array.from({ length: 200 }, (_, index) => `X-${index}: ${'v'.repeat(200)}`));
    case 6:
      return `POST ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 5\r\n\r\nhello`;
    default:
      return handshake(target, [`Sec-WebSocket-Protocol: ${protocols}`, 'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=999', `X-Api-Key: ${apiKey}`]);
  }
}

function handshake(target: string, headers: readonly string[], { version = '13', key = 'AAAAAAAAAAAAAAAAAAAAAA==' } = {}): string {
  return [`GET ${target} HTTP/1.1`, 'Host: localhost', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Key: ${key}`, `Sec-WebSocket-Version: ${version}`, ...headers, '', ''].join('\r\n');
}

/** A frame that is wrong, or a good one with a message that is. */
function hostileFrame(random: Random, victim: Victim): Buffer {
  switch (random(12)) {
    case 0:
      return Buffer.from(noise(random, 60), 'latin1');
    case 1:
      return frame(random, hostileMessage(random, victim), { opcode: random(16) });
    case 2:
      return frame(random, hostileMessage(random, victim), { isMasked: false });
    case 3:
      return frame(random, hostileMessage(random, victim), { reserved: 1 + random(7) });
    case 4:
      // Says that more is to come than ever does, up to 2^63.
      return Buffer.concat([Buffer.from([0x81, 0xff]), Buffer.from(Array.from({ length: 8 }, () => random(256))), Buffer.alloc(4 + random(20))]);
    case 5:
      return Buffer.concat([frame(random, hostileMessage(random, victim), { isLast: false }), frame(random, noise(random, 20), { opcode: random(3) })]);
    case 6:
      return frame(random, noise(random, 200), { opcode: 8 + random(3) });
    default:
      return frame(random, hostileMessage(random, victim));
  }
}

/** Masked as clients must; `text` may be no text at all. */
function frame(random: Random, text: string, { opcode = 1, isMasked = true, reserved = 0, isLast = true } = {}): Buffer {
  const payload = Buffer.from(text, random(10) === 0 ? 'latin1' : 'utf8');
  const length = payload.length < 126 ? Buffer.from([payload.length]) : payload.length < 65_536 ? Buffer.from([126, payload.length >> 8, payload.length & 0xff]) : Buffer.from([127, 0, 0, 0, 0, ...[24, 16, 8, 0].map((shift) => (payload.length >>> shift) & 0xff)]);
  if (isMasked) length[0] = (length[0] ?? 0) | 0x80;
  return Buffer.concat([Buffer.from([(isLast ? 0x80 : 0) | (reserved << 4) | opcode]), length, isMasked ? Buffer.alloc(4) : Buffer.alloc(0), payload]);
}

function hostileQuery(random: Random, { subscriptionField: field, mutation }: Victim): string {
  return pick(random, [
    `subscription { ${field} { id } }`,
    `subscription { ${field} { id } other: ${field} { id } }`,
    `subscription ($room: ID) { ${field}(room: $room) { id room body } }`,
    mutation,
    '{ __schema { types { name } } }',
    'subscription { nothing }',
    `subscription ${`{ ${field} `.repeat(300)}`,
    `{ ${'a '.repeat(4_000)}}`,
    `subscription ${`{ ${field} `.repeat(6_000)}`,
    'fragment F on Subscription { ...F } subscription { ...F }',
    '',
  ]);
}

function hostileMessage(random: Random, victim: Victim): string {
  const { apiKey } = victim;
  const id = pick<unknown>(random, ['1', '2', '', 'i'.repeat(2_000), 7, null, {}, '__proto__', 'constructor', '\u0000', '😀']);
  const variables = pick<unknown>(random, [{}, null, [], 'x', { room: 'a' }, { room: { a: 1 } }, { room: null, __proto__: { a: 1 } }, { room: 'r'.repeat(10_000) }]);
  const query = hostileQuery(random, victim);
  const data = pick<unknown>(random, [JSON.stringify({ query, variables }), JSON.stringify({ query, variables, operationName: pick<unknown>(random, ['x', 1, {}]) }), '{', '', 'null', '[]', 7, null, { query }, '['.repeat(5_000)]);
  const authorization = pick<unknown>(random, [{ 'x-api-key': apiKey }, { 'x-api-key': apiKey }, { 'x-api-key': 'wrong' }, { Authorization: 'Bearer a.b.c' }, { Authorization: 'AWS4-HMAC-SHA256 Credential=x' }, { Authorization: 'eyJ'.repeat(500) }, {}, null, [], 'x', { 'x-api-key': { a: 1 } }]);
  switch (random(9)) {
    case 0:
      return noise(random, 200);
    case 1:
      return JSON.stringify({ type: pick<unknown>(random, ['connection_init', 'connection_ack', 'data', 'ka', 'Start', 'stop', 'start', 7, null, {}]), id });
    case 2:
      return `${'['.repeat(1 + random(3_000))}`;
    case 3:
      return JSON.stringify(pick<unknown>(random, [[], 7, null, 'start', true, { type: { type: 'start' } }]));
    case 4:
      return JSON.stringify({ type: 'stop', id });
    case 5:
      return '{"type":"connection_init"}';
    default:
      return JSON.stringify({ id, type: 'start', payload: pick<unknown>(random, [{ data, extensions: { authorization } }, { data, extensions: { authorization } }, { data }, null, [], 'x', { data, extensions: null }]) });
  }
}

function noise(random: Random, limit: number): string {
  return String.fromCharCode(...Array.from({ length: random(limit) }, () => random(256)));
}

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random(choices.length)]!;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
