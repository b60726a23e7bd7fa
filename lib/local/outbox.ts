/**
 * What leaves for the WebSocket clients: frames of one turn of the event loop in one write per client, and an end to clients that do not read.
 * The write is what costs: an event to ten thousand clients is ten thousand system calls, and so are sixteen events when they are joined.
 */
import type { Writable } from 'node:stream';

/** A client that leaves more than this unread is too slow for its subscriptions. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;
/** What all clients together may leave unread. */
const MAX_UNREAD_BYTES_IN_ALL = 256 * 1024 * 1024;
/** Text that has waited for the end of the turn is written before it when there is more of it. */
const MAX_WAITING_CHARACTERS = 64 * 1024;

export interface OutboxOptions {
  readonly log: (line: string) => void;
  /** @default 8 MiB */
  readonly maxUnreadBytes?: number;
  /** @default 256 MiB */
  readonly maxUnreadBytesInAll?: number;
}

/** The clients of one server. */
export class Outbox {
  private readonly due = new Set<Outlet>();
  /** Those whose system buffers are full. */
  private readonly congested = new Set<Outlet>();
  private readonly log: (line: string) => void;
  private readonly maxUnreadBytes: number;
  private readonly maxUnreadBytesInAll: number;

  constructor({ log, maxUnreadBytes = MAX_UNREAD_BYTES, maxUnreadBytesInAll = MAX_UNREAD_BYTES_IN_ALL }: OutboxOptions) {
    this.log = log;
    this.maxUnreadBytes = maxUnreadBytes;
    this.maxUnreadBytesInAll = maxUnreadBytesInAll;
  }

  /** @param drop ends the connection at once, without a word to a client that would not read it */
  outlet(socket: Writable, drop: () => void): Outlet {
    return new Outlet(socket, drop, this);
  }

  /** @internal */
  schedule(outlet: Outlet): void {
    if (this.due.size === 0) setImmediate(() => this.flush());
    this.due.add(outlet);
  }

  /** @internal Looks after a write at how much the client has left unread. */
  wrote(outlet: Outlet, isCongested: boolean): void {
    if (!isCongested) return;
    const { unreadBytes } = outlet;
    if (unreadBytes > this.maxUnreadBytes) this.drop(outlet, 'client does not read');
    else if (unreadBytes > 0) this.congested.add(outlet);
  }

  private flush(): void {
    const outlets = [...this.due];
    this.due.clear();
    for (const outlet of outlets) outlet.flush();
    if (this.congested.size > 0) this.relieve();
  }

  /** Forgets clients that caught up, and drops those furthest behind when all of them together hold too much. */
  private relieve(): void {
    let total = 0;
    for (const outlet of this.congested) {
      if (outlet.unreadBytes === 0) this.congested.delete(outlet);
      else total += outlet.unreadBytes;
    }
    if (total <= this.maxUnreadBytesInAll) return;
    for (const outlet of [...this.congested].sort((a, b) => b.unreadBytes - a.unreadBytes)) {
      if (total <= this.maxUnreadBytesInAll) return;
      total -= outlet.unreadBytes;
      this.drop(outlet, 'clients do not read');
    }
  }

  private drop(outlet: Outlet, why: string): void {
    this.log(`realtime: ${why}, ${outlet.unreadBytes} bytes are waiting; connection closed`);
    this.congested.delete(outlet);
    outlet.drop();
  }
}

/** Text frames to one client, in the order they were sent. */
export class Outlet {
  /** Texts of this turn; a single one, the usual case, needs no list. */
  private waiting: string | string[] | undefined;
  private waitingCharacters = 0;

  constructor(
    private readonly socket: Writable,
    readonly drop: () => void,
    private readonly outbox: Outbox,
  ) {}

  /** 0 once the connection is gone. */
  get unreadBytes(): number {
    return this.socket.destroyed ? 0 : this.socket.writableLength;
  }

  send(text: string): void {
    if (this.waiting === undefined) {
      this.waiting = text;
      this.outbox.schedule(this);
    } else if (typeof this.waiting === 'string') this.waiting = [this.waiting, text];
    else this.waiting.push(text);
    this.waitingCharacters += text.length;
    if (this.waitingCharacters > MAX_WAITING_CHARACTERS) this.flush();
  }

  /** Writes what waits, for instance before a close frame. */
  flush(): void {
    const texts = this.waiting;
    if (texts === undefined) return;
    this.waiting = undefined;
    this.waitingCharacters = 0;
    if (!this.socket.writable) return;
    const isRead = this.socket.write(typeof texts === 'string' ? frame(texts) : Buffer.concat(texts.map(frame)));
    this.outbox.wrote(this, !isRead);
  }
}

/** An unmasked, unfragmented text frame. Source: RFC 6455 §5.2 */
function frame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(headLength + length);
  bytes[0] = 0x81;
  if (headLength === 2) bytes[1] = length;
  else if (headLength === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  bytes.write(text, headLength);
  return bytes;
}
