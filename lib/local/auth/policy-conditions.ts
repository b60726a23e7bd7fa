/**
 * Which statements of policies are in force for a request: their conditions, and the variables in conditions and resources.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, …_condition-single-vs-multi-valued-context-keys.html
 * and …_variables.html
 */
import { matchesPolicyPattern, type PolicyConditionModel, type PolicyStatementModel } from '../../model';
import { isInBlock } from '../ip-block';

/** The values that a request has for a condition key; none for a key that it does not have. */
export type ContextLookup = (key: string) => readonly string[] | 'UNKNOWN';

type Verdict = 'HOLDS' | 'FAILS' | 'UNKNOWN';

/** Hears of conditions that cannot be judged, and of those that keep an Allow from counting. */
export type ConditionListener = (condition: PolicyConditionModel, verdict: Exclude<Verdict, 'HOLDS'>, actual: readonly string[]) => void;

/**
 * The statements that count, without conditions and variables. In doubt nobody is let in: where an operator, a key or a value is not known,
 * an Allow does not count and a Deny does.
 */
export function statementsInForce(statements: readonly PolicyStatementModel[], lookup: ContextLookup, listener: ConditionListener): PolicyStatementModel[] {
  return statements.flatMap((statement) => {
    const { effect, isConditional, conditions, resources, notResources, ...rest } = statement;
    const verdict = isConditional ? verdictOn(conditions, lookup, (condition, one, actual) => (one === 'UNKNOWN' || effect === 'Allow') && listener(condition, one, actual)) : 'HOLDS';
    if (verdict === 'FAILS' || (verdict === 'UNKNOWN' && effect === 'Allow')) return [];
    const parts = { ...(resources && { resources: expanded(resources, lookup, effect) }), ...(notResources && { notResources: expanded(notResources, lookup, effect) }) };
    return [{ ...rest, effect, isConditional: false, ...parts }];
  });
}

/** Whether what counts depends on the request. */
export function hasConditions(statements: readonly PolicyStatementModel[]): boolean {
  return statements.some(({ isConditional, resources = [], notResources = [] }) => isConditional || [...resources, ...notResources].some((pattern) => pattern.includes('${')));
}

function verdictOn(conditions: readonly PolicyConditionModel[] | undefined, lookup: ContextLookup, listener: ConditionListener): Verdict {
  const verdicts = (conditions ?? []).map((condition) => {
    const verdict = judge(condition, lookup);
    const actual = lookup(condition.key);
    if (verdict !== 'HOLDS') listener(condition, verdict, actual === 'UNKNOWN' ? [] : actual);
    return verdict;
  });
  if (verdicts.includes('FAILS')) return 'FAILS';
  return conditions === undefined || verdicts.includes('UNKNOWN') ? 'UNKNOWN' : 'HOLDS';
}

function judge({ operator, key, values }: PolicyConditionModel, lookup: ContextLookup): Verdict {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const actual = lookup(key);
  if (actual === 'UNKNOWN' || values === undefined) return 'UNKNOWN';
  const isAbsent = actual.length === 0;
  if (name === 'Null') return verdict(values.some((value) => (value.toLowerCase() === 'true') === isAbsent));

  const isNegated = Object.hasOwn(negations, name);
  const base = isNegated ? (negations[name] ?? '') : name;
  const matches = Object.hasOwn(comparisons, base) ? comparisons[base] : undefined;
  if (!matches) return 'UNKNOWN';
  const wanted = values.map((value) => expand(value, lookup, takesWildcards.has(base)));
  if (wanted.some((value) => value.kind === 'UNKNOWN')) return 'UNKNOWN';
  const known = wanted.flatMap((value) => (value.kind === 'TEXT' ? [value.text] : []));

  if (isAbsent) return verdict(ifExists !== undefined || set === 'ForAllValues' || (isNegated && set === undefined));
  const passes = (value: string) => known.some((text) => matches(value, text)) !== isNegated;
  return verdict(set === 'ForAllValues' || (isNegated && set === undefined) ? actual.every(passes) : actual.some(passes));
}

function verdict(holds: boolean): Verdict {
  return holds ? 'HOLDS' : 'FAILS';
}

type Comparison = (actual: string, wanted: string) => boolean;

const equals: Comparison = (actual, wanted) => actual === wanted;
const number = (compare: (a: number, b: number) => boolean): Comparison => (actual, wanted) => compare(Number(actual), Number(wanted));
const date = (compare: (a: number, b: number) => boolean): Comparison => (actual, wanted) => compare(epochMs(actual), epochMs(wanted));
const orders = {
  Equals: (a: number, b: number) => a === b,
  LessThan: (a: number, b: number) => a < b,
  LessThanEquals: (a: number, b: number) => a <= b,
  GreaterThan: (a: number, b: number) => a > b,
  GreaterThanEquals: (a: number, b: number) => a >= b,
};

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: equals,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: (actual, wanted) => matchesPolicyPattern(guarded(actual), wanted),
  ...Object.fromEntries(Object.entries(orders).flatMap(([name, compare]) => [[`Numeric${name}`, number(compare)], [`Date${name}`, date(compare)]])),
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  BinaryEquals: equals,
  IpAddress: (actual, wanted) => isInBlock(wanted.includes('/') ? wanted : `${wanted}/${wanted.includes(':') ? 128 : 32}`, actual),
  ArnEquals: isArnLike,
  ArnLike: isArnLike,
};

/** Operators that hold when none of the values would match, and when the key is not there. */
const negations: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

const takesWildcards: ReadonlySet<string> = new Set(['StringLike', 'ArnEquals', 'ArnLike']);

/** Each of the six parts of an ARN by itself: no wildcard reaches past a colon but in the last one. */
function isArnLike(actual: string, wanted: string): boolean {
  const [parts, patterns] = [arnParts(guarded(actual)), arnParts(wanted)];
  return parts.length === patterns.length && parts.every((part, i) => matchesPolicyPattern(part, patterns[i] ?? ''));
}

function arnParts(arn: string): string[] {
  const [partition = '', ...rest] = arn.split(':');
  return [partition, ...rest.slice(0, 4), ...(rest.length > 4 ? [rest.slice(4).join(':')] : [])];
}

/** A date of ISO 8601, or seconds since 1970. */
function epochMs(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

/** Stand for `*` and `?` that are themselves: no text of a policy has them. */
const ownStar = '\uE000';
const ownMark = '\uE001';

function guarded(text: string): string {
  return text.replaceAll('*', ownStar).replaceAll('?', ownMark);
}

type Expansion = { readonly kind: 'TEXT'; readonly text: string } | { readonly kind: 'ABSENT' } | { readonly kind: 'UNKNOWN' };

/**
 * `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and `${*}`, `${?}`, `${$}` for the signs themselves.
 * @param isPattern values of variables are no wildcards there
 */
function expand(text: string, lookup: ContextLookup, isPattern: boolean): Expansion {
  let kind: Expansion['kind'] = 'TEXT';
  const own = (value: string) => (isPattern ? guarded(value) : value);
  const filled = text.replace(/\$\{([^},]+)(?:,\s*'([^']*)')?\}/g, (_whole, name: string, otherwise?: string) => {
    if (['*', '?', '$'].includes(name)) return own(name);
    const values = lookup(name.trim());
    if (values === 'UNKNOWN') kind = 'UNKNOWN';
    else if (values[0] !== undefined) return own(values[0]);
    else if (otherwise !== undefined) return own(otherwise);
    else if (kind === 'TEXT') kind = 'ABSENT';
    return '';
  });
  return { kind, text: filled };
}

/** A pattern with a variable that the request does not have matches nothing; with one that nobody knows, nothing is allowed and everything denied. */
function expanded(patterns: readonly string[], lookup: ContextLookup, effect: PolicyStatementModel['effect']): string[] {
  return patterns.flatMap((pattern) => {
    const expansion = expand(pattern, lookup, true);
    if (expansion.kind === 'TEXT') return [expansion.text];
    return expansion.kind === 'UNKNOWN' && effect === 'Deny' ? ['*'] : [];
  });
}
