/** What is on the wishlist already, to see whether there is room. */
import { type Context, util } from '@aws-appsync/utils';
import { LARGEST_BATCH } from '../batch';
import { readList } from '../customer-items';
import { requireSuccess } from '../outcome';
import type { MutationAddToWishlistArgs } from '../schema-types';
import type { CustomerItem } from '../table-items';

export function request(ctx: Context<MutationAddToWishlistArgs>) {
  return readList(ctx, 'WISH');
}

/** The rows of the other products. */
export function response(ctx: Context<MutationAddToWishlistArgs>): CustomerItem[] {
  requireSuccess(ctx);
  const rows: CustomerItem[] = ctx.result.items;
  const others = rows.filter((row) => row.productId !== ctx.args.productId);
  if (others.length >= LARGEST_BATCH) {
    util.error(`a wishlist holds up to ${LARGEST_BATCH} products`, 'BadRequest');
  }
  return others;
}
