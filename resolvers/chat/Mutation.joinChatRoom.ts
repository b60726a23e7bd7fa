/** Makes the caller a member, if the room exists in their tenant and they are not in it, or were removed from it, already. */
import { util } from '@aws-appsync/utils';
import { transactWrite } from '@aws-appsync/utils/dynamodb';
import { newMember, shownMember } from './membership';
import { requireSuccess } from './outcome';
import { callerOf } from './place';
import type { Member, MutationJoinChatRoomContext } from './schema-types';
import type { MemberItem } from './table-items';

type JoinContext = MutationJoinChatRoomContext<{ cancellationReasons?: { type: string; item?: MemberItem | null }[] | null }, { member: MemberItem }>;

export function request(ctx: JoinContext) {
  const { chatRoomId } = ctx.args;
  const member = newMember(ctx, chatRoomId, 'MEMBER');
  ctx.stash.member = member;
  return transactWrite({
    items: [
      { conditionCheck: { table: ctx.env.ROOMS_TABLE!, key: { tenantId: callerOf(ctx).tenantId, id: chatRoomId }, condition: { id: { attributeExists: true } } } },
      { putItem: { table: ctx.env.MEMBERS_TABLE!, key: { room: member.room, userId: member.userId }, item: member, condition: { userId: { attributeExists: false } } } },
    ],
  });
}

export function response(ctx: JoinContext): Member {
  const [room, member] = ctx.result?.cancellationReasons ?? [];
  if (room?.type === 'ConditionCheckFailed') {
    util.error(`there is no chat room "${ctx.args.chatRoomId}"`, 'NotFound');
  }
  if (member?.type === 'ConditionCheckFailed' && member.item) {
    if (member.item.status === 'REMOVED') {
      util.unauthorized();
    }
    return shownMember(member.item);
  }
  requireSuccess(ctx);
  return shownMember(ctx.stash.member);
}
