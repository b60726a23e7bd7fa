/**
 * GraphQL over HTTP: a request's bytes to AppSync's answer, with its status codes, headers and error bodies. No sockets.
 * Source: AppSync responses recorded in public repositories; graphql-over-http issue 81.
 */
import { randomUUID } from 'node:crypto';
import { type AuthFailure, type AuthRequest, type Caller, isFailure } from './auth/auth-mode';
import type { ExecutionOutcome, Executor, OperationRequest } from './executor';
import type { HttpHandler, HttpRequest, HttpResponse } from './http-message';

export interface GatewayOptions {
  readonly authenticate: (request: AuthRequest) => Promise<Caller | AuthFailure>;
  readonly execute: Executor['execute'];
}

export interface Gateway {
  readonly handle: HttpHandler;
  /** The same over WHATWG types, for tests and in-process clients. */
  fetch(request: Request, peer?: { readonly sourceIp: string }): Promise<Response>;
}

const maxBodyBytes = 1024 * 1024;
const localPeer = { sourceIp: '127.0.0.1' };

export function createGateway({ authenticate, execute }: GatewayOptions): Gateway {
  async function handle(request: HttpRequest): Promise<HttpResponse> {
    if (request.method === 'OPTIONS') return preflight(request);
    const requestId = randomUUID();
    const caller = await authenticate(request);
    if (isFailure(caller)) return authFailure(caller, requestId);

    const operation = readOperation(request.body);
    if ('message' in operation) return badRequest(operation.message, requestId);
    const outcome = await execute(operation, { caller, headers: visibleHeaders(request.headers), requestId });
    return answer(outcome, requestId);
  }

  return {
    handle,
    async fetch(request, peer = localPeer) {
      const { pathname, search } = new URL(request.url);
      const { status, headers, body } = await handle({
        method: request.method,
        path: pathname,
        query: search.slice(1),
        headers: headersOf(request),
        body: await request.text(),
        sourceIp: peer.sourceIp,
      });
      return new Response(body === '' ? null : body, { status, headers });
    },
  };
}

/** A WHATWG request has no `host` of its own; the address says it, and IAM signatures cover it. */
function headersOf(request: Request): Record<string, string> {
  return { host: new URL(request.url).host, ...Object.fromEntries(request.headers) };
}

/** Source: AppSync developer guide, "Resolver context object reference": `cookie` is withheld. */
function visibleHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!('cookie' in headers)) return headers;
  const visible = { ...headers };
  delete visible.cookie;
  return visible;
}

const unparsable = { message: 'Unable to parse GraphQL query.' };

/** The envelope is JSON whatever the content type says. */
function readOperation(body: string): OperationRequest | { readonly message: string } {
  if (body.trim() === '') return { message: 'Request body is empty.' };
  // Assumed: text; the service's own limit on bodies is not documented.
  if (body.length > maxBodyBytes || Buffer.byteLength(body) > maxBodyBytes) return { message: 'Request body is too large.' };
  let envelope: unknown;
  try {
    envelope = JSON.parse(body);
  } catch {
    return unparsable;
  }
  if (typeof envelope !== 'object' || envelope === null) return unparsable;
  const { query, operationName, variables } = envelope as Readonly<Record<string, unknown>>;
  if (typeof query !== 'string' || !isAbsentOr(operationName, 'string') || !isAbsentOr(variables, 'object') || Array.isArray(variables)) return unparsable;
  return { query, operationName: operationName as string | null | undefined, variables: variables as OperationRequest['variables'] };
}

function isAbsentOr(value: unknown, type: 'string' | 'object'): boolean {
  return value === undefined || value === null || typeof value === type;
}

function answer({ httpStatus, body, responseHeaders }: ExecutionOutcome, requestId: string): HttpResponse {
  if (httpStatus === 200) return { status: 200, headers: { ...headersFor(requestId), ...responseHeaders }, body: JSON.stringify(body) };
  const errorType = body.errors?.[0]?.errorType ?? '';
  return { status: httpStatus, headers: { ...headersFor(requestId), 'x-amzn-ErrorType': errorType }, body: JSON.stringify(body) };
}

function badRequest(message: string, requestId: string): HttpResponse {
  const errorType = 'MalformedHttpRequestException';
  return { status: 400, headers: { ...headersFor(requestId), 'x-amzn-ErrorType': errorType }, body: JSON.stringify({ errors: [{ message, errorType }] }) };
}

/** Observed: these bodies come pretty-printed, with a space before each colon. */
function authFailure({ httpStatus, errorType, message }: AuthFailure, requestId: string): HttpResponse {
  const body = `{\n  "errors" : [ {\n    "errorType" : ${JSON.stringify(errorType)},\n    "message" : ${JSON.stringify(message)}\n  } ]\n}`;
  return { status: httpStatus, headers: { ...headersFor(requestId), 'content-type': 'application/json', 'x-amzn-ErrorType': errorType }, body };
}

function headersFor(requestId: string): Record<string, string> {
  return {
    'content-type': 'application/json;charset=UTF-8',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amz-user-agent,x-amzn-ErrorMessage,Date,x-amz-schema-version',
    'x-amzn-RequestId': requestId,
    'x-amzn-appsync-TokensConsumed': '1',
  };
}

/** Assumed: the names asked for are the names allowed. Preflights carry no credentials, so nobody is authenticated. */
function preflight(request: HttpRequest): HttpResponse {
  return {
    status: 200,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'content-type,authorization,x-api-key,x-amz-user-agent',
      'access-control-max-age': '172800',
      'x-amzn-RequestId': randomUUID(),
    },
    body: '',
  };
}
