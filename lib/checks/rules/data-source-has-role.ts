import type { DataSourceModel } from '../../model';
import type { ApiRule } from './api-rule';

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_DataSource.html (`serviceRoleArn`) */
export const dataSourceHasRole: ApiRule = {
  code: 'API_DATA_SOURCE_ROLE',
  severity: 'error',
  summary: 'a data source that calls another AWS service names a role that AppSync may assume, or takes the credentials of callers who have some',
  url: 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_DataSource.html',
  *check({ api }) {
    const hasIam = api.authorization.some(({ type }) => type === 'AWS_IAM');
    for (const source of api.dataSources) {
      if (source.type === 'AMAZON_DYNAMODB' && source.usesCallerCredentials && !hasIam)
        yield { resource: source.resource, message: `data source "${source.name}" takes the credentials of callers, who have none: the API "${api.name}" lacks the authorization mode AWS_IAM`, fix: 'remove "UseCallerCredentials", or add AWS_IAM to the authorization modes' };
      if (source.role?.kind === 'KNOWN' && source.role.trustsAppSync === false && needsRole(source))
        yield { resource: source.resource, message: `data source "${source.name}" names the role "${source.role.resource.logicalId}", which AppSync may not assume`, fix: 'name appsync.amazonaws.com in the "AssumeRolePolicyDocument" of the role' };
      if (source.role?.kind === 'NONE' && needsRole(source))
        yield { resource: source.resource, message: `data source "${source.name}" names no role, so AppSync cannot call ${serviceOf(source)} for it`, fix: 'add "ServiceRoleArn", a role that appsync.amazonaws.com may assume' };
    }
  },
};

/** With the caller's credentials the role may not matter, and HTTP endpoints are called unsigned unless a service is named to sign for. */
function needsRole(source: DataSourceModel): boolean {
  switch (source.type) {
    case 'NONE':
      return false;
    case 'HTTP':
      return source.signing !== undefined;
    case 'AMAZON_DYNAMODB':
      return source.usesCallerCredentials !== true;
    case 'AWS_LAMBDA':
      return true;
    case 'OTHER':
      return source.awsType in services;
  }
}

const services: Readonly<Record<string, string>> = {
  HTTP: 'the endpoint',
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
