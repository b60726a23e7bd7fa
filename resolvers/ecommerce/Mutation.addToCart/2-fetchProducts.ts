/** The new product, which has to exist, and those on the list: one request for all. */
import { type Context, util } from '@aws-appsync/utils';
import { byIds, foundById, foundIn } from '../batch';
import type { CustomerItem, ProductItem } from '../table-items';

type AddContext = Context<{ productId: string }, { products: Record<string, ProductItem> }, { result: CustomerItem[] }>;

export function request(ctx: AddContext) {
  return byIds(ctx.env.PRODUCTS_TABLE!, [ctx.args.productId, ...ctx.prev.result.map((row) => row.productId)]);
}

export function response(ctx: AddContext): CustomerItem[] {
  ctx.stash.products = foundById<ProductItem>(ctx, ctx.env.PRODUCTS_TABLE!);
  if (!foundIn(ctx.stash.products, ctx.args.productId)) {
    util.error(`there is no product "${ctx.args.productId}"`, 'NotFound');
  }
  return ctx.prev.result;
}
