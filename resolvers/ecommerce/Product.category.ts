/** The category of one product, unless the list it came from brought it along. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from './outcome';
import type { ProductWithCategory } from './product-categories';
import type { CategoryItem } from './table-items';

export function request(ctx: Context<unknown, Record<string, never>, undefined, ProductWithCategory>) {
  const { category, categoryId } = ctx.source!;
  if (category) {
    runtime.earlyReturn(category);
  }
  return get<CategoryItem>({ key: { id: categoryId } });
}

export function response(ctx: Context): CategoryItem | null {
  requireSuccess(ctx);
  return ctx.result;
}
