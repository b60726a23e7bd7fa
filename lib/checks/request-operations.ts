/** What each kind of data source can be asked for, by the name that a request gives. */
import type { DataSourceModel } from '../model';

export interface OperationLaw {
  /** What the data source is called in a message. */
  readonly kind: string;
  readonly member: 'operation' | 'method';
  readonly known: readonly string[];
}

/** @returns undefined for a data source that is asked for nothing by name. Source: the reference of each data source in the developer guide */
export function operationLaw(dataSource: DataSourceModel): OperationLaw | undefined {
  switch (dataSource.type) {
    case 'NONE':
      return undefined;
    case 'AMAZON_DYNAMODB':
      return {
        kind: 'DynamoDB',
        member: 'operation',
        known: [
          ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'Sync'],
          ...['BatchGetItem', 'BatchPutItem', 'BatchDeleteItem', 'TransactGetItems', 'TransactWriteItems'],
        ],
      };
    case 'AWS_LAMBDA':
      return { kind: 'Lambda', member: 'operation', known: ['Invoke', 'BatchInvoke'] };
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
      return { kind: 'OpenSearch', member: 'operation', known: ['GET', 'POST', 'PUT', 'HEAD', 'DELETE'] };
    case 'AMAZON_EVENTBRIDGE':
      return { kind: 'EventBridge', member: 'operation', known: ['PutEvents'] };
    case 'AMAZON_BEDROCK_RUNTIME':
      return { kind: 'Bedrock', member: 'operation', known: ['InvokeModel', 'Converse'] };
    default:
      return undefined;
  }
}
