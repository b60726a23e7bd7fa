/** The contract every data source keeps. To add a kind: one file beside this one, one line in `index.ts`. */
import type { Caller } from '../auth/auth-mode';

export interface DataSourceCall {
  readonly caller: Caller;
  /** Resolver or function name (`Query.listProducts`); a `nextToken` is good only for the scope that got it. */
  readonly scope: string;
}

export interface DataSourceResponse {
  /** Becomes `ctx.result`. */
  readonly result: unknown;
  /** Becomes `ctx.error`; the response handler still runs. `type` as AppSync spells it: `DynamoDB:ConditionalCheckFailedException`. */
  readonly error?: { readonly message: string; readonly type: string };
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
