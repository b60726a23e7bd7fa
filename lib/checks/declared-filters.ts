/**
 * Rules of subscriptions that a stack declares, compared with the schema before code is made of them: fields, arguments and types.
 * The constructs hand over plain data, and leave out of the code what is reported here, so that nothing is reported twice.
 */
import { getNamedType, getNullableType, type GraphQLField, type GraphQLType, isEnumType, isListType, isNonNullType, isObjectType } from 'graphql';
import { type Diagnostic, didYouMean, type SourceLocation } from '../diagnostics';
import type { SchemaModel } from '../sdl';
import { kindOf } from './subscription-arguments';
import { followPath } from './subscription-filters';

/** What a field is compared with. */
export type DeclaredValue =
  | { readonly kind: 'argument'; readonly name: string }
  | { readonly kind: 'fixed'; readonly value: unknown }
  /** Of the caller, or composed: a text, a list of texts, or undefined for anything. */
  | { readonly kind: 'computed'; readonly type: 'text' | 'list' | undefined; readonly argumentNames: readonly string[] };

export interface DeclaredCondition {
  readonly fieldName: string;
  readonly operator: string;
  /** Two for `between`, else one. */
  readonly values: readonly DeclaredValue[];
  readonly location: SourceLocation | undefined;
}

export interface DeclaredFilter {
  /** The field that takes the arguments. */
  readonly subscriptionField: string;
  /** `Type.field` whose result is compared: the subscription itself, or a mutation that ends it. */
  readonly coordinate: string;
  /** One of them must hold, of each every condition. */
  readonly alternatives: readonly (readonly DeclaredCondition[])[];
  /** Whether what is compared may be left out by the caller: then everything passes. */
  readonly mayLeaveOut: boolean;
}

const mostLevels = 5;
const mostFields = 5;
const mostAlternatives = 10;
const mostCharacters = 256;
const mostMembers: Readonly<Record<string, number>> = { in: 5, notIn: 5, containsAny: 20 };

type Problem = Pick<Diagnostic, 'code' | 'message' | 'fix'> & Partial<Pick<Diagnostic, 'notes'>>;

/** Findings by the condition they are about: the first of each. Nothing about fields that do not exist: those are findings of their own. */
export function checkDeclaredFilter(schema: SchemaModel, filter: DeclaredFilter): ReadonlyMap<DeclaredCondition, Diagnostic> {
  const subscription = schema.schema.getSubscriptionType()?.getFields()[filter.subscriptionField];
  const compared = fieldAt(schema, filter.coordinate);
  if (!subscription || !compared) return new Map();
  const found = new Map<DeclaredCondition, Diagnostic>();
  for (const condition of new Set(filter.alternatives.flat())) {
    const isInAll = filter.alternatives.every((alternative) => alternative.includes(condition));
    const problem = problemOf(condition, subscription, compared, schema, filter, filter.mayLeaveOut && isInAll);
    if (problem) found.set(condition, diagnostic(problem, condition.location));
  }
  const first = filter.alternatives.flat()[0];
  const size = sizeProblem(filter);
  if (first && size && found.size === 0) found.set(first, diagnostic(size, first.location));
  return found;
}

/**
 * Arguments that a guard's key is made of.
 * @param coordinate of the guarded field. What a subscription leaves out is not said, and so must be required; other fields may look at what they were given
 */
export function checkGuardArguments(schema: SchemaModel, coordinate: string, names: readonly string[], location: SourceLocation | undefined): Diagnostic[] {
  const field = fieldAt(schema, coordinate);
  if (!field) return [];
  const isSubscription = coordinate.startsWith(`${schema.schema.getSubscriptionType()?.name}.`);
  return names.flatMap((name) => {
    const problem = argumentProblem(name, field, schema, coordinate, !isSubscription);
    return problem ? [diagnostic(problem, location)] : [];
  });
}

function problemOf(condition: DeclaredCondition, subscription: Field, compared: Field, schema: SchemaModel, filter: DeclaredFilter, mayLeaveOut: boolean): Problem | undefined {
  const { fieldName, operator, values } = condition;
  const path = followPath(schema, getNamedType(compared.type), fieldName);
  if (path.kind === 'MISSING') {
    return { code: 'API_FILTER_FIELD', message: `the filter of ${filter.coordinate} tests "${fieldName}", but "${path.typeName}" has no field "${path.name}"`, fix: didYouMean(path.name, path.known) ?? `test one of the fields ${path.known.join(', ')}` };
  }
  const levels = fieldName.split('.').length;
  if (levels > mostLevels) return { code: 'API_FILTER_LIMIT', message: `the filter of ${filter.coordinate} reads "${fieldName}", ${levels} levels deep: AppSync ignores what is deeper than ${mostLevels}`, fix: 'deliver the value in a field further up' };
  for (const value of values) {
    const names = value.kind === 'argument' ? [value.name] : value.kind === 'computed' ? value.argumentNames : [];
    const problem = names.map((name) => argumentProblem(name, subscription, schema, `Subscription.${filter.subscriptionField}`, mayLeaveOut)).find(Boolean);
    if (problem) return problem;
    const limit = value.kind === 'fixed' ? fixedLimit(value.value, condition, filter) : undefined;
    if (limit) return limit;
  }
  if (path.kind !== 'FOUND') return undefined;
  const field = { name: fieldName, type: path.type };
  return operatorProblem(operator, field, schema, filter) ?? values.map((value) => valueProblem(value, operator, field, subscription, schema, filter)).find(Boolean);
}

type Field = GraphQLField<unknown, unknown>;
type Tested = { readonly name: string; readonly type: GraphQLType };
type Kind = ReturnType<typeof kindOf>;

function argumentProblem(name: string, field: Field, schema: SchemaModel, coordinate: string, mayLeaveOut: boolean): Problem | undefined {
  const argument = field.args.find((candidate) => candidate.name === name);
  if (!argument) {
    const known = field.args.map((candidate) => candidate.name);
    return { code: 'API_FILTER_ARGUMENT', message: `${coordinate} has no argument "${name}"`, fix: didYouMean(name, known) ?? (known.length > 0 ? `use one of ${known.join(', ')}` : `add the argument to ${coordinate}`), ...declaredAt(schema, coordinate) };
  }
  if (mayLeaveOut || isNonNullType(argument.type)) return undefined;
  return { code: 'API_FILTER_ARGUMENT', message: `argument "${name}" of ${coordinate} may be left out, and what then holds is not said`, fix: `make it required: "${name}: ${argument.type.toString()}!"`, ...declaredAt(schema, `${coordinate}.${name}`) };
}

function operatorProblem(operator: string, field: Tested, schema: SchemaModel, { coordinate }: DeclaredFilter): Problem | undefined {
  const kind = kindOf(field.type, schema.unknownTypes);
  const allowed = operatorsFor(kind);
  if (allowed === undefined || allowed.includes(operator)) return undefined;
  const what = `the filter of ${coordinate} compares "${field.name}", which is "${field.type.toString()}", by "${operator}"`;
  return { code: 'API_FILTER_TYPE', message: what, fix: allowed.length > 0 ? `use ${allowed.map((name) => `"${name}"`).join(', ')}` : 'test one of its fields, with a dotted path' };
}

/** Undefined: not sure, so any. */
function operatorsFor(kind: Kind): readonly string[] | undefined {
  const equality = ['eq', 'ne', 'in', 'notIn'];
  const order = ['le', 'lt', 'ge', 'gt', 'between'];
  switch (kind) {
    case 'text':
      return [...equality, ...order, 'beginsWith', 'contains', 'notContains'];
    case 'number':
      return [...equality, ...order];
    case 'boolean':
      return equality;
    case 'list':
      return ['contains', 'notContains', 'containsAny'];
    case 'object':
      return [];
    case undefined:
      return undefined;
  }
}

function valueProblem(value: DeclaredValue, operator: string, field: Tested, subscription: Field, schema: SchemaModel, { coordinate }: DeclaredFilter): Problem | undefined {
  const takesList = operator in mostMembers;
  const member = isListType(getNullableType(field.type)) ? memberType(field.type) : field.type;
  const wanted = kindOf(member, schema.unknownTypes);
  const mismatch = (what: string, fix: string): Problem => ({ code: 'API_FILTER_TYPE', message: `the filter of ${coordinate} compares "${field.name}", which is "${field.type.toString()}", with ${what}`, fix });
  switch (value.kind) {
    case 'argument': {
      const type = subscription.args.find(({ name }) => name === value.name)?.type;
      if (!type) return undefined;
      const what = `argument "${value.name}", which is "${type.toString()}"`;
      if (isListType(getNullableType(type)) !== takesList) return mismatch(`${what}, by "${operator}"`, takesList ? 'give a list, or use "equals"' : 'use "isOneOf", or an argument that is no list');
      const given = kindOf(takesList ? memberType(type) : type, schema.unknownTypes);
      return differ(wanted, given) ? mismatch(what, 'compare values of one type') : undefined;
    }
    case 'fixed':
      return fixedProblem(value.value, takesList, wanted, member, mismatch, operator);
    case 'computed': {
      if (value.type === undefined) return undefined;
      if ((value.type === 'list') !== takesList) return mismatch(`a ${value.type}, by "${operator}"`, takesList ? 'compare with a list' : 'use "isOneOf"');
      return differ(wanted, 'text') ? mismatch('a text', 'compare values of one type') : undefined;
    }
  }
}

function fixedProblem(value: unknown, takesList: boolean, wanted: Kind, member: GraphQLType, mismatch: (what: string, fix: string) => Problem, operator: string): Problem | undefined {
  if (Array.isArray(value) !== takesList) return mismatch(`${JSON.stringify(value)}, by "${operator}"`, takesList ? 'give a list' : 'use "isOneOf", or give a single value');
  const named = getNamedType(member);
  for (const one of (takesList ? value : [value]) as readonly unknown[]) {
    if (differ(wanted, typeof one === 'string' ? 'text' : typeof one === 'number' ? 'number' : 'boolean')) return mismatch(JSON.stringify(one), 'compare values of one type');
    // A part of an enum's name is no name, but may begin it.
    if (isEnumType(named) && ['eq', 'ne', 'in', 'notIn', 'containsAny'].includes(operator) && !named.getValue(String(one))) {
      const names = named.getValues().map(({ name }) => name);
      return mismatch(JSON.stringify(one), didYouMean(String(one), names) ?? `use one of ${names.join(', ')}`);
    }
  }
  return undefined;
}

function fixedLimit(value: unknown, { operator, fieldName }: DeclaredCondition, { coordinate }: DeclaredFilter): Problem | undefined {
  const limited = (message: string, fix: string): Problem => ({ code: 'API_FILTER_LIMIT', message: `the filter of ${coordinate} compares "${fieldName}" with ${message}`, fix });
  const most = mostMembers[operator];
  if (Array.isArray(value) && most !== undefined && (value.length === 0 || value.length > most)) return limited(`${value.length} values by "${operator}", 1 to ${most} are allowed`, value.length === 0 ? 'compare with at least one value' : 'compare with fewer values');
  const longest = Math.max(...(Array.isArray(value) ? value : [value]).map((one: unknown) => (typeof one === 'string' ? one.length : 0)));
  return longest > mostCharacters ? limited(`a text of ${longest} characters, ${mostCharacters} are allowed`, 'compare with a shorter text') : undefined;
}

/** AppSync rewrites each `in` to one filter per value; a list that is an argument counts as one, because it may be that short. */
function sizeProblem({ alternatives, coordinate }: DeclaredFilter): Problem | undefined {
  const fields = Math.max(...alternatives.map((conditions) => new Set(conditions.map(({ fieldName }) => fieldName)).size));
  if (fields > mostFields) return { code: 'API_FILTER_LIMIT', message: `the filter of ${coordinate} tests ${fields} fields at once, ${mostFields} are allowed`, fix: 'test fewer fields' };
  const expanded = alternatives.reduce((sum, conditions) => sum + conditions.reduce((product, { operator, values: [value] }) => (operator === 'in' && value?.kind === 'fixed' && Array.isArray(value.value) ? product * value.value.length : product), 1), 0);
  if (expanded <= mostAlternatives) return undefined;
  return { code: 'API_FILTER_LIMIT', message: `the filter of ${coordinate} has ${expanded} alternatives, counting each value of "in", ${mostAlternatives} are allowed`, fix: 'use fewer alternatives' };
}

function differ(one: Kind, other: Kind): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

function memberType(type: GraphQLType): GraphQLType {
  const nullable = getNullableType(type);
  return isListType(nullable) ? nullable.ofType : type;
}

function fieldAt({ schema }: SchemaModel, coordinate: string): Field | undefined {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  return isObjectType(type) ? type.getFields()[fieldName] : undefined;
}

function declaredAt(schema: SchemaModel, coordinate: string): Pick<Problem, 'notes'> {
  const location = schema.locationOf(coordinate);
  return location ? { notes: [{ message: 'it is declared here', location }] } : {};
}

function diagnostic(problem: Problem, location: SourceLocation | undefined): Diagnostic {
  return { severity: 'error', notes: [], ...problem, ...(location ? { location } : {}) };
}
