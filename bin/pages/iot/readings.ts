/** What an open device has measured, as a chart needs it: by metric, oldest first, no further back than is shown. */
import type { DeviceMetrics, Metric } from '../../../resolvers/iot/schema-types';
import { metrics } from './metrics';

export interface Point {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly value: number;
}

export class Readings {
  private points: Record<Metric, Point[]> = { temperature: [], humidity: [], battery: [], signalStrength: [] };
  /** Epoch milliseconds. */
  private latest = -Infinity;
  private version = 0;

  constructor(private readonly spanMs: number) {}

  /** Takes what is newer than what it has: events tell of a reading again, whenever an older one of the device comes late. */
  add(reading: DeviceMetrics): void {
    const time = Date.parse(reading.recordedAt);
    if (!(time > this.latest)) return;
    this.latest = time;
    this.version++;
    for (const { name } of metrics) {
      const value = reading[name];
      if (typeof value === 'number') this.points[name].push({ time, value });
    }
  }

  /** Oldest first; what has left the span is forgotten. A device whose clock is ahead has not measured yet. */
  of(metric: Metric, now: number): readonly Point[] {
    const points = this.points[metric];
    const first = points.findIndex(({ time }) => time >= now - this.spanMs);
    if (first !== 0) this.points[metric] = first < 0 ? [] : points.slice(first);
    return this.points[metric].filter(({ time }) => time <= now);
  }

  /** Changes with every reading. */
  get revision(): number {
    return this.version;
  }
}
