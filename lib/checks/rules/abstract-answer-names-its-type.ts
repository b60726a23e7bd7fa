import { getNamedType, isAbstractType, isObjectType } from 'graphql';
import type { HandlerModel } from '../../model';
import type { ApiRule, ApiRuleInput } from './api-rule';

/**
 * Code is asked only where nothing else can name the type: behind a table or no data source at all. Items may carry `__typename`
 * themselves, so a table is left alone as soon as any code that uses it has the word.
 */
export const abstractAnswerNamesItsType: ApiRule = {
  code: 'API_ABSTRACT_TYPE',
  severity: 'warning',
  summary: 'a resolver of a field with an interface or union type sets "__typename"',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/interfaces-and-unions.html',
  *check(input) {
    const { api, schema } = input;
    if (!schema) return;
    for (const { typeName, fieldName, dataSourceName, functionIds, handler, resource } of api.resolvers) {
      const type = schema.schema.getType(typeName);
      const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
      const answer = field && getNamedType(field.type);
      if (!answer || !isAbstractType(answer)) continue;
      const functions = api.functions.filter(({ functionId }) => functionIds.includes(functionId));
      const sources = [dataSourceName, ...functions.map((step) => step.dataSourceName)].filter((name) => name !== undefined);
      const handlers = [handler, ...functions.map((step) => step.handler)];
      if (handlers.some((candidate) => mayNameType(candidate, input)) || sources.some((name) => mayHoldType(name, input))) continue;
      const location = schema.locationOf(`${typeName}.${fieldName}`);
      yield {
        resource,
        message: `${typeName}.${fieldName} returns "${answer.name}", and no code behind it sets "__typename", so AppSync cannot tell the type of the answer`,
        ...(location ? { notes: [{ message: `${typeName}.${fieldName} is declared here`, location }] } : {}),
        fix: `give the answer a member "__typename" with one of ${schema.schema.getPossibleTypes(answer).map(({ name }) => `"${name}"`).join(', ')}`,
      };
    }
  },
};

function mayNameType(handler: HandlerModel, { requestsOf }: ApiRuleInput): boolean {
  switch (handler.kind) {
    case 'APPSYNC_JS':
      return requestsOf(handler)?.namesType ?? true;
    case 'VTL':
      return [handler.request, handler.response].some((template) => template?.text.includes('__typename'));
    case 'DIRECT':
      return true;
  }
}

/** True when the answers of a data source may name their type themselves. */
function mayHoldType(sourceName: string, input: ApiRuleInput): boolean {
  const { api } = input;
  const source = api.dataSources.find(({ name }) => name === sourceName);
  if (source?.type === 'NONE') return false;
  if (source?.type !== 'AMAZON_DYNAMODB') return true;
  const sharing = new Set(api.dataSources.flatMap((other) => (other.type === 'AMAZON_DYNAMODB' && other.tableName === source.tableName ? [other.name] : [])));
  return [...api.resolvers, ...api.functions].some(({ dataSourceName, handler }) => dataSourceName !== undefined && sharing.has(dataSourceName) && mayNameType(handler, input));
}
