/** What each kind of data source can be asked for, by the name that a request gives, and what a request needs besides. Source: the reference of each in the developer guide. */
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

const dynamoDbNeeds: Readonly<Record<string, readonly string[]>> = {
  GetItem: ['key'],
  PutItem: ['key'],
  UpdateItem: ['key', 'update'],
  DeleteItem: ['key'],
  Query: ['query'],
  BatchGetItem: ['tables'],
  BatchPutItem: ['tables'],
  BatchDeleteItem: ['tables'],
  TransactGetItems: ['transactItems'],
  TransactWriteItems: ['transactItems'],
};
const bedrockNeeds: Readonly<Record<string, readonly string[]>> = { InvokeModel: ['modelId', 'body'], Converse: ['modelId', 'messages'] };

/** The members that a request cannot do without, beside the one that names its operation. @param operation undefined when it is not known */
export function neededMembers(dataSource: DataSourceModel, operation: string | undefined): readonly string[] {
  switch (dataSource.type) {
    case 'NONE':
    case 'AWS_LAMBDA':
      return [];
    case 'AMAZON_DYNAMODB':
      return dynamoDbNeeds[operation ?? ''] ?? [];
    case 'HTTP':
      return ['resourcePath'];
    case 'OTHER':
      return neededByOther(dataSource.awsType, operation);
  }
}

function neededByOther(awsType: string, operation: string | undefined): readonly string[] {
  switch (awsType) {
    case 'AMAZON_OPENSEARCH_SERVICE':
    case 'AMAZON_ELASTICSEARCH':
      return ['path'];
    case 'AMAZON_EVENTBRIDGE':
      return ['events'];
    case 'RELATIONAL_DATABASE':
      return ['statements'];
    case 'AMAZON_BEDROCK_RUNTIME':
      return bedrockNeeds[operation ?? ''] ?? [];
    default:
      return [];
  }
}

interface AskedMember {
  /** Of a literal text. */
  readonly text?: string;
}

/**
 * What a request asks of a data source of type NONE, which does nothing but pass "payload" on; undefined when there is a payload, or nothing that
 * only other data sources know.
 */
export function askedOfNone(members: ReadonlyMap<string, AskedMember>): string | undefined {
  if (members.has('payload')) return undefined;
  const operation = members.get('operation')?.text;
  if (operation !== undefined && anyOperation.known.includes(operation)) return `"${operation}"`;
  const member = ['statements', 'resourcePath'].find((name) => members.has(name));
  return member === undefined ? undefined : `"${member}"`;
}
