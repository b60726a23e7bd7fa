/** Remembers the removal in place of the membership, so that the removed cannot join again. The stack ends their subscriptions. */
import { type Context, util } from '@aws-appsync/utils';
import { update } from '@aws-appsync/utils/dynamodb';
import { isFailedCondition, requireSuccess } from '../outcome';
import { keyOf } from '../place';
import type { MutationRemoveMemberArgs, RemovedMember } from '../schema-types';
import type { MemberItem } from '../table-items';

export function request(ctx: Context<MutationRemoveMemberArgs>) {
  const { chatRoomId, userId } = ctx.args;
  return update<MemberItem>({ key: { room: keyOf(ctx, chatRoomId), userId }, update: { status: 'REMOVED' }, condition: { status: { eq: 'ACTIVE' } } });
}

export function response(ctx: Context<MutationRemoveMemberArgs>): RemovedMember {
  if (isFailedCondition(ctx)) {
    util.error(`"${ctx.args.userId}" is no member of the room`, 'NotFound');
  }
  requireSuccess(ctx);
  return ctx.result;
}
