/** Lets members of the room go on. */
import type { Context } from '@aws-appsync/utils';
import { readMembership, requireMember } from '../membership';
import type { QueryGetMessagesArgs } from '../schema-types';

export function request(ctx: Context<QueryGetMessagesArgs>) {
  return readMembership(ctx, ctx.args.chatRoomId);
}

export function response(ctx: Context) {
  return requireMember(ctx);
}
