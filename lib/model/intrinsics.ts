/**
 * CloudFormation's intrinsic functions, evaluated. Names (`Ref`, `Fn::GetAtt`, exports, mappings) are looked up in a `Scope`;
 * this module knows the functions alone. What cannot be evaluated is reported on the scope and becomes a placeholder text,
 * so one odd value never hides the rest of a template.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
import type { Severity } from '../diagnostics';
import { asPlain, type Plain } from './template-file';

/** Where an expression stands; diagnostics name it. */
export interface Place {
  readonly logicalId: string;
  /** Path of the property, such as `DynamoDBConfig.TableName`. */
  readonly property: string;
}

/** What names mean in one stack. Every look-up reports its own failure and then returns a placeholder. */
export interface Scope {
  readonly region: string;
  /** A pseudo parameter, a parameter, or the physical id of a resource. `undefined` for `AWS::NoValue`. */
  ref(name: string, place: Place): unknown;
  attribute(logicalId: string, attribute: string, place: Place): unknown;
  condition(name: string, place: Place): boolean;
  /** The value of an export of any stack of the assembly. */
  imported(exportName: string, place: Place): unknown;
  /** The output of another stack, by names: `Fn::GetStackOutput`. */
  stackOutput(stackName: string, region: string, output: string, place: Place): unknown;
  readonly mappings: Plain;
  /**
   * Reports an expression without a local value.
   * @param severity `warning` for what only AWS knows, `error` for what AWS refuses. @default 'warning'
   * @returns the placeholder
   */
  unevaluable(reason: string, place: Place, fix?: string, severity?: Severity): string;
}

/** The text that stands in for a value that cannot be had. */
export function placeholderOf({ logicalId, property }: Place): string {
  return `${logicalId}.${property}`;
}

/**
 * The value of an expression: intrinsics are replaced at any depth, and `AWS::NoValue` leaves its key or element out.
 * Plain values come back unchanged.
 */
export function evaluate(expression: unknown, scope: Scope, place: Place): unknown {
  if (typeof expression !== 'object' || expression === null) return expression;
  if (Array.isArray(expression)) return expression.map((item) => evaluate(item, scope, place)).filter((item) => item !== undefined);
  const call = intrinsicOf(expression as Plain);
  if (call) return callIntrinsic(call.name, call.argument, scope, place);
  const entries = Object.entries(expression).map(([key, value]) => [key, evaluate(value, scope, place)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The call when the value is one: an object whose only key is the name of an intrinsic. */
export function intrinsicOf(value: Plain): { readonly name: string; readonly argument: unknown } | undefined {
  const keys = Object.keys(value);
  const name = keys.length === 1 ? keys[0]! : '';
  const argument = value[name];
  const isCall = name === 'Ref' || name.startsWith('Fn::') || (name === 'Condition' && typeof argument === 'string');
  return isCall ? { name, argument } : undefined;
}

/** A condition of the `Conditions` section or of `Fn::If`: one of `Fn::And`, `Fn::Or`, `Fn::Not`, `Fn::Equals`, `Condition`. */
export function evaluateCondition(expression: unknown, scope: Scope, place: Place): boolean {
  const value = evaluate(expression, scope, place);
  return value === true || value === 'true';
}

function callIntrinsic(name: string, argument: unknown, scope: Scope, place: Place): unknown {
  const malformed = (form: string) => scope.unevaluable(`${name} needs ${form}`, place, `write the argument of ${name} as ${form}`, 'error');
  /** Nothing there to take. A placeholder among the inputs was reported already, and is the cause. */
  const absent = (reason: string, inputs: readonly unknown[]) =>
    inputs.includes(placeholderOf(place)) ? placeholderOf(place) : scope.unevaluable(reason, place, 'correct the arguments', 'error');
  const valueOf = (expression: unknown) => evaluate(expression, scope, place);
  const parts = Array.isArray(argument) ? (argument as unknown[]) : [];

  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? scope.ref(argument, place) : malformed('the name of a resource or parameter');
    case 'Condition':
      return scope.condition(String(argument), place);
    case 'Fn::GetAtt': {
      const [logicalId, ...rest] = typeof argument === 'string' ? argument.split('.') : (parts.map(valueOf) as string[]);
      if (!logicalId || rest.length === 0) return malformed('[resource, attribute]');
      return scope.attribute(logicalId, rest.join('.'), place);
    }
    case 'Fn::Sub': {
      const [template, variables] = typeof argument === 'string' ? [argument, {}] : [parts[0], asPlain(parts[1])];
      return typeof template === 'string' ? substitute(template, asPlain(variables), scope, place) : malformed('a text, or [text, variables]');
    }
    case 'Fn::Join': {
      const [delimiter, items] = [valueOf(parts[0]), valueOf(parts[1])];
      if (typeof delimiter !== 'string' || !Array.isArray(items)) return malformed('[delimiter, [values]]');
      return items.map(textOf).join(delimiter);
    }
    case 'Fn::Split': {
      const [delimiter, text] = [valueOf(parts[0]), valueOf(parts[1])];
      return typeof delimiter === 'string' && delimiter !== '' && typeof text === 'string' ? text.split(delimiter) : malformed('[delimiter, text]');
    }
    case 'Fn::Select': {
      const [index, items] = [Number(valueOf(parts[0])), valueOf(parts[1])];
      if (!Array.isArray(items) || !Number.isInteger(index)) return malformed('[index, [values]]');
      return index >= 0 && index < items.length ? (items[index] as unknown) : absent(`Fn::Select asks for element ${index} of a list of ${items.length}`, items);
    }
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = parts;
      if (typeof condition !== 'string' || parts.length !== 3) return malformed('[condition name, value if true, value if false]');
      return valueOf(scope.condition(condition, place) ? whenTrue : whenFalse);
    }
    case 'Fn::Equals':
      return parts.length === 2 ? sameText(valueOf(parts[0]), valueOf(parts[1])) : malformed('[value, value]');
    case 'Fn::And':
      return parts.every((part) => evaluateCondition(part, scope, place));
    case 'Fn::Or':
      return parts.some((part) => evaluateCondition(part, scope, place));
    case 'Fn::Not':
      return parts.length === 1 ? !evaluateCondition(parts[0], scope, place) : malformed('[condition]');
    case 'Fn::FindInMap': {
      const keys = parts.slice(0, 3).map((part) => textOf(valueOf(part)));
      const [map = '', first = '', second = ''] = keys;
      const found = asPlain(asPlain(scope.mappings[map])[first])[second];
      if (found !== undefined) return found;
      const fallback = asPlain(parts[3]);
      if ('DefaultValue' in fallback) return valueOf(fallback.DefaultValue);
      return keys.length === 3 ? absent(`the mappings have no value for ${keys.join('.')}`, keys) : malformed('[map, first key, second key]');
    }
    case 'Fn::ImportValue':
      return scope.imported(textOf(valueOf(argument)), place);
    case 'Fn::GetStackOutput': {
      const { StackName, OutputName, Region } = asPlain(valueOf(argument));
      return scope.stackOutput(textOf(StackName), textOf(Region) || scope.region, textOf(OutputName), place);
    }
    case 'Fn::Base64':
      return Buffer.from(textOf(valueOf(argument))).toString('base64');
    case 'Fn::GetAZs': {
      const region = textOf(valueOf(argument)) || scope.region;
      return ['a', 'b', 'c'].map((zone) => region + zone);
    }
    case 'Fn::Length': {
      const list = valueOf(argument);
      return Array.isArray(list) ? list.length : malformed('a list');
    }
    case 'Fn::ToJsonString':
      return JSON.stringify(valueOf(argument));
    default:
      return scope.unevaluable(`${name} is evaluated by CloudFormation only`, place);
  }
}

/** `${Name}`, `${Name.Attribute}` and `${!Literal}`. */
function substitute(template: string, variables: Plain, scope: Scope, place: Place): string {
  return template.replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, inner: string) => {
    const name = inner.trim();
    if (literal) return `\${${inner}}`;
    if (Object.hasOwn(variables, name)) return textOf(evaluate(variables[name], scope, place));
    const dot = name.indexOf('.');
    return textOf(dot < 0 ? scope.ref(name, place) : scope.attribute(name.slice(0, dot), name.slice(dot + 1), place));
  });
}

/** CloudFormation compares and joins scalars as text: the number 1 equals "1". */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function sameText(a: unknown, b: unknown): boolean {
  return textOf(a) === textOf(b);
}
