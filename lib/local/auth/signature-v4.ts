/**
 * Signature Version 4: what is signed, and with which key. Verifying callers and signing our own calls both stand on it.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac } from 'node:crypto';

export const signatureScheme = 'AWS4-HMAC-SHA256';

/** An HTTP request as far as a signature covers it. */
export interface SignableRequest {
  readonly method: string;
  /** As sent, without query. */
  readonly path: string;
  /** As it was sent, without `?`, or decoded parameters by name, one or several values each. @default none */
  readonly query?: string | Readonly<Record<string, string | readonly string[]>>;
  /** Names in lower case; the ones to sign are all there. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body in hex, or what stands for it. */
  readonly bodyHash: string;
}

export interface SigningScope {
  /** `20261122T093000Z` */
  readonly timestamp: string;
  readonly region: string;
  readonly service: string;
}

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

/** @param signedHeaders names in lower case, sorted */
export function signatureV4(request: SignableRequest, signedHeaders: readonly string[], scope: SigningScope, secretAccessKey: string): string {
  return signatureWith(signingKey(secretAccessKey, scope.timestamp.slice(0, 8), scope), request, signedHeaders, scope);
}

/** Good for one day, region and service. @param day `20261122` */
export function signingKey(secretAccessKey: string, day: string, { region, service }: Pick<SigningScope, 'region' | 'service'>): Buffer {
  return [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secretAccessKey}`, day));
}

/** With a key that was made before. */
export function signatureWith(key: Buffer, request: SignableRequest, signedHeaders: readonly string[], scope: SigningScope): string {
  return hmac(key, stringToSign(canonicalRequest(request, signedHeaders), scope)).toString('hex');
}

/** The request in the one form that both sides arrive at. */
export function canonicalRequest({ method, path, query, headers, bodyHash }: SignableRequest, signedHeaders: readonly string[]): string {
  const canonicalHeaders = signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`);
  return [method, canonicalPath(path), canonicalQuery(query), ...canonicalHeaders, '', signedHeaders.join(';'), bodyHash].join('\n');
}

export function stringToSign(canonical: string, { timestamp, region, service }: SigningScope): string {
  return [signatureScheme, timestamp, `${timestamp.slice(0, 8)}/${region}/${service}/aws4_request`, sha256(canonical)].join('\n');
}

/** The headers that a signed request needs beside its own; all headers of the request are signed. */
export function signatureHeaders(request: SignableRequest, key: AccessKey, scope: Pick<SigningScope, 'region' | 'service'>, nowMs: number): Record<string, string> {
  const timestamp = basicTime(nowMs);
  const added = { 'x-amz-date': timestamp, ...(key.sessionToken !== undefined && { 'x-amz-security-token': key.sessionToken }) };
  const headers = { ...request.headers, ...added };
  const names = Object.keys(headers).sort();
  const signature = signatureV4({ ...request, headers }, names, { ...scope, timestamp }, key.secretAccessKey);
  const credential = `${key.accessKeyId}/${timestamp.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  return { ...added, authorization: `${signatureScheme} Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}` };
}

/** ISO 8601 without separators and milliseconds. */
export function basicTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Each segment of the path as sent, without empty and relative ones, URI-encoded once more, as every service but S3 wants it. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(escaped(segment));
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

/** By name, then by value, both as encoded. */
function canonicalQuery(query: SignableRequest['query'] = ''): string {
  const parameters = typeof query === 'string' ? [...new URLSearchParams(query)] : Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => [name, value] as const));
  return parameters
    .map(([name, value]) => [escaped(name), escaped(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** By code unit: what is compared is encoded, and so ASCII. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
