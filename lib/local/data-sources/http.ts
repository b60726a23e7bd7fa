/**
 * The HTTP data source: one real request per document, signed when the data source says so. What the endpoint answers is a result whatever its
 * status; only a request that gets no answer is an error.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-http-js.html
 */
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type AccessKey, sha256, signatureHeaders } from '../auth';
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
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function httpDataSource({ endpoint, signing, now, timeoutMs = 30_000 }: HttpOptions): DataSource {
  const base = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  return {
    async invoke(request) {
      if (!base || !/^https?:$/.test(base.protocol)) throw new DataSourceRequestError(`The endpoint "${endpoint}" of the HTTP data source is no http or https address.`, 'BadRequestException');
      const call = readCall(isObject(request) ? request : {});
      const signed: Record<string, string> = { host: base.host, ...call.headers };
      const bodyHash = sha256(call.body);
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
  const [pathname = '', search = ''] = path.split(/\?(.*)/s);
  const params = document.params == null ? {} : asObject(document.params, '$[params]');
  const headers = Object.entries(texts(params.headers, '$[params][headers]')).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const isSettable = ([name]: readonly [string, string]) => !unsettable.has(name);
  const { body = '' } = params;
  return {
    method: method as string,
    // Only what HTTP could not carry is encoded: the rest may be so already.
    path: pathname.replace(/[^\x21-\x7e]+/g, encodeURIComponent),
    query: { ...Object.fromEntries(new URLSearchParams(search)), ...texts(params.query, '$[params][query]') },
    headers: Object.fromEntries(headers.filter(isSettable)),
    body: typeof body === 'string' ? body : body === null ? '' : JSON.stringify(body),
  };
}

/** A map of texts; numbers and booleans count as the text they print. Assumed: nulls are left out. */
function texts(value: unknown, path: string): Record<string, string> {
  if (value == null) return {};
  const entries = Object.entries(asObject(value, path)).filter(([, member]) => member != null);
  return Object.fromEntries(
    entries.map(([name, member]) => {
      if (typeof member === 'object') throw new DataSourceRequestError(`Value for field '${path}[${name}]' must be a string.`);
      return [name, String(member)];
    }),
  );
}

/** Assumed: redirects are given back, not followed; a type for requests that got no answer. Observed: the class name behind it, in a service log. */
function send(base: URL, call: HttpCall, timeoutMs: number): Promise<DataSourceResponse> {
  const query = Object.entries(call.query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const path = query.length === 0 ? call.path : `${call.path}?${query.join('&')}`;
  const body = Buffer.from(call.body, encodingOf(call.headers['content-type']));
  return new Promise((resolve) => {
    const fail = (reason: string) => resolve({ result: null, error: { type: 'Http:HttpRequestException', message: reason } });
    try {
      const start = base.protocol === 'https:' ? httpsRequest : httpRequest;
      const headers = { ...call.headers, ...(body.length > 0 && { 'content-length': body.length }) };
      const sent = start({ protocol: base.protocol, hostname: base.hostname.replace(/^\[|\]$/g, ''), port: base.port, method: call.method, path, headers, timeout: timeoutMs });
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      sent.on('error', (error) => fail(`${call.method} ${base.origin}${call.path}: ${error.message}`));
      sent.on('response', (response) => void read(response).then((result) => resolve({ result }), (error: Error) => fail(error.message)));
      sent.end(body);
    } catch (error) {
      // Header names and values that HTTP does not allow.
      fail((error as Error).message);
    }
  });
}

async function read(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBodyBytes) throw new Error(`the response is larger than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]);
  return { statusCode: response.statusCode, headers: Object.fromEntries(headers), body: Buffer.concat(chunks).toString(encodingOf(response.headers['content-type'])) };
}

/** Source: developer guide, a body is sent as UTF-8 unless the content type has a charset. */
function encodingOf(contentType: string | undefined): BufferEncoding {
  const [, charset = 'utf-8'] = /charset="?([^;"\s]+)/i.exec(contentType ?? '') ?? [];
  if (/^(iso-8859-1|latin-?1|windows-1252)$/i.test(charset)) return 'latin1';
  return /^utf-?16(le)?$/i.test(charset) ? 'utf16le' : 'utf8';
}
