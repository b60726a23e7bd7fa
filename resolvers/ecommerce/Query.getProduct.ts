/** One product; null when there is none. */
import { get } from '@aws-appsync/utils/dynamodb';
import { requireSuccess } from './outcome';
import type { QueryGetProductContext } from './schema-types';
import type { ProductItem } from './table-items';

export function request(ctx: QueryGetProductContext) {
  return get<ProductItem>({ key: { id: ctx.args.id } });
}

export function response(ctx: QueryGetProductContext<ProductItem | null>) {
  requireSuccess(ctx);
  return ctx.result;
}
