/**
 * AWS_IAM: the Signature Version 4 of a request, recomputed with the secret of whoever signed it, and what that principal's policies allow.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash } from 'node:crypto';
import type { RoleModel, UserModel } from '../../model';
import { LeastRecentlyUsed } from '../execution/least-recently-used';
import type { AuthMode } from './auth-mode';
import { permissionDenied, unknownAccessKey } from './failures';
import { sourceIps } from './jwt';
import { type PrincipalFacts, type RequestFacts, tagFacts } from './policy-context';
import { type AskedApi, type CallerPermissions, permissionsOf } from './principal-permissions';
import type { Principal, Principals } from './principals';
import { readSignature, signatureProblem } from './signature-check';
import { signatureScheme, signingKey } from './signature-v4';

export interface IamModeOptions {
  /** With a single mode every request is taken for one that should be signed. */
  readonly isSingleMode: boolean;
  readonly principals: Principals;
  readonly api: AskedApi;
  /** `Type.field` of every query, mutation and subscription. */
  readonly rootFields: readonly string[];
  readonly now: () => number;
  readonly log: (line: string) => void;
}

const service = 'appsync';
/** A signing key is good for a day and costs four of the five steps of a signature. */
const rememberedKeys = 100;

export function iamMode({ isSingleMode, principals, api, rootFields, now, log }: IamModeOptions): AuthMode {
  const scope = { region: api.region, service };
  const keys = new LeastRecentlyUsed<Buffer>(rememberedKeys);
  const signers = new Map<string, Signer>();

  function keyOf({ key }: Principal, day: string): Buffer {
    const id = `${day} ${key.accessKeyId}`;
    let ofDay = keys.get(id);
    if (!ofDay) keys.set(id, (ofDay = signingKey(key.secretAccessKey, day, scope)));
    return ofDay;
  }

  function signerOf({ key, role, user, session }: Principal): Signer {
    let signer = signers.get(key.accessKeyId);
    if (!signer) {
      signer = user ? userSigner(user, api, log) : role ? roleSigner(role, api, log, session) : { identity: localRole(api.accountId, []) };
      signers.set(key.accessKeyId, signer);
    }
    return signer;
  }

  return {
    type: 'AWS_IAM',
    claims: ({ headers }) => isSingleMode || (headers.authorization?.startsWith(signatureScheme) ?? false),
    async authenticate(request) {
      const signed = readSignature(request);
      if ('httpStatus' in signed) return signed;
      const principal = principals.find(signed.accessKeyId);
      if (!principal || principal.key.sessionToken !== request.headers['x-amz-security-token']) return unknownAccessKey;
      const problem = signatureProblem(request, signed, keyOf(principal, signed.day), scope, now());
      if (problem) return problem;
      const { identity, permissionsFor } = signerOf(principal);
      const permissions = permissionsFor?.({ headers: request.headers, sourceIp: request.sourceIp, nowMs: now() });
      if (permissions && rootFields.length > 0 && !rootFields.some((field) => permissions.allows(field))) return permissionDenied;
      return { mode: 'AWS_IAM', identity: { ...identity, sourceIp: sourceIps(request) }, groups: [], ...(permissions && { permissions }) };
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

/** Who signs, and what it may do. */
export interface Signer {
  /** `ctx.identity`, but for the addresses of the request. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** @default everything */
  readonly permissionsFor?: (request: RequestFacts) => CallerPermissions;
}

/** @param members of the identity that are known otherwise: conditions see them too */
export function roleSigner(role: RoleModel, api: AskedApi, log: (line: string) => void, session?: string, members: Signer['identity'] = {}): Required<Signer> {
  const identity = { ...roleIdentity(role, api.accountId, session), ...members };
  return { identity, permissionsFor: permissionsOf(role, { facts: roleFacts(role, identity), arn: String(identity.userArn), name: `the role ${role.roleName}` }, api, log) };
}

export function userSigner(user: UserModel, api: AskedApi, log: (line: string) => void): Required<Signer> {
  const identity = userIdentity(user, api.accountId);
  const facts = { ...principalFacts(user, identity, 'User'), 'aws:username': user.userName };
  return { identity, permissionsFor: permissionsOf(user, { facts, arn: user.arn, name: `the user ${user.userName}` }, api, log) };
}

/** What a role may do with an API when it is called from here. */
export function permissionsOfRole(role: RoleModel, api: AskedApi): CallerPermissions {
  const { permissionsFor } = roleSigner(role, api, () => undefined);
  return permissionsFor({ headers: {}, sourceIp: '127.0.0.1', nowMs: Date.now() });
}

function roleFacts(role: RoleModel, identity: Signer['identity']): PrincipalFacts {
  const { identityPool } = role;
  return {
    ...principalFacts(role, identity, 'AssumedRole'),
    'aws:multifactorauthpresent': 'false',
    'aws:tokenissuetime': '',
    ...(identityPool && {
      'cognito-identity.amazonaws.com:aud': identityPool.id,
      'cognito-identity.amazonaws.com:sub': String(identity.cognitoIdentityId),
      'cognito-identity.amazonaws.com:amr': identityPool.isAuthenticated ? 'authenticated' : 'unauthenticated',
    }),
  };
}

function principalFacts(principal: RoleModel | UserModel, identity: Signer['identity'], type: string): PrincipalFacts {
  return {
    ...tagFacts(principal),
    'aws:principalarn': principal.arn,
    'aws:principalaccount': String(identity.accountId),
    'aws:principaltype': type,
    'aws:userid': String(identity.username),
  };
}

/** Assumed: the user's unique id stands as the user name, as it does for roles. */
export function userIdentity({ arn }: UserModel, accountId: string): Readonly<Record<string, unknown>> {
  return { ...localRole(accountId, []), username: uniqueId('AIDA', arn), userArn: arn };
}

/**
 * Observed: user name and ARN of a role that an identity pool gives. Assumed: the session name of roles that nobody has a name for; no provider is
 * named.
 */
export function roleIdentity({ arn, identityPool }: RoleModel, accountId: string, session = identityPool ? 'CognitoIdentityCredentials' : 'local'): Readonly<Record<string, unknown>> {
  const roleId = uniqueId('AROA', arn);
  return {
    ...localRole(accountId, []),
    username: `${roleId}:${session}`,
    userArn: sessionArn(arn, session),
    ...(identityPool && {
      cognitoIdentityPoolId: identityPool.id,
      cognitoIdentityId: roleId,
      cognitoIdentityAuthType: identityPool.isAuthenticated ? 'authenticated' : 'unauthenticated',
    }),
  };
}

/** Who a role's session is, as ARN: the name of the role without its path. */
export function sessionArn(roleArn: string, session: string): string {
  const [, partition = 'aws', , , accountId = '', role = ''] = roleArn.split(':');
  return `arn:${partition}:sts::${accountId}:assumed-role/${role.split('/').pop() ?? ''}/${session}`;
}

/** As IAM gives them to roles (`AROA`) and users (`AIDA`). */
function uniqueId(prefix: string, arn: string): string {
  return `${prefix}${createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase()}`;
}
