/** AppSync's real-time protocol (`graphql-ws`) over an abstract socket. Imports no WebSocket library. See docs/realtime-protocol.md. */
import type { AuthFailure, AuthRequest, Caller } from './auth/auth-mode';
import type { Executor } from './executor';
import type { Subscriptions } from './subscriptions';

/** The socket as the protocol needs it. */
export interface RealtimeSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** The upgrade request, read by the server. */
export interface RealtimeUpgrade {
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
}

export interface RealtimeConnection {
  message(text: string): void;
  closed(): void;
}

export interface Realtime {
  connect(socket: RealtimeSocket, upgrade: RealtimeUpgrade): RealtimeConnection;
}

export function createRealtime(_options: RealtimeOptions): Realtime {
  throw new Error('pending');
}
