/** Checks the order before anything is read, and adds up entries for one product. */
import { type Context, util } from '@aws-appsync/utils';
import { requireQuantity } from '../quantity';
import type { MutationCreateOrderArgs, OrderItemInput, PaymentMethodInput } from '../schema-types';
import type { OrderItem, OrderLine } from '../table-items';

const MOST_ENTRIES = 500;
/** One transaction holds 100 writes: these and the order. */
const MOST_PRODUCTS = 50;

/** What the steps leave for each other. */
export interface OrderStash {
  /** By product id. */
  quantities: Record<string, number>;
  lines: OrderLine[];
  /** In the order of `lines`. */
  names: string[];
  order: OrderItem;
}

export function request(ctx: Context<MutationCreateOrderArgs, OrderStash>) {
  const { items, paymentMethod } = ctx.args.input;
  requirePaymentMethod(paymentMethod);
  ctx.stash.quantities = quantitiesOf(items);
  return {};
}

export function response(ctx: Context): OrderItem {
  return ctx.prev.result;
}

function quantitiesOf(items: OrderItemInput[]): Record<string, number> {
  if (items.length > MOST_ENTRIES) {
    util.error(`"items" must have at most ${MOST_ENTRIES} entries, got ${items.length}`, 'BadRequest');
  }
  const quantities: Record<string, number> = {};
  for (const { productId, quantity } of items) {
    requireQuantity(quantity);
    quantities[productId] = (quantities[productId] ?? 0) + quantity;
  }
  const products = Object.keys(quantities).length;
  if (products < 1 || products > MOST_PRODUCTS) {
    util.error(`"items" must name 1 to ${MOST_PRODUCTS} different products, got ${products}`, 'BadRequest');
  }
  return quantities;
}

function requirePaymentMethod({ lastFour, expiryMonth }: PaymentMethodInput): void {
  if (lastFour != null && !util.matches('[0-9]{4}', lastFour)) {
    util.error('"paymentMethod.lastFour" must be four digits', 'BadRequest');
  }
  if (expiryMonth != null && (expiryMonth < 1 || expiryMonth > 12)) {
    util.error(`"paymentMethod.expiryMonth" must be between 1 and 12, got ${expiryMonth}`, 'BadRequest');
  }
}
