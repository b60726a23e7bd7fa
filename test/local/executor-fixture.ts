/** An executor over inline SDL with handlers written as plain functions: the evaluator and the data sources are fakes. */
import type { Caller } from '../../lib/local/auth/auth-mode';
import { type DataSource, DataSourceRequestError } from '../../lib/local/data-sources/data-source';
import type { Effects, Evaluation, Evaluator, InvocationContext, ResolverError, StepContext } from '../../lib/local/evaluator';
import { createExecutor, type Executor, type ExecutorOptions, type MutationEvent } from '../../lib/local/executor';
import type { ApiModel, FunctionModel, HandlerModel, ResolverModel } from '../../lib/model';
import { loadSchema } from '../../lib/sdl';

export type FakeContext = InvocationContext & StepContext & { readonly stash: Record<string, unknown> };
export type FakeHandler = (ctx: FakeContext) => unknown;

/** Both handlers of one resolver or function. A missing `request` sends `{ payload: null }`, a missing `response` returns `ctx.result`. */
export interface FakeCode {
  readonly request?: FakeHandler;
  readonly response?: FakeHandler;
}

/** Returned by a fake handler in place of a value. */
export class Outcome {
  constructor(
    readonly outcome: Evaluation['outcome'],
    readonly more: { readonly appendedErrors?: readonly ResolverError[]; readonly effects?: Partial<Effects>; readonly logs?: readonly string[] } = {},
  ) {}
}

export const value = (of: unknown, more: Outcome['more'] = {}): Outcome => new Outcome({ kind: 'value', value: of }, more);
export const fail = (message: string, errorType: string | null = null, data: unknown = null, errorInfo: unknown = null): Outcome =>
  new Outcome({ kind: 'error', error: { message, errorType, data, errorInfo } });
export const earlyReturn = (of: unknown, skipTo: 'NEXT' | 'END' = 'NEXT'): Outcome => new Outcome({ kind: 'earlyReturn', value: of, skipTo });

export interface Setup {
  readonly schema: string;
  /** By `Type.field`: a unit resolver, or the functions of a pipeline between its own handlers. */
  readonly resolvers?: Readonly<Record<string, FakeCode | { readonly own: FakeCode; readonly functions: readonly FakeCode[] }>>;
  /** What each resolver says of caching, by `Type.field`. */
  readonly caching?: Readonly<Record<string, ResolverModel['caching']>>;
  readonly model?: Partial<ApiModel>;
  readonly now?: () => number;
}

export interface Harness {
  readonly executor: Executor;
  readonly events: MutationEvent[];
  readonly invalidations: { readonly subscriptionField: string; readonly payload: unknown }[];
  readonly log: string[];
  /** Answers with the body. */
  run(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<unknown>;
}

export const resource = { templatePath: '/app/Shop.template.json', logicalId: 'Api' };
export const apiKeyCaller: Caller = { mode: 'API_KEY', identity: null, groups: [] };

export function cognitoCaller(groups: readonly string[] = [], defaultAction: 'ALLOW' | 'DENY' = 'ALLOW'): Caller {
  return { mode: 'AMAZON_COGNITO_USER_POOLS', identity: { sub: 'u-1', groups }, groups, defaultAction };
}

export const iamCaller: Caller = { mode: 'AWS_IAM', identity: { accountId: '123456789012' }, groups: [] };

export function apiModel(more: Partial<ApiModel> = {}): ApiModel {
  return {
    name: 'Shop',
    apiId: 'a'.repeat(26),
    region: 'eu-west-1',
    accountId: '123456789012',
    resource,
    schema: [],
    authorization: [{ type: 'API_KEY' }],
    apiKeys: [],
    environment: {},
    introspection: true,
    queryDepthLimit: 0,
    resolverCountLimit: 0,
    dataSources: [],
    functions: [],
    resolvers: [],
    findings: [],
    ...more,
  };
}

export function harness(setup: Setup): Harness {
  const handlers = new Map<string, FakeCode>();
  const handlerModel = (name: string, code: FakeCode): HandlerModel => {
    handlers.set(name, code);
    return { kind: 'APPSYNC_JS', code: { path: name, text: '' } };
  };
  const functions: FunctionModel[] = [];
  const resolvers = Object.entries(setup.resolvers ?? {}).map(([coordinate, code]): ResolverModel => {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const caching = setup.caching?.[coordinate];
    const base = { typeName, fieldName, resource, ...(caching && { caching }) };
    if (!('functions' in code)) return { ...base, kind: 'UNIT', dataSourceName: 'none', functionIds: [], handler: handlerModel(coordinate, code) };
    const functionIds = code.functions.map((step, index) => {
      const functionId = `${coordinate}#${index}`;
      functions.push({ functionId, name: `step${index}`, dataSourceName: 'none', handler: handlerModel(functionId, step), resource });
      return functionId;
    });
    return { ...base, kind: 'PIPELINE', functionIds, handler: handlerModel(coordinate, code.own) };
  });
  const { value: schema, diagnostics } = loadSchema([{ path: 'schema.graphql', text: setup.schema }]);
  if (!schema) throw new Error(diagnostics.map((d) => d.message).join('\n'));

  const events: MutationEvent[] = [];
  const invalidations: Harness['invalidations'] = [];
  const log: string[] = [];
  const options: ExecutorOptions = {
    api: apiModel({ functions, resolvers, ...setup.model }),
    schema,
    evaluator: fakeEvaluator(handlers),
    dataSources: new Map([['none', fakeDataSource]]),
    onMutation: (event) => events.push(event),
    onInvalidate: (invalidation) => invalidations.push(invalidation),
    log: (line) => log.push(line),
    ...(setup.now && { now: setup.now }),
  };
  const executor = createExecutor(options);
  return {
    executor,
    events,
    invalidations,
    log,
    run: async (query, variables, caller = apiKeyCaller) => (await executor.execute({ query, variables }, { caller, headers: {}, requestId: 'r-1' })).body,
  };
}

/** Answers with `payload`; `{ fail }` fails as a data source, `{ refuse }` as a document AppSync does not accept, `{ crash }` as a bug; `{ hang }` never answers. */
const fakeDataSource: DataSource = {
  async invoke(request) {
    const document = request as { payload?: unknown; fail?: { message: string; type: string }; refuse?: string; crash?: string; hang?: boolean };
    if (document.hang) return new Promise(() => undefined);
    if (document.crash !== undefined) throw new Error(document.crash);
    if (document.refuse !== undefined) throw new DataSourceRequestError(document.refuse);
    return document.fail ? { result: null, error: document.fail } : { result: document.payload ?? null };
  },
};

const noEffects: Effects = { responseHeaders: {}, invalidations: [], evictions: [] };

function fakeEvaluator(handlers: ReadonlyMap<string, FakeCode>): Evaluator {
  const loaded = new Map<object, FakeCode>();
  return {
    load(handler) {
      const code = { kind: handler.kind, hasRequest: true, hasResponse: true };
      loaded.set(code, (handler.kind === 'APPSYNC_JS' && handlers.get(handler.code.path)) || {});
      return code;
    },
    begin(context) {
      const stash: Record<string, unknown> = {};
      return {
        stash: () => stash,
        outErrors: () => [],
        run(code, handler, step) {
          const fake = loaded.get(code)?.[handler] ?? (handler === 'request' ? () => ({ payload: null }) : (ctx: FakeContext) => ctx.result);
          const returned = fake(Object.assign(Object.create(context) as InvocationContext, step, { stash }));
          const { outcome, more } = returned instanceof Outcome ? returned : value(returned);
          return { outcome, appendedErrors: more.appendedErrors ?? [], logs: more.logs ?? [], effects: { ...noEffects, ...more.effects } };
        },
      };
    },
  };
}
