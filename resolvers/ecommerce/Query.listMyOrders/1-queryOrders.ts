/** One page of the caller's orders, newest first. */
import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { callerId } from '../access';
import { requireSuccess } from '../outcome';
import { pageSize } from '../paging';
import type { QueryListMyOrdersArgs } from '../schema-types';
import type { OrderItem } from '../table-items';

export function request(ctx: Context<QueryListMyOrdersArgs>) {
  const { status, limit, nextToken } = ctx.args;
  return query<OrderItem>({
    index: 'byUser',
    query: { userId: { eq: callerId(ctx) } },
    filter: status ? { status: { eq: status } } : null,
    scanIndexForward: false,
    limit: pageSize(limit),
    nextToken,
  });
}

export function response(ctx: Context): { items: OrderItem[]; nextToken: string | null } {
  requireSuccess(ctx);
  return { items: ctx.result.items, nextToken: ctx.result.nextToken };
}
