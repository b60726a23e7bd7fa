/** Stores the message under an id that sorts by time. */
import { type Context, util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from '../outcome';
import { callerOf, keyOf, placeOf } from '../place';
import type { MutationSendMessageArgs } from '../schema-types';
import type { MessageItem } from '../table-items';

const LONGEST_MESSAGE = 4_000;

export function request(ctx: Context<MutationSendMessageArgs>) {
  const { chatRoomId, content, messageType } = ctx.args.input;
  if (content.trim().length === 0 || content.length > LONGEST_MESSAGE) {
    util.error(`"content" must have 1 to ${LONGEST_MESSAGE} characters and not be blank, got ${content.length}`, 'BadRequest');
  }
  const caller = callerOf(ctx);
  return put<MessageItem>({
    key: { room: keyOf(ctx, chatRoomId), id: util.autoUlid() },
    item: {
      place: placeOf(ctx, chatRoomId),
      userId: caller.id,
      username: caller.name,
      content,
      messageType: messageType ?? 'TEXT',
      timestamp: util.time.nowISO8601(),
    },
  });
}

export function response(ctx: Context): MessageItem {
  requireSuccess(ctx);
  return ctx.result;
}
