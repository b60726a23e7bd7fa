/**
 * Reading a device's history. It lies in one partition a day, so that no partition grows without end and a page is a range of one or two of them.
 * A page begins where the one before ended: `nextToken` is a time.
 */
import { util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from './outcome';
import { pageSize } from './paging';
import type { DeviceHistory, QueryGetDeviceHistoryContext } from './schema-types';
import type { ReadingItem } from './table-items';
import { dayOf, shifted } from './times';

const LONGEST_HOURS = 720;
const HOUR_MS = 3_600_000;

/** The part of the history that was asked for: from `since` to before `until`, and no more than `size` readings of it. */
export interface Span {
  since: string;
  until: string;
  size: number;
}

export function spanOf(ctx: QueryGetDeviceHistoryContext): Span {
  const { hours, limit, nextToken } = ctx.args;
  if (hours < 1 || hours > LONGEST_HOURS) {
    util.error(`"hours" must be between 1 and ${LONGEST_HOURS}, got ${hours}`, 'BadRequest');
  }
  if (nextToken && !util.matches('^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$', nextToken)) {
    util.error('"nextToken" is none of this history', 'BadRequest');
  }
  const now = util.time.nowISO8601();
  // Clocks of devices are a little off: what they measured "in the future" is part of the first page.
  return { since: shifted(now, -hours * HOUR_MS), until: nextToken ?? shifted(now, HOUR_MS), size: pageSize(limit, 100, 1_000) };
}

/** The end of a span: of its last day, newest first. */
export function queryLastDay(deviceId: string, { since, until, size }: Span) {
  const last = shifted(until, -1);
  return query<ReadingItem>({
    query: { series: { eq: `${deviceId}#${dayOf(last)}` }, recordedAt: { between: [since, last] } },
    scanIndexForward: false,
    limit: size,
  });
}

/** What `queryLastDay` has found. The token leads to the rest of the day, or to the day before if the span reaches that far. */
export function pageOf(ctx: QueryGetDeviceHistoryContext, { since, until }: Span): DeviceHistory {
  requireSuccess(ctx);
  const items: ReadingItem[] = ctx.result.items;
  if (ctx.result.nextToken && items.length > 0) {
    return { items, nextToken: items[items.length - 1]!.recordedAt };
  }
  const startOfDay = `${dayOf(shifted(until, -1))}T00:00:00.000Z`;
  return { items, nextToken: since < startOfDay ? startOfDay : null };
}
