import type { ResourceRef } from '../../diagnostics';
import type { ApiRule } from './api-rule';

export const dataSourceNameIsUnique: ApiRule = {
  code: 'API_DATA_SOURCE_DUPLICATE',
  severity: 'error',
  summary: 'a data source has a name of its own',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-datasource.html',
  *check({ api, isKnown }) {
    const first = new Map<string, ResourceRef>();
    for (const { name, resource } of api.dataSources) {
      if (!isKnown(name)) continue;
      const earlier = first.get(name);
      if (!earlier) first.set(name, resource);
      else yield { resource, message: `the data sources "${earlier.logicalId}" and "${resource.logicalId}" are both named "${name}"`, fix: 'give one of them another name' };
    }
  },
};
