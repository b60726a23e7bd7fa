/** One API running: its schema, sandbox, authorization and subscriptions wired together, and rewired when its model changes. */
import { DiagnosticError, didYouMean, formatDiagnostics } from '../diagnostics';
import type { ApiModel, AuthorizationModeModel, DataSourceModel, UserPoolModel } from '../model';
import { loadSchema, type SchemaModel } from '../sdl';
import { anyClient, createAuthentication, type IssuerKeys, type LocalTokens, poolIssuer, type Principals } from './auth';
import type { AuthFailure, AuthRequest, Caller } from './auth/auth-mode';
import type { DataSource } from './data-sources';
import type { InvokeFunction } from './lambda';
import { createEvaluator, type Evaluator, type LoadedCode } from './evaluator';
import { type RequestTrace, TraceRecording } from './execution/trace';
import { createExecutor, type ExecutionOutcome, type Executor, type OperationRequest, type RequestContext, type SubscriptionOutcome } from './executor';
import { createGateway, type Gateway } from './gateway';
import type { HttpHandler } from './http-message';
import { createRealtime, type Realtime } from './realtime';
import { createSubscriptions, type Subscriptions } from './subscriptions';

/** What a local token says. */
export interface TokenClaims {
  readonly username: string;
  readonly groups?: readonly string[];
  /** User pool id. @default the API's first user pool */
  readonly pool?: string;
  /** Further claims of the token. */
  readonly claims?: Readonly<Record<string, string>>;
}

export interface LocalApi {
  readonly model: ApiModel;
  /** GraphQL over HTTP: `POST /graphql`, preflight included. */
  fetch(request: Request, peer?: { readonly sourceIp: string }): Promise<Response>;
  /** The same without WHATWG objects, for the server. */
  readonly handle?: HttpHandler;
  readonly realtime: Realtime;
  /** How many subscriptions are live. */
  readonly subscriptionCount: number;
  authenticate(request: AuthRequest): Promise<Caller | AuthFailure>;
  /**
   * A JWT that this API accepts. `sub` is a UUID made from pool and user name, so the same user is the same subject after a restart.
   * @throws DiagnosticError `RUN_NO_USER_POOL` when the API has no such user pool
   */
  token(claims: TokenClaims): Promise<string>;
}

/** What the APIs of an assembly share. */
export interface Host {
  readonly tokens: LocalTokens;
  readonly issuerKeys: IssuerKeys;
  /** Who may sign, as the templates now are. */
  readonly principals: () => Principals;
  readonly dataSource: (model: DataSourceModel) => DataSource;
  /** Calls Lambda authorizers. */
  readonly invokeFunction: InvokeFunction;
  readonly userPools: () => readonly UserPoolModel[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
  /** Takes what every request and every start of a subscription did; without it nothing is recorded. */
  readonly trace?: (trace: RequestTrace, api: ApiModel) => void;
}

/** What changes when the model changes. */
interface Wiring {
  readonly model: ApiModel;
  readonly schema: SchemaModel | undefined;
  readonly executor: Executor;
  readonly authenticate: (request: AuthRequest) => Promise<Caller | AuthFailure>;
}

export class HostedApi implements LocalApi {
  readonly realtime: Realtime;
  private readonly gateway: Gateway;
  readonly subscriptions: Subscriptions;
  private readonly evaluator: Evaluator;
  private readonly log: (line: string) => void;
  private wiring: Wiring;

  constructor(
    model: ApiModel,
    private readonly host: Host,
    /** The same API started before with the same clock: its parsed schema and loaded code are taken over, nothing else. */
    like?: HostedApi,
  ) {
    this.log = (line) => host.log(`${this.wiring?.model.name ?? model.name}: ${line}`);
    this.subscriptions = createSubscriptions({ log: this.log });
    this.evaluator = like?.evaluator ?? rememberingCode(createEvaluator({ now: host.now }));
    this.wiring = this.wire(model, like?.wiring);
    // These live as long as the API does, and so ask for the current wiring at every call.
    const authenticate = (request: AuthRequest) => this.authenticate(request);
    this.gateway = createGateway({ authenticate, execute: (request, context) => this.execute(request, context) });
    this.realtime = createRealtime({
      authenticate,
      executor: { subscribe: (request, context) => this.subscribe(request, context) },
      subscriptions: this.subscriptions,
      log: this.log,
      now: host.now,
    });
  }

  get model(): ApiModel {
    return this.wiring.model;
  }

  get subscriptionCount(): number {
    return this.subscriptions.size;
  }

  /** Runs a changed model from the next request on; an unchanged schema is not parsed again, unchanged code not loaded again. */
  update(model: ApiModel): void {
    this.wiring = this.wire(model, this.wiring);
  }

  fetch(request: Request, peer?: { readonly sourceIp: string }): Promise<Response> {
    return this.gateway.fetch(request, peer);
  }

  readonly handle: HttpHandler = (request) => this.gateway.handle(request);

  authenticate(request: AuthRequest): Promise<Caller | AuthFailure> {
    return this.wiring.authenticate(request);
  }

  /** Runs a query or mutation for a caller who is known already. */
  async execute(request: OperationRequest, context: RequestContext): Promise<ExecutionOutcome> {
    const { trace } = this.host;
    if (!trace) return this.wiring.executor.execute(request, context);
    const recording = new TraceRecording(request, context.caller);
    const outcome = await this.wiring.executor.execute(request, { ...context, trace: recording });
    trace(recording.end(outcome.body.errors), this.model);
    return outcome;
  }

  /** Prepares a subscription for a caller who is known already; `subscriptions.add` makes it live. */
  async subscribe(request: OperationRequest, context: RequestContext): Promise<SubscriptionOutcome> {
    const { trace } = this.host;
    if (!trace) return this.wiring.executor.subscribe(request, context);
    const recording = new TraceRecording(request, context.caller);
    const outcome = await this.wiring.executor.subscribe(request, { ...context, trace: recording });
    trace(recording.end(outcome.ok ? [] : outcome.errors), this.model);
    return outcome;
  }

  /** What `FlushApiCache` does: nothing that was answered before is answered again unasked. An update does it too, so that edits show. */
  flushCache(): void {
    this.wiring.executor.flushCache();
  }

  async token({ username, groups = [], pool, claims = {} }: TokenClaims): Promise<string> {
    const mode = this.userPool(pool);
    const clientIds = this.host.userPools().find((candidate) => candidate.userPoolId === mode.userPoolId)?.clientIds ?? [];
    return this.host.tokens.issue({ issuer: poolIssuer(mode), clientId: clientIds[0] ?? anyClient, username, groups, claims });
  }

  private userPool(wanted: string | undefined): CognitoMode {
    const pools = this.model.authorization.filter((mode): mode is CognitoMode => mode.type === 'AMAZON_COGNITO_USER_POOLS');
    const pool = wanted === undefined ? pools[0] : pools.find((mode) => mode.userPoolId === wanted);
    if (pool) return pool;
    const ids = pools.map((mode) => mode.userPoolId);
    throw new DiagnosticError([
      {
        code: 'RUN_NO_USER_POOL',
        severity: 'error',
        message: wanted === undefined ? `API "${this.model.name}" takes no user pool tokens` : `API "${this.model.name}" has no user pool "${wanted}"`,
        notes: ids.length > 0 ? [{ message: `its user pools are ${ids.map((id) => `"${id}"`).join(', ')}` }] : [],
        fix: (wanted === undefined ? undefined : didYouMean(wanted, ids)) ?? 'add a Cognito user pool to the authorization modes of the API',
      },
    ]);
  }

  private wire(model: ApiModel, before?: Wiring): Wiring {
    const schema = before && hasSameText(before.model, model) ? before.schema : this.load(model);
    const { tokens, issuerKeys, invokeFunction, now } = this.host;
    return {
      model,
      schema,
      authenticate: createAuthentication({ api: model, tokens, issuerKeys, principals: this.host.principals(), rootFields: schema ? rootFieldsOf(schema) : [], invokeFunction, now, log: this.log }),
      executor: schema
        ? createExecutor({
            api: model,
            schema,
            evaluator: this.evaluator,
            dataSources: new Map(model.dataSources.map((source) => [source.name, this.host.dataSource(source)])),
            onMutation: (event) => this.subscriptions.publish(event),
            onInvalidate: (invalidation) => this.subscriptions.invalidate(invalidation),
            log: this.log,
            now,
          })
        : withoutSchema,
    };
  }

  private load(model: ApiModel): SchemaModel | undefined {
    const { value, diagnostics } = loadSchema(model.schema);
    if (!value) {
      const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
      this.log(errors.length > 0 ? `its schema cannot be used\n${formatDiagnostics(errors, { cwd: process.cwd() })}` : 'it has no schema');
    }
    return value;
  }
}

type CognitoMode = Extract<AuthorizationModeModel, { type: 'AMAZON_COGNITO_USER_POOLS' }>;

/** Source: text of another emulator that cites the service. Assumed: status 400. */
const noSchema = { errorType: 'GraphQLSchemaException', message: 'No schema definition exists.' };

const withoutSchema: Executor = {
  execute: async () => ({ httpStatus: 400, body: { errors: [{ message: noSchema.message, errorType: noSchema.errorType }] }, responseHeaders: {} }),
  subscribe: async () => ({ ok: false, errors: [noSchema] }),
  flushCache: () => undefined,
};

function rootFieldsOf({ schema }: SchemaModel): string[] {
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return types.flatMap((type) => (type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : []));
}

function hasSameText(a: ApiModel, b: ApiModel): boolean {
  return a.schema.length === b.schema.length && a.schema.every((file, i) => file.path === b.schema[i]?.path && file.text === b.schema[i]?.text);
}

/** Loads each code and each pair of templates once, however often the model is read again. What an edit replaces stays in memory until the process ends. */
function rememberingCode(evaluator: Evaluator): Evaluator {
  const loaded = new Map<string, LoadedCode>();
  return {
    begin: (context) => evaluator.begin(context),
    load(handler) {
      const key = handler.kind === 'APPSYNC_JS' ? handler.code.text : JSON.stringify(handler);
      let code = loaded.get(key);
      if (!code) loaded.set(key, (code = evaluator.load(handler)));
      return code;
    },
  };
}
