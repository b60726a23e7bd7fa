/** Writes the fields that the input names, and keeps the lower-case copies beside them. */
import { type Context, util } from '@aws-appsync/utils';
import { type DynamoDBUpdateObject, operations, update } from '@aws-appsync/utils/dynamodb';
import { requireExisting } from '../outcome';
import { requireName } from '../product-input';
import type { ProductWithCategory } from '../product-categories';
import type { MutationUpdateProductArgs } from '../schema-types';
import type { CategoryItem, ProductItem } from '../table-items';

export function request(ctx: Context<MutationUpdateProductArgs>) {
  const { name, description, categoryId, images } = ctx.args.input;
  const changes: DynamoDBUpdateObject<ProductItem> = { updatedAt: util.time.nowISO8601() };
  if (name !== undefined) {
    changes.name = requireName(name);
    changes.nameLower = changes.name.toLowerCase();
  }
  if (description !== undefined) {
    changes.description = description ?? operations.remove();
  }
  if (categoryId) {
    changes.categoryId = categoryId;
  }
  if (images !== undefined) {
    changes.images = images ?? operations.remove();
  }
  return update<ProductItem>({ key: { id: ctx.args.id }, update: changes, condition: { id: { attributeExists: true } } });
}

export function response(ctx: Context<MutationUpdateProductArgs, Record<string, never>, { result: CategoryItem | null }>): ProductWithCategory {
  requireExisting(ctx, `product "${ctx.args.id}"`);
  return ctx.prev.result ? { ...ctx.result, category: ctx.prev.result } : ctx.result;
}
