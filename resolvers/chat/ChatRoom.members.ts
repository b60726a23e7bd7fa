/** The members of a room that the caller may see: whoever gave it out has checked that. */
import { query } from '@aws-appsync/utils/dynamodb';
import { shownMember } from './membership';
import { requireSuccess } from './outcome';
import { keyOf } from './place';
import type { ChatRoomMembersContext, Member } from './schema-types';
import type { MemberItem } from './table-items';

export function request(ctx: ChatRoomMembersContext) {
  return query<MemberItem>({ query: { room: { eq: keyOf(ctx, ctx.source!.id) } }, filter: { status: { eq: 'ACTIVE' } }, limit: 100, consistentRead: true });
}

export function response(ctx: ChatRoomMembersContext): Member[] {
  requireSuccess(ctx);
  const items: MemberItem[] = ctx.result.items;
  return items.map((item) => shownMember(item));
}
