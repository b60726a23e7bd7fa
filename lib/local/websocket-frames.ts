/**
 * Fan-out at the level of bytes: a payload is encoded once for all its receivers, and what one socket gets in one turn of the
 * event loop leaves in one write. `ws` does neither; it still does the handshake, parsing and everything that is not fan-out.
 */
import type { Writable } from 'node:stream';

/** First byte of an unfragmented text frame. Source: RFC 6455 §5.2 */
const TEXT_FRAME = 0x81;

/** An unmasked WebSocket text frame, as servers send them, whose payload is the three parts in a row. */
export function textFrame(before: string, shared: Buffer, after: string): Buffer {
  const beforeLength = Buffer.byteLength(before);
  const afterLength = Buffer.byteLength(after);
  const length = beforeLength + shared.length + afterLength;
  const headerLength = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = TEXT_FRAME;
  if (headerLength === 2) {
    frame[1] = length;
  } else if (headerLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  let offset = headerLength;
  offset += frame.write(before, offset);
  offset += shared.copy(frame, offset);
  frame.write(after, offset);
  return frame;
}

/** Collects frames per socket until the turn of the event loop ends. Frames that others write to the same socket keep their place in the order. */
export class FrameBatch {
  private readonly corked = new Set<Writable>();
  private readonly encoded = new Map<string, Buffer>();

  write(socket: Writable, before: string, shared: string, after: string): void {
    if (this.corked.size === 0) setImmediate(() => this.flush());
    if (!this.corked.has(socket)) {
      this.corked.add(socket);
      socket.cork();
    }
    let bytes = this.encoded.get(shared);
    if (bytes === undefined) this.encoded.set(shared, (bytes = Buffer.from(shared)));
    socket.write(textFrame(before, bytes, after));
  }

  private flush(): void {
    for (const socket of this.corked) socket.uncork();
    this.corked.clear();
    this.encoded.clear();
  }
}
