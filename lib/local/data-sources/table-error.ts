/** Items and failures in DynamoDB's own terms. */

/** A typed value: exactly one of `S SS N NS B BS BOOL L M NULL`. Numbers are text, binary is base64. */
export type AttributeValue = Readonly<Record<string, unknown>>;

/** Attribute name → typed value. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** Why one entry of a transaction failed, or `{ Code: 'None' }`. */
export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

/** A failure as DynamoDB reports it. */
export class TableError extends Error {
  constructor(
    /** Exception name without namespace: `ConditionalCheckFailedException`. */
    readonly code: string,
    message: string,
    /** TransactionCanceledException only; one per entry, in request order. */
    readonly cancellationReasons?: readonly CancellationReason[],
    /** The stored item, when `ReturnValuesOnConditionCheckFailure` asked for it. */
    readonly item?: Item,
  ) {
    super(message);
    this.name = code;
  }
}
