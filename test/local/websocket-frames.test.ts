import { Writable } from 'node:stream';
import { FrameBatch, textFrame } from '../../lib/local/websocket-frames';

/** Reads back one unmasked text frame. Source: RFC 6455 §5.2 */
function read(frame: Buffer): { length: number; text: string } {
  expect(frame[0]).toBe(0x81);
  const short = frame[1]!;
  if (short < 126) return { length: short, text: frame.toString('utf8', 2) };
  if (short === 126) return { length: frame.readUInt16BE(2), text: frame.toString('utf8', 4) };
  return { length: Number(frame.readBigUInt64BE(2)), text: frame.toString('utf8', 10) };
}

test.each([0, 100, 120, 121, 125, 126, 127, 65_530, 65_535, 65_536, 100_000])('frames a message with a shared part of %i bytes', (size) => {
  const shared = 'x'.repeat(size);

  const { length, text } = read(textFrame('{"i":', Buffer.from(shared), '}'));

  expect(length).toBe(size + 6);
  expect(text).toBe(`{"i":${shared}}`);
});

test('counts bytes and not characters', () => {
  const { length, text } = read(textFrame('ü', Buffer.from('€'), '😀'));

  expect(text).toBe('ü€😀');
  expect(length).toBe(9);
});

/** A socket that keeps each write as it would reach the system. */
function recorder() {
  const writes: Buffer[] = [];
  const socket = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      writes.push(chunk);
      done();
    },
    writev: (chunks, done) => {
      writes.push(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)));
      done();
    },
  });
  return { socket, writes };
}

const endOfTurn = () => new Promise((resolve) => setImmediate(resolve));

test('gives a socket its frames of one turn in one write, in order, with what others write in between', async () => {
  const batch = new FrameBatch();
  const one = recorder();
  const two = recorder();

  batch.write(one.socket, 'a', 'S', '.');
  batch.write(two.socket, 'b', 'S', '.');
  one.socket.write(textFrame('other', Buffer.from(''), ''));
  batch.write(one.socket, 'c', 'T', '.');
  expect(one.writes).toEqual([]);
  await endOfTurn();

  expect(one.writes).toEqual([Buffer.concat([textFrame('a', Buffer.from('S'), '.'), textFrame('other', Buffer.from(''), ''), textFrame('c', Buffer.from('T'), '.')])]);
  expect(two.writes).toEqual([textFrame('b', Buffer.from('S'), '.')]);
});

test('starts anew after each turn', async () => {
  const batch = new FrameBatch();
  const { socket, writes } = recorder();
  batch.write(socket, 'a', 'S', '.');
  await endOfTurn();
  batch.write(socket, 'b', 'S', '.');
  await endOfTurn();

  expect(writes).toEqual([textFrame('a', Buffer.from('S'), '.'), textFrame('b', Buffer.from('S'), '.')]);
  expect(socket.writableCorked).toBe(0);
});

test('survives a socket that was destroyed before the turn ended', async () => {
  const batch = new FrameBatch();
  const gone = recorder();
  const there = recorder();
  batch.write(gone.socket, 'a', 'S', '.');
  batch.write(there.socket, 'a', 'S', '.');
  gone.socket.destroy();
  await endOfTurn();

  expect(there.writes).toHaveLength(1);
});
