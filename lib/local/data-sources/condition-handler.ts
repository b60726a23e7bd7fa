/**
 * The conditional check failed handler `Custom`: a function looks at the write whose condition failed and decides what becomes of it.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/js-aws-appsync-resolver-reference-dynamodb-condition-expressions.html
 */
import type { InvokeFunction } from '../lambda';
import { type DataSourceCall, DataSourceRequestError } from './data-source';
import { type Document, isObject } from './request-document';
import type { Item } from './table-store';

export interface FailedWrite {
  readonly operation: 'PutItem' | 'UpdateItem' | 'DeleteItem';
  /** The request, typed values included. */
  readonly document: Document;
  /** What is stored, typed; undefined when nothing is. */
  readonly stored: Item | undefined;
  readonly tableName: string;
  readonly region: string;
  readonly call: DataSourceCall;
}

export type Decision =
  | { readonly action: 'reject' | 'discard' }
  /** Another write, whose condition has no handler. */
  | { readonly action: 'retry'; readonly document: Document };

/** What a retry may say, by operation. */
const retryMembers = { PutItem: ['attributeValues', 'condition'], UpdateItem: ['update', 'condition'], DeleteItem: ['condition'] } as const;

/** @throws DataSourceRequestError when the function fails, or decides nothing. Assumed: all of its types and texts. */
export async function decideFailedWrite(handlerArn: string, write: FailedWrite, invoke: InvokeFunction): Promise<Decision> {
  const outcome = await invoke(handlerArn, eventFor(write));
  if (outcome.kind === 'unavailable') throw new DataSourceRequestError(outcome.reason, 'NotEmulatedLocally');
  if (outcome.kind !== 'value') throw new DataSourceRequestError(`The conditional check failed handler failed: ${outcome.errorMessage}`, 'Lambda:Unhandled');
  const { action, retryMapping } = isObject(outcome.value) ? outcome.value : {};
  if (action === 'reject' || action === 'discard') return { action };
  if (action !== 'retry' || !isObject(retryMapping)) throw invalid('it must be { action: "reject" }, { action: "discard" } or { action: "retry", retryMapping: {…} }');
  if (isObject(retryMapping.condition) && retryMapping.condition.conditionalCheckFailedHandler != null) throw invalid('the condition of a retry has no handler');
  const { operation, document } = write;
  const members = Object.fromEntries(retryMembers[operation].flatMap((name) => (retryMapping[name] == null ? [] : [[name, retryMapping[name]]])));
  return { action: 'retry', document: { operation, key: document.key, ...members } };
}

function eventFor({ document, stored, tableName, region, call: { caller, resolution } }: FailedWrite): unknown {
  return {
    arguments: resolution?.arguments ?? {},
    requestMapping: document,
    currentValue: stored ?? null,
    resolver: { tableName, awsRegion: region, parentType: resolution?.parentTypeName, field: resolution?.fieldName, outputType: resolution?.outputType },
    identity: caller.identity,
  };
}

function invalid(what: string): DataSourceRequestError {
  return new DataSourceRequestError(`The reply of the conditional check failed handler is not valid: ${what}.`);
}
