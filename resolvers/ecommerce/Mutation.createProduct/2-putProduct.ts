/** Stores the new product and hands its category on, so that subscribers by category cost no second read. */
import { type Context, util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from '../outcome';
import type { ProductWithCategory } from '../product-categories';
import type { MutationCreateProductArgs } from '../schema-types';
import type { CategoryItem, ProductItem } from '../table-items';

export function request(ctx: Context<MutationCreateProductArgs>) {
  const { name, description, price, inventory, categoryId, images } = ctx.args.input;
  const now = util.time.nowISO8601();
  return put<ProductItem>({
    key: { id: util.autoId() },
    item: {
      name,
      nameLower: name.toLowerCase(),
      description: description ?? null,
      price,
      inventory,
      categoryId,
      listing: 'ALL',
      images: images ?? null,
      stars1: 0,
      stars2: 0,
      stars3: 0,
      stars4: 0,
      stars5: 0,
      createdAt: now,
      updatedAt: now,
    },
    condition: { id: { attributeExists: false } },
  });
}

export function response(ctx: Context<MutationCreateProductArgs, Record<string, never>, { result: CategoryItem }>): ProductWithCategory {
  requireSuccess(ctx);
  return { ...ctx.result, category: ctx.prev.result };
}
