/**
 * The one way to write. Writes are staged strictly one after the other, each seeing all before it, and committed in groups: what
 * arrives while a batch is being written goes into the next one. So conditions hold, a transaction is never half there, nothing
 * can deadlock (there are no locks), and many concurrent writers share one batch.
 */
import type { KeyValueDatabase } from './key-value-database';

/** The database as it will be when everything staged so far is committed. */
export type Read = (key: string) => unknown;

export interface Staged<T> {
  /** Applied together; undefined deletes the key. */
  readonly writes: Iterable<readonly [key: string, value: unknown]>;
  readonly value: T;
}

/** Who writes, where that is no caller: DynamoDB itself, deleting what has expired. */
export type WriteOrigin = 'TIME_TO_LIVE';

/** Hears of written keys once they are committed, before their writes are answered. */
export interface WriteObserver {
  wants(key: string): boolean;
  /** The value of the key before and after one write; undefined where there is none. */
  written(key: string, before: unknown, after: unknown, origin?: WriteOrigin): void;
}

interface Job {
  stage(read: Read): Iterable<readonly [key: string, value: unknown]>;
  resolve(): void;
  reject(error: unknown): void;
  readonly origin: WriteOrigin | undefined;
}

/** Bounds how long staging one group keeps other work of the process waiting. */
const largestGroup = 64;

export class WriteQueue {
  private readonly waiting: Job[] = [];
  /** The work under way and all that is queued behind it; never rejects. */
  private tail: Promise<void> = Promise.resolve();
  private isScheduled = false;

  constructor(
    private readonly database: KeyValueDatabase,
    private readonly observer?: WriteObserver,
  ) {}

  /**
   * @param stage decides what to write from what is stored; synchronous and without effects of its own. When it throws, nothing is written
   * @returns the staged value, after its writes are committed
   */
  submit<T>(stage: (read: Read) => Staged<T>, origin?: WriteOrigin): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let staged: Staged<T>;
      this.waiting.push({
        stage: (read) => (staged = stage(read)).writes,
        resolve: () => resolve(staged.value),
        reject,
        origin,
      });
      if (!this.isScheduled) this.schedule();
    });
  }

  /** Runs work that no write may overlap; writes submitted meanwhile wait. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail.then(work);
    this.tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** Resolves when everything submitted so far has been answered. */
  async settled(): Promise<void> {
    do await this.tail;
    while (this.isScheduled);
  }

  /** One group per link of the chain, so that exclusive work gets its turn under load. */
  private schedule(): void {
    this.isScheduled = true;
    this.tail = this.tail.then(async () => {
      await this.commit(this.waiting.splice(0, largestGroup));
      if (this.waiting.length > 0) this.schedule();
      else this.isScheduled = false;
    });
  }

  private async commit(group: readonly Job[]): Promise<void> {
    const batch = new Map<string, unknown>();
    const read: Read = (key) => (batch.has(key) ? batch.get(key) : this.database.get(key));
    const answers: (() => void)[] = [];
    const observed: Parameters<WriteObserver['written']>[] = [];
    for (const job of group) {
      try {
        for (const [key, value] of job.stage(read)) {
          if (this.observer?.wants(key)) observed.push([key, read(key), value, job.origin]);
          batch.set(key, value);
        }
        answers.push(() => job.resolve());
      } catch (error) {
        answers.push(() => job.reject(error));
      }
    }
    try {
      await this.database.write(batch);
    } catch (error) {
      for (const job of group) job.reject(error);
      return;
    }
    for (const change of observed) this.observer?.written(...change);
    for (const answer of answers) answer();
  }
}
