/** The wished-for products in one request. */
import type { Context } from '@aws-appsync/utils';
import { foundById } from '../batch';
import { fetchProducts, wishlistOf } from '../customer-items';
import type { ProductItem } from '../table-items';

export function request(ctx: Context) {
  return fetchProducts(ctx, ctx.prev.result, []);
}

export function response(ctx: Context): ProductItem[] {
  return wishlistOf(ctx.prev.result, foundById<ProductItem>(ctx, ctx.env.PRODUCTS_TABLE!));
}
