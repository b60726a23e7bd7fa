/** The API of the fleet as the page uses it. */
import type { Alert, Device, DeviceConnection, DeviceHistory, DeviceMetrics } from '../../../resolvers/iot/schema-types';
import { alertSelection, deviceSelection } from '../../samples/iot-selections';
import { ask, listen } from '../signed-in';

/** Pages of a thousand readings that are looked at for a chart: beyond them the oldest are left out. */
const mostHistoryPages = 12;

/** Every device, page by page. */
export async function listDevices(): Promise<Device[]> {
  const devices: Device[] = [];
  let nextToken: string | null | undefined = null;
  do {
    const page: DeviceConnection = await ask(`query ($nextToken: String) { listDevices(limit: 100, nextToken: $nextToken) { items { ${deviceSelection} } nextToken } }`, { nextToken });
    devices.push(...page.items);
    nextToken = page.nextToken;
  } while (nextToken);
  return devices;
}

/** The latest of a site, newest first. */
export const listAlerts = async (site: string) => (await ask<{ items: Alert[] }>(`query ($site: ID!) { listAlerts(site: $site, limit: 30) { items { ${alertSelection} } } }`, { site })).items;

/** Oldest first. */
export async function readHistory(deviceId: string, hours: number): Promise<DeviceMetrics[]> {
  const readings: DeviceMetrics[] = [];
  let nextToken: string | null | undefined = null;
  for (let page = 0; page < mostHistoryPages && nextToken !== undefined; page++) {
    const found: DeviceHistory = await ask(
      'query ($deviceId: ID!, $hours: Int!, $nextToken: String) { getDeviceHistory(deviceId: $deviceId, hours: $hours, limit: 1000, nextToken: $nextToken) { items { recordedAt temperature humidity battery signalStrength } nextToken } }',
      { deviceId, hours, nextToken },
    );
    readings.push(...found.items);
    nextToken = found.nextToken ?? undefined;
  }
  return readings.reverse();
}

/** Devices of a site that measure or come and go, and its alerts; of all sites without one. @returns what stops it */
export function followSite(site: string | undefined, on: { device(device: Device): void; alert(alert: Alert): void; ended(reason: string): void }): () => void {
  const variables = site === undefined ? {} : { site };
  const stops = [
    listen<Device>('onSiteUpdate', `subscription ($site: ID) { onSiteUpdate(site: $site) { ${deviceSelection} } }`, variables, on.device, on.ended),
    listen<Device>('onDeviceStatusChanged', `subscription { onDeviceStatusChanged { ${deviceSelection} } }`, {}, on.device, on.ended),
    listen<Alert>('onAlert', `subscription ($site: ID) { onAlert(site: $site) { ${alertSelection} } }`, variables, on.alert, on.ended),
  ];
  return () => stops.forEach((stop) => stop());
}

/** What one device measures. @returns what stops it */
export const followDevice = (deviceId: string, measured: (device: Device) => void, ended: (reason: string) => void) =>
  listen<Device>('onDeviceUpdate', `subscription ($deviceId: ID!) { onDeviceUpdate(deviceId: $deviceId) { ${deviceSelection} } }`, { deviceId }, measured, ended);
