/** Puts the product on the list. */
import { type Context, util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';
import { listKey, wishlistOf } from '../customer-items';
import { requireSuccess } from '../outcome';
import type { MutationAddToWishlistArgs } from '../schema-types';
import type { CustomerItem, ProductItem } from '../table-items';

type AddContext = Context<MutationAddToWishlistArgs, { products: Record<string, ProductItem> }, { result: CustomerItem[] }>;

export function request(ctx: AddContext) {
  const { productId } = ctx.args;
  return put<CustomerItem>({ key: listKey(ctx, 'WISH', productId), item: { productId, addedAt: util.time.nowISO8601() } });
}

export function response(ctx: AddContext): ProductItem[] {
  requireSuccess(ctx);
  return wishlistOf([...ctx.prev.result, ctx.result], ctx.stash.products);
}
