/** Stars from 1 to 5, and the counters that a product keeps of them. */
import { util } from '@aws-appsync/utils';

export function requireRating(rating: number): void {
  if (rating < 1 || rating > 5) {
    util.error(`"rating" must be between 1 and 5, got ${rating}`, 'BadRequest');
  }
}

/** The attribute of the product that counts this rating. */
export function counterOf(rating: number): string {
  return `stars${rating}`;
}
