/** A JWT judged: signature by a key set, issuer, times. Everything about algorithms and key choice that an attacker could play with is decided here. */
import type { JWTVerifyGetKey } from 'jose' with { 'resolution-mode': 'import' };

/** Finds the public key of a token by its header. Rejects when there is none. */
export type KeySet = JWTVerifyGetKey;

/** Keys cannot be had now; says why. Not a verdict about the token. */
export class KeysUnavailable extends Error {}

export type TokenClaims = Readonly<Record<string, unknown>>;

export type TokenCheck =
  | { readonly ok: true; readonly claims: TokenClaims }
  /** `unavailable` says why the keys could not be had. */
  | { readonly ok: false; readonly isExpired: boolean; readonly unavailable?: string };

export interface TokenRules {
  readonly keys: KeySet;
  /** Public-key algorithms only: a key set is public, so whoever reads it could sign with a shared secret in it. */
  readonly algorithms: readonly string[];
  /** @default the issuer is not looked at */
  readonly issuer?: string;
  readonly requiredClaims: readonly string[];
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

/** Headers that bring a key along (`jwk`, `jku`, `x5u`, `x5c`) have no effect: keys come from the key set alone. Tokens without `kid` are refused. */
export async function checkToken(token: string, { keys, algorithms, issuer, requiredClaims, nowMs }: TokenRules): Promise<TokenCheck> {
  const { errors, jwtVerify } = await import('jose');
  const named: KeySet = (header, input) => {
    if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
    return keys(header, input);
  };
  try {
    const { payload } = await jwtVerify(token, named, {
      algorithms: [...algorithms],
      requiredClaims: [...requiredClaims],
      currentDate: new Date(nowMs),
      ...(issuer !== undefined && { issuer }),
    });
    return { ok: true, claims: payload };
  } catch (error) {
    if (error instanceof KeysUnavailable) return { ok: false, isExpired: false, unavailable: error.message };
    return { ok: false, isExpired: error instanceof errors.JWTExpired };
  }
}
