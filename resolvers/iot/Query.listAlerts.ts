/** One page of alerts: one Query, since a site is a partition in order of time. */
import { query } from '@aws-appsync/utils/dynamodb';
import { checkedId } from './device-names';
import { requireSuccess } from './outcome';
import { pageSize } from './paging';
import type { AlertConnection, QueryListAlertsContext } from './schema-types';
import type { AlertItem } from './table-items';

export function request(ctx: QueryListAlertsContext) {
  const { site, limit, nextToken } = ctx.args;
  return query<AlertItem>({ query: { site: { eq: checkedId('site', site) } }, scanIndexForward: false, limit: pageSize(limit, 50, 100), nextToken });
}

export function response(ctx: QueryListAlertsContext): AlertConnection {
  requireSuccess(ctx);
  return { items: ctx.result.items, nextToken: ctx.result.nextToken };
}
