/**
 * What a request to AppSync tells conditions of policies: who signed it, when, and from where.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html. AppSync has no condition keys of its own for
 * `appsync:GraphQL`. Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappsync.html
 */
import type { PrincipalModel } from '../../model';
import type { ContextLookup } from './policy-conditions';

/** Of the request, whoever sends it. */
export interface RequestFacts {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Peer address. */
  readonly sourceIp: string;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

/** Of the principal, whatever it sends: condition keys in lower case. */
export type PrincipalFacts = Readonly<Record<string, string>>;

/** Keys that calls of services, of other accounts or through an endpoint have, and a direct call has not. */
const keysOfOthers: ReadonlySet<string> = new Set(
  ['CalledVia', 'CalledViaFirst', 'CalledViaLast', 'FederatedProvider', 'MultiFactorAuthAge', 'PrincipalServiceName', 'PrincipalServiceNamesList', 'SourceAccount', 'SourceArn', 'SourceIdentity', 'SourceVpc', 'SourceVpce', 'VpcSourceIp'].map((key) => `aws:${key}`.toLowerCase()),
);
/** Keys of principals that not every principal has. */
const keysOfPrincipals = /^(aws:(username|userid|principaltag\/.+|requesttag\/.+|tokenissuetime|multifactorauthpresent)|cognito-identity\.amazonaws\.com:(aud|sub|amr))$/;

export function contextOf(principal: PrincipalFacts, { headers, sourceIp, nowMs }: RequestFacts, api: { readonly region: string; readonly accountId: string }): ContextLookup {
  const request: Readonly<Record<string, string | undefined>> = {
    'aws:currenttime': new Date(nowMs).toISOString(),
    'aws:epochtime': String(Math.floor(nowMs / 1000)),
    'aws:sourceip': sourceIp,
    // Stands for the endpoint on AWS, which takes nothing else.
    'aws:securetransport': 'true',
    'aws:useragent': headers['user-agent'] ?? '',
    'aws:referer': headers.referer,
    'aws:requestedregion': api.region,
    'aws:resourceaccount': api.accountId,
    'aws:viaawsservice': 'false',
    'aws:principalisawsservice': 'false',
    // Credentials here do not age.
    ...('aws:tokenissuetime' in principal && { 'aws:tokenissuetime': new Date(nowMs).toISOString() }),
  };
  return (name) => {
    const key = name.toLowerCase();
    if (Object.hasOwn(request, key)) return request[key] === undefined ? [] : [request[key]];
    if (Object.hasOwn(principal, key)) return [principal[key] ?? ''];
    return keysOfOthers.has(key) || keysOfPrincipals.test(key) ? [] : 'UNKNOWN';
  };
}

/** Tags by the key that conditions know them by. */
export function tagFacts({ tags = {} }: Pick<PrincipalModel, 'tags'>): PrincipalFacts {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:principaltag/${key}`.toLowerCase(), value]));
}
