import { configured } from '../source-configuration';
import type { ApiRule } from './api-rule';

/**
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-datasource.html; the other kinds are read as what they are, `MAN_PROPERTY`.
 * Observed: an endpoint without a scheme "does not match pattern {(?i)https?://.*$}" (serverless issue 7075, aws-cdk pull request 14651).
 */
const configurationOf: Readonly<Record<string, readonly string[]>> = {
  AMAZON_ELASTICSEARCH: ['ElasticsearchConfig.Endpoint'],
  AMAZON_OPENSEARCH_SERVICE: ['OpenSearchServiceConfig.Endpoint'],
  RELATIONAL_DATABASE: ['RelationalDatabaseConfig.RdsHttpEndpointConfig.DbClusterIdentifier', 'RelationalDatabaseConfig.RdsHttpEndpointConfig.AwsSecretStoreArn'],
  AMAZON_EVENTBRIDGE: ['EventBridgeConfig.EventBusArn'],
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
      const paths = configurationOf[source.awsType];
      if (!paths) yield { resource: source.resource, message: `data source "${source.name}" has the type "${source.awsType}"`, fix: `use one of ${types.join(', ')}` };
      for (const path of paths ?? []) {
        const value = configured(source, path);
        const about = `data source "${source.name}" of type ${source.awsType}`;
        if (value === undefined) yield { resource: source.resource, message: `${about} has no "${path}"`, fix: `add "${path}"` };
        else if (source.awsType === 'RELATIONAL_DATABASE' && typeof value === 'string' && isKnown(value) && !value.startsWith('arn:'))
          yield { resource: source.resource, message: `"${path}" of ${about} is "${value}", which is no ARN`, fix: 'give the ARN' };
        else if (path.endsWith('.Endpoint') && typeof value === 'string' && isKnown(value) && !/^https?:\/\//i.test(value))
          yield { resource: source.resource, message: `"${path}" of ${about} is "${value}", which has no scheme`, fix: 'begin it with "https://"' };
      }
    }
  },
};
