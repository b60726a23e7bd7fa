import type { ApiRule } from './api-rule';

/** Subscription fields need none: without a resolver AppSync matches their arguments. */
export const rootFieldHasResolver: ApiRule = {
  code: 'API_FIELD_UNANSWERED',
  severity: 'error',
  summary: 'every field of the query and mutation types has a resolver',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-components.html',
  *check({ api, schema }) {
    if (!schema) return;
    const answered = new Set(api.resolvers.map(({ typeName, fieldName }) => `${typeName}.${fieldName}`));
    for (const root of [schema.schema.getQueryType(), schema.schema.getMutationType()])
      for (const fieldName of Object.keys(root?.getFields() ?? {})) {
        const field = `${root?.name}.${fieldName}`;
        if (answered.has(field)) continue;
        const location = schema.locationOf(field);
        yield {
          ...(location ? { location } : {}),
          ...(api.schemaResource ? { resource: api.schemaResource } : {}),
          message: `${field} has no resolver, so it always answers null`,
          fix: `write ${field}.ts in the resolvers folder and attach it to a data source`,
        };
      }
  },
};
