/** Moves an order on. The condition makes sure that of two changes at once only a permitted sequence happens. */
import { type Context, util } from '@aws-appsync/utils';
import { update } from '@aws-appsync/utils/dynamodb';
import { isFailedCondition, requireSuccess } from './outcome';
import type { MutationUpdateOrderStatusArgs, OrderStatus } from './schema-types';
import type { OrderItem } from './table-items';

const UNDER_WAY: OrderStatus[] = ['PENDING', 'CONFIRMED', 'PROCESSING', 'SHIPPED'];

export function request(ctx: Context<MutationUpdateOrderStatusArgs>) {
  const { orderId, status } = ctx.args;
  if (status === 'CANCELLED') {
    util.error('use cancelOrder to cancel an order: it gives the stock back', 'BadRequest');
  }
  const from: OrderStatus[] = status === 'REFUNDED' ? [...UNDER_WAY, 'DELIVERED'] : UNDER_WAY;
  return update<OrderItem>({
    key: { id: orderId },
    update: { status, updatedAt: util.time.nowISO8601() },
    condition: { status: { in: from } },
  });
}

export function response(ctx: Context<MutationUpdateOrderStatusArgs>): OrderItem {
  const { orderId, status } = ctx.args;
  if (isFailedCondition(ctx)) {
    const current: OrderItem | null = ctx.result;
    if (!current) {
      util.error(`there is no order "${orderId}"`, 'NotFound');
    }
    util.error(`order "${orderId}" is ${current.status} and cannot become ${status}`, 'Conflict');
  }
  requireSuccess(ctx);
  return ctx.result;
}
