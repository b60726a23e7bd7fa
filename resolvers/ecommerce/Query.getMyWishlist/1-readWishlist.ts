/** The caller's wishlist: which products, not yet what they are. */
import type { Context } from '@aws-appsync/utils';
import { readList } from '../customer-items';
import { requireSuccess } from '../outcome';
import type { CustomerItem } from '../table-items';

export function request(ctx: Context) {
  return readList(ctx, 'WISH');
}

export function response(ctx: Context): CustomerItem[] {
  requireSuccess(ctx);
  return ctx.result.items;
}
