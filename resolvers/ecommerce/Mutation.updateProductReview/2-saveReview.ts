/** Stores the changed review; a changed rating moves from one counter of the product to the other in the same transaction. */
import { type Context, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import { failedEntry } from '../outcome';
import { counterOf, requireRating } from '../rating';
import type { MutationUpdateProductReviewArgs } from '../schema-types';
import type { ReviewItem } from '../table-items';

type ReviewContext = Context<MutationUpdateProductReviewArgs, { review: ReviewItem }, { result: ReviewItem }>;

export function request(ctx: ReviewContext) {
  const before = ctx.prev.result;
  const { rating, title, comment } = ctx.args.input;
  const review: ReviewItem = {
    ...before,
    rating: rating ?? before.rating,
    title: title === undefined ? before.title : title,
    comment: comment === undefined ? before.comment : comment,
    updatedAt: util.time.nowISO8601(),
  };
  requireRating(review.rating);
  ctx.stash.review = review;
  const { id, ...attributes } = review;
  // The stars that are taken off the product must be those that the stored review still has.
  const stored = { putItem: { table: ctx.env.REVIEWS_TABLE!, key: { id }, item: attributes, condition: { rating: { eq: before.rating } } } };
  const counted = {
    updateItem: {
      table: ctx.env.PRODUCTS_TABLE!,
      key: { id: review.productId },
      update: { [counterOf(before.rating)]: operations.decrement(1), [counterOf(review.rating)]: operations.increment(1) },
    },
  };
  return transactWrite({ items: review.rating === before.rating ? [stored] : [stored, counted] });
}

export function response(ctx: ReviewContext): ReviewItem {
  if (failedEntry(ctx) !== -1) {
    util.error(`review "${ctx.args.reviewId}" was changed at that moment; try again`, 'Conflict');
  }
  return ctx.stash.review;
}
