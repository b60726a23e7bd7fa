/** The parent that all listed categories share, if it is selected. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from '../outcome';
import type { QueryListCategoriesArgs } from '../schema-types';
import type { CategoryItem } from '../table-items';

export function request(ctx: Context<QueryListCategoriesArgs>) {
  const { parentId } = ctx.args;
  if (!parentId || ctx.prev.result.length === 0 || !ctx.info.selectionSetList.includes('parent')) {
    runtime.earlyReturn(ctx.prev.result);
  }
  return get<CategoryItem>({ key: { id: parentId } });
}

export function response(ctx: Context<unknown, Record<string, never>, { result: CategoryItem[] }>) {
  requireSuccess(ctx);
  return ctx.prev.result.map((category) => ({ ...category, parent: ctx.result }));
}
