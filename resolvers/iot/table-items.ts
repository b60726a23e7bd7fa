/** What the tables hold. Type aliases, because the helpers of `@aws-appsync/utils/dynamodb` infer nothing from interfaces. */
import type { AlertKind, AlertSeverity, DeviceStatus, Metric } from './schema-types';

/** Values by metric; what was not measured is absent. */
export type Measured = { temperature?: number; humidity?: number; battery?: number; signalStrength?: number };

/** What a device measures usually: a moving mean and variance over `count` readings; and the limit that it is beyond, if it is. */
export type Usual = { mean: number; variance: number; count: number; beyond?: 'HIGH' | 'LOW' };

export type DeviceItem = {
  id: string;
  name: string;
  site: string;
  location: string;
  status: DeviceStatus;
  /** Times are in UTC with milliseconds, so that they sort as texts. */
  statusChangedAt: string;
  lastSeen?: string;
  metrics?: Measured & { recordedAt: string };
  /** By metric. */
  usual?: { [metric: string]: Usual };
};

export type ReadingItem = Measured & {
  /** `<device>#<day>`, such as `pump-1#2026-11-22`. */
  series: string;
  recordedAt: string;
  /** Epoch seconds, when DynamoDB may delete it. */
  expiresAt: number;
};

export type AlertItem = {
  site: string;
  /** `<time of the reading>#<device>#<metric>#<kind>`: it sorts by time, and the same alert has the same id. */
  id: string;
  deviceId: string;
  deviceName: string;
  metric: Metric;
  kind: AlertKind;
  severity: AlertSeverity;
  value: number;
  expected: number;
  recordedAt: string;
  /** Epoch seconds, when DynamoDB may delete it. */
  expiresAt: number;
};
