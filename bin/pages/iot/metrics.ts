/** What devices measure, as people read it. */
import type { Metric } from '../../../resolvers/iot/schema-types';

export interface ShownMetric {
  readonly name: Metric;
  readonly label: string;
  readonly unit: string;
}

export const metrics: readonly [ShownMetric, ...ShownMetric[]] = [
  { name: 'temperature', label: 'Temperature', unit: '°C' },
  { name: 'humidity', label: 'Humidity', unit: '%' },
  { name: 'battery', label: 'Battery', unit: '%' },
  { name: 'signalStrength', label: 'Signal', unit: 'dBm' },
];

export function metricOf(name: Metric): ShownMetric {
  return metrics.find((metric) => metric.name === name) ?? { name, label: name, unit: '' };
}
