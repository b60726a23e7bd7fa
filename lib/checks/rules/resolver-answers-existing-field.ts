import { missingField } from '../missing-field';
import type { ApiRule } from './api-rule';

export const resolverAnswersExistingField: ApiRule = {
  code: 'API_RESOLVER_FIELD',
  severity: 'error',
  summary: 'every resolver is attached to a field of the schema',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-resolver.html',
  *check({ api, schema, isKnown }) {
    if (!schema) return;
    for (const { typeName, fieldName, resource } of api.resolvers) {
      if (!isKnown(`${typeName}.${fieldName}`)) continue;
      const missing = missingField(schema, typeName, fieldName);
      if (missing) yield { resource, message: `resolver of ${typeName}.${fieldName} is attached to ${missing.what}`, notes: missing.notes, fix: missing.fix };
    }
  },
};
