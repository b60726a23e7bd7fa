/** The NONE data source: hands the payload through. */
import type { DataSource } from './data-source';
import { isObject } from './request-document';

/**
 * `{ payload }` → `ctx.result = payload`.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-none-js.html
 * Assumed: a document without a payload gives null.
 */
export const noneDataSource: DataSource = {
  async invoke(request) {
    return { result: (isObject(request) ? request.payload : null) ?? null };
  },
};
