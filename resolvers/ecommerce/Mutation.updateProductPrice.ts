/** Sets the price. Orders that were placed keep theirs. */
import { type Context, util } from '@aws-appsync/utils';
import { update } from '@aws-appsync/utils/dynamodb';
import { requirePrice } from './money';
import { requireExisting } from './outcome';
import type { MutationUpdateProductPriceArgs } from './schema-types';
import type { ProductItem } from './table-items';

export function request(ctx: Context<MutationUpdateProductPriceArgs>) {
  const { productId, price } = ctx.args;
  requirePrice(price);
  return update<ProductItem>({
    key: { id: productId },
    update: { price, updatedAt: util.time.nowISO8601() },
    condition: { id: { attributeExists: true } },
  });
}

export function response(ctx: Context<MutationUpdateProductPriceArgs>): ProductItem {
  requireExisting(ctx, `product "${ctx.args.productId}"`);
  return ctx.result;
}
