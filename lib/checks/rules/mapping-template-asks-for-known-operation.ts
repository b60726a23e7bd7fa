import { didYouMean } from '../../diagnostics';
import type { DataSourceModel } from '../../model';
import { parsedTemplates, placeIn } from '../mapping-templates';
import { readRequestDocument } from '../request-document';
import { mappingTemplateRule } from './mapping-template-rule';

export const mappingTemplateAsksForKnownOperation = mappingTemplateRule(
  {
    code: 'RES_VTL_OPERATION',
    severity: 'error',
    summary: 'a request template asks for an operation that its data source has',
    url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-reference.html',
  },
  function* (templates) {
    for (const mapping of parsedTemplates(templates)) {
      const { template, part, owner, dataSource } = mapping;
      const law = part !== 'request' ? undefined : dataSource ? operationsOf(dataSource) : owner === undefined ? anyOperation : undefined;
      const document = law && readRequestDocument(template);
      if (!law || !document) continue;
      const { member, known, kind } = law;
      const given = document.members.get(member);
      if (!given) {
        if (document.isComplete && !law.isOptional) yield { ...placeIn(mapping, document.brace), message: `the request template has no "${member}"`, fix: `add "${member}" with one of ${known.join(', ')}` };
      } else if (given.value !== undefined && !known.includes(given.value)) {
        const message = `${kind} has no ${member} "${given.value}"`;
        yield { ...placeIn(mapping, given.span), message, fix: didYouMean(given.value, known) ?? `use one of ${known.join(', ')}` };
      }
    }
  },
);

interface OperationLaw {
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
const anyOperation: OperationLaw = { kind: 'AppSync', member: 'operation', known: [...dynamoDb, ...lambda, ...openSearch, ...eventBridge, ...bedrock], isOptional: true };

/** @returns undefined for a data source that is asked for nothing by name. Source: the template reference of each data source */
function operationsOf(dataSource: DataSourceModel): OperationLaw | undefined {
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
      return operationsOfOther(dataSource.awsType);
  }
}

function operationsOfOther(awsType: string): OperationLaw | undefined {
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
