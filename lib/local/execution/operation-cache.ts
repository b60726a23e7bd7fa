/**
 * Operation-level caching: whole answers of queries, given again without running any resolver.
 * Source: AppSync developer guide, "Configuring server-side caching and API payload compression", "Operation level caching".
 * Assumed: response headers that resolvers set are not kept.
 */
import type { CacheModel } from '../../model';
import { canonicalJson } from './cache-key';
import type { CacheStore } from './cache-store';
import { accessClass } from './field-access';
import type { OperationRequest, OperationResult, RequestContext } from './operation';

/** Source: "a maximum cacheable response size of 15 MB". */
const maxResponseCharacters = 15 * 1024 * 1024;

/** Source: the guide's list of headers that are not part of the key. */
const reservedHeaders = new Set([
  'authorization',
  ...['forwarded-proto', 'is-desktop-viewer', 'is-mobile-viewer', 'is-smarttv-viewer', 'is-tablet-viewer', 'viewer-asn', 'viewer-country'].map((name) => `cloudfront-${name}`),
  ...['content-length', 'host', 'priority', 'sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform', 'via', 'x-amz-cf-id', 'x-amz-date', 'x-amz-security-token'],
  ...['x-amzn-appsync-is-vpce-request', 'x-amzn-remote-ip', 'x-amzn-requestid', 'x-amzn-trace-id', 'x-forwarded-for'],
]);

export interface OperationLookup {
  readonly result?: OperationResult;
  /** Keeps an answer, if it is one without errors. */
  keep(result: OperationResult): void;
}

export class OperationCache {
  constructor(
    private readonly cache: CacheModel,
    private readonly store: CacheStore,
  ) {}

  /** @returns the answer, if there is one, and what to do with a new one */
  lookUp(request: OperationRequest, context: RequestContext): OperationLookup {
    const key = keyOf(request, context);
    const result = this.store.get(key) as OperationResult | undefined;
    context.trace?.looksUpOperation(result ? 'hit' : 'miss');
    return {
      ...(result && { result }),
      keep: (fresh) => {
        if (!fresh.errors) this.store.set(key, fresh, this.cache.ttlSeconds, maxResponseCharacters);
      },
    };
  }
}

function keyOf({ query, operationName, variables }: OperationRequest, { caller, headers }: RequestContext): string {
  // Source: without the address for IAM and Cognito; no other identity has one. What a Lambda authorizer denies is in the access class.
  const identity = caller.identity && without(caller.identity, (name) => name === 'sourceIp');
  return canonicalJson([query, operationName ?? null, variables ?? {}, identity, without(headers, (name) => reservedHeaders.has(name)), accessClass(caller)]);
}

function without(record: Readonly<Record<string, unknown>>, isLeftOut: (name: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !isLeftOut(name)));
}
