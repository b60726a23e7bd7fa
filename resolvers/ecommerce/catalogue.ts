/** Which index of the products table answers a list, and how a price range narrows it. */
import { util } from '@aws-appsync/utils';
import type { PriceRangeInput, ProductSortField } from './schema-types';

const ORDER_OF: Record<ProductSortField, string> = { NAME: 'Name', PRICE: 'Price', CREATED_AT: 'CreatedAt' };

/** `byCategoryAndPrice`, `byPrice`, … */
export function indexFor(categoryId: string | null | undefined, sortBy: ProductSortField): string {
  return categoryId ? `byCategoryAnd${ORDER_OF[sortBy]}` : `by${ORDER_OF[sortBy]}`;
}

export function partitionFor(categoryId: string | null | undefined) {
  return categoryId ? { categoryId: { eq: categoryId } } : { listing: { eq: 'ALL' as const } };
}

/** The range as an operator on `price`; null when it is open at both ends. */
export function priceOperator(range: PriceRangeInput | null | undefined) {
  const min = range?.min ?? null;
  const max = range?.max ?? null;
  if (min !== null && max !== null && min > max) {
    util.error(`"priceRange.min" must not be above "priceRange.max", got ${min} and ${max}`, 'BadRequest');
  }
  if (min !== null && max !== null) {
    return { between: [min, max] as [number, number] };
  }
  if (min !== null) {
    return { ge: min };
  }
  return max === null ? null : { le: max };
}
