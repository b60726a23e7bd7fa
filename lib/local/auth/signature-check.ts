/**
 * Whether a request is signed by who it says: reads the `Authorization` header of Signature Version 4, and recomputes the signature.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html (checks and texts)
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { AuthFailure, AuthRequest } from './auth-mode';
import { badSignature, incompleteSignature, missingSignature } from './failures';
import { basicTime, canonicalRequest, sha256, type SignableRequest, signatureScheme, signatureWith, type SigningScope, stringToSign } from './signature-v4';

/** What an `Authorization` header says, and the date that belongs to it. */
export interface ReadSignature {
  readonly accessKeyId: string;
  /** `20261122` */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** Names in lower case, sorted. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20261122T093000Z` */
  readonly timestamp: string;
}

const parameters = ['Credential', 'Signature', 'SignedHeaders'] as const;
const clockSkewMs = 5 * 60_000;

/**
 * Reads a signature without judging it: parameters in any order, between commas or blanks.
 * Observed: exception and texts in aws-amplify/amplify-js#1311, #2035, #7906. Assumed: the header is hashed in them, as other services do today.
 */
export function readSignature({ headers }: AuthRequest): ReadSignature | AuthFailure {
  const { authorization } = headers;
  if (authorization === undefined) return missingSignature;
  const [scheme = '', ...parts] = authorization.trim().split(/[\s,]+/);
  const hashed = createHash('sha256').update(authorization).digest('base64');
  if (parts.some((part) => !part.includes('='))) return incompleteSignature(`Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashed}'.`);
  const given = new Map(parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
  const timestamp = headers['x-amz-date'] ?? dateHeader(headers.date);

  const missing = parameters.filter((name) => !given.get(name)).map((name) => `Authorization header requires '${name}' parameter.`);
  if (timestamp === undefined) missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  // Assumed: a parameter that is there twice counts as one that cannot be read, and so does another scheme.
  if (missing.length > 0 || timestamp === undefined || given.size < parts.length || scheme !== signatureScheme) return incompleteSignature([...missing, `(Hashed with SHA-256 and encoded with Base64) Authorization=${hashed}`].join(' '));

  const credential = given.get('Credential') ?? '';
  const [accessKeyId = '', day = '', region = '', service = '', terminator, ...rest] = credential.split('/');
  if (terminator === undefined || rest.length > 0) return incompleteSignature(`Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`);
  if (terminator !== 'aws4_request') return badSignature(`Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `);
  return { accessKeyId, day, region, service, timestamp, signedHeaders: (given.get('SignedHeaders') ?? '').split(';').sort(), signature: given.get('Signature') ?? '' };
}

/** @param key what the secret of the signer makes for the day of the signature. @returns undefined when the signature holds */
export function signatureProblem(request: AuthRequest, signed: ReadSignature, key: Buffer, expected: Pick<SigningScope, 'region' | 'service'>, nowMs: number): AuthFailure | undefined {
  const { timestamp, day, signedHeaders } = signed;
  if (signed.region !== expected.region) return badSignature('Credential should be scoped to a valid region. ');
  if (signed.service !== expected.service) return badSignature(`Credential should be scoped to correct service: '${expected.service}'. `);
  const late = dateProblem(timestamp, day, nowMs);
  if (late !== undefined) return badSignature(late);

  if (!signedHeaders.includes('host')) return badSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  const absent = signedHeaders.find((name) => request.headers[name] === undefined);
  // Observed: awslabs/aws-mobile-appsync-sdk-js#702
  if (absent !== undefined) return incompleteSignature(`'${absent}' is named as a SignedHeader, but it does not exist in the HTTP request.`);

  const signable: SignableRequest = { ...request, bodyHash: bodyHashOf(request) };
  const scope = { ...expected, timestamp };
  if (isEqual(signatureWith(key, signable, signedHeaders, scope), signed.signature)) return undefined;
  const canonical = canonicalRequest(signable, signedHeaders);
  return badSignature(mismatch(canonical, stringToSign(canonical, scope)));
}

function dateProblem(timestamp: string, day: string, nowMs: number): string | undefined {
  const signedAtMs = /^\d{8}T\d{6}Z$/.test(timestamp) ? Date.parse(timestamp.replace(/^(.{4})(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')) : NaN;
  if (Number.isNaN(signedAtMs)) return `Date must be in ISO-8601 'basic format'. Got '${timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601`;
  if (!timestamp.startsWith(day) || day.length !== 8) return `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`;
  const [now, earliest, latest] = [nowMs, nowMs - clockSkewMs, nowMs + clockSkewMs].map(basicTime);
  // Observed: awslabs/aws-mobile-appsync-sdk-js#385, aws-amplify/amplify-js#11480
  if (signedAtMs < nowMs - clockSkewMs) return `Signature expired: ${timestamp} is now earlier than ${earliest} (${now} - 5 min.)`;
  if (signedAtMs > nowMs + clockSkewMs) return `Signature not yet current: ${timestamp} is still later than ${latest} (${now} + 5 min.)`;
  return undefined;
}

/** `Date`, as HTTP writes it, stands in for `X-Amz-Date`. */
function dateHeader(date: string | undefined): string | undefined {
  if (date === undefined || /^\d{8}T\d{6}Z$/.test(date)) return date;
  const ms = Date.parse(date);
  return Number.isNaN(ms) ? date : basicTime(ms);
}

/** Assumed: `UNSIGNED-PAYLOAD` is taken; any other declared hash counts for nothing, and the body is hashed. */
function bodyHashOf({ headers, body }: AuthRequest): string {
  const declared = headers['x-amz-content-sha256'];
  return declared === 'UNSIGNED-PAYLOAD' ? declared : sha256(body);
}

/** Observed: zino-hofmann/graphql-flutter#639, awslabs/aws-mobile-appsync-sdk-js#750 */
function mismatch(canonical: string, toSign: string): string {
  return (
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. ' +
    `Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${toSign}'\n`
  );
}

function isEqual(expected: string, actual: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(actual)];
  return a.length === b.length && timingSafeEqual(a, b);
}
