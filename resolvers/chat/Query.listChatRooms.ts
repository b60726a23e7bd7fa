/** The rooms of the tenant: a partition of the table. */
import { query } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from './outcome';
import { pageSize } from './paging';
import { callerOf } from './place';
import type { ChatRoomListingConnection, QueryListChatRoomsContext } from './schema-types';
import type { RoomItem } from './table-items';

export function request(ctx: QueryListChatRoomsContext) {
  const { limit, nextToken } = ctx.args;
  return query<RoomItem>({ query: { tenantId: { eq: callerOf(ctx).tenantId } }, limit: pageSize(limit), nextToken });
}

export function response(ctx: QueryListChatRoomsContext): ChatRoomListingConnection {
  requireSuccess(ctx);
  return { items: ctx.result.items, nextToken: ctx.result.nextToken };
}
