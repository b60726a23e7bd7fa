/**
 * DynamoDB as a function's AWS SDK finds it: the local tables, as far as the function's role may use them.
 * Source: the JSON 1.0 protocol of https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
import type { TableModel } from '../../model';
import { permittedTables } from '../data-sources/permitted-tables';
import { TableError, type TableOperation, type TableStore } from '../data-sources/table-store';
import type { HttpResponse } from '../http-message';
import type { ServiceCaller } from './service-caller';
import { jsonAnswer, parsedBody } from './service-error';

/** Operations that the table store has; the others of DynamoDB manage tables, which the templates do here. */
const operations: readonly TableOperation[] = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem', 'TransactGetItems', 'TransactWriteItems'];

export interface DynamoDbServiceOptions {
  readonly tables: TableStore;
  /** The tables of the templates, by name. */
  readonly tableNamed: (name: string) => TableModel | undefined;
  readonly log: (line: string) => void;
}

/** @returns answers a call of one operation. It rejects with a ServiceError for a body that is no JSON */
export function dynamoDbService({ tables, tableNamed, log }: DynamoDbServiceOptions): (operation: string, body: string, caller: ServiceCaller) => Promise<HttpResponse> {
  return async (name, body, { region, permissions }) => {
    const operation = operations.find((candidate) => candidate === name);
    if (!operation) return refusal(400, `${ofDynamoDb}NotEmulatedLocally`, `DynamoDB's ${name} is not emulated locally: tables are made from the templates`);
    const permitted = permissions ? permittedTables(tables, permissions, region, tableNamed) : tables;
    const parameters = parsedBody(body);
    try {
      return jsonAnswer(200, await permitted.call(operation, parameters), '1.0');
    } catch (error) {
      // Observed: what IAM refuses has the prefix of all services, and a "Message".
      if (error instanceof TableError && error.code === 'AccessDeniedException') return jsonAnswer(400, { __type: 'com.amazon.coral.service#AccessDeniedException', Message: error.message }, '1.0');
      if (error instanceof TableError) return refusal(400, `${ofDynamoDb}${error.code}`, error.message, { ...(error.item && { Item: error.item }), ...(error.cancellationReasons && { CancellationReasons: error.cancellationReasons }) });
      log(`DynamoDB ${name} of a function failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return refusal(500, `${ofDynamoDb}InternalServerError`, 'Internal server error');
    }
  };
}

const ofDynamoDb = 'com.amazonaws.dynamodb.v20120810#';

function refusal(status: number, type: string, message: string, more: Readonly<Record<string, unknown>> = {}): HttpResponse {
  return jsonAnswer(status, { __type: type, message, ...more }, '1.0');
}
