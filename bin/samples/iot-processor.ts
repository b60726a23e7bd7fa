/**
 * The Lambda function that processes what devices measure: which values are out of the ordinary. It keeps nothing between calls: what a device
 * measures usually comes with the reading, and goes back with it.
 */
import type { Findings, Processed } from '../../resolvers/iot/metrics-pipeline';
import type { AlertKind, Metric } from '../../resolvers/iot/schema-types';
import type { Usual } from '../../resolvers/iot/table-items';

interface Expectation {
  readonly metric: Metric;
  readonly low?: number;
  readonly high?: number;
  /** How far back inside of a limit a value has to come before the limit can be crossed again: one that trembles at it is told of once. */
  readonly calm: number;
  /** What a value may be off without being unusual, however steady the device has been. */
  readonly tolerance?: number;
}

const expectations: readonly Expectation[] = [
  { metric: 'temperature', low: -20, high: 60, calm: 2, tolerance: 2 },
  { metric: 'humidity', high: 95, calm: 3, tolerance: 8 },
  { metric: 'battery', low: 15, calm: 5 },
  { metric: 'signalStrength', low: -110, calm: 5, tolerance: 12 },
];

/** How much the latest value counts in what is usual. */
const weight = 0.1;
/** As many readings make a habit. */
const enough = 10;
const unusualDeviations = 5;

export async function handler({ device, reading }: Processed): Promise<Findings> {
  const alerts: Findings['alerts'] = [];
  const usual = { ...device.usual };
  const raise = (metric: Metric, kind: AlertKind, value: number, expected: number) =>
    alerts.push({
      site: device.site,
      deviceId: device.id,
      deviceName: device.name,
      metric,
      kind,
      severity: kind === 'UNUSUAL' ? 'WARNING' : 'CRITICAL',
      value,
      expected: Math.round(expected * 10) / 10,
      recordedAt: reading.recordedAt,
    });

  for (const expectation of expectations) {
    const { metric, low, high, tolerance = Infinity } = expectation;
    const value = reading.metrics[metric];
    // One that is no number would stay in the mean for ever.
    if (value === undefined || !Number.isFinite(value)) continue;
    const habit = usual[metric];
    const beyond = beyondLimit(value, expectation, habit?.beyond);
    if (beyond && beyond !== habit?.beyond) {
      raise(metric, beyond, value, (beyond === 'HIGH' ? high : low) ?? value);
    } else if (!beyond && habit && habit.count >= enough && Math.abs(value - habit.mean) > Math.max(unusualDeviations * Math.sqrt(habit.variance), tolerance)) {
      raise(metric, 'UNUSUAL', value, habit.mean);
    }
    usual[metric] = { ...withValue(habit, value), ...(beyond ? { beyond } : {}) };
  }
  return { alerts, usual };
}

/** Which limit the value is beyond, or was and is not yet clear of. */
function beyondLimit(value: number, { low = -Infinity, high = Infinity, calm }: Expectation, before: Usual['beyond']): Usual['beyond'] {
  if (value > high) return 'HIGH';
  if (value < low) return 'LOW';
  if (before === 'HIGH' && value > high - calm) return 'HIGH';
  if (before === 'LOW' && value < low + calm) return 'LOW';
  return undefined;
}

/** Exponentially weighted mean and variance. */
function withValue(habit: Usual | undefined, value: number): Usual {
  if (!habit) return { mean: value, variance: 0, count: 1 };
  const step = weight * (value - habit.mean);
  return { mean: habit.mean + step, variance: (1 - weight) * (habit.variance + step * (value - habit.mean)), count: habit.count + 1 };
}
