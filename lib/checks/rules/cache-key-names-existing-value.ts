import { getNamedType, type GraphQLInputType, isInputObjectType, isObjectType } from 'graphql';
import { didYouMean } from '../../diagnostics';
import type { ApiFinding, ApiRule, ApiRuleInput } from './api-rule';

/** A key that finds nothing is the same for every request: all of them share one answer. */
export const cacheKeyNamesExistingValue: ApiRule = {
  code: 'API_CACHE_KEY_VALUE',
  severity: 'warning',
  summary: 'a caching key names an argument that the field has, or a value of its source',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html',
  *check(input) {
    const { api, schema, isKnown } = input;
    if (!schema) return;
    for (const { typeName, fieldName, caching, resource } of api.resolvers) {
      const type = schema.schema.getType(typeName);
      const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
      if (!isObjectType(type) || !field) continue;
      for (const key of caching?.keys ?? []) {
        const [, root, path = ''] = /^\$context\.(arguments|args|source)\.(\S+)$/.exec(key) ?? [];
        if (root === undefined || !isKnown(key)) continue;
        const found = root === 'source' ? missingInSource(path, type.name, Object.keys(type.getFields()), input) : missingArgument(path.split('.'), `${typeName}.${fieldName}`, new Map(field.args.map((arg) => [arg.name, arg.type])));
        if (found) yield { resource, message: `the caching key "${key}" of ${typeName}.${fieldName} names ${found.message}`, ...(found.fix ? { fix: found.fix } : {}) };
      }
    }
  },
};

/** @param owner what has the values: the field, or an input type */
function missingArgument([name = '', ...rest]: readonly string[], owner: string, values: ReadonlyMap<string, GraphQLInputType>): ApiFinding | undefined {
  const type = values.get(name);
  if (!type) return { message: `"${name}", which ${owner} does not have`, fix: didYouMean(name, values.keys()) ?? `use an argument that ${owner} has` };
  const inner = getNamedType(type);
  return rest.length > 0 && isInputObjectType(inner) ? missingArgument(rest, `input "${inner.name}"`, new Map(Object.values(inner.getFields()).map((field) => [field.name, field.type]))) : undefined;
}

/**
 * The source is what the parent's resolver returned, which may hold more than the type has fields. So a value counts as missing only
 * at the root, where there is no source, or if no schema, code or template has the word, and nothing but code makes values.
 */
function missingInSource(path: string, typeName: string, fieldNames: readonly string[], { api, schema }: ApiRuleInput): ApiFinding | undefined {
  const [name = ''] = path.split('.');
  const { schema: graph } = schema!;
  if ([graph.getQueryType(), graph.getMutationType(), graph.getSubscriptionType()].some((root) => root?.name === typeName))
    return { message: `a value of the source, but "${typeName}" is a root type and has none`, fix: 'use $context.arguments or $context.identity' };
  if (fieldNames.includes(name)) return undefined;
  if (api.dataSources.some(({ type }) => type !== 'AMAZON_DYNAMODB' && type !== 'NONE')) return undefined;
  const word = new RegExp(`\\b${name.replace(/[^\w]/g, '\\$&')}\\b`);
  const handlers = [...api.resolvers, ...api.functions].flatMap(({ handler }) => (handler.kind === 'APPSYNC_JS' ? [handler.code] : handler.kind === 'VTL' ? [handler.request, handler.response] : []));
  if ([...api.schema, ...handlers].some((file) => file && word.test(file.text))) return undefined;
  return { message: `"${name}", which nothing in the API gives a "${typeName}"`, fix: didYouMean(name, fieldNames) ?? `use a field of "${typeName}"` };
}
