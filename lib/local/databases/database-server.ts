/** One PostgreSQL on this machine: one request at a time, ended when a request takes too long or breaks it. */
import { Worker } from 'node:worker_threads';
import type { ServerAnswer } from './sql-database';
import { type WorkerMessage, type WorkerRequest, type WorkerSetup, workerScript } from './worker-script';

export type ServerOutcome =
  | { readonly kind: 'answer'; readonly answer: ServerAnswer }
  /** The request ran longer than it may. */
  | { readonly kind: 'timeout' }
  /** PostgreSQL could not start, or has stopped. */
  | { readonly kind: 'broken'; readonly reason: string };

export class DatabaseServer {
  private running: RunningServer | undefined;
  private starts = 0;

  constructor(private readonly setup: WorkerSetup) {}

  /** Starts it, unless it runs. @returns another number after each start */
  start(): number {
    if (!this.running?.isAlive) {
      this.running = new RunningServer(this.setup);
      this.starts += 1;
    }
    return this.starts;
  }

  /** Not to be called again before it has answered. @param timeoutMs from when PostgreSQL is up. Never rejects. */
  async send(request: WorkerRequest, timeoutMs: number): Promise<ServerOutcome> {
    return this.running?.send(request, timeoutMs) ?? { kind: 'broken', reason: 'PostgreSQL was not started' };
  }

  /** A kept database is on disk by then. */
  async close(): Promise<void> {
    await this.running?.close();
    this.running = undefined;
  }
}

/** A worker from its start to its end. */
class RunningServer {
  isAlive = true;
  private readonly worker: Worker;
  private readonly ready: Promise<ServerOutcome | undefined>;
  private settle: (outcome: ServerOutcome) => void = () => undefined;

  constructor(setup: WorkerSetup) {
    // Loaders of this process are no business of the worker.
    this.worker = new Worker(workerScript, { eval: true, workerData: setup, execArgv: [], argv: [] });
    const ended = new Promise<void>((resolve) => this.worker.on('exit', () => resolve()));
    this.ready = new Promise((resolve) => {
      this.worker.on('message', (message: WorkerMessage) => {
        switch (message.kind) {
          case 'ready':
            return resolve(undefined);
          case 'answer':
            return this.settle({ kind: 'answer', answer: message.answer });
          case 'broken':
            this.isAlive = false;
            this.settle(message);
            return resolve(message);
        }
      });
      this.worker.on('error', (error) => {
        this.isAlive = false;
        const broken = { kind: 'broken', reason: error.message } as const;
        this.settle(broken);
        resolve(broken);
      });
      void ended.then(() => {
        this.isAlive = false;
        const broken = { kind: 'broken', reason: 'PostgreSQL has stopped' } as const;
        this.settle(broken);
        resolve(broken);
      });
    });
    // An idle database keeps no process alive.
    this.worker.unref();
  }

  async send(request: WorkerRequest, timeoutMs: number): Promise<ServerOutcome> {
    let timer: NodeJS.Timeout | undefined;
    this.worker.ref();
    try {
      const failure = await this.ready;
      if (failure) return failure;
      return await new Promise<ServerOutcome>((resolve) => {
        this.settle = resolve;
        timer = setTimeout(() => {
          // WebAssembly cannot be interrupted: what runs too long ends with its thread.
          this.isAlive = false;
          resolve({ kind: 'timeout' });
          void this.worker.terminate();
        }, timeoutMs);
        this.worker.postMessage(request);
      });
    } finally {
      clearTimeout(timer);
      this.worker.unref();
    }
  }

  async close(): Promise<void> {
    if (!this.isAlive) return;
    const patienceMs = 5_000;
    await this.send({ kind: 'close' }, patienceMs);
    await this.worker.terminate();
  }
}
