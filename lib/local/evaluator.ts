/**
 * Runs APPSYNC_JS handlers in a sandbox: plain data in, plain data out, limits enforced, nothing of Node reachable.
 * One evaluator (one vm context) per API; one `Invocation` per resolver run, so concurrent requests share nothing.
 */
import { invariant } from '../diagnostics';
import type { HandlerModel } from '../model';
import { createLibrary, type HandlerRun } from './builtins';
import { type CallEnd, type CompiledHandlers, createRealm, HandlerCodeError, type Realm } from './sandbox';

export interface EvaluatorOptions {
  /** Epoch milliseconds; `util.time` reads it. */
  readonly now: () => number;
}

/** The parts of `ctx` that stay the same through one resolver run. */
export interface InvocationContext {
  readonly args: Readonly<Record<string, unknown>>;
  readonly identity: Readonly<Record<string, unknown>> | null;
  /** Parent object; null on root types. */
  readonly source: unknown;
  readonly request: { readonly headers: Readonly<Record<string, string | readonly string[]>>; readonly domainName: string | null };
  readonly info: {
    readonly fieldName: string;
    readonly parentTypeName: string;
    readonly variables: Readonly<Record<string, unknown>>;
    readonly selectionSetList: readonly string[];
    readonly selectionSetGraphQL: string;
  };
  readonly env: Readonly<Record<string, string>>;
}

/** What differs from step to step of a pipeline. */
export interface StepContext {
  /** Output of the data source, or of the last function in a pipeline's own response handler. Response handlers only. */
  readonly result?: unknown;
  /** Pipelines only. */
  readonly prev?: { readonly result: unknown };
  /** Set when the data source failed. Response handlers only. */
  readonly error?: { readonly message: string; readonly type: string };
}

export interface ResolverError {
  readonly message: string;
  readonly errorType: string | null;
  readonly data: unknown;
  readonly errorInfo: unknown;
}

export interface FilterCondition {
  readonly fieldName: string;
  readonly operator: string;
  readonly value: unknown;
}

/** As given to `extensions.setSubscriptionFilter`: entries of `filterGroup` are OR-ed, `filters` inside one are AND-ed. */
export interface SubscriptionFilter {
  readonly filterGroup: readonly { readonly filters: readonly FilterCondition[] }[];
}

/** What a handler asked for besides its value. */
export interface Effects {
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly subscriptionFilter?: SubscriptionFilter;
  readonly invalidationFilter?: SubscriptionFilter;
  readonly invalidations: readonly { readonly subscriptionField: string; readonly payload: unknown }[];
  readonly evictions: readonly { readonly typeName: string; readonly fieldName: string; readonly keys: Readonly<Record<string, unknown>> }[];
}

/** How one handler call ended. All values are plain host data (no object of the sandbox's realm). */
export interface Evaluation {
  readonly outcome:
    | { readonly kind: 'value'; readonly value: unknown }
    | { readonly kind: 'earlyReturn'; readonly value: unknown; readonly skipTo: 'NEXT' | 'END' }
    | { readonly kind: 'error'; readonly error: ResolverError };
  /** From `util.appendError`, in order. */
  readonly appendedErrors: readonly ResolverError[];
  /** `INFO - code.js:13:5: "text"` */
  readonly logs: readonly string[];
  readonly effects: Effects;
}

/** One resolver run: holds `ctx` in the sandbox, so `stash` and changes to `args` carry from step to step. */
export interface Invocation {
  run(code: LoadedCode, handler: 'request' | 'response', step: StepContext): Evaluation;
  /** The stash as plain data, for traces and `evaluate`. */
  stash(): Record<string, unknown>;
}

/** Code that has been compiled in the sandbox once. */
export interface LoadedCode {
  readonly hasRequest: boolean;
  readonly hasResponse: boolean;
  /** Set when the code cannot run at all (syntax error, forbidden import, no handlers); every `run` then gives this error. */
  readonly loadError?: ResolverError;
}

export interface Evaluator {
  load(handler: Extract<HandlerModel, { kind: 'APPSYNC_JS' }>): LoadedCode;
  begin(context: InvocationContext): Invocation;
}

export function createEvaluator({ now }: EvaluatorOptions): Evaluator {
  let current: HandlerRun | undefined;
  const library = createLibrary({
    now,
    current: () => {
      invariant(current, 'a built-in ran outside of a handler call');
      return current;
    },
  });
  const realm = createRealm(library);
  const compiled = new WeakMap<LoadedCode, CompiledHandlers>();

  return {
    load(handler) {
      const { loaded, handlers } = compile(realm, handler.code.text);
      if (handlers) compiled.set(loaded, handlers);
      return loaded;
    },

    begin(context) {
      const invocation = realm.begin(context);
      return {
        run(code, handler, step) {
          const recording = new HandlerRecording(context, realm, (error) => invocation.appendError(error));
          const handlers = compiled.get(code);
          if (code.loadError || handlers === undefined) return recording.evaluation({ kind: 'error', error: code.loadError ?? missing(handler) });
          if (!(handler === 'request' ? code.hasRequest : code.hasResponse)) return recording.evaluation({ kind: 'error', error: missing(handler) });

          current = recording;
          try {
            return recording.evaluation(outcomeOf(invocation.call(handlers, handler, step), recording));
          } finally {
            current = undefined;
          }
        },
        stash: () => invocation.stash() as Record<string, unknown>,
      };
    },
  };
}

function outcomeOf(end: CallEnd, run: HandlerRun): Evaluation['outcome'] {
  switch (end.kind) {
    case 'value':
      return end;
    case 'failed':
      return { kind: 'error', error: codeError(end.message) };
    case 'halted':
      invariant(run.end, 'a handler was ended without a reason');
      return run.end;
  }
}

/** Source: API shape `Code` of AppSync, 1 to 32,768 characters. */
const maxCodeLength = 32_768;

function compile(realm: Realm, code: string): { readonly loaded: LoadedCode; readonly handlers?: CompiledHandlers } {
  const unusable = (message: string) => ({ loaded: { hasRequest: false, hasResponse: false, loadError: codeError(message) } });
  if (code.length > maxCodeLength) return unusable(`Code is ${code.length} characters long, the limit is ${maxCodeLength}.`);
  try {
    const handlers = realm.compile(code);
    const { hasRequest, hasResponse } = handlers.script;
    if (!hasRequest && !hasResponse) return unusable('Code must export a request and a response function.');
    return { loaded: { hasRequest, hasResponse }, handlers };
  } catch (error) {
    if (error instanceof HandlerCodeError) return unusable(error.message);
    if (isSyntaxError(error)) return unusable(`code.js: SyntaxError: ${error.message}`);
    throw error;
  }
}

/** By name: V8 makes the error in whichever realm compiles. */
function isSyntaxError(error: unknown): error is { readonly message: string } {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'SyntaxError' && 'message' in error;
}

function missing(handler: 'request' | 'response'): ResolverError {
  return codeError(`Code does not export a ${handler} function.`);
}

/** Source: uncaught failures carry errorType `Code` and neither data nor info. */
function codeError(message: string): ResolverError {
  return { message, errorType: 'Code', data: null, errorInfo: null };
}

/** Gathers what one handler call asks for besides its value. */
class HandlerRecording implements HandlerRun {
  readonly appendedErrors: ResolverError[] = [];
  readonly responseHeaders: Record<string, string> = {};
  readonly invalidations: { readonly subscriptionField: string; readonly payload: unknown }[] = [];
  readonly evictions: { readonly typeName: string; readonly fieldName: string; readonly keys: Readonly<Record<string, unknown>> }[] = [];
  subscriptionFilter: unknown = null;
  invalidationFilter: unknown = null;
  end: HandlerRun['end'];
  private readonly logs: string[] = [];

  constructor(
    private readonly context: InvocationContext,
    private readonly realm: Realm,
    private readonly showToHandler: (error: ResolverError) => void,
  ) {}

  get identity(): unknown {
    return this.context.identity;
  }

  get fieldName(): string {
    return this.context.info.fieldName;
  }

  get parentTypeName(): string {
    return this.context.info.parentTypeName;
  }

  appendError(error: ResolverError): void {
    this.appendedErrors.push(error);
    this.showToHandler(error);
  }

  /** Assumed: several values are separated by a space, each printed as JSON. */
  log(level: 'INFO' | 'ERROR', args: readonly unknown[]): void {
    const { line, column } = this.realm.consolePosition();
    this.logs.push(`${level} - code.js:${line}:${column}: ${args.map((arg) => JSON.stringify(arg) ?? 'undefined').join(' ')}`);
  }

  evaluation(outcome: Evaluation['outcome']): Evaluation {
    return {
      outcome,
      appendedErrors: this.appendedErrors,
      logs: this.logs,
      effects: {
        responseHeaders: this.responseHeaders,
        ...(this.subscriptionFilter !== null && { subscriptionFilter: this.subscriptionFilter as SubscriptionFilter }),
        ...(this.invalidationFilter !== null && { invalidationFilter: this.invalidationFilter as SubscriptionFilter }),
        invalidations: this.invalidations,
        evictions: this.evictions,
      },
    };
  }
}
