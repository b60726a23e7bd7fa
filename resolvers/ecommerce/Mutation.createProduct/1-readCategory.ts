/** Checks the input and that its category exists. */
import { type Context, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requirePrice } from '../money';
import { requireSuccess } from '../outcome';
import { requireInventory, requireName } from '../product-input';
import type { MutationCreateProductArgs } from '../schema-types';
import type { CategoryItem } from '../table-items';

export function request(ctx: Context<MutationCreateProductArgs>) {
  const { name, price, inventory, categoryId } = ctx.args.input;
  requireName(name);
  requirePrice(price);
  requireInventory(inventory);
  return get<CategoryItem>({ key: { id: categoryId } });
}

export function response(ctx: Context<MutationCreateProductArgs>): CategoryItem {
  requireSuccess(ctx);
  if (!ctx.result) {
    util.error(`there is no category "${ctx.args.input.categoryId}"`, 'NotFound');
  }
  return ctx.result;
}
