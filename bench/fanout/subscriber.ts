/**
 * One subscription over a bare TCP socket: the handshake, `connection_init`, `start`, then it counts `data` frames. Thousands of these fit a
 * process and cost it little, so that the server is what is measured.
 */
import { connect, type Socket } from 'node:net';

export interface Target {
  readonly url: string;
  readonly apiKey: string;
}

export interface SubscriberOptions {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Called with the payload of each `data` frame, undecoded. */
  readonly onData: (frame: Buffer) => void;
  /** Called when the socket ends, whoever ended it. */
  readonly onClose?: () => void;
}

const subscriptionId = '00000000-0000-0000-0000-000000000000';

/** @returns the socket once the server has acknowledged the subscription */
export async function subscribe({ url, apiKey }: Target, { query, variables = {}, onData, onClose }: SubscriberOptions): Promise<Socket> {
  const { host, hostname, port, pathname } = new URL(url);
  const authorization = { host, 'x-api-key': apiKey };
  const header = encodeURIComponent(Buffer.from(JSON.stringify(authorization)).toString('base64'));
  const start = { id: subscriptionId, type: 'start', payload: { data: JSON.stringify({ query, variables }), extensions: { authorization } } };
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let unread: Buffer = Buffer.alloc(0);
    let isUpgraded = false;
    let isStarted = false;
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error('the server closed the connection'));
      onClose?.();
    });
    socket.write(
      `GET ${pathname}/realtime?header=${header}&payload=e30= HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-ws\r\n\r\n`,
    );
    socket.on('data', (chunk) => {
      unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
      if (!isUpgraded) {
        const end = unread.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!unread.toString('latin1', 0, 12).endsWith('101')) return void reject(new Error(unread.toString('latin1', 0, 300)));
        isUpgraded = true;
        unread = unread.subarray(end + 4);
        socket.write(clientFrame('{"type":"connection_init"}'));
      }
      unread = eachFrame(unread, (frame) => {
        if (isStarted) {
          if (frame.length > 60) onData(frame);
          return;
        }
        const text = frame.toString('latin1');
        if (text.includes('"connection_ack"')) socket.write(clientFrame(JSON.stringify(start)));
        else if (text.includes('"start_ack"')) {
          isStarted = true;
          socket.off('error', reject).on('error', () => undefined);
          resolve(socket);
        } else if (text.includes('error"')) reject(new Error(text));
      });
    });
  });
}

/** Calls `take` with the payload of every complete frame. @returns what is left: a copy, so that it holds no large chunk */
export function eachFrame(bytes: Buffer, take: (payload: Buffer) => void): Buffer {
  let offset = 0;
  while (bytes.length - offset >= 2) {
    let length = bytes[offset + 1]!;
    let head = 2;
    if (length === 126) {
      if (bytes.length - offset < 4) break;
      length = bytes.readUInt16BE(offset + 2);
      head = 4;
    } else if (length === 127) {
      if (bytes.length - offset < 10) break;
      length = Number(bytes.readBigUInt64BE(offset + 2));
      head = 10;
    }
    if (bytes.length - offset < head + length) break;
    take(bytes.subarray(offset + head, offset + head + length));
    offset += head + length;
  }
  return offset === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(offset));
}

/** A text frame as clients send it: masked, here with zeros, which leaves the payload as it is. */
export function clientFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? Buffer.from([0x81, 0x80 | payload.length]) : Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}
