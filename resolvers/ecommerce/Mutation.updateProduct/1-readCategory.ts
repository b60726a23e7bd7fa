/** Checks that the new category exists; without one there is nothing to read. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from '../outcome';
import type { MutationUpdateProductArgs } from '../schema-types';
import type { CategoryItem } from '../table-items';

export function request(ctx: Context<MutationUpdateProductArgs>) {
  const { categoryId } = ctx.args.input;
  if (categoryId === undefined) {
    runtime.earlyReturn(null);
  }
  if (categoryId === null) {
    util.error('"categoryId" must not be null: every product has a category', 'BadRequest');
  }
  return get<CategoryItem>({ key: { id: categoryId } });
}

export function response(ctx: Context<MutationUpdateProductArgs>): CategoryItem {
  requireSuccess(ctx);
  if (!ctx.result) {
    util.error(`there is no category "${ctx.args.input.categoryId}"`, 'NotFound');
  }
  return ctx.result;
}
