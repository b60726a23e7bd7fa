/**
 * One timer for the keep-alives of all connections: a ring of sixty places, one of which is due each second. A timer for each connection
 * would be a third of the memory of an idle one.
 */

const PERIOD_SECONDS = 60;

export interface Living {
  /** Called once a minute while it is kept alive. */
  beat(): void;
}

export class KeepAlive {
  private readonly ring: readonly Set<Living>[] = Array.from({ length: PERIOD_SECONDS }, () => new Set<Living>());
  private readonly placeOf = new Map<Living, number>();
  private now = 0;
  private stop: (() => void) | undefined;

  /** @param setTimer calls back after some milliseconds; returns what cancels it */
  constructor(private readonly setTimer: (callback: () => void, ms: number) => () => void) {}

  /** The first beat comes after 59 to 60 seconds, for the ring moves on whole seconds. */
  add(living: Living): void {
    this.placeOf.set(living, this.now);
    this.ring[this.now]?.add(living);
    this.stop ??= this.setTimer(() => this.tick(), 1_000);
  }

  delete(living: Living): void {
    const place = this.placeOf.get(living);
    if (place === undefined) return;
    this.placeOf.delete(living);
    this.ring[place]?.delete(living);
    if (this.placeOf.size > 0) return;
    this.stop?.();
    this.stop = undefined;
  }

  private tick(): void {
    this.now = (this.now + 1) % PERIOD_SECONDS;
    this.stop = this.setTimer(() => this.tick(), 1_000);
    for (const living of [...(this.ring[this.now] ?? [])]) living.beat();
  }
}
