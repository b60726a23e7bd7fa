/** Moves the caller's read mark, which the condition lets go forward only. Members have a row, others none: it is the check as well. */
import { util } from '@aws-appsync/utils';
import { update } from '@aws-appsync/utils/dynamodb';
import { shownMember } from './membership';
import { isFailedCondition, requireSuccess } from './outcome';
import { callerOf, keyOf } from './place';
import type { Member, MutationMarkReadContext } from './schema-types';
import type { MemberItem } from './table-items';

export function request(ctx: MutationMarkReadContext) {
  const { chatRoomId, messageId } = ctx.args;
  if (!util.matches('^[0-9A-HJKMNP-TV-Z]{26}$', messageId)) {
    util.error(`"messageId" is not the id of a message, got "${messageId}"`, 'BadRequest');
  }
  return update<MemberItem>({
    key: { room: keyOf(ctx, chatRoomId), userId: callerOf(ctx).id },
    update: { readMessageId: messageId },
    condition: { status: { eq: 'ACTIVE' }, or: [{ readMessageId: { attributeExists: false } }, { readMessageId: { lt: messageId } }] },
  });
}

export function response(ctx: MutationMarkReadContext<MemberItem | null>): Member {
  if (!isFailedCondition(ctx)) {
    requireSuccess(ctx);
  } else if (ctx.result?.status !== 'ACTIVE') {
    util.unauthorized();
  }
  return shownMember(ctx.result as MemberItem);
}
