/** The time of an API under test: it runs like the real one until a test moves it. */
import { setupError } from './setup-error';

export interface ClockStep {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

const unitMs: Readonly<Record<string, number>> = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000, milliseconds: 1 };

export class TestClock {
  private offsetMs = 0;
  private stoppedAtMs: number | undefined;

  /** @param moved called after every move */
  constructor(private readonly moved: () => void) {}

  /** Epoch milliseconds. */
  readonly now = (): number => this.stoppedAtMs ?? Date.now() + this.offsetMs;

  /** Moves on from where the clock is. @throws TestSetupError `RUN_TEST_VALUE` */
  advance(step: ClockStep): void {
    let ms = 0;
    for (const [unit, count] of Object.entries(step) as [string, unknown][]) {
      const each = unitMs[unit];
      if (each === undefined || typeof count !== 'number' || !Number.isFinite(count)) {
        throw setupError('RUN_TEST_VALUE', `the clock cannot advance by ${unit}: ${String(count)}`, `give numbers of ${Object.keys(unitMs).join(', ')}`);
      }
      ms += each * count;
    }
    if (this.stoppedAtMs === undefined) this.offsetMs += ms;
    else this.stoppedAtMs += ms;
    this.moved();
  }

  /**
   * Stops the clock at a time, so that what resolvers write can be compared exactly; `advance` still moves it.
   * @param time a date, epoch milliseconds, or ISO 8601 text
   * @throws TestSetupError `RUN_TEST_VALUE`
   */
  set(time: Date | number | string): void {
    const ms = new Date(time).getTime();
    if (Number.isNaN(ms)) throw setupError('RUN_TEST_VALUE', `"${String(time)}" is not a time`, "give a Date, epoch milliseconds, or text such as '2026-01-31T12:00:00Z'");
    this.stoppedAtMs = ms;
    this.moved();
  }

  /** Back to real time. */
  reset(): void {
    this.offsetMs = 0;
    this.stoppedAtMs = undefined;
  }
}
