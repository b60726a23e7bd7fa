/**
 * OpenID Connect issuers: tokens signed by a key of the issuer, or by the local key in its stead.
 * Source: AppSync developer guide, "OPENID_CONNECT authorization".
 */
import type { AuthorizationModeModel } from '../../model';
import type { AuthMode, Caller } from './auth-mode';
import { expiredToken, noValidHeader } from './failures';
import type { IssuerKeys } from './issuer-keys';
import type { LocalTokens } from './local-tokens';
import { checkToken, type KeySet, type TokenClaims } from './token-check';
import { clientPattern, tokenMode } from './token-mode';

export interface OidcModeOptions {
  readonly mode: Extract<AuthorizationModeModel, { type: 'OPENID_CONNECT' }>;
  /** As the only mode, AppSync does not compare `iss` with the issuer at all. */
  readonly isSingleMode: boolean;
  /** Stands in for the issuer: tokens that name the local key are verified with it. */
  readonly tokens: LocalTokens;
  readonly issuerKeys: IssuerKeys;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** AppSync also lists HS256, HS384 and HS512. No shared secret can come from a public key set, so here none of them verifies. */
const algorithms = ['RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits));

export function oidcMode({ mode, isSingleMode, tokens, issuerKeys, now, log }: OidcModeOptions): AuthMode {
  const { type, issuer, clientId, iatTtlMs, authTtlMs } = mode;
  const isAllowedClient = clientPattern(clientId, 'ClientId', log);
  const remote = issuerKeys.of(issuer);
  const keys: KeySet = async (header, input) => ((await tokens.isOwnKey(header.kid)) ? tokens.keys(header, input) : remote(header, input));
  const rules = { keys, algorithms, requiredClaims: ['exp', 'iat'], ...(!isSingleMode && { issuer }) };
  return tokenMode({
    type,
    issuer,
    isSingleMode,
    check: (token) => checkToken(token, { ...rules, nowMs: now() }),
    judge(claims) {
      const audiences = [claims.aud, claims.azp].flat();
      if (!audiences.some(isAllowedClient)) return noValidHeader;
      const expiresMs = Math.min(Number(claims.exp) * 1000, timeLimit(claims.iat, iatTtlMs), timeLimit(claims.auth_time, authTtlMs));
      return expiresMs > now() ? expiresMs : expiredToken;
    },
    caller: (claims) => oidcCaller(issuer, claims),
    now,
    log,
  });
}

/** Source: AppSync developer guide, "Resolver context object reference": an OIDC identity has claims, issuer and sub. */
export function oidcCaller(issuer: string, claims: TokenClaims): Caller {
  return { mode: 'OPENID_CONNECT', identity: { claims, issuer: claims.iss ?? issuer, sub: claims.sub }, groups: [] };
}

/**
 * When a limit that counts from a time in the token ends. Assumed: 0 is no limit; a token without `auth_time` is refused where that time is limited.
 * @param seconds claim of the token
 */
function timeLimit(seconds: unknown, limitMs: number | undefined): number {
  if (!limitMs) return Infinity;
  return typeof seconds === 'number' ? seconds * 1000 + limitMs : -Infinity;
}
