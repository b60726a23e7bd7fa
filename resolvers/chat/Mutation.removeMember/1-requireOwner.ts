/** Lets the owner of the room go on. */
import { type Context, util } from '@aws-appsync/utils';
import { readMembership, requireMember } from '../membership';
import { callerOf } from '../place';
import type { MutationRemoveMemberArgs } from '../schema-types';

export function request(ctx: Context<MutationRemoveMemberArgs>) {
  return readMembership(ctx, ctx.args.chatRoomId);
}

export function response(ctx: Context<MutationRemoveMemberArgs>) {
  const member = requireMember(ctx);
  if (member.role !== 'OWNER') {
    util.unauthorized();
  }
  if (ctx.args.userId === callerOf(ctx).id) {
    util.error('the owner of a room cannot be removed', 'BadRequest');
  }
  return member;
}
