import { didYouMean } from '../../diagnostics';
import { apiReference } from '../api-references';
import { isApiFunction, type Shape } from '../api-surface';
import { literalText, type NodeOf, type SyntaxNode, writtenName } from '../syntax-tree';
import type { Finding, HandlerRule } from './handler-rule';

/**
 * AppSync has compiled code against the declarations of @aws-appsync/utils. Checked are values whose type shows where they are written:
 * literals, and the members of object literals. Whatever comes from elsewhere passes.
 * Later answers of EvaluateCode come from calls that those declarations forbid, so what would run is a warning: a member too many is ignored,
 * and numbers, strings and booleans stand in for each other.
 * Observed: github.com/aws/aws-appsync-community/issues/334 (2023); the tests of localstack/appsync-utils recorded against AWS (2026)
 */
export const passesFittingArguments: HandlerRule = {
  code: 'RES_HELPER_ARGUMENT',
  severity: 'error or warning',
  summary: 'literal arguments of AppSync helpers have the declared type, with every needed member and no unknown one',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/built-in-modules-js.html',
  *check(handler) {
    for (const call of handler.nodes('CallExpression')) {
      const callee = apiReference(call.callee, handler);
      if (!callee || !isApiFunction(callee.value)) continue;
      for (const [i, argument] of call.arguments.entries()) {
        // Behind a spread, places are not known.
        if (argument.type === 'SpreadElement') break;
        const shape = callee.value.parameters[i];
        if (shape) yield* misfits(argument, shape, callee.name, `argument ${i + 1} of "${callee.name}"`);
      }
    }
  },
};

/** @param helper the function's name; @param what how to speak of the value */
function misfits(value: SyntaxNode, shape: Shape, helper: string, what: string): Finding[] {
  if (shape === 'any') return [];
  if (typeof shape === 'object' && 'anyOf' in shape) return closest(shape.anyOf.map((each) => misfits(value, each, helper, what)));
  const kind = kindOf(value);
  if (kind === undefined || (kind === 'text' && typeof shape === 'object' && 'texts' in shape && fitsTexts(value, shape.texts))) return [];
  if (!accepts(shape, kind)) return [{ at: value, severity: isScalar(shape) && isScalar(kind) ? 'warning' : 'error', message: `${what} must be ${named(shape)}, got ${gotten(value, kind)}` }];
  if (typeof shape !== 'object') return [];
  // To TypeScript, a literal with a spread of anything in it is anything.
  if ((value.type === 'ArrayExpression' ? value.elements : value.type === 'ObjectExpression' ? value.properties : []).some((each) => each?.type === 'SpreadElement')) return [];
  if ('list' in shape && value.type === 'ArrayExpression') return value.elements.flatMap((element) => (element ? misfits(element, shape.list, helper, `an item of ${what}`) : []));
  if (value.type !== 'ObjectExpression') return [];
  if ('each' in shape) return writtenMembers(value).flatMap(({ name, property }) => misfits(property.value, shape.each, helper, `"${name}" of "${helper}"`));
  return 'required' in shape ? memberMisfits(value, shape, helper, what) : [];
}

function memberMisfits(object: NodeOf<'ObjectExpression'>, { required, optional }: Extract<Shape, { required: unknown }>, helper: string, what: string): Finding[] {
  const known = { ...required, ...optional };
  const members = writtenMembers(object);
  const found = members.flatMap(({ name, property }): Finding[] => {
    const shape = Object.hasOwn(known, name) ? known[name] : undefined;
    if (shape) return misfits(property.value, shape, helper, `"${name}" of "${helper}"`);
    const fix = didYouMean(name, Object.keys(known));
    return [{ at: property.key, severity: 'warning', message: `${what} has no member "${name}"`, ...(fix ? { fix } : {}) }];
  });
  // A computed name may be any.
  const isComplete = members.length === object.properties.length;
  const missing = isComplete ? Object.keys(required).filter((name) => !members.some((member) => member.name === name)) : [];
  if (missing.length === 0) return found;
  return [{ at: object, message: `${what} lacks ${missing.map((name) => `"${name}"`).join(' and ')}` }, ...found];
}

/** Members with names and values that stand in the literal; methods and getters are left to run time. */
function writtenMembers(object: NodeOf<'ObjectExpression'>): { name: string; property: NodeOf<'Property'> }[] {
  return object.properties.flatMap((property) => {
    const name = property.type === 'Property' && !property.computed ? writtenName(property) : undefined;
    return property.type === 'Property' && name !== undefined ? [{ name, property }] : [];
  });
}

/** Of several ways to read a declaration, the one with least to complain about: the fewest errors, then the fewest findings. */
function closest(readings: readonly Finding[][]): Finding[] {
  const errors = (reading: readonly Finding[]) => reading.filter(({ severity }) => severity !== 'warning').length;
  return readings.reduce((best, reading) => (errors(reading) - errors(best) || reading.length - best.length) < 0 ? reading : best);
}

type Kind = 'text' | 'number' | 'boolean' | 'list' | 'object';

/** What a value surely is; undefined for null, for what depends on other code, and for functions and patterns, which other rules refuse anywhere. */
function kindOf(value: SyntaxNode): Kind | undefined {
  switch (value.type) {
    case 'Literal':
      return typeof value.value === 'string' ? 'text' : typeof value.value === 'number' ? 'number' : typeof value.value === 'boolean' ? 'boolean' : undefined;
    case 'TemplateLiteral':
      return 'text';
    case 'ArrayExpression':
      return 'list';
    case 'ObjectExpression':
      return 'object';
    case 'UnaryExpression':
      return value.operator === '!' ? 'boolean' : value.operator === 'typeof' ? 'text' : value.operator === '-' && kindOf(value.argument) === 'number' ? 'number' : undefined;
    case 'BinaryExpression':
      if (['===', '!==', '==', '!=', '<', '<=', '>', '>='].includes(value.operator)) return 'boolean';
      return value.operator === '+' && [value.left, value.right].some((side) => kindOf(side) === 'text') ? 'text' : undefined;
    default:
      return undefined;
  }
}

function accepts(shape: Exclude<Shape, 'any' | { anyOf: unknown }>, kind: Kind): boolean {
  if (shape === 'string') return kind === 'text';
  if (shape === 'number' || shape === 'boolean') return kind === shape;
  if ('texts' in shape) return false;
  if ('list' in shape) return kind === 'list';
  // TypeScript takes a list for an object with members of any name.
  return kind === 'object' || (kind === 'list' && 'each' in shape);
}

/** What Java and JavaScript turn into each other. */
function isScalar(shape: Shape | Kind): boolean {
  return shape === 'string' || shape === 'text' || shape === 'number' || shape === 'boolean';
}

/** A text made at run time passes: only TypeScript could say which it may be. */
function fitsTexts(value: SyntaxNode, texts: readonly string[]): boolean {
  const text = literalText(value);
  return text === undefined || texts.includes(text);
}

function named(shape: Exclude<Shape, 'any' | { anyOf: unknown }>): string {
  if (shape === 'string') return 'a string';
  if (shape === 'number') return 'a number';
  if (shape === 'boolean') return 'true or false';
  if ('texts' in shape) return shape.texts.map((text) => `"${text}"`).join(', ').replace(/, (?=[^,]*$)/, ' or ');
  return 'list' in shape ? 'a list' : 'an object';
}

function gotten(value: SyntaxNode, kind: Kind): string {
  switch (kind) {
    case 'text': {
      const text = literalText(value);
      return text === undefined || text.length > 40 ? 'a string' : `"${text}"`;
    }
    case 'number':
    case 'boolean':
      return value.type === 'Literal' ? String(value.value) : kind === 'number' ? 'a number' : 'true or false';
    case 'list':
      return 'a list';
    case 'object':
      return 'an object';
  }
}
