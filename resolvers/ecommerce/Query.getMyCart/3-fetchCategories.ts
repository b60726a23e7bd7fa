/** The categories of everything in the cart in one request, if they are selected. */
import type { Context } from '@aws-appsync/utils';
import type { cartOf } from '../customer-items';
import { fetchCategories, withCategories } from '../product-categories';

type CartContext = Context<unknown, Record<string, never>, { result: ReturnType<typeof cartOf> }>;

export function request(ctx: CartContext) {
  return fetchCategories(ctx, productsOf(ctx), 'items/product/category');
}

export function response(ctx: CartContext) {
  const products = withCategories(ctx, productsOf(ctx));
  const cart = ctx.prev.result;
  return { ...cart, items: cart.items.map((item, position) => ({ ...item, product: products[position] })) };
}

function productsOf(ctx: CartContext) {
  return ctx.prev.result.items.map((item) => item.product);
}
