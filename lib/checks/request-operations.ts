/** What each kind of data source can be asked for, by the name that a request gives. Source: the reference of each in the developer guide. */
import type { DataSourceModel } from '../model';

export interface OperationLaw {
  /** What the data source is called in a message. */
  readonly kind: string;
  readonly member: 'operation' | 'method';
  readonly known: readonly string[];
  /** True when a request may do without one. */
  readonly isOptional?: boolean;
}

const dynamoDb = [
  ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'Sync'],
  ...['BatchGetItem', 'BatchPutItem', 'BatchDeleteItem', 'TransactGetItems', 'TransactWriteItems'],
];
const lambda = ['Invoke', 'BatchInvoke'];
const openSearch = ['GET', 'POST', 'PUT', 'HEAD', 'DELETE'];
const eventBridge = ['PutEvents'];
const bedrock = ['InvokeModel', 'Converse'];

/** For a file that no API holds: its data source may be any. */
export const anyOperation: OperationLaw = { kind: 'AppSync', member: 'operation', known: [...dynamoDb, ...lambda, ...openSearch, ...eventBridge, ...bedrock], isOptional: true };

/** @returns undefined for a data source that is asked for nothing by name */
export function operationLaw(dataSource: DataSourceModel): OperationLaw | undefined {
  switch (dataSource.type) {
    case 'NONE':
      return undefined;
    case 'AMAZON_DYNAMODB':
      return { kind: 'DynamoDB', member: 'operation', known: dynamoDb };
    case 'AWS_LAMBDA':
      return { kind: 'Lambda', member: 'operation', known: lambda };
    case 'HTTP':
      return { kind: 'HTTP', member: 'method', known: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] };
    case 'OTHER':
      return lawOfOther(dataSource.awsType);
  }
}

function lawOfOther(awsType: string): OperationLaw | undefined {
  switch (awsType) {
    case 'AMAZON_OPENSEARCH_SERVICE':
    case 'AMAZON_ELASTICSEARCH':
      return { kind: 'OpenSearch', member: 'operation', known: openSearch };
    case 'AMAZON_EVENTBRIDGE':
      return { kind: 'EventBridge', member: 'operation', known: eventBridge };
    case 'AMAZON_BEDROCK_RUNTIME':
      return { kind: 'Bedrock', member: 'operation', known: bedrock };
    default:
      return undefined;
  }
}
