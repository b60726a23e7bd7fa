/** Notes the caller's presence on their membership. Members have a row, others none: it is the check as well. */
import { util } from '@aws-appsync/utils';
import { update } from '@aws-appsync/utils/dynamodb';
import { shownMember } from './membership';
import { isFailedCondition, requireSuccess } from './outcome';
import { callerOf, keyOf } from './place';
import type { Member, MutationSetPresenceContext } from './schema-types';
import type { MemberItem } from './table-items';

export function request(ctx: MutationSetPresenceContext) {
  return update<MemberItem>({
    key: { room: keyOf(ctx, ctx.args.chatRoomId), userId: callerOf(ctx).id },
    update: { presence: ctx.args.status, lastSeen: util.time.nowEpochSeconds() },
    condition: { status: { eq: 'ACTIVE' } },
  });
}

export function response(ctx: MutationSetPresenceContext<MemberItem>): Member {
  if (isFailedCondition(ctx)) {
    util.unauthorized();
  }
  requireSuccess(ctx);
  return shownMember(ctx.result);
}
