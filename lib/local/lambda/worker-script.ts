/**
 * The JavaScript that plays Lambda's Node.js runtime inside a worker thread: finds the handler, runs it for one event after the other, and reports how
 * each ended. It is text because a worker starts from a file or a text, and the sources here are TypeScript in a checkout and JavaScript in a package.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html and nodejs-context.html; the names of errors are those that the runtime's
 * public client gives (aws/aws-lambda-nodejs-runtime-interface-client). Observed: how Node.js 24 refuses callbacks, in issues/154 of
 * github.com/arithmetric/aws-lambda-ses-forwarder.
 */

/** `workerData` of the script. */
export interface WorkerSetup {
  /** Folder of the code, absolute; `LAMBDA_TASK_ROOT`. */
  readonly root: string;
  /** `<file without extension>.<export>` */
  readonly handler: string;
  /** From Node.js 24 on handlers answer by what they return alone. Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
  readonly takesCallbacks: boolean;
  /** What stays the same in the `context` of every event. */
  readonly context: {
    readonly functionName: string;
    readonly functionVersion: string;
    readonly memoryLimitInMB: string;
    readonly logGroupName: string;
    readonly logStreamName: string;
  };
}

/** To the worker: one at a time. */
export interface WorkerEvent {
  readonly requestId: string;
  readonly functionArn: string;
  /** The event as JSON text. */
  readonly payload: string;
  /** Epoch milliseconds. */
  readonly deadlineMs: number;
}

/** From the worker. `ready` once, or an `error` in its place; then one `value` or `error` for each event. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'log'; readonly text: string }
  /** `payload` is JSON text. */
  | { readonly kind: 'value'; readonly payload: string }
  /** `isEnd` when the worker ends with it. */
  | { readonly kind: 'error'; readonly errorType: string; readonly errorMessage: string; readonly isEnd: boolean };

export const workerScript = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const { createRequire } = require('node:module');
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { format } = require('node:util');
const { root, handler: handlerName, takesCallbacks, context: fixed } = workerData;

const post = (message) => parentPort.postMessage(message);
for (const stream of [process.stdout, process.stderr])
  stream.write = (chunk, encoding, done) => {
    post({ kind: 'log', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
for (const [name, level] of Object.entries({ log: 'INFO', info: 'INFO', debug: 'DEBUG', trace: 'TRACE', warn: 'WARN', error: 'ERROR' }))
  console[name] = (...values) => post({ kind: 'log', text: level + ' ' + format(...values) });
if (/--enable-source-maps/.test(process.env.NODE_OPTIONS || '')) process.setSourceMapsEnabled(true);

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

/** An error as Lambda gives it to the caller; anything may be thrown. */
function described(error) {
  try {
    if (Object.prototype.toString.call(error) === '[object Error]' || error instanceof Error) return { errorType: String(error.name), errorMessage: String(error.message) };
    return { errorType: typeof error, errorMessage: String(error) };
  } catch {
    return { errorType: 'handled', errorMessage: 'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack' };
  }
}

const callbackRefusal =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a ' +
  'supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

/** Set while an event is being handled. */
let finish;
let whenIdle;

function end(error, code) {
  post({ kind: 'error', ...described(error), isEnd: true });
  process.exit(code);
}
process.on('uncaughtException', (error) => end(error, 129));
process.on('unhandledRejection', (reason) => end(new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason)), 128));
// Nothing is left that could still answer: Lambda answers null, or what a callback gave before.
process.on('beforeExit', () => {
  const idle = whenIdle;
  whenIdle = undefined;
  if (idle) idle();
});

function isModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (file.endsWith('.cjs')) return false;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest)) {
      try {
        return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
      } catch {
        return false;
      }
    }
    if (folder === root || folder === path.dirname(folder)) return false;
  }
}

async function load() {
  const [, base, names] = /^([^.]*)\\.(.+)$/.exec(path.basename(handlerName)) || [];
  if (base === undefined || handlerName.includes('..')) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler ' + handlerName);
  const stem = path.join(root, path.dirname(handlerName), base);
  const file = ['', '.js', '.mjs', '.cjs'].map((extension) => stem + extension).find((candidate) => existsSync(candidate) && path.extname(candidate) !== '');
  let loaded;
  try {
    if (file === undefined) throw Object.assign(new Error("Cannot find module '" + path.basename(stem) + "'"), { code: 'MODULE_NOT_FOUND' });
    loaded = isModule(file) ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  } catch (error) {
    const isMissing = error && (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND');
    if (isMissing) throw new RuntimeError('Runtime.ImportModuleError', 'Error: ' + error.message);
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', 'SyntaxError: ' + error.message);
    throw error;
  }
  const found = names.split('.').reduce((at, name) => (at === undefined || at === null ? undefined : at[name]), loaded) ?? names.split('.').reduce((at, name) => (at === undefined || at === null ? undefined : at[name]), loaded.default);
  if (found === undefined) throw new RuntimeError('Runtime.HandlerNotFound', handlerName + ' is undefined or not exported');
  if (typeof found !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', handlerName + ' is not a function');
  if (!takesCallbacks && found.length >= 3) throw new RuntimeError('Runtime.CallbackHandlerDeprecated', callbackRefusal);
  return found;
}

function run(handler, { requestId, functionArn, payload, deadlineMs }) {
  const succeed = (value) => finish && finish('value', value);
  const fail = (error) => finish && finish('error', error);
  finish = (kind, value) => {
    finish = undefined;
    whenIdle = undefined;
    parentPort.ref();
    if (kind === 'error') return post({ kind: 'error', ...described(value), isEnd: false });
    let text;
    try {
      text = JSON.stringify(value === undefined ? null : value);
    } catch {
      return post({ kind: 'error', errorType: 'Runtime.MarshalError', errorMessage: 'Unable to stringify response body', isEnd: false });
    }
    post({ kind: 'value', payload: text === undefined ? 'null' : text });
  };
  const context = {
    ...fixed,
    invokedFunctionArn: functionArn,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => Math.max(deadlineMs - Date.now(), 0),
    ...(takesCallbacks && { callbackWaitsForEmptyEventLoop: true, succeed, fail, done: (error, value) => callback(error, value) }),
  };
  function callback(error, value) {
    if (error !== undefined && error !== null) fail(error);
    else if (context.callbackWaitsForEmptyEventLoop) whenIdle = () => succeed(value);
    else succeed(value);
  }
  whenIdle = () => succeed(null);
  // From here on only what the handler started keeps the thread busy.
  parentPort.unref();
  try {
    const returned = takesCallbacks ? handler(JSON.parse(payload), context, callback) : handler(JSON.parse(payload), context);
    // With a callback to come, what is returned at once is no answer.
    if (returned && typeof returned.then === 'function') returned.then(succeed, fail);
    else if (!takesCallbacks) succeed(returned);
  } catch (error) {
    fail(error);
  }
}

load().then(
  (handler) => {
    parentPort.on('message', (event) => run(handler, event));
    post({ kind: 'ready' });
  },
  (error) => end(error, 1),
);
`;
