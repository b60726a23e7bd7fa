/** One `vm` context in which handlers of an API run: compiles their scripts, calls them, and tells how each call ended. Keeps everything of Node out of it. */
import vm from 'node:vm';
import { type Builtin, type BuiltinGroup, BuiltinFailure, HandlerEnd, type Library, replaceJavaPattern } from '../builtins';
import { CircularDataError, copyPlain, type CopyOptions, OversizedDataError } from './plain-data';
import { languageGlobals, realmScript, removedMembers } from './realm-script';
import { type ModuleExports, type SandboxScript, toSandboxScript } from './transform';

/** Evaluated request or response value. Source: AppSync quotas, 5 MB. */
const maxResultSize = 5 * 1024 * 1024;

/** Upper bound of the stash, the arguments and the errors that go from step to step. Assumed: only keeps the memory bounded. */
const maxCarriedSize = 4 * maxResultSize;

/** Characters of data passed to built-ins that count as one step of a handler's work. Assumed: only keeps what it logs and appends bounded. */
const charactersPerStep = 8;

declare const inRealm: unique symbol;
/** A value of the sandbox that the host only holds and hands back. */
type RealmValue = { readonly [inRealm]: true };

/** What `realmScript` returns. */
interface RealmSide {
  readonly state: { work: number; signal: Signal; text: string; line: number; column: number };
  readonly halt: RealmValue;
  readonly modules: RealmValue;
  begin(context: unknown): RealmValue & { readonly args: unknown; readonly stash: unknown; readonly outErrors: unknown };
  run(handler: RealmValue, invocation: RealmValue, step: unknown): unknown;
  append(invocation: RealmValue, error: unknown): void;
  isLibraryError(error: unknown): boolean;
}

/** How a host function tells the realm what to do on its return: go on, end the handler, or fail with `state.text`. */
type Signal = 0 | 1 | 2;

export type CallEnd =
  | { readonly kind: 'value'; readonly value: unknown }
  /** A built-in ended the handler and has recorded why. */
  | { readonly kind: 'halted' }
  /** `message` as AppSync words it: `code.js:3:5: TypeError: …`. */
  | { readonly kind: 'failed'; readonly message: string };

export interface CompiledHandlers {
  readonly script: SandboxScript;
  /** The handlers of a fresh run of the module. */
  readonly instantiate: () => { readonly request?: RealmValue; readonly response?: RealmValue };
}

export interface RealmInvocation {
  call(handlers: CompiledHandlers, name: 'request' | 'response', step: unknown): CallEnd;
  /** Adds to `ctx.outErrors`. */
  appendError(error: unknown): void;
  /** What steps change and later steps see. */
  carried(): { readonly args: unknown; readonly stash: unknown; readonly outErrors: unknown };
}

export interface Realm {
  /** @throws HandlerCodeError when the code is not APPSYNC_JS; SyntaxError for what only V8 finds */
  compile(code: string): CompiledHandlers;
  /** @param context plain data: what becomes `ctx`; its `stash` and `outErrors` may be left out */
  begin(context: unknown): RealmInvocation;
  /** Where the `console` call under way was written. */
  consolePosition(): { readonly line: number; readonly column: number };
}

export function createRealm(library: Library): Realm {
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const functions: Builtin[] = [];
  const shape = { globals: indexed(library.globals, functions), modules: indexed(library.modules, functions) };

  const signal = (kind: Signal, text: string): undefined => {
    realm.state.signal = kind;
    realm.state.text = text;
  };
  const guarded = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (error instanceof HandlerEnd) return signal(1, '');
      if (error instanceof BuiltinFailure) return signal(2, error.message);
      if (error instanceof CircularDataError) return signal(2, 'Converting circular structure to JSON');
      if (error instanceof OversizedDataError || error instanceof RangeError) return signal(2, 'Value is too large.');
      throw error;
    }
  };
  // Assumed: what is too large for a result is too large for a built-in.
  const plainly: CopyOptions = {
    maxSize: maxResultSize,
    onSize: (size) => {
      realm.state.work += size / charactersPerStep;
    },
  };
  const seeingUndefined: CopyOptions = { ...plainly, undefinedMember: null };
  const host = {
    call: (index: number, args: readonly unknown[]) =>
      guarded(() => {
        const builtin = functions[index];
        return builtin?.(...Array.from(args, (argument) => copyPlain(argument, builtin.seesUndefined ? seeingUndefined : plainly)));
      }),
    replace: (text: string, pattern: string, replacement: string, isGlobal: boolean) => guarded(() => replaceJavaPattern(text, pattern, replacement, isGlobal)),
    shape: JSON.stringify(shape),
    removedMembers,
    keptGlobals: JSON.stringify(languageGlobals),
  };
  const realm = (vm.runInContext(realmScript, context, { filename: 'appsync-runtime.js' }) as (side: typeof host) => RealmSide)(host);

  const exported: ModuleExports = new Map(Object.entries(library.modules).map(([specifier, members]) => [specifier, new Set(Object.keys(members))]));
  const globals = [...languageGlobals, ...Object.keys(library.globals), 'Error', 'globalThis'];

  return {
    compile(code) {
      const script = toSandboxScript(code, exported, globals);
      const link = new vm.Script(script.source.text, { filename: 'code.js' }).runInContext(context) as (state: unknown, modules: unknown) => CompiledHandlers['instantiate'];
      const run = link(realm.state, realm.modules);
      if (!script.isStateless) return { script, instantiate: run };
      const handlers = run();
      return { script, instantiate: () => handlers };
    },

    begin(invocationContext) {
      const invocation = realm.begin(invocationContext);
      return {
        call(handlers, name, step) {
          realm.state.work = 0;
          realm.state.signal = 0;
          try {
            const handler = handlers.instantiate()[name];
            if (typeof handler !== 'function') return { kind: 'failed', message: `code.js: TypeError: ${name} is not a function` };
            return { kind: 'value', value: copyPlain(realm.run(handler, invocation, step), { maxSize: maxResultSize }) ?? null };
          } catch (error) {
            if (error === realm.halt) return { kind: 'halted' };
            if (isBug(error)) throw error;
            return { kind: 'failed', message: describeFailure(error, handlers.script, realm) };
          }
        },
        appendError: (error) => realm.append(invocation, error),
        carried: () => ({ args: copyOr({}, invocation.args), stash: copyOr({}, invocation.stash), outErrors: copyOr([], invocation.outErrors) }),
      };
    },

    consolePosition: () => ({ line: realm.state.line, column: realm.state.column }),
  };
}

type Shape = number | { readonly [name: string]: Shape };

/** The tree with a number in place of each function, and the functions in a list by those numbers. */
function indexed(node: Builtin | BuiltinGroup, functions: Builtin[]): Shape {
  if (typeof node === 'function') return functions.push(node) - 1;
  return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, indexed(member, functions)]));
}

/**
 * `code.js:<line>:<column>: <text>`, with the error's class for those of the language.
 * Assumed: the texts of the 5 MB and of the cycle error, and the position at the failing call or member (that of V8).
 */
function describeFailure(error: unknown, script: SandboxScript, realm: RealmSide): string {
  if (error instanceof CircularDataError) return 'code.js: TypeError: Converting circular structure to JSON';
  if (error instanceof OversizedDataError) return `code.js: Evaluated value exceeded the limit of ${maxResultSize} bytes.`;
  if (!isErrorLike(error)) return 'code.js: Unknown error';
  const [reason = ''] = error.message.split('\n');
  const text = realm.isLibraryError(error) ? reason : `${error.name}: ${asWritten(reason)}`;
  const [line, column] = error.stack.split(':').map(Number);
  if (!line || !column) return `code.js: ${text}`;
  const place = script.source.originalPosition({ line, column });
  return `code.js:${place.line}:${place.column}: ${text}`;
}

/** V8 quotes the code it ran; the author wrote it without our counters. */
function asWritten(message: string): string {
  return message
    .replace(/\$\$+\.console\(\.\.\.\)/, 'console')
    .replace(/^\(\$\$+\d+ , (.*)\) is not iterable$/, '$1 is not iterable')
    .replace(/^\$\$+\.spread is not a function or its return value is not iterable$/, 'Spread syntax requires ...iterable[Symbol.iterator] to be a function');
}

/** What a handler made cyclic or far too large is not carried on. Assumed: AppSync has no answer on record for either. */
function copyOr(empty: object, value: unknown): unknown {
  try {
    return copyPlain(value, { maxSize: maxCarriedSize }) ?? empty;
  } catch (error) {
    if (error instanceof CircularDataError || error instanceof OversizedDataError) return empty;
    throw error;
  }
}

/** What the host throws is a bug of ours, but for the limits and a stack that ran out in a built-in. */
function isBug(error: unknown): boolean {
  return error instanceof Error && !(error instanceof RangeError || error instanceof CircularDataError || error instanceof OversizedDataError);
}

function isErrorLike(error: unknown): error is { readonly name: string; readonly message: string; readonly stack: string } {
  return typeof error === 'object' && error !== null && 'message' in error && 'stack' in error && typeof error.stack === 'string';
}
