/** The day before that, when the page has room for it. */
import { runtime } from '@aws-appsync/utils';
import { pageOf, queryLastDay, type Span } from '../history-page';
import type { DeviceHistory, QueryGetDeviceHistoryContext } from '../schema-types';

type HistoryContext = QueryGetDeviceHistoryContext<unknown, { span: Span }, { result: DeviceHistory }>;

export function request(ctx: HistoryContext) {
  const { items, nextToken } = ctx.prev.result;
  const room = ctx.stash.span.size - items.length;
  if (!nextToken || room === 0) {
    runtime.earlyReturn(ctx.prev.result);
  }
  ctx.stash.span = { ...ctx.stash.span, until: nextToken!, size: room };
  return queryLastDay(ctx.args.deviceId, ctx.stash.span);
}

export function response(ctx: HistoryContext): DeviceHistory {
  const { items, nextToken } = pageOf(ctx, ctx.stash.span);
  return { items: [...ctx.prev.result.items, ...items], nextToken };
}
