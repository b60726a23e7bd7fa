/** What is in the cart already, to see whether there is room. */
import { type Context, util } from '@aws-appsync/utils';
import { readList } from '../customer-items';
import { requireSuccess } from '../outcome';
import { requireQuantity } from '../quantity';
import type { MutationAddToCartArgs } from '../schema-types';
import type { CustomerItem } from '../table-items';

/** As many as an order takes. */
const MOST_PRODUCTS = 50;

export function request(ctx: Context<MutationAddToCartArgs>) {
  requireQuantity(ctx.args.quantity);
  return readList(ctx, 'CART');
}

/** The rows of the other products. */
export function response(ctx: Context<MutationAddToCartArgs>): CustomerItem[] {
  requireSuccess(ctx);
  const rows: CustomerItem[] = ctx.result.items;
  const present = rows.find((row) => row.productId === ctx.args.productId);
  if (!present && rows.length >= MOST_PRODUCTS) {
    util.error(`a cart holds up to ${MOST_PRODUCTS} different products`, 'BadRequest');
  }
  requireQuantity((present?.quantity ?? 0) + ctx.args.quantity);
  return rows.filter((row) => row.productId !== ctx.args.productId);
}
