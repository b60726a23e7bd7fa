/** Authentication over one set of modes, with its clock stopped. */
import { createHash, createHmac } from 'node:crypto';
import { createAuthentication, type IssuerKeys, issuerKeys, issueToken, localTokens, principals } from '../../../lib/local/auth';
import type { AuthRequest } from '../../../lib/local/auth/auth-mode';
import type { InvokeFunction } from '../../../lib/local/lambda';
import { newSigningKey } from '../../../lib/local/state-folder';
import type { ApiModel, RoleModel } from '../../../lib/model';

export const nowMs = Date.parse('2026-03-01T12:00:00Z');
export const credentials = { accessKeyId: 'AKIALOCAL00000000000', secretAccessKey: 'local+secret' };
export const poolId = 'eu-west-1_Abcdefghi';
export const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${poolId}`;
export const pool = { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: poolId, region: 'eu-west-1', defaultAction: 'ALLOW' } as const;

/** One key for a whole test file: making one takes longer than all of its tests. */
export const signingKey = newSigningKey();

interface Given {
  readonly apiKeys?: ApiModel['apiKeys'];
  readonly now?: () => number;
  /** @default none can be had: nothing is asked of the network */
  readonly keys?: IssuerKeys;
  readonly roles?: readonly RoleModel[];
  readonly rootFields?: readonly string[];
  /** @default no function can be called */
  readonly invokeFunction?: InvokeFunction;
}

/** What the credentials of roles are made from. */
export const secret = 'local secret';

export function authentication(authorization: ApiModel['authorization'], { apiKeys = [], now = () => nowMs, keys, roles = [], rootFields = [], invokeFunction = async () => ({ kind: 'unavailable', reason: 'it is not here' }) }: Given = {}) {
  const log: string[] = [];
  const authenticate = createAuthentication({
    api: { apiId: 'abc', authorization, apiKeys, region: 'eu-west-1', accountId: '123456789012' },
    tokens: localTokens(() => signingKey, now),
    issuerKeys: keys ?? issuerKeys({ locations: { 'https://login.example.com': 'no-such-file.json' }, now }),
    principals: principals(credentials, roles, secret),
    rootFields,
    invokeFunction,
    now,
    log: (line) => log.push(line),
  });
  return { authenticate, log, with: (headers: Record<string, string>) => authenticate(request({ headers })) };
}

export function request(more: Partial<AuthRequest> = {}): AuthRequest {
  return { method: 'POST', path: '/graphql', headers: {}, body: '{"query":"{ a }"}', sourceIp: '10.0.0.9', ...more };
}

export const failure = (message: string) => ({ httpStatus: 401, errorType: 'UnauthorizedException', message });
export const noValidHeader = failure('Valid authorization header not provided.');

/** An id token whose claims can be overridden. */
export async function token(claims: Record<string, unknown> = {}, groups: readonly string[] = []): Promise<string> {
  return localTokens(() => signingKey, () => nowMs).issue({ issuer, clientId: 'web', username: 'alice', groups, claims });
}

export { issueToken };

interface Signing {
  readonly region?: string;
  readonly service?: string;
  readonly atMs?: number;
  readonly secret?: string;
  readonly keyId?: string;
  /** Canonical form of the path and of the query of the request. @default the path itself, no query */
  readonly canonical?: readonly [path: string, query: string];
}

/** Signs as the AWS SDKs do, written apart from the code under test. A `date` of the request stands in for `x-amz-date`. */
export function signed(message: AuthRequest, { region = 'eu-west-1', service = 'appsync', atMs = nowMs, secret = credentials.secretAccessKey, keyId = credentials.accessKeyId, canonical = [message.path, ''] }: Signing = {}): AuthRequest {
  const { method, body, headers } = message;
  const stamp = new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const all: Record<string, string> = { host: 'localhost:4000', ...(!('date' in headers) && { 'x-amz-date': stamp }), ...headers };
  const names = Object.keys(all).sort();
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const whole = `${method}\n${canonical.join('\n')}\n${names.map((name) => `${name}:${all[name]}\n`).join('')}\n${names.join(';')}\n${hash(body)}`;
  const scope = `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, stamp.slice(0, 8)), region), service), 'aws4_request');
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${hash(whole)}`).toString('hex');
  return { ...message, headers: { ...all, authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}` } };
}
