/** Looks for words in one stretch of the catalogue, newest first. Text search proper belongs to a search engine: this reads what it searches. */
import { type Context, util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { indexFor, partitionFor, priceOperator } from '../catalogue';
import { requireSuccess } from '../outcome';
import type { QuerySearchProductsArgs } from '../schema-types';
import type { ProductItem } from '../table-items';

const MOST_WORDS = 5;
const PRODUCTS_PER_PAGE = 500;

export function request(ctx: Context<QuerySearchProductsArgs>) {
  const { categoryId, priceRange, inStock, nextToken } = ctx.args.filters ?? {};
  const price = priceOperator(priceRange);
  const words = wordsOf(ctx.args.query).map((word) => ({ or: [{ nameLower: { contains: word } }, { descriptionLower: { contains: word } }] }));
  return query<ProductItem>({
    index: indexFor(categoryId, 'CREATED_AT'),
    query: partitionFor(categoryId),
    filter: { and: [...words, ...(price ? [{ price }] : []), ...(inStock ? [{ inventory: { gt: 0 } }] : [])] },
    scanIndexForward: false,
    limit: PRODUCTS_PER_PAGE,
    nextToken,
  });
}

export function response(ctx: Context): { items: ProductItem[]; nextToken: string | null } {
  requireSuccess(ctx);
  return { items: ctx.result.items, nextToken: ctx.result.nextToken };
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().split(' ').filter((word) => word !== '');
  if (words.length < 1 || words.length > MOST_WORDS) {
    util.error(`"query" must have 1 to ${MOST_WORDS} words, got ${words.length}`, 'BadRequest');
  }
  return words;
}
