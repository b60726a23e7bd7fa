/** The local stand-in for every user pool's signing key: issues JWTs as Cognito shapes them, and checks their signatures. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

export interface UserToken {
  /** `https://cognito-idp.<region>.amazonaws.com/<poolId>` */
  readonly issuer: string;
  readonly clientId: string;
  readonly username: string;
  readonly groups: readonly string[];
  /** Further claims; they win over the standard ones, so that a test can make a token that must be refused. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export type TokenCheck = { readonly ok: true; readonly claims: Readonly<Record<string, unknown>> } | { readonly ok: false; readonly isExpired: boolean };

export interface LocalTokens {
  /** An id token, good for 24 hours. */
  issue(token: UserToken): Promise<string>;
  /** Signature, issuer, `exp` and `nbf`. */
  verify(token: string, issuer: string): Promise<TokenCheck>;
}

/** Client id of tokens for a pool whose clients are not known. */
export const anyClient = 'local';

const lifetimeSeconds = 24 * 60 * 60;
const algorithm = 'RS256';

/**
 * @param signingKey PKCS8 PEM of an RSA key; asked for once, when the first token is made or checked
 * @param now epoch milliseconds
 */
export function localTokens(signingKey: () => Promise<string>, now: () => number): LocalTokens {
  let keys: Promise<Keys> | undefined;
  const getKeys = (): Promise<Keys> => (keys ??= signingKey().then(keysFrom));

  return {
    async issue(token) {
      const [{ SignJWT }, { privateKey, keyId }] = await Promise.all([import('jose'), getKeys()]);
      return new SignJWT(idTokenClaims(token, now())).setProtectedHeader({ alg: algorithm, kid: keyId }).sign(privateKey);
    },
    async verify(token, issuer) {
      const [{ errors, jwtVerify }, { publicKey }] = await Promise.all([import('jose'), getKeys()]);
      try {
        const { payload } = await jwtVerify(token, publicKey, { algorithms: [algorithm], issuer, currentDate: new Date(now()), requiredClaims: ['exp'] });
        return { ok: true, claims: payload };
      } catch (error) {
        return { ok: false, isExpired: error instanceof errors.JWTExpired };
      }
    },
  };
}

/** What an id token says that is issued now. */
export function idTokenClaims({ issuer, clientId, username, groups, claims }: UserToken, nowMs: number): Record<string, unknown> {
  const issuedAt = Math.floor(nowMs / 1000);
  return {
    sub: subjectOf(issuer, username),
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    iss: issuer,
    'cognito:username': username,
    aud: clientId,
    token_use: 'id',
    auth_time: issuedAt,
    iat: issuedAt,
    exp: issuedAt + lifetimeSeconds,
    ...claims,
  };
}

interface Keys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly keyId: string;
}

function keysFrom(pem: string): Keys {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const keyId = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64url').slice(0, 16);
  return { privateKey, publicKey, keyId };
}

/** A version 5 UUID made from pool and user name, so that the same user is the same subject after a restart. */
export function subjectOf(issuer: string, username: string): string {
  const bytes = createHash('sha1').update(`${issuer}\n${username}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A token of a pool, for tools that hold the signing key but no running API. */
export async function issueToken(
  signingKey: string,
  pool: { readonly issuer: string; readonly clientIds?: readonly string[] },
  user: { readonly username: string; readonly groups?: readonly string[]; readonly claims?: Readonly<Record<string, string>> },
): Promise<string> {
  const { username, groups = [], claims = {} } = user;
  return localTokens(async () => signingKey, Date.now).issue({ issuer: pool.issuer, clientId: pool.clientIds?.[0] ?? anyClient, username, groups, claims });
}
