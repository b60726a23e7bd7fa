/** Reserves the stock of every line and stores the order, all in one transaction or not at all. */
import { type Context, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import { callerId } from '../access';
import { totalsOf } from '../money';
import { failedEntry, type TransactionResult } from '../outcome';
import type { MutationCreateOrderArgs } from '../schema-types';
import type { OrderItem } from '../table-items';
import type { OrderStash } from './index';

const DELIVERY_MS = 5 * 24 * 60 * 60 * 1000;

type OrderContext = Context<MutationCreateOrderArgs, OrderStash, undefined, undefined, TransactionResult>;

export function request(ctx: OrderContext) {
  const order = orderOf(ctx);
  ctx.stash.order = order;
  const { id, ...attributes } = order;
  const reservations = order.items.map(({ productId, quantity }) => ({
    updateItem: {
      table: ctx.env.PRODUCTS_TABLE!,
      key: { id: productId },
      update: { inventory: operations.decrement(quantity), updatedAt: order.createdAt },
      condition: { inventory: { ge: quantity } },
    },
  }));
  const storedOrder = { putItem: { table: ctx.env.ORDERS_TABLE!, key: { id }, item: attributes, condition: { id: { attributeExists: false } } } };
  return transactWrite({ items: [...reservations, storedOrder] });
}

export function response(ctx: OrderContext): OrderItem {
  const failed = failedEntry(ctx);
  if (failed !== -1) {
    const left = ctx.result.cancellationReasons?.[failed]?.item?.inventory ?? 0;
    const wanted = ctx.stash.lines[failed]?.quantity;
    util.error(`"${ctx.stash.names[failed]}" is out of stock: ${left} left, ${wanted} wanted`, 'OutOfStock');
  }
  return ctx.stash.order;
}

function orderOf(ctx: OrderContext): OrderItem {
  const { shippingAddress, billingAddress, paymentMethod } = ctx.args.input;
  const { lines } = ctx.stash;
  const now = util.time.nowISO8601();
  return {
    id: util.autoId(),
    userId: callerId(ctx),
    items: lines,
    ...totalsOf(lines.map((line) => line.totalPrice)),
    status: 'PENDING',
    shippingAddress,
    billingAddress: billingAddress ?? shippingAddress,
    paymentMethod,
    createdAt: now,
    updatedAt: now,
    estimatedDelivery: util.time.epochMilliSecondsToISO8601(util.time.nowEpochMilliSeconds() + DELIVERY_MS),
  };
}
