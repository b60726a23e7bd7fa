/** The category above, unless the list it came from brought it along; null at the top of the tree. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from './outcome';
import type { CategoryItem } from './table-items';

type CategoryContext = Context<unknown, Record<string, never>, undefined, CategoryItem & { parent?: CategoryItem }>;

export function request(ctx: CategoryContext) {
  const { parent, parentId } = ctx.source!;
  if (parent || parentId === 'ROOT') {
    runtime.earlyReturn(parent ?? null);
  }
  return get<CategoryItem>({ key: { id: parentId } });
}

export function response(ctx: Context): CategoryItem | null {
  requireSuccess(ctx);
  return ctx.result;
}
