/** Carts and wishlists: rows of the caller in one table, told apart by the prefix of their sort key. */
import { type Context, runtime } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { callerId } from './access';
import { byIds, foundIn, LARGEST_BATCH } from './batch';
import { linePrice, totalsOf } from './money';
import type { CustomerItem, ProductItem } from './table-items';

export type ListName = 'CART' | 'WISH';

export function listKey(ctx: Context, list: ListName, productId: string) {
  return { userId: callerId(ctx), itemKey: `${list}#${productId}` };
}

/** The whole list, as it is after the caller's last change. */
export function readList(ctx: Context, list: ListName) {
  return query<CustomerItem>({
    query: { userId: { eq: callerId(ctx) }, itemKey: { beginsWith: `${list}#` } },
    limit: LARGEST_BATCH,
    consistentRead: true,
  });
}

/** The products of the rows in one request; passes the step over with `whenEmpty` when there are none. */
export function fetchProducts(ctx: Context, rows: CustomerItem[], whenEmpty: unknown) {
  if (rows.length === 0) {
    runtime.earlyReturn(whenEmpty);
  }
  return byIds(ctx.env.PRODUCTS_TABLE!, rows.map((row) => row.productId));
}

/** Products that are no longer in the catalogue drop out. */
export function wishlistOf(rows: CustomerItem[], products: Record<string, ProductItem>): ProductItem[] {
  return rows.flatMap((row) => foundIn(products, row.productId) ?? []);
}

/** Products that are no longer in the catalogue drop out. */
export function cartOf(rows: CustomerItem[], products: Record<string, ProductItem>) {
  const items = rows.flatMap((row) => {
    const product = foundIn(products, row.productId);
    const quantity = row.quantity ?? 0;
    return product
      ? { productId: row.productId, product, quantity, unitPrice: product.price, totalPrice: linePrice(product.price, quantity), addedAt: row.addedAt }
      : [];
  });
  const itemCount = items.reduce((count, item) => count + item.quantity, 0);
  return { items, itemCount, ...totalsOf(items.map((item) => item.totalPrice)) };
}
