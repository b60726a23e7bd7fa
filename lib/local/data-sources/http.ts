/**
 * The HTTP data source: one real request per document, signed when the data source says so. What the endpoint answers is a result whatever its
 * status; only a request that gets no answer is an error.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-http-js.html
 */
import { createHash } from 'node:crypto';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { type AccessKey, signatureHeaders } from '../auth';
import { type DataSource, DataSourceRequestError, type DataSourceResponse } from './data-source';
import { asObject, type Document, isObject, required } from './request-document';

export interface HttpOptions {
  /** Scheme, host and port; anything after them is ignored. Source: developer guide, "the endpoint has no path". */
  readonly endpoint: string;
  /** Present for `AWS_IAM`. */
  readonly signing?: { readonly region: string; readonly service: string; readonly key: AccessKey };
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** @default the 30 seconds a whole request may take */
  readonly timeoutMs?: number;
}

const methods: ReadonlySet<unknown> = new Set(['PUT', 'POST', 'GET', 'DELETE', 'PATCH']);

/** Source: developer guide, headers that a request cannot set; `http` decides on them. */
const unsettable: ReadonlySet<string> = new Set(['host', 'connection', 'user-agent', 'expectation', 'expect', 'transfer_encoding', 'transfer-encoding', 'content_length', 'content-length']);

/** Source: quota of 5 MB for an evaluated value; a body that is larger could not be read by the handler. */
const maxBodyBytes = 5_000_000;

interface HttpCall {
  readonly method: string;
  /** Without query, encoded as it goes over the wire. */
  readonly path: string;
  /** Encoded, without `?`. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In the charset of the content type. */
  readonly body: Buffer;
}

export function httpDataSource({ endpoint, signing, now, timeoutMs = 30_000 }: HttpOptions): DataSource {
  const base = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  return {
    async invoke(request) {
      if (!base || !/^https?:$/.test(base.protocol)) throw new DataSourceRequestError(`The endpoint "${endpoint}" of the HTTP data source is no http or https address.`, 'BadRequestException');
      const call = readCall(isObject(request) ? request : {});
      const signed: Record<string, string> = { host: base.host, ...call.headers };
      const bodyHash = createHash('sha256').update(call.body).digest('hex');
      const signature = signing && signatureHeaders({ ...call, headers: signed, bodyHash }, signing.key, signing, now());
      return send(base, { ...call, headers: { ...call.headers, ...signature } }, timeoutMs);
    },
  };
}

/** @throws DataSourceRequestError */
function readCall(document: Document): HttpCall {
  const method = required(document, 'method');
  // Assumed: text.
  if (!methods.has(method)) throw new DataSourceRequestError(`Unsupported HTTP method '${String(method)}'.`);
  const path = required(document, 'resourcePath');
  if (typeof path !== 'string' || !path.startsWith('/')) throw new DataSourceRequestError(`Value for field '$[resourcePath]' must be a path that begins with '/'.`);
  const [pathname = '', search = ''] = wellFormed(path).split(/\?(.*)/s);
  const params = document.params == null ? {} : asObject(document.params, '$[params]');
  const given = Object.entries(texts(params.headers, '$[params][headers]')).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const headers = Object.fromEntries(given.filter(([name]) => !unsettable.has(name)));
  const { body = '' } = params;
  return {
    method: method as string,
    // Only what HTTP could not carry is encoded: the rest may be so already.
    path: pathname.replace(/[^\x21-\x7e]+/g, encodeURIComponent),
    query: queryOf(search, texts(params.query, '$[params][query]')),
    headers,
    body: Buffer.from(typeof body === 'string' ? body : body === null ? '' : JSON.stringify(body), bufferEncoding(charsetOf(headers['content-type']))),
  };
}

/** What the path has keeps its order and its repetitions. Assumed: a parameter of the same name takes its place. */
function queryOf(inPath: string, parameters: Readonly<Record<string, string>>): string {
  const kept = [...new URLSearchParams(inPath)].filter(([name]) => !Object.hasOwn(parameters, name));
  return [...kept, ...Object.entries(parameters)].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

/** Half a surrogate pair cannot be encoded: it becomes the replacement character. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** A map of texts; numbers and booleans count as the text they print. Assumed: nulls are left out. */
function texts(value: unknown, path: string): Record<string, string> {
  if (value == null) return {};
  const entries = Object.entries(asObject(value, path)).filter(([, member]) => member != null);
  return Object.fromEntries(
    entries.map(([name, member]) => {
      if (typeof member === 'object') throw new DataSourceRequestError(`Value for field '${path}[${name}]' must be a string.`);
      return [wellFormed(name), wellFormed(String(member))];
    }),
  );
}

/** Assumed: redirects are given back, not followed; a type for requests that got no answer. Observed: the class name behind it, in a service log. */
async function send(base: URL, call: HttpCall, timeoutMs: number): Promise<DataSourceResponse> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return { result: await read(await begin(base, call, signal)) };
  } catch (error) {
    const reason = signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error);
    return { result: null, error: { type: 'Http:HttpRequestException', message: `${call.method} ${base.origin}${call.path}: ${reason}` } };
  }
}

function begin(base: URL, { method, path, query, headers, body }: HttpCall, signal: AbortSignal): Promise<IncomingMessage> {
  const start = base.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    // Throws for header names and values that HTTP does not allow.
    const sent = start({
      protocol: base.protocol,
      hostname: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port,
      method,
      path: query === '' ? path : `${path}?${query}`,
      headers: { ...headers, ...(body.length > 0 && { 'content-length': body.length }) },
      signal,
    });
    sent.on('error', reject);
    sent.on('response', resolve);
    sent.end(body);
  });
}

/** A name with several addresses fails with a list of errors and no message. */
function reasonOf(error: unknown): string {
  const { message, errors: [first] = [] } = error as { readonly message: string; readonly errors?: readonly Error[] };
  return first?.message ?? message;
}

/** @throws Error for a body that is too large, damaged or cut off */
async function read(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  const { 'content-encoding': compression, ...others } = response.headers;
  const body = Buffer.concat(chunks);
  const plain = decompressed(body, compression);
  const headers = Object.entries(plain === body ? response.headers : others).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]);
  return { statusCode: response.statusCode, headers: Object.fromEntries(headers), body: textOf(plain, charsetOf(response.headers['content-type'])) };
}

/** Compression is not asked for, but copied headers of a browser may ask. Assumed: AppSync undoes it, as Java's clients do. */
function decompressed(body: Buffer, compression: string | undefined): Buffer {
  const decompress = body.length === 0 ? undefined : decompressors.get(compression?.toLowerCase());
  try {
    return decompress ? decompress(body, { maxOutputLength: maxBodyBytes }) : body;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : error;
  }
}

const decompressors: ReadonlyMap<string | undefined, typeof gunzipSync> = new Map([['gzip', gunzipSync], ['x-gzip', gunzipSync], ['deflate', inflateSync], ['br', brotliDecompressSync]]);

function tooLarge(): Error {
  return new Error(`the response is larger than ${maxBodyBytes} bytes`);
}

/** Source: developer guide, a body is sent as UTF-8 unless the content type has a charset. */
function charsetOf(contentType: string | undefined): string {
  return /charset="?([^;"\s]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
}

/** Those that Node writes; others are sent as UTF-8. */
function bufferEncoding(charset: string): BufferEncoding {
  if (/^(iso-8859-1|latin-?1|windows-1252)$/.test(charset)) return 'latin1';
  return /^utf-?16(le)?$/.test(charset) ? 'utf16le' : 'utf8';
}

/** Bytes that the charset does not have become replacement characters; a charset that nobody knows is read as UTF-8. */
function textOf(body: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(body);
  } catch {
    return body.toString();
  }
}
