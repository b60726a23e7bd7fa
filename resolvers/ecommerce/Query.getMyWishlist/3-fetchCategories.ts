/** The categories of the whole wishlist in one request, if they are selected. */
import type { Context } from '@aws-appsync/utils';
import { fetchCategories, withCategories } from '../product-categories';

export function request(ctx: Context) {
  return fetchCategories(ctx, ctx.prev.result, 'category');
}

export function response(ctx: Context) {
  return withCategories(ctx, ctx.prev.result);
}
