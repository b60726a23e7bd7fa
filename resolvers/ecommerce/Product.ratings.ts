/** Average and distribution, from the counters that the review mutations keep on the product. Needs no data source. */
import type { Context, NONERequest } from '@aws-appsync/utils';
import type { ProductRatings } from './schema-types';
import type { ProductItem } from './table-items';

export function request(ctx: Context<unknown, Record<string, never>, undefined, ProductItem>): NONERequest {
  return { payload: ratingsOf(ctx.source!) };
}

export function response(ctx: Context): ProductRatings | null {
  return ctx.result;
}

function ratingsOf({ stars1, stars2, stars3, stars4, stars5 }: ProductItem): ProductRatings | null {
  const count = stars1 + stars2 + stars3 + stars4 + stars5;
  if (count === 0) {
    return null;
  }
  const stars = stars1 + 2 * stars2 + 3 * stars3 + 4 * stars4 + 5 * stars5;
  return {
    average: Math.round((100 * stars) / count) / 100,
    count,
    distribution: { oneStar: stars1, twoStar: stars2, threeStar: stars3, fourStar: stars4, fiveStar: stars5 },
  };
}
