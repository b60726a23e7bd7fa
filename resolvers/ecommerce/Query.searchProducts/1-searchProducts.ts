/** Asks the search index, which follows the products table: matches, how many there are, and how they spread over categories and prices. */
import { type Context, util } from '@aws-appsync/utils';
import { priceOperator } from '../catalogue';
import { requireSuccess } from '../outcome';
import type { QuerySearchProductsArgs } from '../schema-types';
import type { ProductItem } from '../table-items';

const MOST_WORDS = 5;
const PRODUCTS_PER_PAGE = 20;
/** OpenSearch shows no hits further behind. */
const LAST_HIT = 10000;
const MOST_CATEGORIES = 50;

/** What of OpenSearch's answer is used here. */
interface SearchAnswer {
  hits: { total: { value: number }; hits: { _source: ProductItem }[] };
  aggregations: {
    categories: { buckets: { key: string; doc_count: number }[] };
    prices: { buckets: { from?: number | null; to?: number | null; doc_count: number }[] };
  };
}

export function request(ctx: Context<QuerySearchProductsArgs>) {
  const { categoryId, priceRange, inStock, nextToken } = ctx.args.filters ?? {};
  // Refuses a range that is upside down.
  priceOperator(priceRange);
  const filter: object[] = [{ term: { 'listing.keyword': 'ALL' } }];
  if (categoryId) {
    filter.push({ term: { 'categoryId.keyword': categoryId } });
  }
  if (priceRange) {
    filter.push({ range: { price: { gte: priceRange.min, lte: priceRange.max } } });
  }
  if (inStock) {
    filter.push({ range: { inventory: { gt: 0 } } });
  }
  return {
    operation: 'GET',
    path: '/products/_search',
    params: {
      body: {
        query: {
          bool: {
            must: wordsOf(ctx.args.query).map((word) => ({ multi_match: { query: word, fields: ['name^2', 'description'], fuzziness: 'AUTO:4,8' } })),
            filter,
          },
        },
        sort: ['_score', { createdAt: 'desc' }, { 'id.keyword': 'asc' }],
        from: firstHit(nextToken),
        size: PRODUCTS_PER_PAGE,
        aggs: {
          categories: { terms: { field: 'categoryId.keyword', size: MOST_CATEGORIES } },
          prices: { range: { field: 'price', ranges: [{ to: 25 }, { from: 25, to: 50 }, { from: 50, to: 100 }, { from: 100 }] } },
        },
      },
    },
  };
}

export function response(ctx: Context<QuerySearchProductsArgs>) {
  requireSuccess(ctx);
  const { hits, aggregations } = ctx.result as SearchAnswer;
  const next = firstHit(ctx.args.filters?.nextToken) + PRODUCTS_PER_PAGE;
  const hasMore = next < hits.total.value && next + PRODUCTS_PER_PAGE <= LAST_HIT;
  return {
    items: hits.hits.map((hit) => hit._source),
    nextToken: hasMore ? util.base64Encode(`${next}`) : null,
    total: hits.total.value,
    facets: {
      categories: aggregations.categories.buckets.map((bucket) => ({ categoryId: bucket.key, count: bucket.doc_count })),
      prices: aggregations.prices.buckets.map((bucket) => ({ from: bucket.from ?? null, to: bucket.to ?? null, count: bucket.doc_count })),
    },
  };
}

/** A page begins at a hit by its number, so a token made up finds a page and no more. */
function firstHit(nextToken: string | null | undefined): number {
  const number = nextToken ? util.base64Decode(nextToken) : '0';
  if (!util.matches('^[0-9]{1,4}$', number)) {
    util.error('"filters.nextToken" is not from an earlier search', 'BadRequest');
  }
  return +number;
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().split(' ').filter((word) => word !== '');
  if (words.length < 1 || words.length > MOST_WORDS) {
    util.error(`"query" must have 1 to ${MOST_WORDS} words, got ${words.length}`, 'BadRequest');
  }
  return words;
}
