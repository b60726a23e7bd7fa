import type { ApiRule } from './api-rule';

/** Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-datasource.html; the other kinds are read as what they are, `MAN_PROPERTY`. */
const configurationOf: Readonly<Record<string, readonly string[]>> = {
  AMAZON_ELASTICSEARCH: ['ElasticsearchConfig', 'Endpoint'],
  AMAZON_OPENSEARCH_SERVICE: ['OpenSearchServiceConfig', 'Endpoint'],
  RELATIONAL_DATABASE: ['RelationalDatabaseConfig', 'RdsHttpEndpointConfig', 'DbClusterIdentifier'],
  AMAZON_EVENTBRIDGE: ['EventBridgeConfig', 'EventBusArn'],
  AMAZON_BEDROCK_RUNTIME: [],
};
const types = ['AMAZON_DYNAMODB', 'AWS_LAMBDA', 'HTTP', 'NONE', ...Object.keys(configurationOf)];

export const dataSourceHasConfiguration: ApiRule = {
  code: 'API_DATA_SOURCE_CONFIG',
  severity: 'error',
  summary: 'a data source is of a type AppSync knows, and has the configuration of its type',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-datasource.html',
  *check({ api, isKnown }) {
    for (const source of api.dataSources) {
      if (source.type !== 'OTHER' || !isKnown(source.awsType)) continue;
      const path = configurationOf[source.awsType];
      if (!path) yield { resource: source.resource, message: `data source "${source.name}" has the type "${source.awsType}"`, fix: `use one of ${types.join(', ')}` };
      else if (!has(source.config, path))
        yield { resource: source.resource, message: `data source "${source.name}" of type ${source.awsType} has no "${path.join('.')}"`, fix: `add "${path.join('.')}"` };
    }
  },
};

function has(value: unknown, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return value !== undefined;
  return typeof value === 'object' && value !== null && has((value as Record<string, unknown>)[first], rest);
}
