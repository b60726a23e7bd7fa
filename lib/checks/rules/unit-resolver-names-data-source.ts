import { type ApiRule, lacksCode } from './api-rule';

export const unitResolverNamesDataSource: ApiRule = {
  code: 'API_UNIT_DATA_SOURCE',
  severity: 'error',
  summary: 'a unit resolver names its data source',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-resolver.html',
  *check({ api }) {
    // A pipeline of no steps is a unit resolver.
    if (lacksCode(api)) return;
    for (const { kind, typeName, fieldName, dataSourceName, resource } of api.resolvers)
      if (kind === 'UNIT' && dataSourceName === undefined)
        yield { resource, message: `the unit resolver of ${typeName}.${fieldName} names no data source`, fix: 'add "DataSourceName"; a data source of type NONE asks nobody' };
  },
};
