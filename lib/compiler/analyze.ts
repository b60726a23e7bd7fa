/** What a handler does, read from its code without running it: the basis of least-privilege roles. */

export interface HandlerFacts {
  /** DynamoDB operation names in the code: calls of `@aws-appsync/utils/dynamodb` helpers (`get` is `GetItem`, …) and literal `operation:` members. TransactWriteItems entries are listed apart. */
  readonly operations: ReadonlySet<string>;
  /** Kinds of entries seen for TransactWriteItems: `PutItem`, `UpdateItem`, `DeleteItem`, `ConditionCheck`. */
  readonly transactWrites: ReadonlySet<string>;
  /** True when a single-item write may carry a `condition`: AppSync then reads the item back after a failed check. */
  readonly hasCondition: boolean;
  /** True when an `index` may be queried or scanned. */
  readonly usesIndex: boolean;
  /** Names read as `ctx.env.NAME` or `context.env['NAME']`, or destructured from it. */
  readonly environmentNames: ReadonlySet<string>;
  /** True when an operation is computed, so the sets above may be incomplete. */
  readonly isDynamic: boolean;
}

/** @param code a bundled APPSYNC_JS module; code that does not parse gives empty facts with `isDynamic` true */
export function analyzeHandler(_code: string): HandlerFacts {
  throw new Error('pending');
}
