/** Lets members of the room go on. */
import type { Context } from '@aws-appsync/utils';
import { readMembership, requireMember } from '../membership';
import type { MutationSendMessageArgs } from '../schema-types';

export function request(ctx: Context<MutationSendMessageArgs>) {
  return readMembership(ctx, ctx.args.input.chatRoomId);
}

export function response(ctx: Context) {
  return requireMember(ctx);
}
