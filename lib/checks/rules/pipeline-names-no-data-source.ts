import type { ApiRule } from './api-rule';

export const pipelineNamesNoDataSource: ApiRule = {
  code: 'API_PIPELINE_DATA_SOURCE',
  severity: 'error',
  summary: 'the functions of a pipeline name data sources, the pipeline itself names none',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-resolver.html',
  *check({ api }) {
    for (const { typeName, fieldName, strayDataSourceName, resource } of api.resolvers)
      if (strayDataSourceName !== undefined)
        yield {
          resource,
          message: `the pipeline resolver of ${typeName}.${fieldName} names data source "${strayDataSourceName}", which only unit resolvers do`,
          fix: 'remove "DataSourceName", or the "Kind" PIPELINE',
        };
  },
};
