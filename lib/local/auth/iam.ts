/**
 * AWS_IAM: the Signature Version 4 of a request, recomputed with the secret of whoever signed it, and what that principal's policies allow.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RoleModel } from '../../model';
import { LeastRecentlyUsed } from '../execution/least-recently-used';
import type { AuthFailure, AuthMode, AuthRequest, Caller } from './auth-mode';
import { badSignature, noValidHeader, permissionDenied, unknownAccessKey } from './failures';
import { type Permissions, permissionsOn } from './iam-policy';
import { sourceIps } from './jwt';
import type { Principal, Principals } from './principals';
import { basicTime, sha256, signatureScheme, signatureWith, signingKey } from './signature-v4';

export interface IamModeOptions {
  readonly principals: Principals;
  readonly api: { readonly apiId: string; readonly region: string; readonly accountId: string };
  /** `Type.field` of every query, mutation and subscription. */
  readonly rootFields: readonly string[];
  readonly now: () => number;
  readonly log: (line: string) => void;
}

const service = 'appsync';
const clockSkewMs = 5 * 60 * 1000;
/** A signing key is good for a day and costs four of the five steps of a signature. */
const rememberedKeys = 100;

export function iamMode({ principals, api, rootFields, now, log }: IamModeOptions): AuthMode {
  const signers = new LeastRecentlyUsed<Signer>(rememberedKeys);
  const callers = new Map<string, Omit<Caller, 'identity'> & { readonly identity: NonNullable<Caller['identity']> }>();

  function signerOf({ key }: Principal, day: string): Signer {
    const id = `${day} ${key.accessKeyId}`;
    let signer = signers.get(id);
    if (!signer) signers.set(id, (signer = { region: api.region, key: signingKey(key.secretAccessKey, day, { region: api.region, service }) }));
    return signer;
  }

  function callerOf({ key, role }: Principal) {
    let caller = callers.get(key.accessKeyId);
    if (!caller) {
      const permissions = role && permissionsOfRole(role, api);
      const identity = role ? roleIdentity(role, api.accountId) : localRole(api.accountId, []);
      callers.set(key.accessKeyId, (caller = { mode: 'AWS_IAM', identity, groups: [], ...(permissions && { permissions }) }));
      for (const doubt of role ? doubtsAbout(role) : []) log(`IAM: ${doubt}`);
    }
    return caller;
  }

  return {
    type: 'AWS_IAM',
    claims: (request) => request.headers.authorization?.startsWith(signatureScheme) ?? false,
    async authenticate(request) {
      const signed = readSignature(request);
      if (!signed) return noValidHeader;
      const principal = principals.find(signed.accessKeyId);
      const problem = principal ? problemOf(request, signed, principal, signerOf(principal, signed.day), now()) : unknownAccessKey;
      if (problem || !principal) return problem ?? unknownAccessKey;
      const caller = callerOf(principal);
      const { permissions } = caller;
      if (permissions && rootFields.length > 0 && !rootFields.some((field) => permissions.allows(field))) return permissionDenied;
      return { ...caller, identity: { ...caller.identity, sourceIp: sourceIps(request) } };
    },
  };
}

/** Who signs with the local key pair: nobody of a Cognito identity pool. Assumed: the exact texts of an assumed role's user name and ARN. */
export function localRole(accountId: string, sourceIp: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    accountId,
    cognitoIdentityPoolId: null,
    cognitoIdentityId: null,
    sourceIp,
    username: 'AROALOCAL:local',
    userArn: `arn:aws:sts::${accountId}:assumed-role/local/local`,
    cognitoIdentityAuthType: null,
    cognitoIdentityAuthProvider: null,
  };
}

/** What a role may do with an API. */
export function permissionsOfRole({ arn, statements }: RoleModel, { region, accountId, apiId }: IamModeOptions['api']): Permissions {
  return permissionsOn(`${arn.split(':').slice(0, 2).join(':')}:appsync:${region}:${accountId}:apis/${apiId}`, arn, statements);
}

/** Observed: user name and ARN of a role that an identity pool gives. Assumed: the session name of other roles; no provider is named. */
export function roleIdentity({ arn, roleName, identityPool }: RoleModel, accountId: string): Readonly<Record<string, unknown>> {
  const session = identityPool ? 'CognitoIdentityCredentials' : 'local';
  const roleId = `AROA${createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase()}`;
  return {
    ...localRole(accountId, []),
    username: `${roleId}:${session}`,
    userArn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${session}`,
    ...(identityPool && {
      cognitoIdentityPoolId: identityPool.id,
      cognitoIdentityId: roleId,
      cognitoIdentityAuthType: identityPool.isAuthenticated ? 'authenticated' : 'unauthenticated',
    }),
  };
}

function doubtsAbout({ roleName, unread, statements }: RoleModel): string[] {
  return [
    ...unread.map((policy) => `${policy} of the role ${roleName} is not in the templates: it is taken to allow nothing here`),
    ...(statements.some(({ isConditional }) => isConditional) ? [`conditions in the policies of the role ${roleName} are not evaluated: what they allow is allowed, what they deny is not denied`] : []),
  ];
}

/** The key of one day. */
interface Signer {
  readonly region: string;
  readonly key: Buffer;
}

interface ReadSignature {
  readonly accessKeyId: string;
  readonly day: string;
  readonly region: string | undefined;
  readonly service: string | undefined;
  readonly signedHeaders: string;
  readonly signature: string;
  /** `20261122T093000Z` */
  readonly timestamp: string;
}

/** @returns undefined when it is none */
function readSignature({ headers }: AuthRequest): ReadSignature | undefined {
  const [, credential = '', signedHeaders = '', signature = ''] = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(headers.authorization ?? '') ?? [];
  const [accessKeyId, day, region, scopeService, terminator, ...rest] = credential.split('/');
  const timestamp = headers['x-amz-date'];
  if (!accessKeyId || !day || !timestamp || terminator !== 'aws4_request' || rest.length > 0) return undefined;
  if (!/^\d{8}T\d{6}Z$/.test(timestamp) || !timestamp.startsWith(day)) return undefined;
  return { accessKeyId, day, region, service: scopeService, signedHeaders, signature, timestamp };
}

function problemOf(request: AuthRequest, signed: ReadSignature, { key }: Principal, signer: Signer, nowMs: number): AuthFailure | undefined {
  if (signed.region !== signer.region) return badSignature('Credential should be scoped to a valid region. ');
  if (signed.service !== service) return badSignature(`Credential should be scoped to correct service: '${service}'. `);
  if (request.headers['x-amz-security-token'] !== key.sessionToken && key.sessionToken !== undefined) return unknownAccessKey;

  const { timestamp } = signed;
  const signedAtMs = Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(signedAtMs)) return noValidHeader;
  if (Math.abs(nowMs - signedAtMs) > clockSkewMs) return badSignature(`Signature expired: ${timestamp} is not within 5 min. of ${basicTime(nowMs)}`);

  const expected = signatureOf(request, signed, signer);
  return expected !== undefined && isEqual(expected, signed.signature) ? undefined : badSignature(mismatch);
}

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** @returns undefined when a header that was signed is missing, or the body is not the one whose hash was sent */
function signatureOf(request: AuthRequest, { signedHeaders, timestamp }: ReadSignature, { region, key }: Signer): string | undefined {
  const names = signedHeaders.split(';');
  if (!names.includes('host') || names.some((name) => request.headers[name] === undefined)) return undefined;
  const bodyHash = sha256(request.body);
  const declaredHash = request.headers['x-amz-content-sha256'];
  if (declaredHash !== undefined && declaredHash !== bodyHash && declaredHash !== 'UNSIGNED-PAYLOAD') return undefined;
  return signatureWith(key, { ...request, bodyHash: declaredHash ?? bodyHash }, names, { timestamp, region, service });
}

function isEqual(expected: string, actual: string): boolean {
  return expected.length === actual.length && timingSafeEqual(Buffer.from(expected), Buffer.from(actual));
}
