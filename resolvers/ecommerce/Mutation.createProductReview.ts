/** Stores the review and counts its stars on the product, in one transaction. */
import { type Context, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import { callerId } from './access';
import { failedEntry } from './outcome';
import { counterOf, requireRating } from './rating';
import type { MutationCreateProductReviewArgs } from './schema-types';
import type { ReviewItem } from './table-items';

type ReviewContext = Context<MutationCreateProductReviewArgs, { review: ReviewItem }>;

export function request(ctx: ReviewContext) {
  const { productId, rating, title, comment } = ctx.args.input;
  requireRating(rating);
  const userId = callerId(ctx);
  const now = util.time.nowISO8601();
  const id = `${productId}:${userId}`;
  const review = { productId, userId, rating, title: title ?? null, comment: comment ?? null, createdAt: now, updatedAt: now };
  ctx.stash.review = { id, ...review };
  return transactWrite({
    items: [
      { putItem: { table: ctx.env.REVIEWS_TABLE!, key: { id }, item: review, condition: { id: { attributeExists: false } } } },
      {
        updateItem: {
          table: ctx.env.PRODUCTS_TABLE!,
          key: { id: productId },
          update: { [counterOf(rating)]: operations.increment(1) },
          condition: { id: { attributeExists: true } },
        },
      },
    ],
  });
}

export function response(ctx: ReviewContext): ReviewItem {
  const failed = failedEntry(ctx);
  if (failed === 0) {
    util.error(`you have reviewed product "${ctx.args.input.productId}" already; use updateProductReview with "${ctx.stash.review.id}"`, 'Conflict');
  }
  if (failed === 1) {
    util.error(`there is no product "${ctx.args.input.productId}"`, 'NotFound');
  }
  return ctx.stash.review;
}
