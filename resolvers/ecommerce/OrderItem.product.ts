/** The product of one line. `Order.items` brings it along, except under an alias, which its selection list does not show. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { LineWithProduct } from './order-products';
import { requireSuccess } from './outcome';
import type { ProductItem } from './table-items';

export function request(ctx: Context<unknown, Record<string, never>, undefined, LineWithProduct>) {
  const { product, productId } = ctx.source!;
  if (product !== undefined) {
    runtime.earlyReturn(product);
  }
  return get<ProductItem>({ key: { id: productId } });
}

export function response(ctx: Context): ProductItem | null {
  requireSuccess(ctx);
  return ctx.result;
}
