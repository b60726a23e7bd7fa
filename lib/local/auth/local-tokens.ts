/** The local stand-in for the signing keys of user pools and OpenID Connect issuers: issues JWTs as they shape them, and gives the key to check them. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { KeySet } from './token-check';

export interface UserToken {
  /** `https://cognito-idp.<region>.amazonaws.com/<poolId>` */
  readonly issuer: string;
  readonly clientId: string;
  readonly username: string;
  readonly groups: readonly string[];
  /** Further claims; they win over the standard ones, so that a test can make a token that must be refused. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface LocalTokens {
  /** An id token of a user pool, good for 24 hours. */
  issue(token: UserToken): Promise<string>;
  /** Any claims, signed. */
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** The one key, for tokens that name it. */
  readonly keys: KeySet;
  isOwnKey(keyId: string | undefined): Promise<boolean>;
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

  async function sign(claims: Readonly<Record<string, unknown>>): Promise<string> {
    const [{ SignJWT }, { privateKey, keyId }] = await Promise.all([import('jose'), getKeys()]);
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: algorithm, kid: keyId }).sign(privateKey);
  }

  return {
    issue: (token) => sign(idTokenClaims(token, now())),
    sign,
    async keys({ kid }) {
      const [{ errors }, { publicKey, keyId }] = await Promise.all([import('jose'), getKeys()]);
      if (kid !== keyId) throw new errors.JWKSNoMatchingKey();
      return publicKey;
    },
    isOwnKey: async (keyId) => (await getKeys()).keyId === keyId,
  };
}

/** What an id token of a user pool says that is issued now. */
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

/** What an id token of an OpenID Connect issuer says that is issued now. */
export function oidcTokenClaims({ issuer, clientId, username, claims }: Omit<UserToken, 'groups'>, nowMs: number): Record<string, unknown> {
  const issuedAt = Math.floor(nowMs / 1000);
  return { sub: username, iss: issuer, aud: clientId, auth_time: issuedAt, iat: issuedAt, exp: issuedAt + lifetimeSeconds, ...claims };
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

/** Whose token a tool asks for: of a user pool, or of an OpenID Connect issuer. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly clientIds?: readonly string[];
  /** @default false: a user pool */
  readonly isOidc?: boolean;
}

/** A token for tools that hold the signing key but no running API. An OpenID Connect token has no groups but those in its claims. */
export async function issueToken(
  signingKey: string,
  { issuer, clientIds = [], isOidc = false }: TokenIssuer,
  user: { readonly username: string; readonly groups?: readonly string[]; readonly claims?: Readonly<Record<string, string>> },
): Promise<string> {
  const { username, groups = [], claims = {} } = user;
  const tokens = localTokens(async () => signingKey, Date.now);
  const token = { issuer, clientId: clientIds[0] ?? anyClient, username, groups, claims };
  return isOidc ? tokens.sign(oidcTokenClaims(token, Date.now())) : tokens.issue(token);
}
