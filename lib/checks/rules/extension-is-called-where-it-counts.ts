import type { ExtensionCall } from '../../compiler';
import { didYouMean } from '../../diagnostics';
import { extensionCalls } from '../extension-calls';
import type { ApiFinding, ApiRule, ApiRuleInput } from './api-rule';

type RootType = 'Query' | 'Mutation' | 'Subscription';

/** Source: https://docs.aws.amazon.com/appsync/latest/devguide/extensions-js.html */
const homes: Readonly<Record<string, { readonly type: RootType; readonly isInResponse: boolean }>> = {
  setSubscriptionFilter: { type: 'Subscription', isInResponse: true },
  setSubscriptionInvalidationFilter: { type: 'Subscription', isInResponse: true },
  invalidateSubscriptions: { type: 'Mutation', isInResponse: true },
  evictFromApiCache: { type: 'Mutation', isInResponse: false },
};

/** Code of several fields is left alone as soon as one of them is of the right type; so is a call outside of the handlers. */
export const extensionIsCalledWhereItCounts: ApiRule = {
  code: 'API_EXTENSION',
  severity: 'warning',
  summary: 'code calls the functions of "extensions" for fields of the type they are about, and names fields that exist',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/extensions-js.html',
  *check(input) {
    for (const { call, location, resource, typeNames } of extensionCalls(input)) {
      const home = homes[call.name];
      const finding = home && (misplaced(call, home, typeNames, input) ?? unknownField(call, input));
      if (finding) yield { resource, location, ...finding };
    }
  },
};

function misplaced({ name, handler }: ExtensionCall, { type, isInResponse }: (typeof homes)[string], typeNames: readonly string[], { schema }: ApiRuleInput): ApiFinding | undefined {
  const roots = { Query: schema?.schema.getQueryType()?.name, Mutation: schema?.schema.getMutationType()?.name, Subscription: schema?.schema.getSubscriptionType()?.name };
  const home = roots[type] ?? type;
  if (!typeNames.includes(home)) return { message: `"${name}" does nothing for fields of "${typeNames[0]}"`, fix: `call it in a resolver of "${home}"` };
  return isInResponse && handler === 'request' ? { message: `"${name}" does nothing in "request"`, fix: 'call it in "response"' } : undefined;
}

function unknownField({ name, texts }: ExtensionCall, { schema }: ApiRuleInput): ApiFinding | undefined {
  if (!schema) return undefined;
  const [typeName, fieldName] = name === 'invalidateSubscriptions' ? [schema.schema.getSubscriptionType()?.name, texts.subscriptionField] : name === 'evictFromApiCache' ? texts.arguments : [];
  if (typeName === undefined || fieldName === undefined) return undefined;
  const type = schema.schema.getType(typeName);
  const known = type && 'getFields' in type ? Object.keys(type.getFields()) : [];
  if (known.includes(fieldName)) return undefined;
  return { message: `"${name}" is about ${typeName}.${fieldName}, which the schema does not have`, fix: didYouMean(fieldName, known) ?? `name a field of "${typeName}"` };
}
