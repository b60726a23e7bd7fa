/** The categories directly below, by name; they bring their parent along. */
import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from './outcome';
import type { CategoryItem } from './table-items';

type CategoryContext = Context<unknown, Record<string, never>, undefined, CategoryItem>;

export function request(ctx: CategoryContext) {
  return query<CategoryItem>({ index: 'byParent', query: { parentId: { eq: ctx.source!.id } } });
}

export function response(ctx: CategoryContext) {
  requireSuccess(ctx);
  const children: CategoryItem[] = ctx.result.items;
  return children.map((child) => ({ ...child, parent: ctx.source }));
}
