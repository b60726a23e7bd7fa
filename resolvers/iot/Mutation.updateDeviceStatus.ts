/** Notes a status, unless a newer one is known: IoT tells of devices that come and go in any order. */
import { util } from '@aws-appsync/utils';
import { update } from '@aws-appsync/utils/dynamodb';
import { checkedId } from './device-names';
import { itemAfterWrite } from './outcome';
import type { MutationUpdateDeviceStatusContext } from './schema-types';
import type { DeviceItem } from './table-items';
import { checkedTime } from './times';

export function request(ctx: MutationUpdateDeviceStatusContext) {
  const { deviceId, status } = ctx.args;
  const statusChangedAt = checkedTime('changedAt', ctx.args.changedAt);
  return update<DeviceItem>({ key: { id: checkedId('deviceId', deviceId) }, update: { status, statusChangedAt }, condition: { statusChangedAt: { lt: statusChangedAt } } });
}

export function response(ctx: MutationUpdateDeviceStatusContext): DeviceItem {
  const device = itemAfterWrite<DeviceItem>(ctx);
  if (!device) {
    util.error(`there is no device "${ctx.args.deviceId}"`, 'NotFound');
  }
  return device;
}
