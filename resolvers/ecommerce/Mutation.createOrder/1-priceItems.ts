/** Takes the prices from the catalogue, in one request. What a customer pays never comes from the input. */
import { type Context, util } from '@aws-appsync/utils';
import { batchGet } from '@aws-appsync/utils/dynamodb';
import { foundById, foundIn } from '../batch';
import { linePrice } from '../money';
import type { ProductItem } from '../table-items';
import type { OrderStash } from './index';

export function request(ctx: Context<unknown, OrderStash>) {
  const keys = Object.keys(ctx.stash.quantities).map((id) => ({ id }));
  return batchGet({ tables: { [ctx.env.PRODUCTS_TABLE!]: { keys, consistentRead: true } } });
}

export function response(ctx: Context<unknown, OrderStash>) {
  const found = foundById<ProductItem>(ctx, ctx.env.PRODUCTS_TABLE!);
  const priced = Object.entries(ctx.stash.quantities).map(([productId, quantity]) => {
    const product = foundIn(found, productId);
    if (!product) {
      util.error(`there is no product "${productId}"`, 'NotFound');
    }
    return { name: product.name, line: { productId, quantity, unitPrice: product.price, totalPrice: linePrice(product.price, quantity) } };
  });
  ctx.stash.lines = priced.map(({ line }) => line);
  ctx.stash.names = priced.map(({ name }) => name);
  return null;
}
