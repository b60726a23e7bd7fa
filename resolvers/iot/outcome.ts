/** Turns what data sources report into the errors that the schema promises. */
import { type Context, util } from '@aws-appsync/utils';

/** Ends the field with the data source's error, if there was one. Without this AppSync would swallow it. */
export function requireSuccess(ctx: Context): void {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
}

/**
 * What is there after a write on condition: what was written, or, when the condition held it back, the item that stayed. AppSync gives either
 * as the result, and null for the second when there is no item.
 */
export function itemAfterWrite<T>(ctx: Context): T | null {
  if (ctx.error?.type !== 'DynamoDB:ConditionalCheckFailedException') {
    requireSuccess(ctx);
  }
  return ctx.result;
}
