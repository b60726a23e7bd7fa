/** Checks the message and reads the device. */
import { util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { checkedId } from '../device-names';
import type { MetricsContext } from '../metrics-pipeline';
import { requireSuccess } from '../outcome';
import { checkedMetrics } from '../readings';
import type { DeviceItem } from '../table-items';
import { checkedTime } from '../times';

export function request(ctx: MetricsContext) {
  const { deviceId, recordedAt, metrics } = ctx.args;
  ctx.stash.reading = { recordedAt: checkedTime('recordedAt', recordedAt), metrics: checkedMetrics(metrics) };
  return get<DeviceItem>({ key: { id: checkedId('deviceId', deviceId) }, consistentRead: true });
}

export function response(ctx: MetricsContext<DeviceItem | null>): void {
  requireSuccess(ctx);
  if (!ctx.result) {
    util.error(`there is no device "${ctx.args.deviceId}"`, 'NotFound');
  }
  ctx.stash.device = ctx.result;
}
