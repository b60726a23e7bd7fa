/** Who calls: chooses the authorization mode of a request and lets it decide. */
import type { ApiModel, AuthorizationModeModel } from '../../model';
import type { InvokeFunction } from '../lambda';
import { apiKeyMode } from './api-key';
import { LeastRecentlyUsed } from '../execution/least-recently-used';
import { type AuthFailure, type AuthMode, type AuthRequest, type Caller, isFailure } from './auth-mode';
import { cognitoMode } from './cognito';
import { noValidHeader, unparsableToken } from './failures';
import { iamMode } from './iam';
import type { IssuerKeys } from './issuer-keys';
import { bearerToken, unverifiedClaims } from './jwt';
import { lambdaMode } from './lambda';
import type { LocalTokens } from './local-tokens';
import { oidcMode } from './oidc';
import type { Principals } from './principals';

export { poolIssuer } from './cognito';
export { type AccessKey, sha256, signatureHeaders } from './signature-v4';
export { realtimeFailure } from './failures';
export { localRole, permissionsOfRole, roleIdentity, sessionArn } from './iam';
export { decisionsOn } from './iam-policy';
export { type IssuerKeys, issuerKeys } from './issuer-keys';
export { anyClient, issueToken, type LocalTokens, localTokens } from './local-tokens';
export { type LocalCredentials, type Principal, type Principals, principals, roleKey, userKey } from './principals';

export interface AuthenticationOptions {
  readonly api: Pick<ApiModel, 'apiId' | 'authorization' | 'apiKeys' | 'region' | 'accountId'>;
  readonly tokens: LocalTokens;
  readonly issuerKeys: IssuerKeys;
  readonly principals: Principals;
  /** `Type.field` of every query, mutation and subscription. */
  readonly rootFields: readonly string[];
  /** Calls Lambda authorizers. */
  readonly invokeFunction: InvokeFunction;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** Which mode is asked first. Assumed: the order as a whole; AWS states only that a signature or a JWT never goes to the Lambda authorizer. */
const precedence: readonly AuthorizationModeModel['type'][] = ['AWS_IAM', 'API_KEY', 'AMAZON_COGNITO_USER_POOLS', 'OPENID_CONNECT', 'AWS_LAMBDA'];

/** Tokens whose mode is known, so that it need not be read out of them again. */
const rememberedTokens = 1_000;

/** The first mode that claims a request decides on it. */
export function createAuthentication(options: AuthenticationOptions): (request: AuthRequest) => Promise<Caller | AuthFailure> {
  const { authorization } = options.api;
  const modes = authorization
    .map((mode) => authMode(mode, authorization.length === 1, options))
    .sort((a, b) => precedence.indexOf(a.type) - precedence.indexOf(b.type));
  const takesTokens = authorization.some((mode) => mode.type === 'AMAZON_COGNITO_USER_POOLS' || mode.type === 'OPENID_CONNECT');

  const modeOfToken = new LeastRecentlyUsed<AuthMode>(rememberedTokens);

  return async (request) => {
    const { authorization: header, 'x-api-key': key } = request.headers;
    const known = header !== undefined && key === undefined ? modeOfToken.get(header) : undefined;
    if (known) return known.authenticate(request);

    const token = bearerToken(request);
    const isJwt = takesTokens && token !== undefined && unverifiedClaims(token) !== undefined;
    for (const mode of modes) {
      // Source: AppSync developer guide, "AWS_LAMBDA authorization": a JWT is no Lambda token where another mode takes JWTs.
      if (!mode.claims(request) || (mode.type === 'AWS_LAMBDA' && isJwt)) continue;
      const caller = await mode.authenticate(request);
      if (isJwt && header !== undefined && !isFailure(caller) && mode.type !== 'API_KEY') modeOfToken.set(header, mode);
      return caller;
    }
    return takesTokens && token !== undefined && !isJwt ? unparsableToken : noValidHeader;
  };
}

function authMode(mode: AuthorizationModeModel, isSingleMode: boolean, { api, tokens, issuerKeys, principals, rootFields, invokeFunction, now, log }: AuthenticationOptions): AuthMode {
  switch (mode.type) {
    case 'API_KEY':
      return apiKeyMode(api.apiKeys, now);
    case 'AWS_IAM':
      return iamMode({ isSingleMode, principals, api, rootFields, now, log });
    case 'AMAZON_COGNITO_USER_POOLS':
      return cognitoMode({ mode, isSingleMode, tokens, now, log });
    case 'OPENID_CONNECT':
      return oidcMode({ mode, isSingleMode, tokens, issuerKeys, now, log });
    case 'AWS_LAMBDA':
      return lambdaMode({ mode, api, invoke: invokeFunction, now, log });
  }
}
