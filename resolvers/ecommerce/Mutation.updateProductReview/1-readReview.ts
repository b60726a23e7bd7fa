/** Finds the review and checks that it is the caller's own. */
import { type Context, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { callerId } from '../access';
import { requireSuccess } from '../outcome';
import type { MutationUpdateProductReviewArgs } from '../schema-types';
import type { ReviewItem } from '../table-items';

export function request(ctx: Context<MutationUpdateProductReviewArgs>) {
  return get<ReviewItem>({ key: { id: ctx.args.reviewId }, consistentRead: true });
}

export function response(ctx: Context<MutationUpdateProductReviewArgs>): ReviewItem {
  requireSuccess(ctx);
  const review: ReviewItem | null = ctx.result;
  if (!review) {
    util.error(`there is no review "${ctx.args.reviewId}"`, 'NotFound');
  }
  if (review.userId !== callerId(ctx)) {
    util.unauthorized();
  }
  return review;
}
