/**
 * The OpenSearch data source: one request to the REST API of a search domain. What the domain refuses is an error of the request.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-elasticsearch-js.html
 */
import { type SearchAnswer, type SearchRequest, UnsupportedClause } from '../search';
import { type DataSource, DataSourceRequestError, type DataSourceResponse } from './data-source';
import { notEmulatedType } from './not-emulated';
import { asObject, type Document, isObject, required } from './request-document';

/** A search domain, here or elsewhere. */
export interface SearchDomain {
  /** @throws UnsupportedClause, and Error when there is no answer */
  request(request: SearchRequest): Promise<SearchAnswer>;
}

export interface OpenSearchOptions {
  readonly domain: SearchDomain;
  /** Takes what the domain refused, which AppSync tells nobody. */
  readonly log: (line: string) => void;
}

const operations: ReadonlySet<unknown> = new Set(['GET', 'POST', 'PUT', 'HEAD', 'DELETE']);

export function openSearchDataSource({ domain, log }: OpenSearchOptions): DataSource {
  return {
    async invoke(request): Promise<DataSourceResponse> {
      const call = readRequest(isObject(request) ? request : {});
      try {
        const { status, body } = await domain.request(call);
        if (status < 400) return { result: call.method === 'HEAD' ? null : body };
        // A document that is not there is a 404 like others, and nothing to tell of.
        if (!isObject(body) || body.found !== false) log(`search: ${call.method} ${call.path} → ${status} ${reasonOf(body)}`);
        return { result: null, error: status >= 500 ? noAnswer : refused(status) };
      } catch (error) {
        if (error instanceof UnsupportedClause) throw new DataSourceRequestError(error.message, notEmulatedType);
        log(`search: ${call.method} ${call.path}: ${error instanceof Error ? error.message : String(error)}`);
        return { result: null, error: noAnswer };
      }
    },
  };
}

/** @throws DataSourceRequestError */
function readRequest(document: Document): SearchRequest {
  const method = required(document, 'operation');
  // Assumed: text.
  if (!operations.has(method)) throw new DataSourceRequestError(`Unsupported operation '${String(method)}'.`);
  const path = required(document, 'path');
  // Assumed: text.
  if (typeof path !== 'string' || !path.startsWith('/')) throw new DataSourceRequestError("Value for field '$[path]' must be a path that begins with '/'.");
  const { queryString, headers, body } = document.params == null ? ({} as Document) : asObject(document.params, '$[params]');
  if (headers != null) asObject(headers, '$[params][headers]');
  const query = queryString == null ? {} : asObject(queryString, '$[params][queryString]');
  const [pathname = '', inPath = ''] = path.split(/\?(.*)/s);
  return {
    method: method as string,
    path: pathname,
    query: { ...Object.fromEntries(new URLSearchParams(inPath)), ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])) },
    ...(body != null && { body: bodyOf(pathname, body) }),
  };
}

/** Text is JSON, but for `_bulk`, which is JSON line by line. */
function bodyOf(path: string, body: unknown): unknown {
  if (typeof body !== 'string' || path.endsWith('/_bulk')) return body;
  try {
    return JSON.parse(body);
  } catch {
    // OpenSearch will say so.
    return body;
  }
}

/** Observed: type and words in public reports (amplify-cli issues 863 and 2639, both Bad Request).  |  Assumed: the same for the other statuses below 500. */
function refused(status: number): { readonly type: string; readonly message: string } {
  return { type: 'Elasticsearch:UserIllegalArgumentException', message: `Elasticsearch responded with an error: ${reasonPhrases[status] ?? status}` };
}

/** Observed: in a public report.  |  Assumed: for statuses from 500 on too. */
const noAnswer = { type: 'Elasticsearch:RuntimeException', message: 'Communication error while executing a request to Elasticsearch.' };

const reasonPhrases: Readonly<Record<number, string>> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 409: 'Conflict', 413: 'Request Entity Too Large', 429: 'Too Many Requests' };

/** `parsing_exception: unknown query [x]` */
function reasonOf(body: unknown): string {
  const error = isObject(body) ? body.error : undefined;
  if (isObject(error)) return `${String(error.type)}: ${String(error.reason)}`;
  return typeof error === 'string' ? error : (JSON.stringify(body) ?? '');
}
