import { isObjectType } from 'graphql';
import type { ResolverModel } from '../../model';
import { argumentsInKeys, cachingKeyForm, effectiveKeys } from '../caching-keys';
import { argumentReads, contextRead } from '../context-reads';
import type { ApiFinding, ApiRule, ApiRuleInput } from './api-rule';

/** The identity has a rule of its own, `cached-identity-is-in-the-key.ts`. */
export const cachedAnswerHasItsInputsInTheKey: ApiRule = {
  code: 'API_CACHE_INPUT',
  severity: 'warning',
  summary: 'an answer that depends on arguments or on its source is cached by them, and one that depends on headers not at all',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html',
  *check(input) {
    for (const resolver of input.api.resolvers) {
      const keys = effectiveKeys(resolver, input);
      // A key that is none is reported by another rule.
      if (!keys || !keys.every((key) => input.isKnown(key) && cachingKeyForm.test(key))) continue;
      for (const finding of [withoutSource(resolver, keys, input), withoutArguments(resolver, keys, input) ?? withoutSome(resolver, keys, input), withHeaders(resolver, input)]) if (finding) yield { resource: resolver.resource, ...finding };
    }
  },
};

function withoutSource(resolver: ResolverModel, keys: readonly string[], input: ApiRuleInput): ApiFinding | undefined {
  const { typeName, fieldName } = resolver;
  const isRoot = input.schema?.schema.getQueryType()?.name === typeName;
  const notes = isRoot || keys.some((key) => key.startsWith('$context.source')) ? undefined : contextRead('source', resolver, input);
  return notes && { message: `${typeName}.${fieldName} is cached without the source in its key, but its code reads the source: one "${typeName}" may get the answer of another`, notes, fix: 'add the value that the code reads, such as $context.source.id, to the keys' };
}

function withoutArguments(resolver: ResolverModel, keys: readonly string[], input: ApiRuleInput): ApiFinding | undefined {
  const notes = keys.some((key) => /^\$context\.arg(s|uments)\b/.test(key)) ? undefined : contextRead('arguments', resolver, input);
  return notes && { message: `${resolver.typeName}.${resolver.fieldName} is cached without an argument in its key, but its code reads the arguments: whatever is asked gets the same answer`, notes, fix: 'add $context.arguments, or those arguments that count, to the keys' };
}

/** Of code that serves several fields, only arguments that this one has count. */
function withoutSome(resolver: ResolverModel, keys: readonly string[], input: ApiRuleInput): ApiFinding | undefined {
  const { typeName, fieldName } = resolver;
  const type = input.schema?.schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  const inKeys = argumentsInKeys(keys);
  if (!field || !inKeys || inKeys.size === 0) return undefined;
  // A key that names none of the arguments is reported by another rule, and may be the one that is missed here.
  if ([...inKeys].some((name) => !field.args.some((arg) => arg.name === name))) return undefined;
  const missing = argumentReads(resolver, input).filter(({ name }) => !inKeys.has(name) && field.args.some((arg) => arg.name === name));
  const names = [...new Set(missing.map(({ name }) => name))];
  if (names.length === 0) return undefined;
  const list = names.map((name) => `"${name}"`).join(', ');
  return {
    message: `${typeName}.${fieldName} is cached without ${list} in its key, but its code reads ${names.length === 1 ? 'that argument' : 'those arguments'}: whatever is asked there gets the same answer`,
    notes: [...new Map(missing.map(({ name, location }) => [name, { message: `"${name}" is read here`, location }])).values()],
    fix: `add ${names.map((name) => `$context.arguments.${name}`).join(', ')}, or $context.arguments as a whole, to the keys`,
  };
}

function withHeaders(resolver: ResolverModel, input: ApiRuleInput): ApiFinding | undefined {
  const notes = contextRead('request', resolver, input);
  return notes && { message: `${resolver.typeName}.${resolver.fieldName} is cached, but its code reads request headers, which are in no key: one caller may get the answer of another`, notes, fix: 'take the value from the identity or from an argument, or leave the field out of the cache' };
}
