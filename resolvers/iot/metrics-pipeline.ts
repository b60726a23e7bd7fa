/**
 * What the steps of `Mutation.updateDeviceMetrics` hand on. The device itself is written last: a message that failed on its way is sent again
 * by IoT, finds the device as it was, and does the same once more.
 */
import type { MutationUpdateDeviceMetricsContext, RaiseAlertInput } from './schema-types';
import type { DeviceItem, Measured, Usual } from './table-items';

export interface Reading {
  recordedAt: string;
  metrics: Measured;
}

/** What the function that processes metrics is given. */
export interface Processed {
  device: DeviceItem;
  reading: Reading;
}

/** What it gives back. */
export interface Findings {
  alerts: RaiseAlertInput[];
  /** By metric, with this reading. */
  usual: { [metric: string]: Usual };
}

export type MetricsContext<TResult = unknown> = MutationUpdateDeviceMetricsContext<TResult, { device: DeviceItem; reading: Reading; findings: Findings | null }>;

/** Whether the device shows a newer reading, or this very one. */
export function isLate({ device, reading }: Processed): boolean {
  return device.lastSeen !== undefined && device.lastSeen >= reading.recordedAt;
}
