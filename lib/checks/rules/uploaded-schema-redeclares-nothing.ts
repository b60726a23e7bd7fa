import { Kind } from 'graphql';
import type { ApiRule } from './api-rule';

/**
 * `EnterpriseGraphqlApi` leaves such lines out; any other template uploads them.
 * Source: serverless-appsync-plugin strips them because deploys fail. A warning, since users of LocalStack report that AppSync tolerates them.
 */
export const uploadedSchemaRedeclaresNothing: ApiRule = {
  code: 'API_SCHEMA_REDECLARATION',
  severity: 'warning',
  summary: 'a schema that is uploaded as it is written leaves AppSync\'s own scalars and directives to AppSync',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html',
  *check({ api, draft }) {
    if (!draft || api.schemaIsMerged) return;
    for (const { how, kind, name, location } of draft.adapted) {
      if (how !== 'left out') continue;
      const what = kind === Kind.SCALAR_TYPE_DEFINITION ? `scalar "${name}"` : `directive "@${name}"`;
      yield {
        location,
        ...(api.schemaResource ? { resource: api.schemaResource } : {}),
        message: `the ${what} is AppSync's own; AppSync may refuse a schema that declares it again`,
        fix: 'delete the declaration',
      };
    }
  },
};
