/** The APIs of an assembly, running: each model wired to executor, data sources, authorization and subscriptions. No port. */
import type { ApiModel, Assembly } from '../model';
import type { AuthFailure, AuthRequest, Caller } from './auth/auth-mode';
import type { Realtime } from './realtime';
import type { StateFolder } from './state-folder';

export interface LocalOptions {
  /** Keys and data; without one everything is in memory and new for each start. */
  readonly state?: StateFolder;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** @default discards */
  readonly log?: (line: string) => void;
}

/** What a local token says. */
export interface TokenClaims {
  readonly username: string;
  readonly groups?: readonly string[];
  /** User pool id. @default the API's first user pool */
  readonly pool?: string;
  /** Further claims of the token. */
  readonly claims?: Readonly<Record<string, string>>;
}

export interface LocalApi {
  readonly model: ApiModel;
  /** GraphQL over HTTP: `POST /graphql`, preflight included. */
  fetch(request: Request, peer?: { readonly sourceIp: string }): Promise<Response>;
  readonly realtime: Realtime;
  authenticate(request: AuthRequest): Promise<Caller | AuthFailure>;
  /** A JWT that this API accepts. `sub` is a UUID made from pool and user name, so the same user is the same subject after a restart. */
  token(claims: TokenClaims): Promise<string>;
}

export interface LocalAssembly {
  readonly apis: readonly LocalApi[];
  /** Puts plain items into the table of a DynamoDB data source. Fills an empty table only. @returns how many were put; 0 when the table held items already */
  seed(apiName: string, dataSourceName: string, items: readonly Readonly<Record<string, unknown>>[]): Promise<number>;
  /** Runs a changed assembly from the next request on. Data, tokens and live subscriptions stay; `LocalApi` objects keep their identity per `apiId`. */
  reload(assembly: Assembly): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startLocal(_assembly: Assembly, _options: LocalOptions = {}): Promise<LocalAssembly> {
  throw new Error('pending');
}
