/**
 * AWS_IAM: the Signature Version 4 of a request, recomputed with the secret of whoever signed it, and what that principal's policies allow.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash } from 'node:crypto';
import type { RoleModel } from '../../model';
import { LeastRecentlyUsed } from '../execution/least-recently-used';
import type { AuthMode, Caller } from './auth-mode';
import { permissionDenied, unknownAccessKey } from './failures';
import { type Permissions, permissionsOn } from './iam-policy';
import { sourceIps } from './jwt';
import type { Principal, Principals } from './principals';
import { readSignature, signatureProblem } from './signature-check';
import { signatureScheme, signingKey } from './signature-v4';

export interface IamModeOptions {
  /** With a single mode every request is taken for one that should be signed. */
  readonly isSingleMode: boolean;
  readonly principals: Principals;
  readonly api: { readonly apiId: string; readonly region: string; readonly accountId: string };
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
  const callers = new Map<string, Omit<Caller, 'identity'> & { readonly identity: NonNullable<Caller['identity']> }>();

  function keyOf({ key }: Principal, day: string): Buffer {
    const id = `${day} ${key.accessKeyId}`;
    let ofDay = keys.get(id);
    if (!ofDay) keys.set(id, (ofDay = signingKey(key.secretAccessKey, day, scope)));
    return ofDay;
  }

  function callerOf({ key, role, session }: Principal) {
    let caller = callers.get(key.accessKeyId);
    if (!caller) {
      const permissions = role && permissionsOfRole(role, api);
      const identity = role ? roleIdentity(role, api.accountId, session) : localRole(api.accountId, []);
      callers.set(key.accessKeyId, (caller = { mode: 'AWS_IAM', identity, groups: [], ...(permissions && { permissions }) }));
      for (const doubt of role ? doubtsAbout(role) : []) log(`IAM: ${doubt}`);
    }
    return caller;
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

/**
 * Observed: user name and ARN of a role that an identity pool gives. Assumed: the session name of roles that nobody has a name for; no provider is
 * named.
 */
export function roleIdentity({ arn, identityPool }: RoleModel, accountId: string, session = identityPool ? 'CognitoIdentityCredentials' : 'local'): Readonly<Record<string, unknown>> {
  const roleId = `AROA${createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase()}`;
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

function doubtsAbout({ roleName, unread, statements }: RoleModel): string[] {
  return [
    ...unread.map((policy) => `${policy} of the role ${roleName} is not in the templates: it is taken to allow nothing here`),
    ...(statements.some(({ isConditional }) => isConditional) ? [`conditions in the policies of the role ${roleName} are not evaluated: what they allow is allowed, what they deny is not denied`] : []),
  ];
}
