/** One product; null when there is none. */
import type { Context } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from './outcome';
import type { QueryGetProductArgs } from './schema-types';
import type { ProductItem } from './table-items';

export function request(ctx: Context<QueryGetProductArgs>) {
  return get<ProductItem>({ key: { id: ctx.args.id } });
}

export function response(ctx: Context): ProductItem | null {
  requireSuccess(ctx);
  return ctx.result;
}
