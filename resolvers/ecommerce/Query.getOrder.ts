/** One order, for its customer and for admins. */
import type { Context } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requireOwnerOrAdmin } from './access';
import { requireSuccess } from './outcome';
import type { QueryGetOrderArgs } from './schema-types';
import type { OrderItem } from './table-items';

export function request(ctx: Context<QueryGetOrderArgs>) {
  return get<OrderItem>({ key: { id: ctx.args.id } });
}

export function response(ctx: Context): OrderItem | null {
  requireSuccess(ctx);
  const order: OrderItem | null = ctx.result;
  if (order) {
    requireOwnerOrAdmin(ctx, order.userId);
  }
  return order;
}
