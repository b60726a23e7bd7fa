/**
 * The AMAZON_DYNAMODB data source: request documents to DynamoDB calls, answers to what resolvers read. Here are the operations on one
 * item or one table; batches and transactions are in `dynamodb-batches.ts` and `dynamodb-transactions.ts`.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html
 */
import type { InvokeFunction } from '../lambda';
import { type Decision, decideFailedWrite } from './condition-handler';
import { batchDeleteItem, batchGetItem, batchPutItem } from './dynamodb-batches';
import { failedAnswer, invalidPaginationToken } from './dynamodb-answer';
import { type Condition, type Expression, optionalExpression, placeholders, readCondition, readExpression } from './dynamodb-expressions';
import { transactGetItems, transactWriteItems } from './dynamodb-transactions';
import { type DataSource, type DataSourceCall, DataSourceRequestError, type DataSourceResponse } from './data-source';
import { canonicalItem } from './item-equality';
import { notEmulated } from './not-emulated';
import type { PaginationTokens } from './pagination-token';
import { type Document, isObject, required } from './request-document';
import { type AttributeValue, type Item, TableError, type TableStore } from './table-store';
import { fromItem, readItem } from './typed-values';

export interface DynamoDbOptions {
  readonly tableName: string;
  readonly region: string;
  /** Calls the handlers of conditions. @default no function can be called */
  readonly invokeFunction?: InvokeFunction;
  /** Conflict detection is on: writes would have to keep versions. */
  readonly versioned: boolean;
  readonly tables: TableStore;
  readonly tokens: PaginationTokens;
}

/** A write on one item, as it was asked for. */
interface Write {
  readonly operation: 'PutItem' | 'UpdateItem' | 'DeleteItem';
  readonly document: Document;
  readonly call: DataSourceCall;
  readonly condition: Condition | undefined;
}

export class DynamoDbDataSource implements DataSource {
  constructor(private readonly options: DynamoDbOptions) {}

  async invoke(request: unknown, call: DataSourceCall): Promise<DataSourceResponse> {
    const document: Document = isObject(request) ? request : {};
    const operation = required(document, 'operation');
    const { tables } = this.options;
    switch (operation) {
      case 'GetItem':
        return this.getItem(document);
      case 'PutItem':
        return this.putItem(document, call);
      case 'UpdateItem':
        return this.updateItem(document, call);
      case 'DeleteItem':
        return this.deleteItem(document, call);
      case 'Query':
        return this.query(document, call);
      case 'Scan':
        return this.scan(document, call);
      case 'BatchGetItem':
        return batchGetItem(document, tables);
      case 'BatchPutItem':
        return batchPutItem(document, tables);
      case 'BatchDeleteItem':
        return batchDeleteItem(document, tables);
      case 'TransactGetItems':
        return transactGetItems(document, tables);
      case 'TransactWriteItems':
        return transactWriteItems(document, tables);
      case 'Sync':
        throw notEmulated('the DynamoDB operation Sync');
      default:
        // Assumed: the text starts as the one known for versioned data sources, "Unsupported operation '…'. Datasource Versioning only supports …".
        throw new DataSourceRequestError(`Unsupported operation '${String(operation)}'.`);
    }
  }

  private async getItem(document: Document): Promise<DataSourceResponse> {
    const projection = optionalExpression(document, 'projection');
    try {
      const { Item } = await this.options.tables.call('GetItem', {
        TableName: this.options.tableName,
        Key: readItem(required(document, 'key'), '$[key]'),
        ConsistentRead: document.consistentRead,
        ...projected(projection),
        ...placeholders(projection),
      });
      return { result: Item ? fromItem(Item as Item) : null };
    } catch (error) {
      return failedAnswer(error, null);
    }
  }

  private async putItem(document: Document, call: DataSourceCall): Promise<DataSourceResponse> {
    const key = readItem(required(document, 'key'), '$[key]');
    const item = { ...(document.attributeValues != null && readItem(document.attributeValues, '$[attributeValues]')), ...key };
    const condition = this.readWrite(document);
    const isSame = (stored: Item | undefined) => {
      const isIgnored = (attribute: string) => condition?.equalsIgnore.includes(attribute) ?? false;
      return stored !== undefined && canonicalItem(stored, isIgnored) === canonicalItem(item, isIgnored);
    };
    return this.write({ operation: 'PutItem', document, call, condition }, { Item: item, ...conditional(condition), ...placeholders(condition) }, () => item, isSame);
  }

  private async updateItem(document: Document, call: DataSourceCall): Promise<DataSourceResponse> {
    const Key = readItem(required(document, 'key'), '$[key]');
    const update = readExpression(required(document, 'update'), '$[update]');
    const condition = this.readWrite(document);
    const parameters = { Key, UpdateExpression: update.expression, ReturnValues: 'ALL_NEW', ...conditional(condition), ...placeholders(update, condition) };
    return this.write({ operation: 'UpdateItem', document, call, condition }, parameters, ({ Attributes }) => Attributes, () => false);
  }

  private async deleteItem(document: Document, call: DataSourceCall): Promise<DataSourceResponse> {
    const Key = readItem(required(document, 'key'), '$[key]');
    const condition = this.readWrite(document);
    const parameters = { Key, ReturnValues: 'ALL_OLD', ...conditional(condition), ...placeholders(condition) };
    return this.write({ operation: 'DeleteItem', document, call, condition }, parameters, ({ Attributes }) => Attributes, (stored) => stored === undefined);
  }

  private readWrite(document: Document): Condition | undefined {
    if (this.options.versioned) throw notEmulated('writing to a DynamoDB data source with conflict detection');
    return readCondition(document);
  }

  /**
   * A write, and what AppSync makes of a failed condition.
   * @param isDone whether the stored item shows that the write has nothing left to do, which AppSync counts as success
   */
  private async write(
    write: Write,
    parameters: Document,
    resultOf: (answer: Document) => unknown,
    isDone: (stored: Item | undefined) => boolean,
  ): Promise<DataSourceResponse> {
    try {
      const answer = await this.options.tables.call(write.operation, { TableName: this.options.tableName, ...parameters });
      return { result: plainOrNull(resultOf(answer)) };
    } catch (error) {
      if (!(error instanceof TableError) || error.code !== 'ConditionalCheckFailedException') return failedAnswer(error, null);
      const result = plainOrNull(error.item);
      if (isDone(error.item)) return { result };
      const decision = await this.decide(write, error.item);
      switch (decision.action) {
        case 'reject':
          return failedAnswer(error, result);
        case 'discard':
          return { result };
        case 'retry':
          return this.invoke(decision.document, write.call);
      }
    }
  }

  private async decide({ operation, document, call, condition }: Write, stored: Item | undefined): Promise<Decision> {
    if (condition?.handlerArn === undefined) return { action: 'reject' };
    const { tableName, region, invokeFunction } = this.options;
    if (!invokeFunction) throw notEmulated('the conditional check failed handler "Custom"');
    return decideFailedWrite(condition.handlerArn, { operation, document, stored, tableName, region, call }, invokeFunction);
  }

  private async query(document: Document, call: DataSourceCall): Promise<DataSourceResponse> {
    const query = readExpression(required(document, 'query'), '$[query]');
    return this.page('Query', document, call, query, { KeyConditionExpression: query.expression, ScanIndexForward: document.scanIndexForward });
  }

  private async scan(document: Document, call: DataSourceCall): Promise<DataSourceResponse> {
    return this.page('Scan', document, call, undefined, { TotalSegments: document.totalSegments, Segment: document.segment });
  }

  private async page(operation: 'Query' | 'Scan', document: Document, call: DataSourceCall, query: Expression | undefined, parameters: Document): Promise<DataSourceResponse> {
    const { tableName, tables, tokens } = this.options;
    const scope = JSON.stringify([tableName, call.scope]);
    const filter = optionalExpression(document, 'filter');
    const projection = optionalExpression(document, 'projection');
    const startKey = document.nextToken == null ? undefined : tokens.open(document.nextToken, scope);
    if (document.nextToken != null && !startKey) return invalidPaginationToken;
    try {
      const { Items, LastEvaluatedKey, ScannedCount } = await tables.call(operation, {
        TableName: tableName,
        IndexName: document.index,
        Limit: document.limit,
        ConsistentRead: document.consistentRead,
        Select: document.select,
        ExclusiveStartKey: startKey,
        ...(filter && { FilterExpression: filter.expression }),
        ...projected(projection),
        ...placeholders(query, filter, projection),
        ...parameters,
      });
      return {
        result: {
          items: ((Items ?? []) as Item[]).map(fromItem),
          nextToken: LastEvaluatedKey ? tokens.seal(LastEvaluatedKey as Record<string, AttributeValue>, scope) : null,
          scannedCount: ScannedCount,
        },
      };
    } catch (error) {
      return failedAnswer(error, null);
    }
  }
}

function projected(projection: Expression | undefined): Document {
  return projection ? { ProjectionExpression: projection.expression } : {};
}

/** The stored item comes back with the refusal, so no second read can see another state (`consistentRead` has nothing to decide). */
function conditional(condition: Condition | undefined): Document {
  return condition ? { ConditionExpression: condition.expression, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } : {};
}

function plainOrNull(item: unknown): Record<string, unknown> | null {
  return item ? fromItem(item as Item) : null;
}
