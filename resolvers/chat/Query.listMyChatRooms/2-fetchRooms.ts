/** The rooms of the page in one request, in the order of the memberships. */
import { type Context, runtime } from '@aws-appsync/utils';
import { batchGet } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from '../outcome';
import type { MemberItem, RoomItem } from '../table-items';

type RoomsContext = Context<unknown, object, { result: { items: MemberItem[]; nextToken: string | null } }>;

export function request(ctx: RoomsContext) {
  const { items, nextToken } = ctx.prev.result;
  if (items.length === 0) {
    runtime.earlyReturn({ items: [], nextToken });
  }
  const keys = items.map(({ place }) => ({ tenantId: place.tenantId, id: place.chatRoomId }));
  return batchGet({ tables: { [ctx.env.ROOMS_TABLE!]: { keys } } });
}

export function response(ctx: RoomsContext): { items: RoomItem[]; nextToken: string | null } {
  requireSuccess(ctx);
  const found: (RoomItem | null)[] = ctx.result.data[ctx.env.ROOMS_TABLE!];
  const { items, nextToken } = ctx.prev.result;
  return { items: items.flatMap(({ place }) => found.filter((room) => room?.id === place.chatRoomId) as RoomItem[]), nextToken };
}
