/** The products of the cart in one request, and what they add up to. */
import type { Context } from '@aws-appsync/utils';
import { foundById } from '../batch';
import { cartOf, fetchProducts } from '../customer-items';
import type { ProductItem } from '../table-items';

export function request(ctx: Context) {
  return fetchProducts(ctx, ctx.prev.result, cartOf([], {}));
}

export function response(ctx: Context) {
  return cartOf(ctx.prev.result, foundById<ProductItem>(ctx, ctx.env.PRODUCTS_TABLE!));
}
