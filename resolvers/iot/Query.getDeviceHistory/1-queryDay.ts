/** The last day of the page. */
import { checkedId } from '../device-names';
import { pageOf, queryLastDay, type Span, spanOf } from '../history-page';
import type { DeviceHistory, QueryGetDeviceHistoryContext } from '../schema-types';

type HistoryContext = QueryGetDeviceHistoryContext<unknown, { span: Span }>;

export function request(ctx: HistoryContext) {
  ctx.stash.span = spanOf(ctx);
  return queryLastDay(checkedId('deviceId', ctx.args.deviceId), ctx.stash.span);
}

export function response(ctx: HistoryContext): DeviceHistory {
  return pageOf(ctx, ctx.stash.span);
}
