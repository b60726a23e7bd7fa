import { get } from '@aws-appsync/utils/dynamodb';
import { checkedId } from './device-names';
import { requireSuccess } from './outcome';
import type { QueryGetDeviceContext } from './schema-types';
import type { DeviceItem } from './table-items';

export function request(ctx: QueryGetDeviceContext) {
  return get<DeviceItem>({ key: { id: checkedId('id', ctx.args.id) } });
}

export function response(ctx: QueryGetDeviceContext): DeviceItem | null {
  requireSuccess(ctx);
  return ctx.result;
}
