/** Makes a device known, once. */
import { util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';
import { checkedId, checkedName } from './device-names';
import { itemAfterWrite } from './outcome';
import type { MutationRegisterDeviceContext } from './schema-types';
import type { DeviceItem } from './table-items';

export function request(ctx: MutationRegisterDeviceContext) {
  const { id, name, site, location } = ctx.args.input;
  return put<DeviceItem>({
    key: { id: checkedId('id', id) },
    item: { name: checkedName('name', name), site: checkedId('site', site), location: checkedName('location', location), status: 'OFFLINE', statusChangedAt: util.time.nowISO8601() },
    condition: { id: { attributeExists: false } },
  });
}

export function response(ctx: MutationRegisterDeviceContext): DeviceItem | null {
  return itemAfterWrite(ctx);
}
