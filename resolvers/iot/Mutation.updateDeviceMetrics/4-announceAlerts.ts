/** Tells EventBridge what was found; a rule of the stack raises the alerts. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import type { MetricsContext } from '../metrics-pipeline';
import { requireSuccess } from '../outcome';

export function request(ctx: MetricsContext) {
  const { findings } = ctx.stash;
  if (!findings || findings.alerts.length === 0) {
    runtime.earlyReturn(null);
  }
  return { operation: 'PutEvents', events: findings!.alerts.map((alert) => ({ source: 'iot.metrics', detailType: 'AnomalyFound', detail: alert })) };
}

export function response(ctx: Context): void {
  requireSuccess(ctx);
  if (ctx.result.FailedEntryCount > 0) {
    util.error('EventBridge did not take every alert', 'InternalFailure');
  }
}
