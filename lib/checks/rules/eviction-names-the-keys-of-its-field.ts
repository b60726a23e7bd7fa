import { effectiveKeys, isWholeMap, keyName } from '../caching-keys';
import { extensionCalls } from '../extension-calls';
import { type ApiFinding, type ApiRule, type ApiRuleInput, isUnread } from './api-rule';

/**
 * An eviction that finds nothing is silent: the old answer is given until its time is up. Only keys that are written out are judged; and an API
 * without a cache is left alone, as a stage may do without one.
 */
export const evictionNamesTheKeysOfItsField: ApiRule = {
  code: 'API_CACHE_EVICTION',
  severity: 'warning',
  summary: 'an eviction is of a field that is cached, and names its caching keys, in their order',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html#cache-eviction',
  *check(input) {
    const mutation = input.schema?.schema.getMutationType()?.name;
    for (const { call, location, resource, typeNames } of extensionCalls(input)) {
      const [typeName, fieldName] = call.texts.arguments;
      // In a field of another type, and of a field that does not exist, it is another rule's.
      if (call.name !== 'evictFromApiCache' || typeName === undefined || fieldName === undefined) continue;
      if (mutation === undefined || !typeNames.includes(mutation) || !hasField(typeName, fieldName, input)) continue;
      const finding = missed(`${typeName}.${fieldName}`, call.keys?.names, input);
      if (finding) yield { resource, location, ...finding };
    }
  },
};

function hasField(typeName: string, fieldName: string, { schema }: ApiRuleInput): boolean {
  const type = schema?.schema.getType(typeName);
  return type !== undefined && 'getFields' in type && fieldName in type.getFields();
}

/** @param names of the call's keys; undefined when they are computed */
function missed(coordinate: string, names: readonly string[] | undefined, input: ApiRuleInput): ApiFinding | undefined {
  const { api, isKnown } = input;
  if (!api.cache || isUnread(api, 'RESOLVER', coordinate)) return undefined;
  const nothing = `"evictFromApiCache" of ${coordinate} does nothing`;
  if (api.cache.behavior === 'OPERATION_LEVEL_CACHING') return { message: `${nothing}: the cache of the API "${api.name}" keeps answers of whole operations`, fix: 'set its behavior to PER_RESOLVER_CACHING, or remove the call' };

  const resolver = api.resolvers.find(({ typeName, fieldName }) => `${typeName}.${fieldName}` === coordinate);
  const keys = resolver && effectiveKeys(resolver, input);
  if (!keys) return { message: `${nothing}: the field is not cached`, fix: 'give its resolver caching keys, or remove the call' };
  if (!names || !keys.every((key) => isKnown(key))) return undefined;

  const given = names.map(keyName);
  const expected = keys.map((key) => keyName(key.slice(1)));
  const isDefault = (resolver.caching?.keys ?? []).length === 0 || api.cache.behavior === 'FULL_REQUEST_CACHING';
  if (isDefault) {
    if (given.length > 0 && given.every(isWholeMap)) return undefined;
    return { message: `${nothing}: it names ${quoted(names)}, and the field is cached by ${expected.join(', ')}, each as a whole`, fix: 'cache the field by keys of its own, and name those' };
  }
  if (given.join() === expected.join()) return undefined;
  const isReordered = [...given].sort().join() === [...expected].sort().join();
  return isReordered
    ? { message: `${nothing}: it names the caching keys in another order`, fix: `name ${quoted(expected)}, in this order` }
    : { message: `${nothing}: it names ${quoted(names)}, and the field is cached by ${expected.join(', ')}`, fix: `name ${quoted(expected)}${expected.length > 1 ? ', in this order' : ''}` };
}

function quoted(names: readonly string[]): string {
  return names.length === 0 ? 'no key' : names.map((name) => `"${name}"`).join(', ');
}
