/** TransactGetItems and TransactWriteItems: all entries or none, with a reason per entry. */
import { DataSourceRequestError, type DataSourceResponse } from './data-source';
import { failedAnswer } from './dynamodb-answer';
import { type Expression, optionalExpression, placeholders, readExpression } from './dynamodb-expressions';
import { asList, asObject, type Document, required } from './request-document';
import { type CancellationReason, type Item, TableError, type TableStore } from './table-store';
import { fromItem, readItem } from './typed-values';

/** @returns `{ items: [item or null] | null, cancellationReasons: null | [reason] }` */
export async function transactGetItems(document: Document, tables: TableStore): Promise<DataSourceResponse> {
  const gets = entriesOf(document).map(({ entry, path }) => {
    const projection = optionalExpression(entry, 'projection', path);
    return {
      Get: {
        TableName: required(entry, 'table', path),
        Key: readItem(required(entry, 'key', path), `${path}[key]`),
        ...(projection && { ProjectionExpression: projection.expression, ...placeholders(projection) }),
      },
    };
  });
  try {
    const { Responses } = (await tables.call('TransactGetItems', { TransactItems: gets })) as { Responses: { Item?: Item }[] };
    return { result: { items: Responses.map(({ Item }) => (Item ? fromItem(Item) : null)), cancellationReasons: null } };
  } catch (error) {
    return failedAnswer(error, { items: null, cancellationReasons: reasonsOf(error) });
  }
}

/** @returns `{ keys: [key] | null, cancellationReasons: null | [reason] }` */
export async function transactWriteItems(document: Document, tables: TableStore): Promise<DataSourceResponse> {
  const writes = entriesOf(document).map(readWrite);
  try {
    await tables.call('TransactWriteItems', { TransactItems: writes.map(({ request }) => request) });
    return { result: { keys: writes.map(({ key }) => fromItem(key)), cancellationReasons: null } };
  } catch (error) {
    return failedAnswer(error, { keys: null, cancellationReasons: reasonsOf(error) });
  }
}

interface Entry {
  readonly entry: Document;
  readonly path: string;
}

function entriesOf(document: Document): readonly Entry[] {
  return asList(required(document, 'transactItems'), '$[transactItems]').map((entry, i) => {
    const path = `$[transactItems][${i}]`;
    return { entry: asObject(entry, path), path };
  });
}

function readWrite({ entry, path }: Entry): { readonly key: Item; readonly request: Document } {
  const TableName = required(entry, 'table', path);
  const operation = required(entry, 'operation', path);
  const Key = readItem(required(entry, 'key', path), `${path}[key]`);
  const condition = optionalExpression(entry, 'condition', path);
  const conditional = condition && {
    ConditionExpression: condition.expression,
    ...((entry.condition as Document).returnValuesOnConditionCheckFailure !== false && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
  };
  const request = (parameters: Document, ...expressions: (Expression | undefined)[]) => ({ TableName, ...parameters, ...conditional, ...placeholders(...expressions, condition) });
  switch (operation) {
    case 'PutItem': {
      const attributes = entry.attributeValues != null && readItem(entry.attributeValues, `${path}[attributeValues]`);
      return { key: Key, request: { Put: request({ Item: { ...attributes, ...Key } }) } };
    }
    case 'UpdateItem': {
      const update = readExpression(required(entry, 'update', path), `${path}[update]`);
      return { key: Key, request: { Update: request({ Key, UpdateExpression: update.expression }, update) } };
    }
    case 'DeleteItem':
      return { key: Key, request: { Delete: request({ Key }) } };
    case 'ConditionCheck':
      required(entry, 'condition', path);
      return { key: Key, request: { ConditionCheck: request({ Key }) } };
    default:
      // Assumed: the text.
      throw new DataSourceRequestError(`Unsupported operation '${String(operation)}'.`);
  }
}

function reasonsOf(error: unknown): readonly Document[] | null {
  return (error instanceof TableError && error.cancellationReasons?.map(reasonOf)) || null;
}

/** Source: resolver reference for DynamoDB, TransactWriteItems: AppSync has its own words for a failed check. */
function reasonOf({ Code, Message, Item }: CancellationReason): Document {
  if (Code === 'None') return { type: 'None', message: 'None' };
  if (Code === 'ConditionalCheckFailed') return { type: 'ConditionCheckFailed', message: 'The condition check failed.', ...(Item && { item: fromItem(Item) }) };
  return { type: Code, message: Message ?? Code };
}
