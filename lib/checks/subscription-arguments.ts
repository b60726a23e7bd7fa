/**
 * Arguments of subscription fields as AppSync uses them when no resolver sets a filter of its own: each one that is given must equal
 * the field of the same name at the top of the mutation's result. An argument that names no such field silences the subscription.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html
 */
import {
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isInterfaceType,
  isRequiredArgument,
} from 'graphql';
import { didYouMean, type Note, type SourceLocation } from '../diagnostics';
import type { ApiModel, HandlerModel } from '../model';
import type { SchemaModel } from '../sdl';

export interface DeadArgument {
  /** `Subscription.field` */
  readonly field: string;
  readonly argument: GraphQLArgument;
  /** Completes "argument … can never match: ". */
  readonly why: string;
  /** True when every subscriber must give the argument and it names no field at all: nobody can receive anything. */
  readonly silences: boolean;
  readonly location?: SourceLocation;
  readonly notes: readonly Note[];
  readonly fix: string;
}

/** Arguments that can match nothing unless a resolver sets a filter. Assumed: AppSync's comparison of input objects may match. */
export function* deadArguments({ schema, unknownTypes, locationOf }: SchemaModel): Iterable<DeadArgument> {
  const subscriptionType = schema.getSubscriptionType();
  for (const field of Object.values(subscriptionType?.getFields() ?? {})) {
    const payload = getNamedType(field.type);
    if (unknownTypes.has(payload.name)) continue;
    const fields = isListType(getNullableType(field.type)) ? undefined : topLevelFields(payload, (type) => (isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type]));
    for (const argument of field.args) {
      const why = whyDead(argument, field, fields, unknownTypes);
      if (why === undefined) continue;
      const coordinate = `${subscriptionType?.name}.${field.name}`;
      const location = locationOf(`${coordinate}.${argument.name}`);
      const payloadLocation = locationOf(payload.name);
      const names = [...(fields?.values() ?? [])].flat().filter(({ type }) => kindOf(type, unknownTypes) === kindOf(argument.type, unknownTypes)).map(({ name }) => name);
      yield {
        field: coordinate,
        argument,
        why,
        silences: isRequiredArgument(argument) && fields !== undefined && fields.size > 0 && !fields.has(argument.name),
        ...(location ? { location } : {}),
        notes: fields && payloadLocation ? [{ message: `"${payload.name}" has the fields ${[...fields.keys()].join(', ')}`, location: payloadLocation }] : [],
        fix: (fields?.has(argument.name) ? undefined : didYouMean(argument.name, names)) ?? `set a filter in the resolver of ${coordinate} (RealtimeSubscriptions does, or extensions.setSubscriptionFilter), or remove the argument`,
      };
    }
  }
}

type Fields = ReadonlyMap<string, readonly GraphQLField<unknown, unknown>[]>;

/** By name; one of a union or interface may come from several types. Undefined for what has no fields. */
function topLevelFields(payload: GraphQLNamedType, typesOf: (type: GraphQLNamedType) => readonly GraphQLNamedType[]): Fields | undefined {
  if (!isCompositeType(payload)) return undefined;
  const fields = new Map<string, GraphQLField<unknown, unknown>[]>();
  for (const type of typesOf(payload))
    if (isObjectType(type) || isInterfaceType(type)) for (const field of Object.values(type.getFields())) fields.set(field.name, [...(fields.get(field.name) ?? []), field]);
  return fields;
}

function whyDead(argument: GraphQLArgument, subscription: GraphQLField<unknown, unknown>, fields: Fields | undefined, unknownTypes: ReadonlySet<string>): string | undefined {
  const payload = getNamedType(subscription.type).name;
  if (!fields) return `the subscription delivers "${getNullableType(subscription.type).toString()}", which has no field to compare it with`;
  const namesakes = fields.get(argument.name);
  if (!namesakes) return `"${payload}" has no field "${argument.name}"`;
  const given = kindOf(argument.type, unknownTypes);
  if (given === undefined || namesakes.some(({ type }) => [undefined, given].includes(kindOf(type, unknownTypes)))) return undefined;
  return `"${argument.type.toString()}" never equals "${String(namesakes[0]?.type)}", the type of ${payload}.${argument.name}`;
}

/** Values of two kinds are never equal. Undefined where that is not sure: unknown types, input objects, parsed JSON. */
export function kindOf(type: GraphQLType, unknownTypes: ReadonlySet<string>): 'text' | 'number' | 'boolean' | 'list' | 'object' | undefined {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return 'list';
  if (isInputObjectType(nullable)) return undefined;
  if (isCompositeType(nullable)) return 'object';
  if (isEnumType(nullable)) return 'text';
  const name = getNamedType(nullable).name;
  if (unknownTypes.has(name) || name === 'AWSJSON') return undefined;
  if (['Int', 'Float', 'AWSTimestamp'].includes(name)) return 'number';
  return name === 'Boolean' ? 'boolean' : 'text';
}

/** Whether a resolver replaces the comparison of arguments. Undefined when its code is not known. */
export function setsFilter({ resolvers, functions }: ApiModel, field: string): boolean | undefined {
  const resolver = resolvers.find(({ typeName, fieldName }) => `${typeName}.${fieldName}` === field);
  if (!resolver) return false;
  const steps = resolver.functionIds.map((id) => functions.find(({ functionId }) => functionId === id)?.handler);
  const answers = [resolver.handler, ...steps].map((handler) => handler && handlerSetsFilter(handler));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function handlerSetsFilter(handler: HandlerModel): boolean | undefined {
  switch (handler.kind) {
    case 'APPSYNC_JS':
      return mentionsFilter(handler.code.text);
    case 'VTL':
      return handler.request || handler.response ? [handler.request, handler.response].some((template) => template !== undefined && mentionsFilter(template.text)) : undefined;
    case 'DIRECT':
      return false;
  }
}

export function mentionsFilter(code: string): boolean {
  return code.includes('setSubscriptionFilter');
}
