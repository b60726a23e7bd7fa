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
  /** What a value may be off without being unusual, however steady the device has been. */
  readonly tolerance?: number;
}

const expectations: readonly Expectation[] = [
  { metric: 'temperature', low: -20, high: 60, tolerance: 2 },
  { metric: 'humidity', high: 95, tolerance: 8 },
  { metric: 'battery', low: 15 },
  { metric: 'signalStrength', low: -110, tolerance: 12 },
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

  for (const { metric, low = -Infinity, high = Infinity, tolerance = Infinity } of expectations) {
    const value = reading.metrics[metric];
    if (value === undefined) continue;
    const before = device.metrics?.[metric];
    const habit = usual[metric];
    // Said once, when a limit is crossed, and not with every reading beyond it.
    if (value > high) {
      if (before === undefined || before <= high) raise(metric, 'HIGH', value, high);
    } else if (value < low) {
      if (before === undefined || before >= low) raise(metric, 'LOW', value, low);
    } else if (habit && habit.count >= enough && Math.abs(value - habit.mean) > Math.max(unusualDeviations * Math.sqrt(habit.variance), tolerance)) {
      raise(metric, 'UNUSUAL', value, habit.mean);
    }
    usual[metric] = withValue(habit, value);
  }
  return { alerts, usual };
}

/** Exponentially weighted mean and variance. */
function withValue(habit: Usual | undefined, value: number): Usual {
  if (!habit) return { mean: value, variance: 0, count: 1 };
  const step = weight * (value - habit.mean);
  return { mean: habit.mean + step, variance: (1 - weight) * (habit.variance + step * (value - habit.mean)), count: habit.count + 1 };
}
