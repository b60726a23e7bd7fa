/**
 * A whole API in process, for tests: no port, no network, everything in memory. Callers are given and not authenticated; from there on
 * a request takes the way of every other one. Time, data sources and tables are in the hands of the test.
 */
import { randomUUID } from 'node:crypto';
import type { Caller } from '../auth/auth-mode';
import { expiredToken, refusedCall } from '../auth/failures';
import { LocalDatabases } from '../databases';
import type { RecordedEvent } from '../event-buses';
import { type RequestTrace, TraceRecording } from '../execution/trace';
import type { OperationRequest, RequestContext } from '../executor';
import type { HostedApi } from '../hosted-api';
import { type LocalOptions, type RunningAssembly, startLocal } from '../local-api';
import { validateFilter } from '../subscription-filter';
import { type ApiSource, findApi, type FoundApi } from './api-source';
import { type DataSourceStub, DataSourceStubs } from './data-source-stubs';
import { functionUrlsByArn } from './functions-elsewhere';
import { callerOf, type TestIdentity } from './identities';
import { type AnswerError, GraphqlRequestError } from './request-error';
import { Feed, type SubscriptionFeed } from './subscription-feed';
import { type Answer, createClient, type TestClient } from './test-client';
import { TestClock } from './test-clock';
import { findDatabase, requireRdsUrls, type TestDatabase } from './test-database';
import { findTable, TestTable } from './test-table';

export interface LocalApiOptions {
  /** Name of the API, where the source holds several. */
  readonly api?: string;
  /** Data sources to replace, by name: see `TestApi.stub`. These stay through a reset. */
  readonly dataSources?: Readonly<Record<string, DataSourceStub>>;
  /**
   * PostgreSQL servers that run the statements of Aurora data sources: data source → `postgres://user:password@host/database`; the name `*` means all others.
   * Their tables are yours: neither the start nor a reset touches them.
   * @default a PostgreSQL in process
   */
  readonly rdsUrls?: Readonly<Record<string, string>>;
  /** Lambda functions that run elsewhere: data source, function name, logical id or ARN → URL that takes their events, as `dev --lambda` does. @default every function runs here */
  readonly functionUrls?: Readonly<Record<string, string>>;
  /** Takes `console.log` of resolvers, and what the local API has to tell. @default discards */
  readonly log?: (line: string) => void;
}

/**
 * Starts an API for a test: `await using api = await startLocalApi(app.synth())`.
 * @param source what `app.synth()` returns, an `App`, a `Stack`, or the path of an assembly folder or of a CloudFormation or SAM template
 * @throws TestSetupError when there is no such API, it cannot be read, or an option names what it lacks
 */
export async function startLocalApi(source: ApiSource, options: LocalApiOptions = {}): Promise<TestApi> {
  const { log = () => undefined, rdsUrls = {} } = options;
  const found = findApi(source, options.api);
  requireRdsUrls(rdsUrls, found.model.dataSources);
  const stubs = new DataSourceStubs(new Map(Object.entries(options.dataSources ?? {})), found.model.dataSources.map(({ name }) => name));
  const functionUrls = functionUrlsByArn(options.functionUrls ?? {}, found);
  return TestApi.start(found, stubs, new LocalDatabases({ log, urls: rdsUrls }), { functionUrls, log });
}

export class TestApi {
  /** @internal */
  static async start(found: FoundApi, stubs: DataSourceStubs, databases: LocalDatabases, options: Pick<LocalOptions, 'functionUrls' | 'log'>): Promise<TestApi> {
    const api = new TestApi(found, stubs, databases, options);
    api.running = api.first = await api.run();
    return api;
  }

  /** Time as resolvers, tokens and tables see it. */
  readonly clock = new TestClock(() => this.expireFeeds());
  /** What the API has cached. `clear` forgets all of it, as the FlushApiCache action of AppSync does; a reset does it too. */
  readonly cache = { clear: (): void => this.hosted.flushCache() };
  /** Of the last request, or start of a subscription, that was answered. */
  lastTrace: RequestTrace | undefined;

  private first: RunningAssembly | undefined;
  private running: RunningAssembly | undefined;
  /** With when the caller's credential ends. */
  private readonly feeds = new Map<Feed, number>();
  /** Subscriptions on their way; requests wait for them. */
  private readonly starting = new Set<Promise<unknown>>();

  private constructor(
    private readonly found: FoundApi,
    private readonly stubs: DataSourceStubs,
    private readonly databases: LocalDatabases,
    private readonly options: Pick<LocalOptions, 'functionUrls' | 'log'>,
  ) {}

  /** Name of the API. */
  get name(): string {
    return this.found.model.name;
  }

  /**
   * The API as a caller sees it. Clients stay good through a reset.
   * @param options.headers HTTP headers of every request, `ctx.request.headers`
   * @throws TestSetupError `RUN_TEST_IDENTITY` when the API lacks the authorization mode
   */
  as(identity: TestIdentity, options: { readonly headers?: Readonly<Record<string, string>> } = {}): TestClient {
    const { model, assembly } = this.found;
    const pool = identity.mode === 'AMAZON_COGNITO_USER_POOLS' ? identity.user.pool : undefined;
    const clientId = assembly.userPools.find(({ userPoolId }) => pool === undefined || userPoolId === pool)?.clientIds[0];
    const caller = callerOf(identity, model, { nowMs: this.clock.now(), roles: assembly.roles ?? [], users: assembly.users ?? [], ...(clientId !== undefined && { clientId }) });
    const headers = Object.fromEntries(Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    const context = (): RequestContext => ({ caller, headers, requestId: randomUUID() });
    return createClient(caller.identity, {
      execute: (request) => this.execute(request, context()),
      subscribe: (request, rootKey) => this.subscribe(request, context(), rootKey),
    });
  }

  /**
   * The table of a DynamoDB data source.
   * @param name of the data source, of the table, or its logical id in the template
   * @throws TestSetupError `RUN_TEST_NAME`
   */
  table(name: string): TestTable {
    return new TestTable(findTable(name, this.found.model.dataSources, this.found.assembly), () => this.assembly.store);
  }

  /**
   * The database of an RDS data source. The first statement starts a PostgreSQL, which takes a second or two; a reset keeps it and empties it,
   * unless it is a server of `rdsUrls`.
   * @param name of the data source
   * @throws TestSetupError `RUN_TEST_NAME`
   */
  sql(name: string): TestDatabase {
    return findDatabase(name, this.found.model.dataSources, () => this.assembly.databases);
  }

  /** What EventBridge data sources have put on their buses, oldest first, once everybody who hears of it locally has heard. A reset forgets it. */
  async events(): Promise<readonly RecordedEvent[]> {
    await this.assembly.buses.settled();
    return this.assembly.buses.events;
  }

  /**
   * Answers in place of a data source until the next reset. Throw in it to make the data source fail.
   * @returns a function that puts back what answered before
   * @throws TestSetupError `RUN_TEST_NAME` when there is no such data source
   */
  stub(dataSource: string, answer: DataSourceStub): () => void {
    return this.stubs.set(dataSource, answer);
  }

  /** As after the start: tables empty, subscriptions ended, stubs and clock as they were. Much cheaper than another start. */
  async reset(): Promise<void> {
    await this.end('the API was reset');
    this.stubs.reset();
    this.clock.reset();
    this.lastTrace = undefined;
    await this.databases.clear();
    this.running = await this.run();
  }

  /** Ends subscriptions and lets go of everything; also done by `await using`. */
  async close(): Promise<void> {
    await this.end('the API was closed');
    await this.databases.close();
    this.first = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private run(): Promise<RunningAssembly> {
    return startLocal(this.found.assembly, { ...this.options, now: this.clock.now }, {
      ...(this.first && { like: this.first }),
      databases: this.databases,
      dataSource: (model, emulation) => (this.found.model.dataSources.includes(model) ? this.stubs.before(model, emulation) : emulation),
    });
  }

  private async end(reason: string): Promise<void> {
    for (const feed of this.feeds.keys()) feed.end({ reason });
    const { running } = this;
    this.running = undefined;
    await running?.[Symbol.asyncDispose]();
  }

  private get assembly(): RunningAssembly {
    if (!this.running) throw new Error(`API "${this.name}" was closed`);
    return this.running;
  }

  private get hosted(): HostedApi {
    const { apiId } = this.found.model;
    const hosted = this.assembly.hosted.find((api) => api.model.apiId === apiId);
    if (!hosted) throw new Error(`API "${this.name}" was closed`);
    return hosted;
  }

  private async execute(request: OperationRequest, context: RequestContext): Promise<Answer> {
    await Promise.allSettled(this.starting);
    const trace = new TraceRecording(request, context.caller);
    const { hosted } = this;
    const refusal = this.refusal(context.caller);
    const outcome = refusal ? { body: { errors: refusal }, responseHeaders: {} } : await hosted.execute(request, { ...context, trace });
    // As it comes off the wire.
    const body = JSON.parse(JSON.stringify(outcome.body)) as Omit<Answer, 'trace' | 'headers'>;
    this.lastTrace = trace.end(body.errors as RequestTrace['errors'] | undefined);
    return { ...body, data: body.data ?? null, headers: outcome.responseHeaders, trace: this.lastTrace };
  }

  private subscribe(request: OperationRequest, context: RequestContext, rootKey: string): Promise<SubscriptionFeed<unknown>> {
    const start = this.start(request, context, rootKey).finally(() => this.starting.delete(start));
    this.starting.add(start);
    return start;
  }

  private async start(request: OperationRequest, context: RequestContext, rootKey: string): Promise<Feed> {
    const trace = new TraceRecording(request, context.caller);
    const { hosted } = this;
    const refusal = this.refusal(context.caller);
    const outcome = refusal ? { ok: false as const, errors: refusal } : await hosted.subscribe(request, { ...context, trace });
    const errors = outcome.ok ? filterErrors(outcome.subscription) : outcome.errors;
    this.lastTrace = trace.end(errors as RequestTrace['errors']);
    if (!outcome.ok || errors.length > 0) throw new GraphqlRequestError('the subscription', errors, null, this.lastTrace);

    const { subscription } = outcome;
    const feed: Feed = new Feed(subscription, rootKey, () => {
      live.remove();
      this.feeds.delete(feed);
    });
    const live = hosted.subscriptions.add(subscription, {
      deliver: (payloadJson) => feed.deliver(payloadJson),
      end: () => feed.end({ reason: 'it was invalidated (extensions.invalidateSubscriptions)' }),
    });
    this.feeds.set(feed, context.caller.expiresMs ?? Infinity);
    return feed;
  }

  /** What AppSync says when the caller's credential has run out meanwhile. */
  private refusal({ mode, expiresMs = Infinity }: Caller): AnswerError[] | undefined {
    if (expiresMs > this.clock.now()) return undefined;
    const { errorType, message } = mode === 'API_KEY' ? refusedCall : expiredToken;
    return [{ errorType, message }];
  }

  private expireFeeds(): void {
    const now = this.clock.now();
    const { errorType, message } = expiredToken;
    for (const [feed, expiresMs] of this.feeds) if (expiresMs <= now) feed.end({ reason: message, errors: [{ errorType, message }] });
  }
}

/** Assumed: type and wording, as in lib/local/realtime.ts. */
function filterErrors({ filter, invalidationFilter }: Parameters<HostedApi['subscriptions']['add']>[0]): AnswerError[] {
  const problem = (filter && validateFilter(filter)) ?? (invalidationFilter && validateFilter(invalidationFilter));
  return problem === undefined ? [] : [{ errorType: 'BadRequestException', message: `Invalid subscription filter: ${problem}.` }];
}
