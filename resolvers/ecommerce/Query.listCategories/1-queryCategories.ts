/** One level of the category tree. */
import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from '../outcome';
import type { QueryListCategoriesArgs } from '../schema-types';
import type { CategoryItem } from '../table-items';

export function request(ctx: Context<QueryListCategoriesArgs>) {
  return query<CategoryItem>({ index: 'byParent', query: { parentId: { eq: ctx.args.parentId ?? 'ROOT' } } });
}

export function response(ctx: Context): CategoryItem[] {
  requireSuccess(ctx);
  return ctx.result.items;
}
