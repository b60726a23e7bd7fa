/** Gives the event back as it is: a data source without storage. */
import type { Context } from '@aws-appsync/utils';
import { callerOf, placeOf } from '../place';
import type { MutationSetTypingArgs, Typing } from '../schema-types';

export function request(ctx: Context<MutationSetTypingArgs>): { payload: Typing } {
  const { id: userId, name: username } = callerOf(ctx);
  const { chatRoomId, isTyping } = ctx.args;
  return { payload: { place: placeOf(ctx, chatRoomId), userId, username, isTyping } };
}

export function response(ctx: Context): Typing {
  return ctx.result;
}
