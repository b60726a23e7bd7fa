/**
 * HTTP requests and responses as plain data, with the body read. The server hands them to an API as they are:
 * a WHATWG `Request` and `Response` per call would cost more than most resolvers.
 */

export interface HttpRequest {
  readonly method: string;
  /** Path as the client sent it, without the query: `/shop/graphql`. IAM signatures cover it. */
  readonly path: string;
  /** As sent, without `?`. IAM signatures cover it too. @default none */
  readonly query?: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8 text; empty without a body. */
  readonly body: string;
  /** Peer address. */
  readonly sourceIp: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers a request. Never rejects for bad input. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** Answers a request by an API's `fetch`. @throws TypeError for a method or header that `Request` does not take */
export async function answerThroughFetch(
  fetch: (request: Request, peer: { readonly sourceIp: string }) => Promise<Response>,
  { method, path, query, headers, body, sourceIp }: HttpRequest,
): Promise<HttpResponse> {
  const url = new URL(query === undefined ? path : `${path}?${query}`, `http://${headers.host ?? 'localhost'}`);
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const response = await fetch(new Request(url, { method, headers: { ...headers }, body: hasBody ? body : null }), { sourceIp });
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}
