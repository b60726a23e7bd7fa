/** The rules of subscriptions, and guards of any field, as the checks take them: what of a rule is in order, and findings about the rest. */
import { checkDeclaredFilter, checkGuardArguments, type DeclaredCondition, type DeclaredValue } from '../checks';
import { type Diagnostic, didYouMean, type SourceLocation } from '../diagnostics';
import type { SchemaModel } from '../sdl';
import type { Filter, FilterCondition, SubscriptionRule } from './filter';
import type { Guard } from './guard';
import { argumentsIn } from './subscription-code';
import type { Value } from './value';

/** Conditions that are in order, of a filter as a whole. */
export type CheckedAlternatives = readonly (readonly FilterCondition[])[];

export interface CheckedRule {
  readonly alternatives: CheckedAlternatives;
  /** Of all mutations that end it together. */
  readonly endings: CheckedAlternatives;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param schema undefined when it cannot be read, which is a finding of its own */
export function checkRule(schema: SchemaModel | undefined, field: string, rule: SubscriptionRule): CheckedRule {
  const own = checkFilter(schema, field, `Subscription.${field}`, rule.filter, true);
  const endings = rule.endings.map(({ mutation, filter, location }) => {
    const unknown = unknownMutation(schema, mutation, location);
    return unknown ? { alternatives: [], diagnostics: [unknown] } : checkFilter(schema, field, mutation, filter, false);
  });
  const ofGuards = rule.guards.flatMap((guard) => checkGuard(schema, `Subscription.${field}`, guard));
  return {
    alternatives: own.alternatives,
    endings: endings.flatMap(({ alternatives }) => alternatives),
    diagnostics: [...own.diagnostics, ...endings.flatMap(({ diagnostics }) => diagnostics), ...ofGuards],
  };
}

/** @param coordinate of the guarded field */
export function checkGuard(schema: SchemaModel | undefined, coordinate: string, { props, location }: Guard): Diagnostic[] {
  const names = new Set([...Object.values(props.key), ...Object.values(props.where ?? {})].flatMap(argumentsIn));
  return schema ? checkGuardArguments(schema, coordinate, [...names], location) : [];
}

function checkFilter(schema: SchemaModel | undefined, subscriptionField: string, coordinate: string, { alternatives }: Filter, mayLeaveOut: boolean): Pick<CheckedRule, 'alternatives' | 'diagnostics'> {
  if (!schema) return { alternatives, diagnostics: [] };
  // A condition may stand in several alternatives, and is one there too.
  const declared = new Map([...new Set(alternatives.flat())].map((condition) => [condition, declaredCondition(condition)]));
  const paired = alternatives.map((conditions) => conditions.flatMap((condition) => [declared.get(condition)].flatMap((other) => (other ? [{ condition, declared: other }] : []))));
  const found = checkDeclaredFilter(schema, { subscriptionField, coordinate, alternatives: paired.map((pairs) => pairs.map((pair) => pair.declared)), mayLeaveOut });
  return { alternatives: paired.map((pairs) => pairs.filter((pair) => !found.has(pair.declared)).map((pair) => pair.condition)), diagnostics: [...found.values()] };
}

function declaredCondition({ fieldName, operator, values, location }: FilterCondition): DeclaredCondition {
  return { fieldName, operator, values: values.map(declaredValue), location };
}

function declaredValue(value: Value): DeclaredValue {
  const { form } = value;
  switch (form.kind) {
    case 'argument':
    case 'fixed':
      return form;
    case 'identity':
      return { kind: 'computed', type: identityTypes[form.member], argumentNames: [] };
    case 'joined':
      return { kind: 'computed', type: 'text', argumentNames: argumentsIn(value) };
  }
}

/** Of members that are always of one type; a claim may be anything. */
const identityTypes: Readonly<Record<string, 'text' | 'list'>> = { sub: 'text', username: 'text', issuer: 'text', accountId: 'text', userArn: 'text', groups: 'list', sourceIp: 'list' };

function unknownMutation(schema: SchemaModel | undefined, mutation: string, location: SourceLocation | undefined): Diagnostic | undefined {
  const type = schema?.schema.getMutationType();
  if (!schema) return undefined;
  const known = Object.keys(type?.getFields() ?? {}).map((name) => `${type?.name}.${name}`);
  if (known.includes(mutation)) return undefined;
  return {
    code: 'RES_ENDING',
    severity: 'error',
    message: `"${mutation}" is to end subscriptions, but there is no such mutation`,
    ...(location ? { location } : {}),
    notes: [],
    fix: didYouMean(mutation, known) ?? (known.length > 0 ? `name one of ${known.join(', ')}` : 'name a mutation of the schema'),
  };
}
