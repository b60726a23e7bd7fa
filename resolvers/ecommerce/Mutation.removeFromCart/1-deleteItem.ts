/** Deletes the row; one that is not there is as good as deleted. */
import type { Context } from '@aws-appsync/utils';
import { remove } from '@aws-appsync/utils/dynamodb';
import { listKey } from '../customer-items';
import { requireSuccess } from '../outcome';
import type { MutationRemoveFromCartArgs } from '../schema-types';
import type { CustomerItem } from '../table-items';

export function request(ctx: Context<MutationRemoveFromCartArgs>) {
  return remove<CustomerItem>({ key: listKey(ctx, 'CART', ctx.args.productId) });
}

export function response(ctx: Context): CustomerItem | null {
  requireSuccess(ctx);
  return ctx.result;
}
