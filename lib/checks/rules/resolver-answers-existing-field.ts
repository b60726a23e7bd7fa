import { isObjectType } from 'graphql';
import { didYouMean } from '../../diagnostics';
import type { ApiRule } from './api-rule';

export const resolverAnswersExistingField: ApiRule = {
  code: 'API_RESOLVER_FIELD',
  severity: 'error',
  summary: 'every resolver is attached to a field of the schema',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-resolver.html',
  *check({ api, schema }) {
    if (!schema) return;
    const objectTypes = Object.values(schema.schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
    for (const { typeName, fieldName, resource } of api.resolvers) {
      const type = schema.schema.getType(typeName);
      const declared = schema.locationOf(typeName);
      const notes = declared ? [{ message: `"${typeName}" is declared here`, location: declared }] : [];
      if (!type) {
        const message = `resolver of ${typeName}.${fieldName} is attached to type "${typeName}", which the schema does not have`;
        yield { resource, message, fix: didYouMean(typeName, objectTypes.map(({ name }) => name)) ?? `define "${typeName}" in the schema, or remove the resolver` };
      } else if (!isObjectType(type)) {
        yield { resource, message: `resolver of ${typeName}.${fieldName} is attached to "${typeName}", which is not an object type`, notes, fix: 'attach the resolver to a field of an object type' };
      } else if (!Object.hasOwn(type.getFields(), fieldName)) {
        const message = `resolver of ${typeName}.${fieldName} is attached to field "${fieldName}", which "${typeName}" does not have`;
        yield { resource, message, notes, fix: didYouMean(fieldName, Object.keys(type.getFields())) ?? `add "${fieldName}" to "${typeName}" in the schema, or remove the resolver` };
      }
    }
  },
};
