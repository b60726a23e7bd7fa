/** Who calls in a test, per authorization mode. Nobody signs anything: the caller is made as the mode would make it of good credentials. */
import type { ApiModel, AuthorizationModeModel, AuthorizationType, RoleModel, UserModel } from '../../model';
import { anyClient, poolIssuer } from '../auth';
import type { Caller } from '../auth/auth-mode';
import { userPoolCaller } from '../auth/cognito';
import { localRole, roleSigner, type Signer, userSigner } from '../auth/iam';
import { idTokenClaims } from '../auth/local-tokens';
import { findRole, findUser } from '../local-api';
import { setupError } from './setup-error';

export interface UserPoolUser {
  readonly username: string;
  /** `cognito:groups` */
  readonly groups?: readonly string[];
  /** Further claims of the token; they win over the standard ones. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** @default a UUID made from pool and user name: the same user is the same subject in every run */
  readonly sub?: string;
  /** User pool id. @default the API's first */
  readonly pool?: string;
}

/** A role or a user of the template, and members of `ctx.identity`; those left out are the role's or user's. */
export interface IamCaller {
  /** Logical id, name or ARN; its policies decide on every field. @default a role that may do everything */
  readonly role?: string;
  /** An IAM user, named like a role. @default none: it is a role that calls */
  readonly user?: string;
  /** Tags of the role's session, over those of the role: conditions know them as `aws:PrincipalTag/KEY`. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly accountId?: string;
  readonly username?: string;
  readonly userArn?: string;
  readonly cognitoIdentityPoolId?: string;
  readonly cognitoIdentityId?: string;
  readonly cognitoIdentityAuthType?: 'authenticated' | 'unauthenticated';
  readonly cognitoIdentityAuthProvider?: string;
}

export interface OidcUser {
  readonly sub: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** @default the API's first issuer */
  readonly issuer?: string;
}

/** What the authorizer answers beside `isAuthorized: true`. */
export interface LambdaAuthorization {
  readonly resolverContext?: Readonly<Record<string, unknown>>;
  /** `Type.field`, or the field's ARN. */
  readonly deniedFields?: readonly string[];
}

export type TestIdentity =
  | { readonly mode: 'AMAZON_COGNITO_USER_POOLS'; readonly user: UserPoolUser }
  | { readonly mode: 'API_KEY' }
  | { readonly mode: 'AWS_IAM'; readonly caller: IamCaller }
  | { readonly mode: 'OPENID_CONNECT'; readonly user: OidcUser }
  | { readonly mode: 'AWS_LAMBDA'; readonly answer: LambdaAuthorization };

/** A user of a Cognito user pool, with an id token good for 24 hours. */
export function userPool(user: UserPoolUser): TestIdentity {
  return { mode: 'AMAZON_COGNITO_USER_POOLS', user };
}

/** Whoever has the API's key; of several keys the one that expires last. */
export function apiKey(): TestIdentity {
  return { mode: 'API_KEY' };
}

/** A role or a user that signs its requests: one of the template with its policies, or one that may do what the schema lets IAM callers do. */
export function iam(caller: IamCaller = {}): TestIdentity {
  return { mode: 'AWS_IAM', caller };
}

/** A user of an OpenID Connect issuer. */
export function oidc(user: OidcUser): TestIdentity {
  return { mode: 'OPENID_CONNECT', user };
}

/** Somebody the Lambda authorizer lets in. The authorizer itself does not run. */
export function lambdaAuthorizer(answer: LambdaAuthorization = {}): TestIdentity {
  return { mode: 'AWS_LAMBDA', answer };
}

/** What an identity needs to know of the API it calls. */
export type CalledApi = Pick<ApiModel, 'name' | 'apiId' | 'region' | 'accountId' | 'authorization' | 'apiKeys'>;

export interface CallOptions {
  /** Epoch milliseconds: when tokens are issued. */
  readonly nowMs: number;
  /** App client of user pool tokens. */
  readonly clientId?: string;
  /** Of the template. @default none */
  readonly roles?: readonly RoleModel[];
  /** Of the template. @default none */
  readonly users?: readonly UserModel[];
}

const sourceIp = ['127.0.0.1'];
const unheard = () => undefined;

/** @throws TestSetupError `RUN_TEST_IDENTITY` when the API has no such mode, pool, issuer or key */
export function callerOf(identity: TestIdentity, api: CalledApi, { nowMs, clientId = anyClient, roles = [], users = [] }: CallOptions): Caller {
  switch (identity.mode) {
    case 'AMAZON_COGNITO_USER_POOLS': {
      const { username, groups = [], claims = {}, sub, pool } = identity.user;
      const mode = modeOf(api, identity.mode, pool);
      const token = { issuer: poolIssuer(mode), clientId, username, groups, claims: { ...(sub !== undefined && { sub }), ...claims } };
      return userPoolCaller(mode, idTokenClaims(token, nowMs), sourceIp);
    }
    case 'API_KEY':
      modeOf(api, identity.mode);
      return { mode: 'API_KEY', identity: null, groups: [], ...expiryOfKey(api) };
    case 'AWS_IAM': {
      modeOf(api, identity.mode);
      const { role, user, tags, ...members } = identity.caller;
      if (role !== undefined && user !== undefined) throw setupError('RUN_TEST_IDENTITY', `the caller is the role "${role}" and the user "${user}" at once`, 'name one of them');
      if (role === undefined && tags !== undefined) throw setupError('RUN_TEST_IDENTITY', 'session tags are those of a role, and the caller names none', 'add the "role" that has them');
      const signer: Signer | undefined = role !== undefined ? roleSigner(withTags(findRole(role, roles), tags), api, unheard, undefined, members) : user !== undefined ? userSigner(findUser(user, users), api, unheard) : undefined;
      const permissions = signer?.permissionsFor?.({ headers: {}, sourceIp: '127.0.0.1', nowMs });
      return { mode: 'AWS_IAM', identity: { ...(signer?.identity ?? localRole(api.accountId, [])), sourceIp, ...members }, groups: [], ...(permissions && { permissions }) };
    }
    case 'OPENID_CONNECT': {
      const { sub, claims = {}, issuer: wanted } = identity.user;
      const { issuer } = modeOf(api, identity.mode, wanted);
      // Source: AppSync developer guide, "Resolver context object reference": an OIDC identity has claims, issuer and sub.
      return { mode: 'OPENID_CONNECT', identity: { claims: { iss: issuer, sub, ...claims }, issuer, sub }, groups: [] };
    }
    case 'AWS_LAMBDA': {
      modeOf(api, identity.mode);
      const { resolverContext = {}, deniedFields = [] } = identity.answer;
      return { mode: 'AWS_LAMBDA', identity: { resolverContext }, groups: [], deniedFields: deniedFields.map(coordinateOf) };
    }
  }
}

function withTags(role: RoleModel, tags: IamCaller['tags']): RoleModel {
  return { ...role, tags: { ...role.tags, ...tags } };
}

type Mode<Type extends AuthorizationType> = Extract<AuthorizationModeModel, { readonly type: Type }>;

/** @param name which of several user pools or issuers. @default the first */
function modeOf<Type extends AuthorizationType>(api: CalledApi, type: Type, name?: string): Mode<Type> {
  const modes = api.authorization.filter((mode): mode is Mode<Type> => mode.type === type);
  const mode = name === undefined ? modes[0] : modes.find((each) => nameOf(each) === name);
  if (mode) return mode;
  if (modes.length > 0) throw setupError('RUN_TEST_IDENTITY', `API "${api.name}" has no user pool or issuer "${name}"`, `name ${modes.map((each) => `"${nameOf(each)}"`).join(' or ')}, or leave it out`);
  const makers = [...new Set(api.authorization.map((each) => makerOf[each.type]))];
  throw setupError('RUN_TEST_IDENTITY', `API "${api.name}" has no authorization mode ${type}`, `call it as ${makers.join(' or ')}, or add the mode to the API`);
}

const makerOf: Readonly<Record<AuthorizationType, string>> = {
  API_KEY: 'apiKey()',
  AWS_IAM: 'iam()',
  AMAZON_COGNITO_USER_POOLS: 'userPool({ … })',
  OPENID_CONNECT: 'oidc({ … })',
  AWS_LAMBDA: 'lambdaAuthorizer({ … })',
};

function nameOf(mode: AuthorizationModeModel): string {
  switch (mode.type) {
    case 'AMAZON_COGNITO_USER_POOLS':
      return mode.userPoolId;
    case 'OPENID_CONNECT':
      return mode.issuer;
    case 'API_KEY':
    case 'AWS_IAM':
    case 'AWS_LAMBDA':
      return mode.type;
  }
}

function expiryOfKey({ name, apiKeys }: CalledApi): { readonly expiresMs?: number } {
  if (apiKeys.length === 0) throw setupError('RUN_TEST_IDENTITY', `API "${name}" takes API keys and has none`, 'add an AWS::AppSync::ApiKey to it');
  const expiresMs = Math.max(...apiKeys.map(({ expires = Infinity }) => expires * 1000));
  return Number.isFinite(expiresMs) ? { expiresMs } : {};
}

/** `arn:aws:appsync:us-east-1:111122223333:apis/<id>/types/Query/fields/salaries` → `Query.salaries` */
function coordinateOf(field: string): string {
  const [, type, name] = /\/types\/([^/]+)\/fields\/([^/]+)$/.exec(field) ?? [];
  return type !== undefined && name !== undefined ? `${type}.${name}` : field;
}
