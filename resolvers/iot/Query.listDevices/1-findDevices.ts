/** Which devices are on the page. The indexes hold nothing that a reading changes: else each would be a write to the one partition of its status. */
import { query, scan } from '@aws-appsync/utils/dynamodb';
import { checkedId } from '../device-names';
import { requireSuccess } from '../outcome';
import { pageSize } from '../paging';
import type { QueryListDevicesContext } from '../schema-types';
import type { DeviceItem } from '../table-items';

export function request(ctx: QueryListDevicesContext) {
  const { site, status, nextToken } = ctx.args;
  const limit = pageSize(ctx.args.limit, 50, 100);
  if (site) {
    return query<DeviceItem>({ index: 'bySite', query: { site: { eq: checkedId('site', site) } }, ...(status ? { filter: { status: { eq: status } } } : {}), limit, nextToken });
  }
  return status ? query<DeviceItem>({ index: 'byStatus', query: { status: { eq: status } }, limit, nextToken }) : scan<DeviceItem>({ limit, nextToken });
}

export function response(ctx: QueryListDevicesContext): { items: Pick<DeviceItem, 'id'>[]; nextToken: string | null } {
  requireSuccess(ctx);
  return { items: ctx.result.items, nextToken: ctx.result.nextToken };
}
