/** The contract every data source keeps. To add a kind: one file beside this one, one line in `index.ts`. */
import type { Caller } from '../auth/auth-mode';

export interface DataSourceCall {
  readonly caller: Caller;
  /** Resolver or function name (`Query.listProducts`); a `nextToken` is good only for the scope that got it. */
  readonly scope: string;
  /** The field that is resolved. @default a document stands alone */
  readonly resolution?: Resolution;
  /** Given to Lambda data sources while a request runs. @default the call stands alone */
  readonly batch?: BatchCall;
}

export interface Resolution {
  readonly parentTypeName: string;
  readonly fieldName: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Name of the field's type, without list and `!`. */
  readonly outputType: string;
}

/** The resolver that asks, and the others of its kind: resolutions of the same field in the same request may go into one call. */
export interface BatchCall {
  /** True when the resolver has neither code nor templates. */
  readonly isDirect: boolean;
  /** As the resolver or function gives it. */
  readonly maxBatchSize: number | undefined;
  /**
   * Waits until every sibling has asked, then has all of them answered together.
   * @param most items in one `send`; what is beyond goes into further ones
   * @param send answers in the order of the items, as many
   */
  gather<Item, Answer>(item: Item, most: number, send: (items: readonly Item[]) => Promise<readonly Answer[]>): Promise<Answer>;
}

export interface DataSourceResponse {
  /** Becomes `ctx.result`. */
  readonly result: unknown;
  /** Becomes `ctx.error`; the response handler still runs. `type` as AppSync spells it: `DynamoDB:ConditionalCheckFailedException`. */
  readonly error?: DataSourceError;
  /** True when nothing more happens: the response handler does not run, and `result` is the step's value. */
  readonly isFinal?: true;
}

export interface DataSourceError {
  readonly message: string;
  readonly type: string;
  /** Lambda only: what the function threw, by name. */
  readonly unhandledErrorType?: string;
}

export interface DataSource {
  /**
   * @param request what the request handler returned
   * @throws DataSourceRequestError when the document is not one AppSync accepts; the resolver then fails without running its response handler
   */
  invoke(request: unknown, call: DataSourceCall): Promise<DataSourceResponse>;
}

/** A request document AppSync would refuse before reaching the data source. */
export class DataSourceRequestError extends Error {
  constructor(
    message: string,
    readonly errorType: string = 'MappingTemplate',
  ) {
    super(message);
    this.name = 'DataSourceRequestError';
  }
}
