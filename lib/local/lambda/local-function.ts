/** One function running here: its environments, several while several calls run at once, none when nobody has called for a while. */
import type { LambdaFunctionModel } from '../../model';
import { FunctionWorker } from './function-worker';
import type { InvocationOutcome } from './invocation';

export interface LocalFunctionOptions {
  readonly model: LambdaFunctionModel;
  /** Folder of the code, absolute. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** Calls beyond it wait for one that ends. AWS runs 1,000 at once, which is more threads than a laptop has room for. */
const mostWorkers = 16;

/** An environment that nobody has used for that long is ended; the next call starts another. */
const idleMs = 60_000;

export class LocalFunction {
  private readonly workers = new Set<FunctionWorker>();
  /** Last used last. */
  private readonly idle: { readonly worker: FunctionWorker; readonly timer: NodeJS.Timeout }[] = [];
  private readonly waiting: (() => void)[] = [];
  private isRetired = false;
  private isClosed = false;

  constructor(private readonly options: LocalFunctionOptions) {}

  /** @param functionArn as the caller gives it; a version or alias stays visible in `context` */
  async invoke(functionArn: string, payload: string): Promise<InvocationOutcome> {
    while (this.idle.length === 0 && this.workers.size >= mostWorkers) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.isClosed) return { kind: 'unavailable', reason: 'the local API was closed' };
    const worker = this.take();
    try {
      return await worker.handle(functionArn, payload);
    } finally {
      this.give(worker);
    }
  }

  /** Ends the environments that rest now, and the others once their calls are done. */
  retire(): void {
    this.isRetired = true;
    for (const { worker, timer } of this.idle.splice(0)) {
      clearTimeout(timer);
      void worker.end();
    }
  }

  /** Ends every environment, also one that is at work. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.retire();
    await Promise.all([...this.workers].map((worker) => worker.end()));
  }

  private take(): FunctionWorker {
    for (let rested = this.idle.pop(); rested; rested = this.idle.pop()) {
      clearTimeout(rested.timer);
      // One may have died since, of a timer that threw for instance.
      if (rested.worker.isAlive) return rested.worker;
    }
    const worker: FunctionWorker = new FunctionWorker({ ...this.options, ended: () => this.forget(worker) });
    this.workers.add(worker);
    return worker;
  }

  private give(worker: FunctionWorker): void {
    if (!worker.isAlive) this.forget(worker);
    else if (this.isRetired) void worker.end();
    else {
      const timer = setTimeout(() => {
        this.idle.splice(this.idle.findIndex((entry) => entry.worker === worker), 1);
        void worker.end();
      }, idleMs);
      timer.unref();
      this.idle.push({ worker, timer });
      this.waiting.shift()?.();
    }
  }

  /** One that ended while it rested is not given out again. */
  private forget(worker: FunctionWorker): void {
    this.workers.delete(worker);
    const at = this.idle.findIndex((entry) => entry.worker === worker);
    if (at >= 0) for (const { timer } of this.idle.splice(at, 1)) clearTimeout(timer);
    this.waiting.shift()?.();
  }
}
