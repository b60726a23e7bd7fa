/** The filters that resolvers of subscriptions set, as far as code and templates write them out, and the fields they are about. */
import { getNamedType, getNullableType, type GraphQLField, type GraphQLNamedType, type GraphQLOutputType, isAbstractType, isInterfaceType, isListType, isObjectType } from 'graphql';
import { parseHandler, readSubscriptionFilters, type WrittenCondition } from '../compiler';
import { locationAt, type ResourceRef, type SourceFile, type SourceLocation } from '../diagnostics';
import type { ApiModel, HandlerModel } from '../model';
import type { SchemaModel } from '../sdl';

export interface SubscriptionFilter {
  /** `Subscription.field` */
  readonly coordinate: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly resource: ResourceRef;
  readonly conditions: readonly WrittenCondition[];
  readonly groups: readonly (readonly (readonly WrittenCondition[])[])[];
  locate(at: { readonly start: number; readonly end: number }): SourceLocation;
}

export function* subscriptionFilters({ resolvers, functions }: ApiModel, { schema }: SchemaModel): Iterable<SubscriptionFilter> {
  const subscriptionType = schema.getSubscriptionType();
  if (!subscriptionType) return;
  const fields = subscriptionType.getFields();
  for (const { typeName, fieldName, handler, functionIds, resource } of resolvers) {
    const field = fields[fieldName];
    if (typeName !== subscriptionType.name || !field) continue;
    const steps = functionIds.flatMap((id) => functions.find(({ functionId }) => functionId === id) ?? []);
    for (const part of [{ handler, resource }, ...steps])
      for (const filters of filtersOf(part.handler)) yield { coordinate: `${typeName}.${fieldName}`, field, resource: part.resource, ...filters };
  }
}

type WrittenPart = Pick<SubscriptionFilter, 'conditions' | 'groups' | 'locate'>;

function filtersOf(handler: HandlerModel): WrittenPart[] {
  switch (handler.kind) {
    case 'APPSYNC_JS': {
      const found = handler.code.text.includes('setSubscriptionFilter') ? readSubscriptionFilters(parseHandler(handler.code, handler.sourceMap)) : undefined;
      return found ? [found] : [];
    }
    case 'VTL':
      return [handler.request, handler.response].flatMap((template) => (template ? (templateFilters(template) ?? []) : []));
    case 'DIRECT':
      return [];
  }
}

/** Templates write filters as JSON; field names alone can be told without running them. */
function templateFilters(template: SourceFile): WrittenPart | undefined {
  const { text } = template;
  if (!text.includes('setSubscriptionFilter') || text.includes('setSubscriptionInvalidationFilter')) return undefined;
  const conditions = [...text.matchAll(/(["'])fieldName\1\s*:\s*(["'])([A-Za-z_][\w.]*)\2/g)].map((match): WrittenCondition => {
    const name = match[3] ?? '';
    const end = match.index + match[0].length - 1;
    return { field: { name, at: { start: end - name.length, end } } };
  });
  return { conditions, groups: [], locate: ({ start, end }) => locationAt(template, start, end - start) };
}

export type FieldPath =
  | { readonly kind: 'FOUND'; readonly type: GraphQLOutputType; readonly isList: boolean }
  | { readonly kind: 'MISSING'; readonly typeName: string; readonly name: string; readonly known: readonly string[] }
  /** Leads through a list. */
  | { readonly kind: 'IN_LIST'; readonly list: string }
  /** Below an unknown type, JSON, or where the members of a union disagree. */
  | { readonly kind: 'UNKNOWN' };

/** Follows a dotted path from the type that a subscription delivers. */
export function followPath({ schema, unknownTypes }: SchemaModel, delivered: GraphQLNamedType, path: string): FieldPath {
  let type = delivered;
  let fieldType: GraphQLOutputType | undefined;
  let isList = false;
  const walked: string[] = [];
  for (const name of path.split('.')) {
    if (isList) return { kind: 'IN_LIST', list: walked.join('.') };
    if (unknownTypes.has(type.name) || type.name === 'AWSJSON' || name === '__typename') return { kind: 'UNKNOWN' };
    const types = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
    const fields = types.flatMap((one) => (isObjectType(one) || isInterfaceType(one) ? Object.values(one.getFields()) : []));
    const found = fields.filter((field) => field.name === name);
    const [first] = found;
    if (!first) return { kind: 'MISSING', typeName: type.name, name, known: [...new Set(fields.map((field) => field.name))] };
    if (found.some((field) => field.type.toString() !== first.type.toString())) return { kind: 'UNKNOWN' };
    walked.push(name);
    fieldType = first.type;
    isList = isListType(getNullableType(fieldType));
    type = getNamedType(fieldType);
  }
  return fieldType ? { kind: 'FOUND', type: fieldType, isList } : { kind: 'UNKNOWN' };
}
