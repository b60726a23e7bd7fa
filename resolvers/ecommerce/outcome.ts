/** Turns what DynamoDB reports into the errors that the schema promises. */
import { type Context, util } from '@aws-appsync/utils';

export interface TransactionResult {
  /** One per entry of the transaction, in order. */
  cancellationReasons?: { type: string; item?: Record<string, unknown> | null }[] | null;
}

/** Ends the field with the data source's error, if there was one. Without this AppSync would swallow it. */
export function requireSuccess(ctx: Context): void {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
}

export function isFailedCondition(ctx: Context): boolean {
  return ctx.error?.type === 'DynamoDB:ConditionalCheckFailedException';
}

/** For a write on condition that the item exists: NotFound when it does not. @param what such as `product "p-1"` */
export function requireExisting(ctx: Context, what: string): void {
  if (isFailedCondition(ctx)) {
    util.error(`there is no ${what}`, 'NotFound');
  }
  requireSuccess(ctx);
}

/** Position of the first entry of a transaction whose condition failed, -1 when it went through; any other failure ends the field. */
export function failedEntry(ctx: Context): number {
  if (!ctx.error) {
    return -1;
  }
  const reasons = (ctx.result as TransactionResult | null)?.cancellationReasons ?? [];
  const failed = reasons.findIndex((reason) => reason.type === 'ConditionCheckFailed');
  if (failed === -1 && reasons.some((reason) => reason.type === 'TransactionConflict')) {
    util.error('somebody else changed the same items at that moment; try again', 'Conflict');
  }
  if (failed === -1) {
    requireSuccess(ctx);
  }
  return failed;
}
