/** Reads one page from the index that has the wanted order. */
import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { indexFor, partitionFor, priceOperator } from '../catalogue';
import { requireSuccess } from '../outcome';
import { pageSize } from '../paging';
import type { QueryListProductsArgs } from '../schema-types';
import type { ProductItem } from '../table-items';

export function request(ctx: Context<QueryListProductsArgs>) {
  const { categoryId, priceRange, sortOrder, limit, nextToken } = ctx.args;
  const sortBy = ctx.args.sortBy ?? 'NAME';
  const partition = partitionFor(categoryId);
  const price = priceOperator(priceRange);
  const isKeyRange = price !== null && sortBy === 'PRICE';
  return query<ProductItem>({
    index: indexFor(categoryId, sortBy),
    query: isKeyRange ? { ...partition, price } : partition,
    filter: price !== null && !isKeyRange ? { price } : null,
    scanIndexForward: sortOrder !== 'DESC',
    limit: pageSize(limit),
    nextToken,
  });
}

export function response(ctx: Context): { items: ProductItem[]; nextToken: string | null } {
  requireSuccess(ctx);
  return { items: ctx.result.items, nextToken: ctx.result.nextToken };
}
