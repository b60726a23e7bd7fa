/** Lets members of the room go on. */
import type { Context } from '@aws-appsync/utils';
import { readMembership, requireMember } from '../membership';
import type { QueryGetChatRoomArgs } from '../schema-types';

export function request(ctx: Context<QueryGetChatRoomArgs>) {
  return readMembership(ctx, ctx.args.id);
}

export function response(ctx: Context) {
  return requireMember(ctx);
}
