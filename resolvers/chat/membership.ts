/** Who belongs to a room: a step that most pipelines begin with, and how a member is shown. */
import { type Context, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from './outcome';
import { callerOf, keyOf } from './place';
import type { Member } from './schema-types';
import type { MemberItem } from './table-items';

/** How long after the last sign of life a presence counts. */
const PRESENT_SECONDS = 90;

export function readMembership(ctx: Context, chatRoomId: string) {
  return get<MemberItem>({ key: { room: keyOf(ctx, chatRoomId), userId: callerOf(ctx).id }, consistentRead: true });
}

/** The caller's membership; Unauthorized without one, whether or not the room exists. */
export function requireMember(ctx: Context): MemberItem {
  requireSuccess(ctx);
  const member: MemberItem | null = ctx.result;
  if (member?.status !== 'ACTIVE') {
    util.unauthorized();
  }
  return member;
}

export function newMember(ctx: Context, chatRoomId: string, role: MemberItem['role']): MemberItem {
  const caller = callerOf(ctx);
  return {
    room: keyOf(ctx, chatRoomId),
    userId: caller.id,
    user: keyOf(ctx, caller.id),
    place: { tenantId: caller.tenantId, chatRoomId },
    username: caller.name,
    role,
    status: 'ACTIVE',
    joinedAt: util.time.nowISO8601(),
    presence: 'ONLINE',
    lastSeen: util.time.nowEpochSeconds(),
  };
}

export function shownMember(item: MemberItem): Member {
  const isPresent = item.lastSeen > util.time.nowEpochSeconds() - PRESENT_SECONDS;
  return { ...item, presence: isPresent ? item.presence : 'OFFLINE' };
}
