/** One page of messages: one Query, since a room is a partition in order of time. */
import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from '../outcome';
import { pageSize } from '../paging';
import { keyOf } from '../place';
import type { MessageConnection, QueryGetMessagesArgs } from '../schema-types';
import type { MessageItem } from '../table-items';

export function request(ctx: Context<QueryGetMessagesArgs>) {
  const { chatRoomId, limit, nextToken } = ctx.args;
  return query<MessageItem>({ query: { room: { eq: keyOf(ctx, chatRoomId) } }, scanIndexForward: false, limit: pageSize(limit), nextToken });
}

export function response(ctx: Context): MessageConnection {
  requireSuccess(ctx);
  return { items: ctx.result.items, nextToken: ctx.result.nextToken };
}
