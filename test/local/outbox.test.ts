import { Writable } from 'node:stream';
import { Outbox, type OutboxOptions } from '../../lib/local/outbox';

const kilobyte = 'x'.repeat(1_024);

/** The socket of a client; `isReading: false` takes bytes and never says that they have left. */
class FakeSocket extends Writable {
  readonly writes: Buffer[] = [];

  constructor(private readonly isReading = true) {
    super({ highWaterMark: 1_024, decodeStrings: true });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.writes.push(chunk);
    if (this.isReading) done();
  }
}

function setUp(options: Partial<OutboxOptions> = {}) {
  const lines: string[] = [];
  const outbox = new Outbox({ log: (line) => lines.push(line), ...options });
  const client = (isReading = true) => {
    const socket = new FakeSocket(isReading);
    return { socket, outlet: outbox.outlet(socket, () => socket.destroy()) };
  };
  return { lines, client };
}

/** The end of this turn of the event loop. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Payloads of unmasked text frames. */
function payloads(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    expect(bytes[at]).toBe(0x81);
    const short = bytes[at + 1] ?? 0;
    const [head, length] = short < 126 ? [2, short] : short === 126 ? [4, bytes.readUInt16BE(at + 2)] : [10, Number(bytes.readBigUInt64BE(at + 2))];
    found.push(String(bytes.subarray(at + head, at + head + length)));
    at += head + length;
  }
  return found;
}

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 300_000])('frames a text of %d bytes', async (length) => {
  const { client } = setUp();
  const { socket, outlet } = client();
  outlet.send('y'.repeat(length));
  await turn();

  expect(payloads(Buffer.concat(socket.writes))).toEqual(['y'.repeat(length)]);
});

test('counts bytes and not characters', async () => {
  const { client } = setUp();
  const { socket, outlet } = client();
  outlet.send('ж€😀'.repeat(20));
  await turn();

  expect(payloads(Buffer.concat(socket.writes))).toEqual(['ж€😀'.repeat(20)]);
});

test('writes what was sent in one turn at once, in order, and what is sent later later', async () => {
  const { client } = setUp();
  const { socket, outlet } = client();
  for (const text of ['a', 'b', 'c']) outlet.send(text);
  expect(socket.writes).toEqual([]);
  await turn();
  outlet.send('d');
  await turn();

  expect(socket.writes.map(payloads)).toEqual([['a', 'b', 'c'], ['d']]);
});

test('does not let a turn gather without end', () => {
  const { client } = setUp();
  const { socket, outlet } = client();
  for (let count = 0; count < 100; count++) outlet.send(kilobyte);

  expect(socket.writes).toHaveLength(1);
});

test('writes nothing to a socket that has ended meanwhile', async () => {
  const { client, lines } = setUp();
  const { socket, outlet } = client();
  outlet.send('a');
  socket.destroy();
  await turn();

  expect(socket.writes).toEqual([]);
  expect(lines).toEqual([]);
});

test('drops a client that leaves too much unread, with one line, and goes on with the others', async () => {
  const { client, lines } = setUp({ maxUnreadBytes: 10 * 1_024 });
  const deaf = client(false);
  const other = client();
  for (let count = 0; count < 12; count++) {
    for (const { outlet } of [deaf, other]) outlet.send(kilobyte);
    await turn();
  }

  expect(deaf.socket.destroyed).toBe(true);
  expect(lines).toEqual(['realtime: client does not read, 10280 bytes are waiting; connection closed']);
  expect(payloads(Buffer.concat(other.socket.writes))).toHaveLength(12);
});

test('drops those furthest behind when all clients together leave too much unread', async () => {
  const { client, lines } = setUp({ maxUnreadBytesInAll: 10 * 1_024 });
  const [slow, slower, slowest] = [client(false), client(false), client(false)];
  for (let count = 0; count < 3; count++) slow.outlet.send(kilobyte);
  for (let count = 0; count < 4; count++) slower.outlet.send(kilobyte);
  for (let count = 0; count < 5; count++) slowest.outlet.send(kilobyte);
  await turn();

  expect([slow, slower, slowest].map(({ socket }) => socket.destroyed)).toEqual([false, false, true]);
  expect(lines).toEqual(['realtime: clients do not read, 5140 bytes are waiting; connection closed']);
});

test('forgets clients that have caught up', async () => {
  const { client, lines } = setUp({ maxUnreadBytesInAll: 10 * 1_024 });
  const { socket, outlet } = client();
  for (let round = 0; round < 20; round++) {
    for (let count = 0; count < 4; count++) outlet.send(kilobyte);
    await turn();
  }

  expect(socket.destroyed).toBe(false);
  expect(lines).toEqual([]);
});
