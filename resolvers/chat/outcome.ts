/** Turns what DynamoDB reports into the errors that the schema promises. */
import { type Context, util } from '@aws-appsync/utils';

/** Ends the field with the data source's error, if there was one. Without this AppSync would swallow it. */
export function requireSuccess(ctx: Context): void {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
}

/** Whether a write on condition was held back by it. AppSync then gives the item, if there is one, as the result. */
export function isFailedCondition(ctx: Context): boolean {
  return ctx.error?.type === 'DynamoDB:ConditionalCheckFailedException';
}
