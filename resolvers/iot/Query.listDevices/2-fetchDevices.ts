/** The devices that an index named, in one request and in its order. */
import { runtime } from '@aws-appsync/utils';
import { batchGet } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from '../outcome';
import type { QueryListDevicesContext } from '../schema-types';
import type { DeviceItem } from '../table-items';

interface Page {
  items: DeviceItem[];
  nextToken: string | null;
}

type DevicesContext = QueryListDevicesContext<{ data: Record<string, (DeviceItem | null)[]> }, object, { result: Page }>;

export function request(ctx: DevicesContext) {
  const { site, status } = ctx.args;
  const { items } = ctx.prev.result;
  // Without an index the page holds whole devices.
  if (items.length === 0 || !(site || status)) {
    runtime.earlyReturn(ctx.prev.result);
  }
  return batchGet({ tables: { [ctx.env.DEVICES_TABLE!]: { keys: items.map(({ id }) => ({ id })) } } });
}

export function response(ctx: DevicesContext): Page {
  requireSuccess(ctx);
  const found = ctx.result.data[ctx.env.DEVICES_TABLE!]!;
  const { items, nextToken } = ctx.prev.result;
  return { items: items.flatMap(({ id }) => found.filter((device) => device?.id === id) as DeviceItem[]), nextToken };
}
