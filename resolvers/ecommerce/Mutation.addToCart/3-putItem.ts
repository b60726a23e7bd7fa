/** Adds to the quantity in the table, not to the one that was read: two additions at once both count. */
import { type Context, type DynamoDBUpdateItemRequest, util } from '@aws-appsync/utils';
import { cartOf, listKey } from '../customer-items';
import { requireSuccess } from '../outcome';
import type { MutationAddToCartArgs } from '../schema-types';
import type { CustomerItem, ProductItem } from '../table-items';

type AddContext = Context<MutationAddToCartArgs, { products: Record<string, ProductItem> }, { result: CustomerItem[] }>;

export function request(ctx: AddContext): DynamoDBUpdateItemRequest {
  const { productId, quantity } = ctx.args;
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues(listKey(ctx, 'CART', productId)),
    update: {
      expression: 'SET #productId = :productId, #quantity = if_not_exists(#quantity, :none) + :quantity, #addedAt = if_not_exists(#addedAt, :now)',
      expressionNames: { '#productId': 'productId', '#quantity': 'quantity', '#addedAt': 'addedAt' },
      expressionValues: util.dynamodb.toMapValues({ ':productId': productId, ':none': 0, ':quantity': quantity, ':now': util.time.nowISO8601() }),
    },
  };
}

export function response(ctx: AddContext) {
  requireSuccess(ctx);
  return cartOf([...ctx.prev.result, ctx.result], ctx.stash.products);
}
