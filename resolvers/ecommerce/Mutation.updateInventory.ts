/** Sets the number in stock: what the warehouse counted, not a difference. */
import { type Context, util } from '@aws-appsync/utils';
import { update } from '@aws-appsync/utils/dynamodb';
import { requireExisting } from './outcome';
import { requireInventory } from './product-input';
import type { MutationUpdateInventoryArgs } from './schema-types';
import type { ProductItem } from './table-items';

export function request(ctx: Context<MutationUpdateInventoryArgs>) {
  const { productId, quantity } = ctx.args;
  requireInventory(quantity);
  return update<ProductItem>({
    key: { id: productId },
    update: { inventory: quantity, updatedAt: util.time.nowISO8601() },
    condition: { id: { attributeExists: true } },
  });
}

export function response(ctx: Context<MutationUpdateInventoryArgs>): ProductItem {
  requireExisting(ctx, `product "${ctx.args.productId}"`);
  return ctx.result;
}
