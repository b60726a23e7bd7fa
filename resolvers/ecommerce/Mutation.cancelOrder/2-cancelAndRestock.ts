/** Cancels the order and gives its stock back in one transaction, so that it is given back once. */
import { type Context, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import { failedEntry, type TransactionResult } from '../outcome';
import type { OrderStatus } from '../schema-types';
import type { OrderItem } from '../table-items';

const CANCELLABLE: OrderStatus[] = ['PENDING', 'CONFIRMED', 'PROCESSING'];

type CancelContext = Context<unknown, { cancelledAt: string }, { result: OrderItem }, undefined, TransactionResult>;

export function request(ctx: CancelContext) {
  const order = ctx.prev.result;
  const updatedAt = util.time.nowISO8601();
  ctx.stash.cancelledAt = updatedAt;
  const cancelled = {
    updateItem: {
      table: ctx.env.ORDERS_TABLE!,
      key: { id: order.id },
      update: { status: 'CANCELLED', updatedAt },
      condition: { status: { in: CANCELLABLE } },
    },
  };
  const returns = order.items.map(({ productId, quantity }) => ({
    updateItem: {
      table: ctx.env.PRODUCTS_TABLE!,
      key: { id: productId },
      update: { inventory: operations.increment(quantity), updatedAt },
      condition: { id: { attributeExists: true } },
    },
  }));
  return transactWrite({ items: [cancelled, ...returns] });
}

export function response(ctx: CancelContext): OrderItem {
  const order = ctx.prev.result;
  const failed = failedEntry(ctx);
  if (failed === 0) {
    const status = ctx.result.cancellationReasons?.[0]?.item?.status ?? order.status;
    util.error(`order "${order.id}" is ${status}; only ${CANCELLABLE.join(', ')} orders can be cancelled`, 'Conflict');
  }
  if (failed > 0) {
    util.error(`product "${order.items[failed - 1]?.productId}" is no longer in the catalogue, so its stock cannot be given back`, 'Conflict');
  }
  return { ...order, status: 'CANCELLED', updatedAt: ctx.stash.cancelledAt };
}
