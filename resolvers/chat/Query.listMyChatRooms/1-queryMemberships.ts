/** One page of the caller's memberships, the latest first. */
import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from '../outcome';
import { pageSize } from '../paging';
import { callerOf, keyOf } from '../place';
import type { QueryListMyChatRoomsArgs } from '../schema-types';
import type { MemberItem } from '../table-items';

export function request(ctx: Context<QueryListMyChatRoomsArgs>) {
  const { limit, nextToken } = ctx.args;
  return query<MemberItem>({
    index: 'byUser',
    query: { user: { eq: keyOf(ctx, callerOf(ctx).id) } },
    filter: { status: { eq: 'ACTIVE' } },
    scanIndexForward: false,
    limit: pageSize(limit),
    nextToken,
  });
}

export function response(ctx: Context): { items: MemberItem[]; nextToken: string | null } {
  requireSuccess(ctx);
  return { items: ctx.result.items, nextToken: ctx.result.nextToken };
}
