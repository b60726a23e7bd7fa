import { isNonNullType } from 'graphql';
import { didYouMean } from '../../diagnostics';
import { missingField } from '../missing-field';
import { type ApiRule, isUnread } from './api-rule';

/**
 * AppSync deploys such a field and answers null: a surprise, or a placeholder that somebody means. A field that must not be null fails always.
 * A resolver that seems to mean the field, with a slip in its name, is told of itself. Subscription fields need no resolver: without one AppSync matches their arguments.
 */
export const rootFieldHasResolver: ApiRule = {
  code: 'API_FIELD_UNANSWERED',
  severity: 'error or warning',
  summary: 'every field of the query and mutation types has a resolver',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-components.html',
  *check({ api, schema, isKnown }) {
    if (!schema) return;
    const astray = api.resolvers.filter(({ typeName, fieldName }) => missingField(schema, typeName, fieldName));
    const answered = new Set(api.resolvers.map(({ typeName, fieldName }) => `${typeName}.${fieldName}`));
    // A resolver whose field has no local value may be that of any field.
    if (api.resolvers.some(({ typeName, fieldName }) => !isKnown(typeName) || !isKnown(fieldName))) return;
    for (const root of [schema.schema.getQueryType(), schema.schema.getMutationType()])
      for (const { name, type } of Object.values(root?.getFields() ?? {})) {
        const field = `${root?.name}.${name}`;
        if (answered.has(field) || isUnread(api, 'RESOLVER', field) || astray.some((other) => other.typeName === root?.name && didYouMean(other.fieldName, [name]))) continue;
        const location = schema.locationOf(field);
        const fails = isNonNullType(type);
        yield {
          severity: fails ? 'error' : 'warning',
          ...(location ? { location } : {}),
          ...(api.schemaResource ? { resource: api.schemaResource } : {}),
          message: `${field} has no resolver, so it always ${fails ? `fails: it answers null, which "${String(type)}" does not allow` : 'answers null'}`,
          // Our constructs merge schemas, and have a folder of resolvers.
          fix: api.schemaIsMerged ? `write ${field}.ts in the resolvers folder and attach it to a data source` : `add a resolver with "TypeName" "${root?.name}" and "FieldName" "${name}"`,
        };
      }
  },
};
