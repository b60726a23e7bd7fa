/** Makes the room and its first member in one transaction, so that no room is without an owner. */
import { util } from '@aws-appsync/utils';
import { transactWrite } from '@aws-appsync/utils/dynamodb';
import { newMember } from './membership';
import { requireSuccess } from './outcome';
import { callerOf } from './place';
import type { MutationCreateChatRoomContext } from './schema-types';
import type { RoomItem } from './table-items';

const LONGEST_NAME = 80;

type CreateContext = MutationCreateChatRoomContext<unknown, { room: RoomItem }>;

export function request(ctx: CreateContext) {
  const name = ctx.args.name.trim();
  if (name.length < 1 || name.length > LONGEST_NAME) {
    util.error(`"name" must have 1 to ${LONGEST_NAME} characters, got ${name.length}`, 'BadRequest');
  }
  const { id: ownerId, tenantId } = callerOf(ctx);
  const room: RoomItem = { tenantId, id: util.autoId(), name, ownerId, createdAt: util.time.nowISO8601() };
  ctx.stash.room = room;
  const owner = newMember(ctx, room.id, 'OWNER');
  return transactWrite({
    items: [
      { putItem: { table: ctx.env.ROOMS_TABLE!, key: { tenantId, id: room.id }, item: room } },
      { putItem: { table: ctx.env.MEMBERS_TABLE!, key: { room: owner.room, userId: owner.userId }, item: owner } },
    ],
  });
}

export function response(ctx: CreateContext): RoomItem {
  requireSuccess(ctx);
  return ctx.stash.room;
}
