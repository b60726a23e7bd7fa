import { Kind } from 'graphql';
import type { ApiRule } from './api-rule';

/**
 * `EnterpriseGraphqlApi` merges extensions before it uploads; any other template uploads the text as it is.
 * Source: serverless-appsync-plugin merges type definitions because AppSync does not know extensions of objects. Other extensions: not documented.
 */
export const uploadedSchemaIsMerged: ApiRule = {
  code: 'API_SCHEMA_EXTENSION',
  severity: 'error',
  summary: 'a schema that is uploaded as it is written extends no object type',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/designing-your-schema.html',
  *check({ api, draft }) {
    if (!draft || api.schemaIsMerged) return;
    for (const { kind, name, location } of draft.adapted)
      if (kind === Kind.OBJECT_TYPE_EXTENSION && draft.schema.getType(name))
        yield {
          location,
          ...(api.schemaResource ? { resource: api.schemaResource } : {}),
          message: `AppSync knows no "extend type", so it refuses the extension of "${name}"`,
          fix: `move the fields into the definition of "${name}", or let EnterpriseGraphqlApi merge the files`,
        };
  },
};
