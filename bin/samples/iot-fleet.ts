/** Devices that do not exist: what they would measure, over time and with an accident now and then. */
import type { DeviceStatus, MutationRegisterDeviceArgs, MutationUpdateDeviceMetricsArgs, MutationUpdateDeviceStatusArgs, RegisterDeviceInput } from '../../resolvers/iot/schema-types';
import type { Measured } from '../../resolvers/iot/table-items';

const sites = ['oslo', 'rome', 'porto'];
const kinds = [
  { name: 'Pump', location: 'Pump room', temperature: 38 },
  { name: 'Cold store', location: 'Warehouse', temperature: 4 },
  { name: 'Greenhouse', location: 'Garden', temperature: 24 },
  { name: 'Server rack', location: 'Basement', temperature: 29 },
];
/** How many readings an accident lasts. */
const accidentReadings = 4;

const pastStepMs = 10 * 60_000;
/** How likely a device goes away for a while instead of measuring. */
const absence = 0.002;

export type Random = () => number;

/** A mutation that a device brings about. */
export type Message =
  | { readonly field: 'registerDevice'; readonly variables: MutationRegisterDeviceArgs }
  | { readonly field: 'updateDeviceStatus'; readonly variables: MutationUpdateDeviceStatusArgs }
  | { readonly field: 'updateDeviceMetrics'; readonly variables: MutationUpdateDeviceMetricsArgs };

export interface LifeOptions {
  /** How likely a reading begins an accident, 0 to 1. */
  readonly accidents: number;
  /** Hours of readings before the present ones. */
  readonly past: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export class SimulatedDevice {
  private readonly input: RegisterDeviceInput;
  private readonly usualTemperature: number;
  private temperature: number;
  private humidity: number;
  private battery: number;
  private accident = 0;

  constructor(
    index: number,
    private readonly random: Random,
  ) {
    const { name, location, temperature } = kinds[index % kinds.length]!;
    const number = String(index + 1).padStart(4, '0');
    this.input = { id: `sim-${number}`, name: `${name} ${number}`, site: sites[index % sites.length]!, location };
    this.usualTemperature = this.temperature = temperature + 4 * (random() - 0.5);
    this.humidity = 35 + 30 * random();
    this.battery = 40 + 60 * random();
  }

  /** What it says, one message after the other: that it is there, what it has measured before, what it measures now. Without an end. */
  *life({ accidents, past, now }: LifeOptions): Generator<Message, never> {
    yield { field: 'registerDevice', variables: { input: this.input } };
    yield this.saying('ONLINE', now());
    for (let ago = past * 3_600_000; ago > 0; ago -= pastStepMs) yield this.reading(now() - ago, 0);
    for (;;) {
      if (this.random() < absence) {
        yield this.saying('OFFLINE', now());
        yield this.saying('ONLINE', now());
      }
      yield this.reading(now(), accidents);
    }
  }

  private saying(status: DeviceStatus, timeMs: number): Message {
    return { field: 'updateDeviceStatus', variables: { deviceId: this.input.id, status, changedAt: new Date(timeMs).toISOString() } };
  }

  private reading(timeMs: number, accidents: number): Message {
    const time = new Date(timeMs);
    const metrics = this.measure(time.getHours() + time.getMinutes() / 60, this.random() < accidents);
    return { field: 'updateDeviceMetrics', variables: { deviceId: this.input.id, recordedAt: time.toISOString(), metrics } };
  }

  /** @param hour of the day, 0 to 24: afternoons are warmer */
  private measure(hour: number, isAccident: boolean): Measured {
    if (isAccident) this.accident = accidentReadings;
    const warmth = 2 * Math.sin(((hour - 9) / 12) * Math.PI);
    this.temperature += 0.2 * (this.usualTemperature + warmth - this.temperature) + 0.3 * (this.random() - 0.5);
    this.humidity = within(0, 95, this.humidity + this.random() - 0.5);
    this.battery = this.battery < 10 ? 100 : this.battery - 0.02 * this.random();
    const heat = this.accident > 0 ? 70 - this.usualTemperature : 0;
    if (this.accident > 0) this.accident--;
    return {
      temperature: tenths(this.temperature + heat),
      humidity: tenths(this.humidity),
      battery: tenths(this.battery),
      signalStrength: Math.round(-55 - 12 * this.random()),
    };
  }
}

/** The same numbers for the same seed. Source: the mulberry32 generator, public domain. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function within(low: number, high: number, value: number): number {
  return Math.min(high, Math.max(low, value));
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
