/** The lines of one order, with their products in one request if they are selected and the list did not bring them along. */
import { type Context, runtime } from '@aws-appsync/utils';
import { byIds, foundById } from './batch';
import { type LineWithProduct, withProducts } from './order-products';
import type { ProductItem } from './table-items';

type OrderContext = Context<unknown, Record<string, never>, undefined, { items: LineWithProduct[] }>;

export function request(ctx: OrderContext) {
  const { items } = ctx.source!;
  const isCarried = items.every((line) => line.product !== undefined);
  if (isCarried || !ctx.info.selectionSetList.includes('product')) {
    runtime.earlyReturn(items);
  }
  return byIds(ctx.env.PRODUCTS_TABLE!, items.map((line) => line.productId));
}

export function response(ctx: OrderContext): LineWithProduct[] {
  return withProducts(ctx.source!.items, foundById<ProductItem>(ctx, ctx.env.PRODUCTS_TABLE!));
}
