/**
 * What user pools and OpenID Connect issuers have in common: whose token it is, verified once and remembered until it expires, and the
 * app clients it may be for.
 */
import type { AuthorizationModeModel } from '../../model';
import { LeastRecentlyUsed } from '../execution/least-recently-used';
import type { AuthFailure, AuthMode, Caller } from './auth-mode';
import { expiredToken, noValidHeader, unparsableToken } from './failures';
import { bearerToken, sourceIps, unverifiedClaims } from './jwt';
import type { TokenCheck, TokenClaims } from './token-check';

/** A signature check costs more than most resolvers, so a token is verified once. Only good tokens are kept: nobody fills this with others. */
const rememberedTokens = 1_000;

/** A token that was good when it came, and when it stops being so, in epoch milliseconds. */
interface GoodToken {
  readonly claims: TokenClaims;
  readonly expiresMs: number;
}

export interface TokenModeOptions {
  readonly type: AuthorizationModeModel['type'];
  readonly issuer: string;
  /** With a single mode AppSync does not look at the issuer to choose the mode. */
  readonly isSingleMode: boolean;
  readonly check: (token: string) => Promise<TokenCheck>;
  /** What the mode asks of claims beyond signature and times. @returns when they stop counting, in epoch milliseconds */
  readonly judge: (claims: TokenClaims) => number | AuthFailure;
  readonly caller: (claims: TokenClaims, sourceIp: readonly string[]) => Caller;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}

export function tokenMode({ type, issuer, isSingleMode, check, judge, caller, now, log }: TokenModeOptions): AuthMode {
  const remembered = new LeastRecentlyUsed<GoodToken>(rememberedTokens);

  async function verify(token: string): Promise<GoodToken | AuthFailure> {
    const checked = await check(token);
    if (!checked.ok) {
      if (checked.unavailable !== undefined) log(`request refused: the keys of ${issuer} cannot be had: ${checked.unavailable}`);
      return checked.isExpired ? expiredToken : noValidHeader;
    }
    const expiresMs = judge(checked.claims);
    if (typeof expiresMs !== 'number') return expiresMs;
    const good = { claims: checked.claims, expiresMs };
    remembered.set(token, good);
    return good;
  }

  return {
    type,
    claims(request) {
      const token = bearerToken(request);
      if (token === undefined) return false;
      return isSingleMode || unverifiedClaims(token)?.iss === issuer;
    },
    async authenticate(request) {
      const token = bearerToken(request) ?? '';
      const known = remembered.get(token);
      if (!known && !unverifiedClaims(token)) return unparsableToken;
      const good = known ?? (await verify(token));
      if ('httpStatus' in good) return good;
      const { claims, expiresMs } = good;
      return expiresMs > now() ? { ...caller(claims, sourceIps(request)), expiresMs } : expiredToken;
    },
  };
}

/**
 * Whether an app client is one of those a mode is for. Assumed: the expression must match the whole id.
 * @param setting the property that holds the expression, for the log
 */
export function clientPattern(expression: string | undefined, setting: string, log: (line: string) => void): (clientId: unknown) => boolean {
  if (expression === undefined) return () => true;
  try {
    const pattern = new RegExp(`^(?:${expression})$`);
    return (clientId) => typeof clientId === 'string' && pattern.test(clientId);
  } catch {
    log(`${setting} "${expression}" is not a regular expression: every token is refused`);
    return () => false;
  }
}
