/** One execution environment: a worker thread that has loaded a function's code and handles one event at a time. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { LambdaFunctionModel } from '../../model';
import { type InvocationOutcome, maxPayloadBytes } from './invocation';
import { type WorkerEvent, type WorkerMessage, type WorkerSetup, workerScript } from './worker-script';

export interface FunctionWorkerOptions {
  readonly model: LambdaFunctionModel;
  /** Folder of the code, absolute. */
  readonly root: string;
  /** The whole environment; nothing of this process is added. */
  readonly environment: Readonly<Record<string, string>>;
  /** Takes what the function prints, a line at a time. */
  readonly log: (line: string) => void;
  /** Called once, when the thread has ended for whatever reason. */
  readonly ended: () => void;
}

/** Source: Lambda developer guide, "Lambda execution environment lifecycle": a slow start goes on within the first call. */
const startLimitMs = 10_000;

/** What a running call waits for. */
interface Call {
  readonly requestId: string;
  settle(outcome: InvocationOutcome): void;
}

export class FunctionWorker {
  private readonly worker: Worker;
  private call: Call | undefined;
  private hasEnded = false;
  private started = false;
  private onStart: () => void = () => undefined;
  private outOfMemory = false;

  constructor(private readonly options: FunctionWorkerOptions) {
    const { model, root, environment } = options;
    const { functionName, memoryMb, handler } = model;
    const logStreamName = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`;
    const setup: WorkerSetup = {
      root,
      handler,
      takesCallbacks: nodeVersion(model.runtime) < 24,
      context: { functionName, functionVersion: '$LATEST', memoryLimitInMB: String(memoryMb), logGroupName: `/aws/lambda/${functionName}`, logStreamName },
    };
    this.worker = new Worker(workerScript, {
      eval: true,
      workerData: setup,
      env: { ...environment, AWS_LAMBDA_LOG_GROUP_NAME: setup.context.logGroupName, AWS_LAMBDA_LOG_STREAM_NAME: logStreamName },
      argv: [],
      // Loaders of this process are no business of the function.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    this.worker.on('message', (message: WorkerMessage) => this.hear(message));
    this.worker.on('error', (error: NodeJS.ErrnoException) => {
      this.outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    });
    this.worker.on('exit', (code) => this.exit(code));
    // An idle environment keeps nothing alive.
    this.worker.unref();
  }

  /** Handles one event; not to be called again before that is done. Never rejects. */
  async handle(functionArn: string, payload: string): Promise<InvocationOutcome> {
    const { timeoutSeconds } = this.options.model;
    const requestId = randomUUID();
    let timer: NodeJS.Timeout | undefined;
    const limit = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => this.stop({ kind: 'error', errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds` }), ms);
    };
    this.worker.ref();
    try {
      return await new Promise<InvocationOutcome>((settle) => {
        this.call = { requestId, settle };
        if (this.hasEnded) return this.exit(0);
        const begin = () => {
          limit(timeoutSeconds * 1000);
          const event: WorkerEvent = { requestId, functionArn, payload, deadlineMs: Date.now() + timeoutSeconds * 1000 };
          this.worker.postMessage(event);
        };
        if (this.started) return begin();
        limit(Math.max(startLimitMs, timeoutSeconds * 1000));
        this.onStart = begin;
      });
    } finally {
      clearTimeout(timer);
      this.worker.unref();
    }
  }

  get isAlive(): boolean {
    return !this.hasEnded;
  }

  /** Ends the thread, whatever it does. */
  async end(): Promise<void> {
    this.hasEnded = true;
    await this.worker.terminate();
  }

  private hear(message: WorkerMessage): void {
    switch (message.kind) {
      case 'ready':
        this.started = true;
        return this.onStart();
      case 'log':
        for (const line of message.text.replace(/\n$/, '').split('\n')) this.options.log(line);
        return;
      case 'value':
        return this.settle(valueOf(message.payload));
      case 'error':
        if (message.isEnd) this.hasEnded = true;
        return this.settle({ kind: 'error', errorType: message.errorType, errorMessage: message.errorMessage });
    }
  }

  private stop(outcome: InvocationOutcome): void {
    this.settle(outcome);
    void this.end();
  }

  /** Observed: the texts, in logs and traces that people publish. */
  private exit(code: number): void {
    this.hasEnded = true;
    const requestId = this.call?.requestId ?? '';
    const how = this.outOfMemory ? 'Runtime exited with error: signal: killed' : code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
    this.settle({ kind: 'error', errorType: this.outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${how}` });
    this.options.ended();
  }

  /** The first word counts. */
  private settle(outcome: InvocationOutcome): void {
    const { call } = this;
    this.call = undefined;
    call?.settle(outcome);
  }
}

/** `nodejs24.x` → 24 */
function nodeVersion(runtime = ''): number {
  return Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 0);
}

/** Observed: the text. */
function valueOf(payload: string): InvocationOutcome {
  if (payload.length > maxPayloadBytes || Buffer.byteLength(payload) > maxPayloadBytes)
    return { kind: 'error', errorType: 'Function.ResponseSizeTooLarge', errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).' };
  return { kind: 'value', value: JSON.parse(payload) };
}
