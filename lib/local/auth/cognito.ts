/**
 * Cognito user pools: id or access tokens, verified by signature against the local key.
 * Source: AppSync developer guide, "AMAZON_COGNITO_USER_POOLS authorization".
 */
import type { AuthorizationModeModel } from '../../model';
import { LeastRecentlyUsed } from '../execution/least-recently-used';
import type { AuthFailure, AuthMode, Caller } from './auth-mode';
import { expiredToken, noValidHeader, unparsableToken } from './failures';
import { bearerToken, sourceIps, unverifiedClaims } from './jwt';
import type { LocalTokens } from './local-tokens';

/** An RS256 check costs more than most resolvers, so a token is verified once and then known until it expires. */
const rememberedTokens = 1_000;

export interface CognitoModeOptions {
  readonly mode: Extract<AuthorizationModeModel, { type: 'AMAZON_COGNITO_USER_POOLS' }>;
  /** With a single mode AppSync does not look at the issuer to choose the mode. */
  readonly isSingleMode: boolean;
  readonly tokens: LocalTokens;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

type Verified = { readonly claims: Readonly<Record<string, unknown>>; readonly failure?: undefined } | { readonly failure: AuthFailure };

export function poolIssuer(mode: { readonly region: string; readonly userPoolId: string }): string {
  return `https://cognito-idp.${mode.region}.amazonaws.com/${mode.userPoolId}`;
}

export function cognitoMode({ mode, isSingleMode, tokens, now, log }: CognitoModeOptions): AuthMode {
  const issuer = poolIssuer(mode);
  const isAllowedClient = clientCheck(mode.appIdClientRegex, log);
  const remembered = new LeastRecentlyUsed<Readonly<Record<string, unknown>>>(rememberedTokens);

  async function verify(token: string): Promise<Verified> {
    const known = remembered.get(token);
    if (known) return Number(known.exp) * 1000 > now() ? { claims: known } : { failure: expiredToken };
    if (!unverifiedClaims(token)) return { failure: unparsableToken };
    const check = await tokens.verify(token, issuer);
    if (!check.ok) return { failure: check.isExpired ? expiredToken : noValidHeader };
    if (!isAllowedClient(check.claims)) return { failure: noValidHeader };
    remembered.set(token, check.claims);
    return { claims: check.claims };
  }

  return {
    type: 'AMAZON_COGNITO_USER_POOLS',
    claims(request) {
      const token = bearerToken(request);
      if (token === undefined) return false;
      return isSingleMode || unverifiedClaims(token)?.iss === issuer;
    },
    async authenticate(request) {
      const verified = await verify(bearerToken(request) ?? '');
      return verified.failure ?? userPoolCaller(mode, verified.claims, sourceIps(request));
    },
  };
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

/**
 * `token_use` decides which claim names the app client: `aud` of an id token, `client_id` of an access token.
 * Assumed: the expression must match the whole id.
 */
function clientCheck(appIdClientRegex: string | undefined, log: (line: string) => void): (claims: Readonly<Record<string, unknown>>) => boolean {
  let expression: RegExp | undefined;
  if (appIdClientRegex !== undefined) {
    try {
      expression = new RegExp(`^(?:${appIdClientRegex})$`);
    } catch {
      log(`AppIdClientRegex "${appIdClientRegex}" is not a regular expression: every token is refused`);
      return () => false;
    }
  }
  return (claims) => {
    const clientId = claims.token_use === 'id' ? claims.aud : claims.token_use === 'access' ? claims.client_id : undefined;
    if (clientId === undefined) return false;
    return expression === undefined || expression.test(String(clientId));
  };
}
