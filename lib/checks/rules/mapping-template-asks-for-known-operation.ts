import { didYouMean } from '../../diagnostics';
import type { DataSourceModel } from '../../model';
import { parsedTemplates, placeIn } from '../mapping-templates';
import { readRequestDocument } from '../request-document';
import type { ApiRule } from './api-rule';

export const mappingTemplateAsksForKnownOperation: ApiRule = {
  code: 'RES_VTL_OPERATION',
  severity: 'error',
  summary: 'a request template asks for an operation that its data source has',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-reference.html',
  *check({ api }) {
    for (const mapping of parsedTemplates(api)) {
      const { template, part, dataSource, resource } = mapping;
      const law = part === 'request' && dataSource ? operationsOf(dataSource) : undefined;
      const document = law && readRequestDocument(template);
      if (!law || !document) continue;
      const { member, known, kind } = law;
      const given = document.members.get(member);
      if (!given) {
        if (document.isComplete) yield { resource, location: placeIn(mapping, document.brace), message: `the request template has no "${member}"`, fix: `add "${member}" with one of ${known.join(', ')}` };
      } else if (given.value !== undefined && !known.includes(given.value)) {
        const message = `${kind} has no ${member} "${given.value}"`;
        yield { resource, location: placeIn(mapping, given.span), message, fix: didYouMean(given.value, known) ?? `use one of ${known.join(', ')}` };
      }
    }
  },
};

interface OperationLaw {
  /** What the data source is called in a message. */
  readonly kind: string;
  readonly member: 'operation' | 'method';
  readonly known: readonly string[];
}

/** @returns undefined for a data source that is asked for nothing by name. Source: the template reference of each data source */
function operationsOf(dataSource: DataSourceModel): OperationLaw | undefined {
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
      return operationsOfOther(dataSource.awsType);
  }
}

function operationsOfOther(awsType: string): OperationLaw | undefined {
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
