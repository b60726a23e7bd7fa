/** What devices measure, in which units and ranges. */
import { util } from '@aws-appsync/utils';
import type { DeviceMetricsInput } from './schema-types';
import type { Measured } from './table-items';

const ranges = [
  { metric: 'temperature', low: -90, high: 150, unit: '°C' },
  { metric: 'humidity', low: 0, high: 100, unit: '%' },
  { metric: 'battery', low: 0, high: 100, unit: '%' },
  { metric: 'signalStrength', low: -130, high: 0, unit: 'dBm' },
] as const;

/** What was measured, without what was not. BadRequest for values that no sensor gives. */
export function checkedMetrics(metrics: DeviceMetricsInput): Measured {
  const measured: Measured = {};
  for (const { metric, low, high, unit } of ranges) {
    const value = metrics[metric];
    if (value !== undefined && value !== null) {
      if (value < low || value > high) {
        util.error(`"${metric}" must be between ${low} and ${high} ${unit}, got ${value}`, 'BadRequest');
      }
      measured[metric] = value;
    }
  }
  if (Object.keys(measured).length === 0) {
    util.error('"metrics" must have at least one value', 'BadRequest');
  }
  return measured;
}
