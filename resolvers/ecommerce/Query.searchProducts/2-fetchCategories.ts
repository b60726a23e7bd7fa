/** The categories of all matches in one request, if they are selected. */
import type { Context } from '@aws-appsync/utils';
import { fetchCategories, withCategories } from '../product-categories';

export function request(ctx: Context) {
  return fetchCategories(ctx, ctx.prev.result.items, 'items/category');
}

export function response(ctx: Context) {
  const page = ctx.prev.result;
  return { ...page, items: withCategories(ctx, page.items) };
}
