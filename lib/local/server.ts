/** Opens the port: HTTP, HTTPS and WebSocket for every local API. The only file that does. */
import type { LocalApi } from './local-api';

export interface ServeOptions {
  /** 0 picks a free port. @default 4000 */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** Certificate and key in PEM; without them only plain HTTP is served. */
  readonly tls?: { readonly cert: string; readonly key: string };
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

/** @throws DiagnosticError `RUN_PORT_IN_USE` when the port is taken, with the next free one as the fix */
export async function serve(_apis: readonly LocalApi[], _options: ServeOptions): Promise<LocalServer> {
  throw new Error('pending');
}
