/** Keeps an alert under an id made of what it is about, so that the same one is kept once. */
import { put } from '@aws-appsync/utils/dynamodb';
import { checkedId, checkedName } from './device-names';
import { itemAfterWrite } from './outcome';
import type { MutationRaiseAlertContext } from './schema-types';
import type { AlertItem } from './table-items';
import { checkedTime, expiryOf } from './times';

export function request(ctx: MutationRaiseAlertContext) {
  const { input } = ctx.args;
  const deviceId = checkedId('deviceId', input.deviceId);
  const recordedAt = checkedTime('recordedAt', input.recordedAt);
  const { metric, kind, severity, value, expected } = input;
  return put<AlertItem>({
    key: { site: checkedId('site', input.site), id: `${recordedAt}#${deviceId}#${metric}#${kind}` },
    item: { deviceId, deviceName: checkedName('deviceName', input.deviceName), metric, kind, severity, value, expected, recordedAt, expiresAt: expiryOf(recordedAt) },
    condition: { id: { attributeExists: false } },
  });
}

export function response(ctx: MutationRaiseAlertContext): AlertItem | null {
  return itemAfterWrite(ctx);
}
