/**
 * One timer for the keep-alives of all connections: a ring of sixty places, one of which is due each second. Timers of their own, with what
 * they call, would be several hundred bytes for each of ten thousand idle connections.
 */

const PERIOD_SECONDS = 60;

export interface Living {
  /** Called once a minute while it is kept alive. */
  beat(): void;
}

export class KeepAlive {
  private readonly ring: readonly Set<Living>[] = Array.from({ length: PERIOD_SECONDS }, () => new Set<Living>());
  private count = 0;
  private now = 0;
  private stop: (() => void) | undefined;

  /** @param setTimer calls back after some milliseconds; returns what cancels it */
  constructor(private readonly setTimer: (callback: () => void, ms: number) => () => void) {}

  /** The first beat comes after 59 to 60 seconds, for the ring moves on whole seconds. */
  add(living: Living): void {
    this.ring[this.now]?.add(living);
    this.count++;
    this.stop ??= this.setTimer(() => this.tick(), 1_000);
  }

  /** Looks everywhere: sixty quick looks at the end of a connection instead of an entry for each of them all the time. */
  delete(living: Living): void {
    if (!this.ring.some((place) => place.delete(living))) return;
    this.count--;
    if (this.count > 0) return;
    this.stop?.();
    this.stop = undefined;
  }

  private tick(): void {
    this.now = (this.now + 1) % PERIOD_SECONDS;
    this.stop = this.setTimer(() => this.tick(), 1_000);
    for (const living of [...(this.ring[this.now] ?? [])]) living.beat();
  }
}
