/** Asks the function whether the reading is out of the ordinary. One that came late is history, and raises no alert. */
import { runtime } from '@aws-appsync/utils';
import { isLate, type Findings, type MetricsContext, type Processed } from '../metrics-pipeline';
import { requireSuccess } from '../outcome';

export function request(ctx: MetricsContext): { operation: 'Invoke'; payload: Processed } {
  const { device, reading } = ctx.stash;
  ctx.stash.findings = null;
  if (isLate({ device, reading })) {
    runtime.earlyReturn(null);
  }
  return { operation: 'Invoke', payload: { device, reading } };
}

export function response(ctx: MetricsContext<Findings>): void {
  requireSuccess(ctx);
  ctx.stash.findings = ctx.result;
}
