import type { ResolverModel } from '../../model';
import type { ApiRule } from './api-rule';

export const fieldHasOneResolver: ApiRule = {
  code: 'API_RESOLVER_DUPLICATE',
  severity: 'error',
  summary: 'a field has one resolver',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-components.html',
  *check({ api }) {
    const first = new Map<string, ResolverModel>();
    for (const resolver of api.resolvers) {
      const field = `${resolver.typeName}.${resolver.fieldName}`;
      const earlier = first.get(field);
      if (!earlier) {
        first.set(field, resolver);
        continue;
      }
      yield {
        resource: resolver.resource,
        message: `${field} has two resolvers, "${earlier.resource.logicalId}" and "${resolver.resource.logicalId}"`,
        fix: `remove one of the resolvers of ${field}`,
      };
    }
  },
};
