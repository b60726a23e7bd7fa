/**
 * Runs handlers, be they APPSYNC_JS in its sandbox, mapping templates, or none (what AppSync does for a direct Lambda resolver):
 * plain data in, plain data out, limits enforced, nothing of Node reachable.
 * One evaluator (one vm context) per API; one `Invocation` per resolver run, so concurrent requests share nothing.
 */
import { invariant } from '../diagnostics';
import type { HandlerModel } from '../model';
import { type ParsedTemplate, parseTemplate } from '../velocity';
import { AuthoredSource } from './authored-source';
import { createLibrary, type HandlerRun } from './builtins';
import { directRequest, directResponse } from './direct-handlers';
import { createTemplateGlobals, TemplateContext, type TemplateEnd, type TemplateGlobals, type TemplateRun } from './mapping-templates';
import { type CallEnd, type CompiledHandlers, createRealm, HandlerCodeError, type Realm, type RealmInvocation } from './sandbox';

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
  /** What earlier steps left. @default {} */
  readonly stash?: Readonly<Record<string, unknown>>;
  /** Errors appended before. @default [] */
  readonly outErrors?: readonly unknown[];
}

/** What differs from step to step of a pipeline. */
export interface StepContext {
  /** Output of the data source, or of the last function in a pipeline's own response handler. Response handlers only. */
  readonly result?: unknown;
  /** Pipelines only. */
  readonly prev?: { readonly result: unknown };
  /** Set when the data source failed. Response handlers only. */
  readonly error?: { readonly message: string; readonly type: string; readonly unhandledErrorType?: string };
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
  /** Mapping templates: what was printed, also when it is no JSON document. Absent when the template did not reach its end, or returned. */
  readonly text?: string;
}

/** One resolver run: holds `ctx`, so `stash`, `outErrors` and changes to `args` carry from step to step, also from code to templates and back. */
export interface Invocation {
  run(code: LoadedCode, handler: 'request' | 'response', step: StepContext): Evaluation;
  /** The stash as plain data, for traces and `evaluate`. */
  stash(): Record<string, unknown>;
  /** `ctx.outErrors` as plain data. */
  outErrors(): readonly unknown[];
}

/** What a resolver or function runs, ready to run: code compiled in the sandbox, templates parsed. */
export interface LoadedCode {
  readonly kind: HandlerModel['kind'];
  /** Of mapping templates: whether there is one. AppSync has an answer for one that is left out. */
  readonly hasRequest: boolean;
  readonly hasResponse: boolean;
  /** Set when the code cannot run at all (syntax error, forbidden import, no handlers); every `run` then gives this error. */
  readonly loadError?: ResolverError;
  /** Set when a source map tells where the code was written. */
  readonly authored?: AuthoredSource;
}

export interface Evaluator {
  load(handler: HandlerModel): LoadedCode;
  begin(context: InvocationContext): Invocation;
}

/** What belongs to a `LoadedCode` and only the evaluator sees. A template that is left out is undefined. */
type Program =
  | { readonly kind: 'APPSYNC_JS'; readonly handlers: CompiledHandlers }
  | { readonly kind: 'VTL' | 'DIRECT'; readonly request?: ParsedTemplate; readonly response?: ParsedTemplate };

/** What all invocations of an evaluator share. */
interface Runtime {
  readonly realm: Realm;
  readonly templates: TemplateGlobals;
  readonly programs: WeakMap<LoadedCode, Program>;
  /** Runs a handler whose built-ins report to `recording`. */
  readonly recorded: <T>(recording: HandlerRecording, work: () => T) => T;
}

export function createEvaluator({ now }: EvaluatorOptions): Evaluator {
  let current: HandlerRecording | undefined;
  const running = (): HandlerRecording => {
    invariant(current, 'a built-in ran outside of a handler call');
    return current;
  };
  const library = createLibrary({ now, current: running });
  const realm = createRealm(library);
  const runtime: Runtime = {
    realm,
    templates: createTemplateGlobals(library.globals, running),
    programs: new WeakMap(),
    recorded(recording, work) {
      current = recording;
      try {
        return work();
      } finally {
        current = undefined;
      }
    },
  };

  return {
    load(handler) {
      const { loaded, program } = handler.kind === 'APPSYNC_JS' ? compile(realm, handler.code.text) : parse(handler);
      const hasMap = handler.kind === 'APPSYNC_JS' && handler.sourceMap !== undefined;
      const code = hasMap ? { ...loaded, authored: new AuthoredSource(handler.code, handler.sourceMap) } : loaded;
      if (program) runtime.programs.set(code, program);
      return code;
    },
    begin: (context) => new ResolverInvocation(context, runtime),
  };
}

/** `ctx` lives where the last handler ran, in the sandbox or as Java values, and moves when the next one is of the other kind. */
class ResolverInvocation implements Invocation {
  private code: RealmInvocation | undefined;
  private templates: TemplateContext | undefined;

  constructor(
    private readonly context: InvocationContext,
    private readonly runtime: Runtime,
  ) {}

  run(code: LoadedCode, handler: 'request' | 'response', step: StepContext): Evaluation {
    const { programs, realm, recorded } = this.runtime;
    const recording = new HandlerRecording(this.context, realm, (error) => (this.code ?? this.templates)?.appendError(error));
    const program = programs.get(code);
    if (code.loadError || program === undefined) return recording.evaluation({ kind: 'error', error: code.loadError ?? missing(handler) });
    if (program.kind === 'APPSYNC_JS') {
      if (!(handler === 'request' ? code.hasRequest : code.hasResponse)) return recording.evaluation({ kind: 'error', error: missing(handler) });
      const invocation = this.inRealm();
      return recording.evaluation(outcomeOf(recorded(recording, () => invocation.call(program.handlers, handler, step)), recording));
    }
    const template = program[handler];
    if (template === undefined) return recording.evaluation(handler === 'request' ? directRequest(this.current(), step) : directResponse(step));
    if (template.problem) return recording.evaluation({ kind: 'error', error: syntaxError(template.problem) });
    const context = this.inTemplates();
    const end = recorded(recording, () => context.render(template.template, step));
    return { ...recording.evaluation(outcomeOfTemplate(end, recording)), ...(end.text !== undefined && { text: end.text }) };
  }

  stash(): Record<string, unknown> {
    return { ...this.current().stash };
  }

  outErrors(): readonly unknown[] {
    return this.current().outErrors ?? [];
  }

  /** The context with what the steps so far have made of it. */
  private current(): InvocationContext {
    const carried = (this.code ?? this.templates)?.carried() as Pick<InvocationContext, 'args' | 'stash' | 'outErrors'> | undefined;
    return carried ? { ...this.context, ...carried } : this.context;
  }

  private inRealm(): RealmInvocation {
    if (!this.code) {
      this.code = this.runtime.realm.begin(this.current());
      this.templates = undefined;
    }
    return this.code;
  }

  private inTemplates(): TemplateContext {
    if (!this.templates) {
      this.templates = new TemplateContext(this.current(), this.runtime.templates);
      this.code = undefined;
    }
    return this.templates;
  }
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

function outcomeOfTemplate(end: TemplateEnd, run: HandlerRun): Evaluation['outcome'] {
  switch (end.kind) {
    case 'value':
      return { kind: 'value', value: end.value };
    case 'return':
      return { kind: 'earlyReturn', value: end.value, skipTo: 'NEXT' };
    case 'failed':
      return { kind: 'error', error: templateError(end.message) };
    case 'halted':
      invariant(run.end, 'a template was ended without a reason');
      return run.end;
  }
}

interface Load {
  readonly loaded: LoadedCode;
  readonly program?: Program;
}

function parse(handler: Exclude<HandlerModel, { kind: 'APPSYNC_JS' }>): Load {
  const { request, response } = handler.kind === 'VTL' ? handler : {};
  const program: Program = { kind: handler.kind, ...(request && { request: parseTemplate(request) }), ...(response && { response: parseTemplate(response) }) };
  return { loaded: { kind: handler.kind, hasRequest: request !== undefined, hasResponse: response !== undefined }, program };
}

/** Source: API shape `Code` of AppSync, 1 to 32,768 characters. */
const maxCodeLength = 32_768;

function compile(realm: Realm, code: string): Load {
  const kind = 'APPSYNC_JS';
  const unusable = (message: string) => ({ loaded: { kind, hasRequest: false, hasResponse: false, loadError: codeError(message) } as const });
  if (code.length > maxCodeLength) return unusable(`Code is ${code.length} characters long, the limit is ${maxCodeLength}.`);
  try {
    const handlers = realm.compile(code);
    const { hasRequest, hasResponse } = handlers.script;
    if (!hasRequest && !hasResponse) return unusable('Code must export a request and a response function.');
    return { loaded: { kind, hasRequest, hasResponse }, program: { kind, handlers } };
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

/** Source: errorType `MappingTemplate` for whatever a template does wrong. */
function templateError(message: string): ResolverError {
  return { message, errorType: 'MappingTemplate', data: null, errorInfo: null };
}

/** Assumed: the text, and that the template's other half still runs. */
function syntaxError({ message, location }: NonNullable<ParsedTemplate['problem']>): ResolverError {
  return templateError(`Template is not valid: ${message} [line ${location.line}, column ${location.column}]`);
}

/** Gathers what one handler call asks for besides its value. */
class HandlerRecording implements TemplateRun {
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
    this.logLine(`${level} - code.js:${line}:${column}: ${args.map((arg) => JSON.stringify(arg) ?? 'undefined').join(' ')}`);
  }

  logLine(line: string): void {
    this.logs.push(line);
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
