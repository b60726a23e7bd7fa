/** Reading many items by id in one request. A batch takes 100 keys, none of them twice. */
import type { Context } from '@aws-appsync/utils';
import { batchGet } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from './outcome';

export const LARGEST_BATCH = 100;

export function distinct(ids: string[]): string[] {
  const seen: Record<string, boolean> = {};
  for (const id of ids) {
    seen[id] = true;
  }
  return Object.keys(seen);
}

/** @param ids distinct, 1 to 100 */
export function byIds(table: string, ids: string[]) {
  return batchGet({ tables: { [table]: { keys: ids.map((id) => ({ id })) } } });
}

/** What the batch found, by id. Ask with `foundIn`: the ids may come from the caller. */
export function foundById<T extends { id: string }>(ctx: Context, table: string): Record<string, T> {
  requireSuccess(ctx);
  const found: Record<string, T> = {};
  for (const item of ctx.result.data[table] as (T | null)[]) {
    if (item) {
      found[item.id] = item;
    }
  }
  return found;
}

export function foundIn<T>(found: Record<string, T>, id: string): T | null {
  return Object.hasOwn(found, id) ? (found[id] ?? null) : null;
}
