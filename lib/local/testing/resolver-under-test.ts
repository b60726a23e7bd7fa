/** One resolver file by itself: compiled as for a deployment, checked as AppSync checks it, its handlers run in the real sandbox. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import type * as Compiler from '../../compiler';
import { didYouMean } from '../../diagnostics';
import type { AuthorizationModeModel, HandlerModel } from '../../model';
import { createEvaluator, type Effects, type Evaluation, type Evaluator, type InvocationContext, type ResolverError, type StepContext } from '../evaluator';
import { callerOf, type TestIdentity } from './identities';
import { setupError, TestSetupError } from './setup-error';

/** `ctx` as the test wants it; what is left out is empty, or null. */
export interface HandlerContext {
  readonly args?: Readonly<Record<string, unknown>>;
  /** `userPool({ … })` and the like, or the members of `ctx.identity`. */
  readonly identity?: TestIdentity | Readonly<Record<string, unknown>> | null;
  readonly source?: unknown;
  readonly stash?: Readonly<Record<string, unknown>>;
  /** What the data source answered. */
  readonly result?: unknown;
  /** Pipelines: `{ result }` of the function before. */
  readonly prev?: { readonly result: unknown };
  /** How the data source failed. */
  readonly error?: { readonly message: string; readonly type: string };
  readonly request?: { readonly headers?: Readonly<Record<string, string>>; readonly domainName?: string | null };
  readonly info?: Partial<InvocationContext['info']>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface HandlerOutcome extends Effects {
  /** What the handler returned, also by `runtime.earlyReturn`; absent with an error. */
  readonly value?: unknown;
  readonly isEarlyReturn: boolean;
  /** How `util.error`, `util.unauthorized` or a failure ended the handler. */
  readonly error?: ResolverError;
  readonly appendedErrors: readonly ResolverError[];
  /** `ctx.stash` afterwards. */
  readonly stash: Readonly<Record<string, unknown>>;
  /** `INFO - code.js:13:5: "text"` */
  readonly logs: readonly string[];
}

export interface ResolverUnderTest {
  /** What the request handler sends to the data source. @throws HandlerError when it ends with an error */
  request(context?: HandlerContext): Promise<unknown>;
  /** What the response handler makes of `ctx.result`. @throws HandlerError when it ends with an error */
  response(context?: HandlerContext): Promise<unknown>;
  /** Everything a handler does besides its value, errors included. */
  evaluate(handler: 'request' | 'response', context?: HandlerContext): Promise<HandlerOutcome>;
}

/** How a handler ended: `util.error(message, errorType, data, errorInfo)`. */
export class HandlerError extends Error {
  readonly errorType: string | null;
  readonly data: unknown;
  readonly errorInfo: unknown;

  constructor({ message, errorType, data, errorInfo }: ResolverError) {
    super(message);
    this.name = 'HandlerError';
    this.errorType = errorType;
    this.data = data;
    this.errorInfo = errorInfo;
  }
}

/**
 * A resolver or pipeline step by its file: TypeScript, JavaScript, or a mapping template (`.vtl`), which is both handlers.
 * The file is read when a handler is first run, and then known.
 * @param options.now epoch milliseconds for `util.time`. @default Date.now
 * @throws TestSetupError from its methods: `RUN_TEST_RESOLVER` when there is no such file, `RES_…` when AppSync would refuse the code
 */
export function resolver(file: string, options: { readonly now?: () => number } = {}): ResolverUnderTest {
  let loading: Promise<Loaded> | undefined;

  async function evaluate(handler: 'request' | 'response', context: HandlerContext = {}): Promise<HandlerOutcome> {
    const { evaluator, handlers } = await (loading ??= load(resolve(file), options.now ?? Date.now));
    const invocation = evaluator.begin(invocationOf(context));
    return outcomeOf(invocation.run(evaluator.load(handlers(handler)), handler, stepOf(context)), invocation.stash());
  }

  async function valueOf(handler: 'request' | 'response', context?: HandlerContext): Promise<unknown> {
    const { value, error } = await evaluate(handler, context);
    if (error) throw new HandlerError(error);
    return value;
  }

  return { evaluate, request: (context) => valueOf('request', context), response: (context) => valueOf('response', context) };
}

interface Loaded {
  readonly evaluator: Evaluator;
  readonly handlers: (handler: 'request' | 'response') => HandlerModel;
}

async function load(file: string, now: () => number): Promise<Loaded> {
  requireFile(file);
  const evaluator = createEvaluator({ now });
  if (file.endsWith('.vtl')) {
    const template = { path: file, text: readFileSync(file, 'utf8') };
    return { evaluator, handlers: (handler) => ({ kind: 'VTL', [handler]: template }) };
  }
  const { checkHandlerCode, rebundleHandler } = compiler();
  const { value, diagnostics } = await rebundleHandler(file, { root: process.cwd() });
  const code = { path: file, text: value?.code ?? '' };
  const problems = [...diagnostics, ...(value ? checkHandlerCode({ code, sourceMap: value.sourceMap }) : [])].filter(({ severity }) => severity === 'error');
  if (problems.length > 0) throw new TestSetupError(problems);
  return { evaluator, handlers: () => ({ kind: 'APPSYNC_JS', code }) };
}

/** On demand: it brings esbuild, which running an API has no use for. */
function compiler(): typeof Compiler {
  return createRequire(__filename)('../../compiler') as typeof Compiler;
}

function requireFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return;
  if (found?.isDirectory()) {
    const steps = readdirSync(file).filter((name) => /\.(ts|js|vtl)$/.test(name));
    throw setupError('RUN_TEST_RESOLVER', `"${file}" is a folder`, steps.length > 0 ? `name one of its files, such as "${join(file, steps[0] ?? '')}"` : 'name the file of a resolver');
  }
  const folder = dirname(file);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  throw setupError('RUN_TEST_RESOLVER', `there is no resolver file "${file}"`, didYouMean(basename(file), names) ?? `correct the path; it is relative to ${process.cwd()}`);
}

const allModes: readonly AuthorizationModeModel[] = [
  { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: 'us-east-1_Resolvers', region: 'us-east-1', defaultAction: 'ALLOW' },
  { type: 'API_KEY' },
  { type: 'AWS_IAM' },
  { type: 'OPENID_CONNECT', issuer: 'https://issuer.example.com' },
  { type: 'AWS_LAMBDA', functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:authorizer', resultTtlSeconds: 0 },
];

/** The API a resolver by itself belongs to: it takes callers of every mode. */
const anyApi = { name: 'Resolvers', apiId: 'resolvers', region: 'us-east-1', accountId: '123456789012', authorization: allModes, apiKeys: [{ key: 'da2-resolvers', resource: { templatePath: '', logicalId: 'Key' } }] };

function invocationOf({ args = {}, identity = null, source = null, stash = {}, request = {}, info = {}, env = {} }: HandlerContext): InvocationContext {
  return {
    args,
    identity: isTestIdentity(identity) ? callerOf(identity, anyApi, { nowMs: Date.now() }).identity : identity,
    source,
    stash,
    request: { headers: request.headers ?? {}, domainName: request.domainName ?? null },
    info: { fieldName: '', parentTypeName: '', variables: {}, selectionSetList: [], selectionSetGraphQL: '', ...info },
    env,
  };
}

/** The identities that AppSync makes have no `mode`. */
function isTestIdentity(identity: HandlerContext['identity']): identity is TestIdentity {
  return identity !== null && identity !== undefined && allModes.some(({ type }) => type === identity.mode);
}

function stepOf({ result, prev, error }: HandlerContext): StepContext {
  return { result: result ?? null, ...(prev && { prev }), ...(error && { error }) };
}

function outcomeOf({ outcome, appendedErrors, logs, effects }: Evaluation, stash: Record<string, unknown>): HandlerOutcome {
  const besides = { ...effects, isEarlyReturn: outcome.kind === 'earlyReturn', appendedErrors, stash, logs };
  return outcome.kind === 'error' ? { ...besides, error: outcome.error } : { ...besides, value: outcome.value };
}
