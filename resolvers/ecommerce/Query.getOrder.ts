/** One order, for its customer and for admins. */
import { get } from '@aws-appsync/utils/dynamodb';
import { requireOwnerOrAdmin } from './access';
import { requireSuccess } from './outcome';
import type { QueryGetOrderContext } from './schema-types';
import type { OrderItem } from './table-items';

export function request(ctx: QueryGetOrderContext) {
  return get<OrderItem>({ key: { id: ctx.args.id } });
}

export function response(ctx: QueryGetOrderContext<OrderItem | null>) {
  requireSuccess(ctx);
  const order = ctx.result;
  if (order) {
    requireOwnerOrAdmin(ctx, order.userId);
  }
  return order;
}
