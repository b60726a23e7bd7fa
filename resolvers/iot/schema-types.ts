// Generated from the GraphQL schema by `appsync-local codegen`. Do not edit: change the schema and run it again.
/* eslint-disable */

import type { Context } from '@aws-appsync/utils';

export interface Query {
  __typename?: 'Query';
  getDevice?: Device | null;
  /** The devices of a site, in a status, of both, or all. A page looks at `limit` devices (1 to 100, default 50). */
  listDevices: DeviceConnection;
  /**
   * What a device has measured in the last `hours` (1 to 720), newest first. A page has up to `limit` readings (1 to 1,000, default 100), and
   * looks at two days at most: it may be empty and have a `nextToken` all the same.
   */
  getDeviceHistory: DeviceHistory;
  /** Alerts of a site in the last 30 days, newest first. A page has `limit` alerts (1 to 100, default 50). */
  listAlerts: AlertConnection;
}

/** Arguments of `Query.getDevice`. */
export interface QueryGetDeviceArgs {
  id: string;
}

/** Arguments of `Query.listDevices`. */
export interface QueryListDevicesArgs {
  site?: string | null;
  status?: DeviceStatus | null;
  limit?: number | null;
  nextToken?: string | null;
}

/** Arguments of `Query.getDeviceHistory`. */
export interface QueryGetDeviceHistoryArgs {
  deviceId: string;
  hours: number;
  limit?: number | null;
  nextToken?: string | null;
}

/** Arguments of `Query.listAlerts`. */
export interface QueryListAlertsArgs {
  site: string;
  limit?: number | null;
  nextToken?: string | null;
}

export interface Mutation {
  __typename?: 'Mutation';
  /** Makes a device known. One that is known stays as it is. */
  registerDevice: Device;
  /** Keeps a reading; the device shows it unless it shows a newer one. `recordedAt` is within the last 30 days, and not ahead of the clock by more than five minutes. */
  updateDeviceMetrics: Device;
  /** Says that a device came, went, is being worked on or has failed, unless something newer has been said. */
  updateDeviceStatus: Device;
  /** Keeps an alert. The same metric of the same reading raises one alert of a kind. */
  raiseAlert: Alert;
}

/** Arguments of `Mutation.registerDevice`. */
export interface MutationRegisterDeviceArgs {
  input: RegisterDeviceInput;
}

/** Arguments of `Mutation.updateDeviceMetrics`. */
export interface MutationUpdateDeviceMetricsArgs {
  deviceId: string;
  recordedAt: string;
  metrics: DeviceMetricsInput;
}

/** Arguments of `Mutation.updateDeviceStatus`. */
export interface MutationUpdateDeviceStatusArgs {
  deviceId: string;
  status: DeviceStatus;
  changedAt: string;
}

/** Arguments of `Mutation.raiseAlert`. */
export interface MutationRaiseAlertArgs {
  input: RaiseAlertInput;
}

export interface Subscription {
  __typename?: 'Subscription';
  /** What one device measures. */
  onDeviceUpdate?: Device | null;
  /** What the devices of a site measure, or all. */
  onSiteUpdate?: Device | null;
  /** Devices that come and go, everywhere. */
  onDeviceStatusChanged?: Device | null;
  /** Alerts of a site, of a severity, of both, or all. */
  onAlert?: Alert | null;
}

/** Arguments of `Subscription.onDeviceUpdate`. */
export interface SubscriptionOnDeviceUpdateArgs {
  deviceId: string;
}

/** Arguments of `Subscription.onSiteUpdate`. */
export interface SubscriptionOnSiteUpdateArgs {
  site?: string | null;
}

/** Arguments of `Subscription.onAlert`. */
export interface SubscriptionOnAlertArgs {
  site?: string | null;
  severity?: AlertSeverity | null;
}

export interface Device {
  __typename?: 'Device';
  /** Lower case letters, digits and dashes, up to 64; the thing's name in IoT. */
  id: string;
  name: string;
  /** Written as ids are. */
  site: string;
  /** Where at the site. */
  location: string;
  status: DeviceStatus;
  statusChangedAt: string;
  /** Time of the latest reading. Null until there is one. */
  lastSeen?: string | null;
  /** The latest reading. Null until there is one. */
  metrics?: DeviceMetrics | null;
}

export interface DeviceConnection {
  __typename?: 'DeviceConnection';
  items: Array<Device>;
  /** Null on the last page. */
  nextToken?: string | null;
}

/** One reading. What a device did not measure is null. */
export interface DeviceMetrics {
  __typename?: 'DeviceMetrics';
  recordedAt: string;
  /** Degrees Celsius. */
  temperature?: number | null;
  /** Relative, in percent. */
  humidity?: number | null;
  /** Percent of a full charge. */
  battery?: number | null;
  /** dBm. */
  signalStrength?: number | null;
}

export interface DeviceHistory {
  __typename?: 'DeviceHistory';
  items: Array<DeviceMetrics>;
  /** Null when there is nothing older in these hours. */
  nextToken?: string | null;
}

export interface Alert {
  __typename?: 'Alert';
  /** Sorts by time. */
  id: string;
  site: string;
  deviceId: string;
  deviceName: string;
  metric: Metric;
  kind: AlertKind;
  severity: AlertSeverity;
  value: number;
  /** The limit that was crossed, or what the device measures usually. */
  expected: number;
  recordedAt: string;
}

export interface AlertConnection {
  __typename?: 'AlertConnection';
  items: Array<Alert>;
  nextToken?: string | null;
}

export type DeviceStatus = 'ONLINE' | 'OFFLINE' | 'MAINTENANCE' | 'ERROR';

/** Named as the fields of DeviceMetrics. */
export type Metric = 'temperature' | 'humidity' | 'battery' | 'signalStrength';

export type AlertKind = 'HIGH' | 'LOW' | 'UNUSUAL';

export type AlertSeverity = 'WARNING' | 'CRITICAL';

export interface RegisterDeviceInput {
  id: string;
  /** 1 to 80 characters. */
  name: string;
  site: string;
  /** 1 to 80 characters. */
  location: string;
}

/** At least one of them. */
export interface DeviceMetricsInput {
  /** -90 to 150. */
  temperature?: number | null;
  /** 0 to 100. */
  humidity?: number | null;
  /** 0 to 100. */
  battery?: number | null;
  /** -130 to 0. */
  signalStrength?: number | null;
}

export interface RaiseAlertInput {
  site: string;
  deviceId: string;
  deviceName: string;
  metric: Metric;
  kind: AlertKind;
  severity: AlertSeverity;
  value: number;
  expected: number;
  recordedAt: string;
}

/** Context in a resolver of `Query.getDevice`. */
export type QueryGetDeviceContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryGetDeviceArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.getDevice` gives. */
export type QueryGetDeviceResult = Device | null;

/** Context in a resolver of `Query.listDevices`. */
export type QueryListDevicesContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryListDevicesArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.listDevices` gives. */
export type QueryListDevicesResult = DeviceConnection;

/** Context in a resolver of `Query.getDeviceHistory`. */
export type QueryGetDeviceHistoryContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryGetDeviceHistoryArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.getDeviceHistory` gives. */
export type QueryGetDeviceHistoryResult = DeviceHistory;

/** Context in a resolver of `Query.listAlerts`. */
export type QueryListAlertsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryListAlertsArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.listAlerts` gives. */
export type QueryListAlertsResult = AlertConnection;

/** Context in a resolver of `Mutation.registerDevice`. */
export type MutationRegisterDeviceContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationRegisterDeviceArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.registerDevice` gives. */
export type MutationRegisterDeviceResult = Device;

/** Context in a resolver of `Mutation.updateDeviceMetrics`. */
export type MutationUpdateDeviceMetricsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationUpdateDeviceMetricsArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.updateDeviceMetrics` gives. */
export type MutationUpdateDeviceMetricsResult = Device;

/** Context in a resolver of `Mutation.updateDeviceStatus`. */
export type MutationUpdateDeviceStatusContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationUpdateDeviceStatusArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.updateDeviceStatus` gives. */
export type MutationUpdateDeviceStatusResult = Device;

/** Context in a resolver of `Mutation.raiseAlert`. */
export type MutationRaiseAlertContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationRaiseAlertArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.raiseAlert` gives. */
export type MutationRaiseAlertResult = Alert;

/** Context in a resolver of `Subscription.onDeviceUpdate`. */
export type SubscriptionOnDeviceUpdateContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnDeviceUpdateArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onDeviceUpdate` gives. */
export type SubscriptionOnDeviceUpdateResult = Device | null;

/** Context in a resolver of `Subscription.onSiteUpdate`. */
export type SubscriptionOnSiteUpdateContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnSiteUpdateArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onSiteUpdate` gives. */
export type SubscriptionOnSiteUpdateResult = Device | null;

/** Context in a resolver of `Subscription.onDeviceStatusChanged`. */
export type SubscriptionOnDeviceStatusChangedContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<unknown, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onDeviceStatusChanged` gives. */
export type SubscriptionOnDeviceStatusChangedResult = Device | null;

/** Context in a resolver of `Subscription.onAlert`. */
export type SubscriptionOnAlertContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnAlertArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onAlert` gives. */
export type SubscriptionOnAlertResult = Alert | null;

/** Context in a resolver of `Device.metrics`. */
export type DeviceMetricsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Device> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Device.metrics` gives. */
export type DeviceMetricsResult = DeviceMetrics | null;

/** Context in a resolver of `DeviceConnection.items`. */
export type DeviceConnectionItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = DeviceConnection> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `DeviceConnection.items` gives. */
export type DeviceConnectionItemsResult = Array<Device>;

/** Context in a resolver of `DeviceHistory.items`. */
export type DeviceHistoryItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = DeviceHistory> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `DeviceHistory.items` gives. */
export type DeviceHistoryItemsResult = Array<DeviceMetrics>;

/** Context in a resolver of `AlertConnection.items`. */
export type AlertConnectionItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = AlertConnection> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `AlertConnection.items` gives. */
export type AlertConnectionItemsResult = Array<Alert>;
