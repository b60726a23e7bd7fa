import type { DataSourceModel } from '../../model';
import type { ApiRule } from './api-rule';

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_DataSource.html (`serviceRoleArn`) */
export const dataSourceHasRole: ApiRule = {
  code: 'API_DATA_SOURCE_ROLE',
  severity: 'error',
  summary: 'a data source that calls another AWS service names the role for it',
  url: 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_DataSource.html',
  *check({ api }) {
    for (const source of api.dataSources)
      if (source.role?.kind === 'NONE' && needsRole(source))
        yield { resource: source.resource, message: `data source "${source.name}" names no role, so AppSync cannot call ${serviceOf(source)} for it`, fix: 'add "ServiceRoleArn", a role that appsync.amazonaws.com may assume' };
  },
};

/** With the caller's credentials the role may not matter, and HTTP endpoints are called unsigned or with the role of their signature. */
function needsRole(source: DataSourceModel): boolean {
  switch (source.type) {
    case 'NONE':
    case 'HTTP':
      return false;
    case 'AMAZON_DYNAMODB':
      return source.usesCallerCredentials !== true;
    case 'AWS_LAMBDA':
      return true;
    case 'OTHER':
      return source.awsType in services;
  }
}

const services: Readonly<Record<string, string>> = {
  AMAZON_DYNAMODB: 'DynamoDB',
  AWS_LAMBDA: 'Lambda',
  AMAZON_ELASTICSEARCH: 'Elasticsearch',
  AMAZON_OPENSEARCH_SERVICE: 'OpenSearch',
  RELATIONAL_DATABASE: 'the database',
  AMAZON_EVENTBRIDGE: 'EventBridge',
  AMAZON_BEDROCK_RUNTIME: 'Bedrock',
};

function serviceOf(source: DataSourceModel): string {
  return services[source.type === 'OTHER' ? source.awsType : source.type] ?? 'the service';
}
