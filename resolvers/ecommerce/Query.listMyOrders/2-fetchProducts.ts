/** The products of the whole page in one request, if they are selected. Orders that did not fit are left to `Order.items`. */
import { type Context, runtime } from '@aws-appsync/utils';
import { byIds, distinct, foundById, LARGEST_BATCH } from '../batch';
import { withProducts } from '../order-products';
import type { OrderItem, ProductItem } from '../table-items';

interface Page {
  items: OrderItem[];
  nextToken: string | null;
}

export function request(ctx: Context<unknown, { fetchedIds: string[] }, { result: Page }>) {
  const idsByOrder = ctx.prev.result.items.map((order) => order.items.map((line) => line.productId));
  // Order by order: one flat list could be longer than the 1,000 iterations that a loop is allowed.
  ctx.stash.fetchedIds = idsByOrder.reduce<string[]>((ids, more) => distinct([...ids, ...more]).slice(0, LARGEST_BATCH), []);
  if (ctx.stash.fetchedIds.length === 0 || !ctx.info.selectionSetList.includes('items/items/product')) {
    runtime.earlyReturn(ctx.prev.result);
  }
  return byIds(ctx.env.PRODUCTS_TABLE!, ctx.stash.fetchedIds);
}

export function response(ctx: Context<unknown, { fetchedIds: string[] }, { result: Page }>) {
  const products = foundById<ProductItem>(ctx, ctx.env.PRODUCTS_TABLE!);
  const items = ctx.prev.result.items.map((order) =>
    order.items.every((line) => ctx.stash.fetchedIds.includes(line.productId)) ? { ...order, items: withProducts(order.items, products) } : order,
  );
  return { items, nextToken: ctx.prev.result.nextToken };
}
