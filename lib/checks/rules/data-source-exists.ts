import { didYouMean, type ResourceRef } from '../../diagnostics';
import { type ApiFinding, type ApiRule, isUnread } from './api-rule';

export const dataSourceExists: ApiRule = {
  code: 'API_DATA_SOURCE',
  severity: 'error',
  summary: 'the data source a resolver or function names is one of the API',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-resolver.html',
  *check({ api, isKnown }) {
    const names = api.dataSources.map(({ name }) => name);
    const missing = (user: string, name: string, resource: ResourceRef): ApiFinding[] =>
      names.includes(name) || !isKnown(name) || isUnread(api, 'DATA_SOURCE', name) ? [] : [{ resource, message: `${user} names data source "${name}", which the API "${api.name}" does not have`, fix: didYouMean(name, names) ?? `add the data source "${name}" to the API` }];
    for (const { typeName, fieldName, dataSourceName, resource } of api.resolvers)
      if (dataSourceName !== undefined) yield* missing(`resolver of ${typeName}.${fieldName}`, dataSourceName, resource);
    for (const { name, dataSourceName, resource } of api.functions) yield* missing(`function "${name}"`, dataSourceName, resource);
  },
};
