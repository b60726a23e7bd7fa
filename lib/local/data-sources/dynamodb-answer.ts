/** DynamoDB's failures in AppSync's words. */
import { randomBytes } from 'node:crypto';
import type { DataSourceResponse } from './data-source';
import { TableError } from './table-error';

/** Exceptions the service names in `errorType`; every other one is a `DynamoDbException`. */
const namedExceptions: ReadonlySet<string> = new Set([
  'ConditionalCheckFailedException',
  'TransactionCanceledException',
  'ProvisionedThroughputExceededException',
  'ItemCollectionSizeLimitExceededException',
  // Assumed: named, as the AWS SDK models it. The ones above are Observed in public repositories' tests.
  'ResourceNotFoundException',
]);

/** The characters of a DynamoDB request id. */
const requestIdAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * A failed call as AppSync reports it. `ctx.error` is set and the response handler runs.
 * @param result what `ctx.result` is next to the error
 * @throws error itself when it is not DynamoDB's
 * Observed: `The conditional request failed (Service: DynamoDb, Status Code: 400, Request ID: …)` with `DynamoDB:ConditionalCheckFailedException`, in
 * several public repositories. (The developer guide still shows the older `(Service: AmazonDynamoDBv2; …)`.)
 */
export function failedAnswer(error: unknown, result: unknown): DataSourceResponse {
  if (!(error instanceof TableError)) throw error;
  const type = namedExceptions.has(error.code) ? error.code : 'DynamoDbException';
  return { result, error: { type: `DynamoDB:${type}`, message: `${error.message} (Service: DynamoDb, Status Code: 400, Request ID: ${requestId()})` } };
}

/** Observed: https://github.com/aws-amplify/amplify-cli/issues/3411 */
export const invalidPaginationToken: DataSourceResponse = {
  result: null,
  error: {
    type: 'DynamoDB:UserIllegalArgumentException',
    message: 'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
  },
};

/** 52 characters, as DynamoDB's. */
function requestId(): string {
  return Array.from(randomBytes(52), (byte) => requestIdAlphabet[byte % requestIdAlphabet.length]).join('');
}
