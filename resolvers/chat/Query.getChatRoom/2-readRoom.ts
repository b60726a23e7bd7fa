import type { Context } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from '../outcome';
import { callerOf } from '../place';
import type { QueryGetChatRoomArgs } from '../schema-types';
import type { RoomItem } from '../table-items';

export function request(ctx: Context<QueryGetChatRoomArgs>) {
  return get<RoomItem>({ key: { tenantId: callerOf(ctx).tenantId, id: ctx.args.id } });
}

export function response(ctx: Context): RoomItem | null {
  requireSuccess(ctx);
  return ctx.result;
}
