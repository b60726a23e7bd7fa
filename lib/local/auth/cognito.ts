/**
 * Cognito user pools: id or access tokens, verified by signature against the local key.
 * Source: AppSync developer guide, "AMAZON_COGNITO_USER_POOLS authorization".
 */
import type { AuthorizationModeModel } from '../../model';
import type { AuthMode, Caller } from './auth-mode';
import { noValidHeader } from './failures';
import type { LocalTokens } from './local-tokens';
import { checkToken } from './token-check';
import { clientPattern, tokenMode } from './token-mode';

export interface CognitoModeOptions {
  readonly mode: Extract<AuthorizationModeModel, { type: 'AMAZON_COGNITO_USER_POOLS' }>;
  /** With a single mode AppSync does not look at the issuer to choose the mode. */
  readonly isSingleMode: boolean;
  readonly tokens: LocalTokens;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

export function poolIssuer(mode: { readonly region: string; readonly userPoolId: string }): string {
  return `https://cognito-idp.${mode.region}.amazonaws.com/${mode.userPoolId}`;
}

export function cognitoMode({ mode, isSingleMode, tokens, now, log }: CognitoModeOptions): AuthMode {
  const { type } = mode;
  const issuer = poolIssuer(mode);
  const isAllowedClient = clientPattern(mode.appIdClientRegex, 'AppIdClientRegex', log);
  return tokenMode({
    type,
    issuer,
    isSingleMode,
    check: (token) => checkToken(token, { keys: tokens.keys, algorithms: ['RS256'], issuer, requiredClaims: ['exp'], nowMs: now() }),
    judge(claims) {
      const clientId = clientOf(claims);
      return clientId !== undefined && isAllowedClient(clientId) ? Number(claims.exp) * 1000 : noValidHeader;
    },
    caller: (claims, sourceIp) => userPoolCaller(mode, claims, sourceIp),
    now,
    log,
  });
}

/** The caller that a token's claims make. */
export function userPoolCaller(mode: CognitoModeOptions['mode'], claims: Readonly<Record<string, unknown>>, sourceIp: readonly string[]): Caller {
  const groups = Array.isArray(claims['cognito:groups']) ? claims['cognito:groups'].map(String) : null;
  return {
    mode: 'AMAZON_COGNITO_USER_POOLS',
    identity: {
      sub: claims.sub,
      issuer: poolIssuer(mode),
      username: claims['cognito:username'] ?? claims.username,
      claims,
      sourceIp,
      groups,
      defaultAuthStrategy: mode.defaultAction,
    },
    groups: groups ?? [],
    defaultAction: mode.defaultAction,
    expiresMs: Number(claims.exp) * 1000,
  };
}

/** `token_use` decides which claim names the app client: `aud` of an id token, `client_id` of an access token. */
function clientOf({ token_use: use, aud, client_id: clientId }: Readonly<Record<string, unknown>>): unknown {
  return use === 'id' ? aud : use === 'access' ? clientId : undefined;
}
