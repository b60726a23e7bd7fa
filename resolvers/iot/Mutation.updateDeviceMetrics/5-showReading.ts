/** Shows the reading on the device, unless the device shows a newer one. */
import { operations, update } from '@aws-appsync/utils/dynamodb';
import type { MetricsContext } from '../metrics-pipeline';
import { itemAfterWrite } from '../outcome';
import type { DeviceItem } from '../table-items';

export function request(ctx: MetricsContext) {
  const { device, reading, findings } = ctx.stash;
  const { recordedAt, metrics } = reading;
  return update<DeviceItem>({
    key: { id: device.id },
    update: { lastSeen: recordedAt, metrics: operations.replace({ ...metrics, recordedAt }), ...(findings ? { usual: operations.replace(findings.usual) } : {}) },
    condition: { or: [{ lastSeen: { attributeExists: false } }, { lastSeen: { lt: recordedAt } }] },
  });
}

export function response(ctx: MetricsContext): DeviceItem | null {
  return itemAfterWrite(ctx);
}
