/** The newest message of a room that the caller may see: whoever gave it out has checked that. */
import { query } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from './outcome';
import { keyOf } from './place';
import type { ChatRoomLastMessageContext } from './schema-types';
import type { MessageItem } from './table-items';

export function request(ctx: ChatRoomLastMessageContext) {
  return query<MessageItem>({ query: { room: { eq: keyOf(ctx, ctx.source!.id) } }, scanIndexForward: false, limit: 1 });
}

export function response(ctx: ChatRoomLastMessageContext): MessageItem | null {
  requireSuccess(ctx);
  return ctx.result.items[0] ?? null;
}
