/** Finds the order and checks that the caller may cancel it. Whether it can still be cancelled is for the transaction to say. */
import { type Context, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requireOwnerOrAdmin } from '../access';
import { requireSuccess } from '../outcome';
import type { MutationCancelOrderArgs } from '../schema-types';
import type { OrderItem } from '../table-items';

export function request(ctx: Context<MutationCancelOrderArgs>) {
  return get<OrderItem>({ key: { id: ctx.args.orderId }, consistentRead: true });
}

export function response(ctx: Context<MutationCancelOrderArgs>): OrderItem {
  requireSuccess(ctx);
  const order: OrderItem | null = ctx.result;
  if (!order) {
    util.error(`there is no order "${ctx.args.orderId}"`, 'NotFound');
  }
  requireOwnerOrAdmin(ctx, order.userId);
  return order;
}
