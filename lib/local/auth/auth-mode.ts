/** The contract every authorization mode keeps, and how a request's mode is chosen. */
import type { AuthorizationModeModel, AuthorizationType } from '../../model';
import type { CallerPermissions } from './principal-permissions';

/** A request as authentication sees it. For WebSocket connects and starts the server builds one from the header object. */
export interface AuthRequest {
  readonly method: string;
  /** Path that was signed: `/graphql`, or `/graphql/connect` for a WebSocket connect. */
  readonly path: string;
  /** As sent, without `?`; signatures cover it. @default none */
  readonly query?: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Peer address. */
  readonly sourceIp: string;
}

/** Who calls: what resolvers see as `ctx.identity`, and what field authorization needs. */
export interface Caller {
  readonly mode: AuthorizationType;
  /** `ctx.identity`; null for API keys. */
  readonly identity: Readonly<Record<string, unknown>> | null;
  /** `cognito:groups`; empty in other modes. */
  readonly groups: readonly string[];
  /** Cognito only: what fields without a directive allow. */
  readonly defaultAction?: 'ALLOW' | 'DENY';
  /** Lambda authorizers only: fields this caller is refused (`Query.salaries`), whatever the schema allows. */
  readonly deniedFields?: readonly string[];
  /** AWS_IAM only: what the policies of the caller, a role or a user, allow. @default everything */
  readonly permissions?: CallerPermissions;
  /** Epoch milliseconds after which the credential no longer counts. */
  readonly expiresMs?: number;
}

export interface AuthFailure {
  readonly httpStatus: 400 | 401 | 403;
  readonly errorType: string;
  readonly message: string;
}

export interface AuthMode {
  readonly type: AuthorizationModeModel['type'];
  /** True when the request carries this mode's kind of credential; the first mode to claim a request decides on it. */
  claims(request: AuthRequest): boolean;
  authenticate(request: AuthRequest): Promise<Caller | AuthFailure>;
}

export function isFailure(result: Caller | AuthFailure): result is AuthFailure {
  return 'httpStatus' in result;
}
