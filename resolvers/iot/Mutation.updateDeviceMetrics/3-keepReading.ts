/** Keeps the reading in the partition of its day. One that comes twice is written over itself. */
import { put } from '@aws-appsync/utils/dynamodb';
import type { MetricsContext } from '../metrics-pipeline';
import { requireSuccess } from '../outcome';
import type { ReadingItem } from '../table-items';
import { dayOf, expiryOf } from '../times';

export function request(ctx: MetricsContext) {
  const { recordedAt, metrics } = ctx.stash.reading;
  return put<ReadingItem>({ key: { series: `${ctx.stash.device.id}#${dayOf(recordedAt)}`, recordedAt }, item: { ...metrics, expiresAt: expiryOf(recordedAt) } });
}

export function response(ctx: MetricsContext): void {
  requireSuccess(ctx);
}
