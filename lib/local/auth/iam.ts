/**
 * AWS_IAM: the Signature Version 4 of a request, recomputed with the local secret. IAM policies are not evaluated: the local
 * credentials may do everything.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { timingSafeEqual } from 'node:crypto';
import type { AuthFailure, AuthMode, AuthRequest } from './auth-mode';
import { badSignature, noValidHeader, unknownAccessKey } from './failures';
import { sourceIps } from './jwt';
import { basicTime, sha256, signatureScheme, signatureV4 } from './signature-v4';

/** The one key pair that local APIs accept. */
export interface LocalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface IamModeOptions {
  readonly credentials: LocalCredentials;
  readonly region: string;
  readonly accountId: string;
  readonly now: () => number;
}

const service = 'appsync';
const clockSkewMs = 5 * 60 * 1000;

export function iamMode({ credentials, region, accountId, now }: IamModeOptions): AuthMode {
  return {
    type: 'AWS_IAM',
    claims: (request) => request.headers.authorization?.startsWith(signatureScheme) ?? false,
    async authenticate(request) {
      return (
        problemOf(request, credentials, region, now()) ?? {
          mode: 'AWS_IAM',
          identity: localRole(accountId, sourceIps(request)),
          groups: [],
        }
      );
    },
  };
}

/** Who signs here: nobody of a Cognito identity pool. Assumed: the exact texts of an assumed role's user name and ARN. */
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

function problemOf(request: AuthRequest, credentials: LocalCredentials, region: string, nowMs: number): AuthFailure | undefined {
  const header = /Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)/.exec(request.headers.authorization ?? '');
  const [, credential = '', signedHeaders = '', signature = ''] = header ?? [];
  const [accessKeyId, day, scopeRegion, scopeService, terminator] = credential.split('/');
  const timestamp = request.headers['x-amz-date'];
  if (!accessKeyId || !day || !timestamp || terminator !== 'aws4_request') return noValidHeader;
  if (accessKeyId !== credentials.accessKeyId) return unknownAccessKey;
  if (scopeRegion !== region) return badSignature('Credential should be scoped to a valid region. ');
  if (scopeService !== service) return badSignature(`Credential should be scoped to correct service: '${service}'. `);

  const signedAtMs = Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(signedAtMs) || !timestamp.startsWith(day)) return noValidHeader;
  if (Math.abs(nowMs - signedAtMs) > clockSkewMs) return badSignature(`Signature expired: ${timestamp} is not within 5 min. of ${basicTime(nowMs)}`);

  const expected = signatureOf(request, signedHeaders, { region, timestamp }, credentials.secretAccessKey);
  return expected !== undefined && isEqual(expected, signature) ? undefined : badSignature(mismatch);
}

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** @returns undefined when a header that was signed is missing, or the body is not the one whose hash was sent */
function signatureOf(request: AuthRequest, signedHeaders: string, scope: { readonly region: string; readonly timestamp: string }, secretAccessKey: string): string | undefined {
  const names = signedHeaders.split(';');
  if (!names.includes('host') || names.some((name) => request.headers[name] === undefined)) return undefined;
  const bodyHash = sha256(request.body);
  const declaredHash = request.headers['x-amz-content-sha256'];
  if (declaredHash !== undefined && declaredHash !== bodyHash && declaredHash !== 'UNSIGNED-PAYLOAD') return undefined;
  return signatureV4({ ...request, bodyHash: declaredHash ?? bodyHash }, names, { ...scope, service }, secretAccessKey);
}

function isEqual(expected: string, actual: string): boolean {
  return expected.length === actual.length && timingSafeEqual(Buffer.from(expected), Buffer.from(actual));
}
