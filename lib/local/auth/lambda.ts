/**
 * AWS_LAMBDA: a function of the API's owner looks at the token and decides, once per request or once in a while.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html, "AWS_LAMBDA authorization"
 */
import { randomUUID } from 'node:crypto';
import type { ApiModel, AuthorizationModeModel } from '../../model';
import { LeastRecentlyUsed } from '../execution/least-recently-used';
import type { InvokeFunction } from '../lambda';
import type { AuthMode, AuthRequest, Caller } from './auth-mode';
import { refusedCall } from './failures';

export interface LambdaModeOptions {
  readonly mode: Extract<AuthorizationModeModel, { type: 'AWS_LAMBDA' }>;
  readonly api: Pick<ApiModel, 'apiId' | 'accountId'>;
  readonly invoke: InvokeFunction;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
  /** @default what AppSync waits */
  readonly timeoutMs?: number;
}

/** Source: developer guide, "AppSync allows 10 seconds". */
const serviceTimeoutMs = 10_000;

/** Source: developer guide, replies of that size and more are not cached. */
const maxCachedBytes = 1_048_576;

/** Source: developer guide, size of `resolverContext`. */
const maxContextBytes = 5 * 1024 * 1024;

const rememberedTokens = 1_000;

/** What the function replied, checked. */
interface Verdict {
  /** Undefined for a token that it refuses. */
  readonly caller: Caller | undefined;
  readonly ttlSeconds: number;
  readonly bytes: number;
}

export function lambdaMode({ mode, api, invoke, now, log, timeoutMs = serviceTimeoutMs }: LambdaModeOptions): AuthMode {
  const name = mode.functionArn.split(':')[6] ?? mode.functionArn;
  const isAcceptable = tokenCheck(mode.identityValidationExpression, log);
  const remembered = new LeastRecentlyUsed<{ readonly caller: Caller | undefined; readonly untilMs: number }>(rememberedTokens);

  /** @returns undefined when there is no reply that counts; the log says why */
  async function ask(token: string, request: AuthRequest): Promise<Verdict | undefined> {
    const refuse = (reason: string) => log(`request refused: the Lambda authorizer ${name} ${reason}`);
    const outcome = await withinLimit(invoke(mode.functionArn, eventFor(token, request, api)), timeoutMs);
    if (!outcome) return void refuse(`gave no answer within ${timeoutMs / 1000} seconds`);
    switch (outcome.kind) {
      case 'unavailable':
        return void refuse(`cannot be asked: ${outcome.reason}`);
      case 'error':
      case 'refused':
        return void refuse(`failed with ${outcome.errorType}: ${outcome.errorMessage}`);
      case 'value': {
        const verdict = readReply(outcome.value, api.apiId, mode.resultTtlSeconds);
        return typeof verdict === 'string' ? void refuse(verdict) : verdict;
      }
    }
  }

  return {
    type: 'AWS_LAMBDA',
    claims: (request) => 'authorization' in request.headers,
    async authenticate(request) {
      const token = request.headers.authorization ?? '';
      if (!isAcceptable(token)) return refusedCall;
      const known = remembered.get(token);
      if (known && known.untilMs > now()) return known.caller ?? refusedCall;
      const verdict = await ask(token, request);
      if (!verdict) return refusedCall;
      const { caller, ttlSeconds, bytes } = verdict;
      // Assumed: a refusal is remembered as long as a permission.
      if (ttlSeconds > 0 && bytes < maxCachedBytes) remembered.set(token, { caller, untilMs: now() + ttlSeconds * 1000 });
      return caller ?? refusedCall;
    },
  };
}

/** Observed: `DeepDish:Connect` for the connect of a WebSocket. Assumed: its `queryString` is empty; a start of a subscription looks like any request. */
function eventFor(authorizationToken: string, { path, body, headers }: AuthRequest, { apiId, accountId }: LambdaModeOptions['api']): unknown {
  const { query = '', operationName = null, variables = {} } = path.endsWith('/connect') ? { operationName: 'DeepDish:Connect' } : operationIn(body);
  return { authorizationToken, requestContext: { apiId, accountId, requestId: randomUUID(), queryString: query, operationName, variables }, requestHeaders: headers };
}

/** Authorization comes before the request is looked at: it may be anything. */
function operationIn(body: string): { readonly query?: unknown; readonly operationName?: unknown; readonly variables?: unknown } {
  try {
    const operation: unknown = JSON.parse(body);
    return typeof operation === 'object' && operation !== null ? operation : {};
  } catch {
    return {};
  }
}

/** @returns a reason why the reply does not count */
function readReply(reply: unknown, apiId: string, ttlOfApi: number): Verdict | string {
  if (typeof reply !== 'object' || reply === null) return 'replied with no object';
  const { isAuthorized, deniedFields, resolverContext, ttlOverride } = reply as Readonly<Record<string, unknown>>;
  if (typeof isAuthorized !== 'boolean') return 'gave no boolean "isAuthorized"';
  // Assumed: parts of the wrong kind refuse the request.
  if (ttlOverride != null && typeof ttlOverride !== 'number') return 'gave a "ttlOverride" that is no number';
  if (deniedFields != null && !isTextList(deniedFields)) return 'gave "deniedFields" that are no list of texts';
  if (resolverContext != null && !isFlat(resolverContext)) return 'gave a "resolverContext" that is no object, or has objects or lists in it';
  if (resolverContext != null && Buffer.byteLength(JSON.stringify(resolverContext)) > maxContextBytes) return 'gave a "resolverContext" of more than 5 MB';
  const caller: Caller = { mode: 'AWS_LAMBDA', identity: { resolverContext: resolverContext ?? {} }, groups: [], deniedFields: (deniedFields ?? []).flatMap((field) => coordinateOf(field, apiId)) };
  return { caller: isAuthorized ? caller : undefined, ttlSeconds: ttlOverride ?? ttlOfApi, bytes: Buffer.byteLength(JSON.stringify(reply)) };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isFlat(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((member) => typeof member !== 'object' || member === null);
}

/** `Query.salaries` of itself or of `arn:…:apis/<id>/types/Query/fields/salaries`; nothing for a field of another API, since functions may serve several. */
function coordinateOf(field: string, apiId: string): string[] {
  const [, api, typeName, fieldName] = /^arn:.*:apis\/([^/]+)\/types\/([^/]+)\/fields\/([^/]+)$/.exec(field) ?? [];
  if (api === undefined) return [field];
  return api === apiId ? [`${typeName}.${fieldName}`] : [];
}

/** Assumed: the expression must match somewhere in the token. */
function tokenCheck(expression: string | undefined, log: (line: string) => void): (token: string) => boolean {
  if (expression === undefined) return () => true;
  try {
    const pattern = new RegExp(expression);
    return (token) => pattern.test(token);
  } catch {
    log(`IdentityValidationExpression "${expression}" is not a regular expression: every token is refused`);
    return () => false;
  }
}

/** @returns undefined when the time is over first */
async function withinLimit<T>(work: Promise<T>, limitMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, limitMs, undefined);
    timer.unref();
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
