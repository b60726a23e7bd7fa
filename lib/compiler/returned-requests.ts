/**
 * The request documents that a handler's `request` surely returns: a literal, a constant, a choice between them, or what a helper of AppSync
 * makes. Whatever is computed, spread or changed on the way is left out.
 */
import { operationOfHelper } from './analyze';
import { exportsOf } from './handler-program';
import type { ParsedModule } from './parsed-handler';
import type { Span } from './rules/handler-rule';
import { isFunction, literalText, type NodeOf, type SyntaxNode, writtenName } from './syntax-tree';
import { WrittenValues } from './written-values';

/** An object that the code writes out. */
export interface WrittenDocument {
  readonly at: Span;
  /** By name; of several with one name the last. */
  readonly members: ReadonlyMap<string, ReturnedMember>;
  /** False when it may have more members. */
  readonly isComplete: boolean;
}

export interface ReturnedRequest extends WrittenDocument {
  /** The data source that a helper makes the request for; the helper sees to it that it is whole. */
  readonly madeFor?: 'DynamoDB' | 'RDS' | 'Bedrock';
}

export interface ReturnedMember {
  readonly at: Span;
  /** Of a literal text. */
  readonly text?: string;
  /** Of a text of which the beginning at least is literal. */
  readonly beginning?: string;
  /** How many elements a list has that is written out as a whole. */
  readonly length?: number;
  /** The elements of a list that are objects. */
  readonly objects?: readonly WrittenDocument[];
}

export function readReturnedRequests({ tree, names }: ParsedModule): ReturnedRequest[] {
  const declaration = exportsOf(tree, names).get('request')?.declaration;
  const handler = declaration?.type === 'VariableDeclarator' ? declaration.init : declaration;
  if (!handler || !isFunction(handler)) return [];
  const values = new WrittenValues(tree, names);
  const returned =
    handler.body.type === 'BlockStatement'
      ? tree.nodes('ReturnStatement').flatMap((statement) => (statement.argument && tree.enclosing(statement, isFunction) === handler ? [statement.argument] : []))
      : [handler.body];
  return returned.flatMap(choices).flatMap((value) => {
    const constant = values.constant(value);
    const made = madeBy(constant?.type === 'CallExpression' ? constant : value, value, values);
    const object = made ? undefined : values.objectBehind(value);
    return made ?? (object && !values.isChanged(object) ? [documentOf(object, value, values)] : []);
  });
}

/** What a helper of AppSync makes; undefined for anything but a call of one. */
function madeBy(call: SyntaxNode, at: SyntaxNode, values: WrittenValues): ReturnedRequest[] | undefined {
  const { module, name = '' } = (call.type === 'CallExpression' ? values.helperOf(call.callee) : undefined) ?? {};
  if (call.type !== 'CallExpression') return undefined;
  switch (module) {
    case '@aws-appsync/utils/dynamodb':
      return asked('DynamoDB', operationOfHelper.get(name));
    case '@aws-appsync/utils/ai':
      return asked('Bedrock', operationsOfAi.get(name));
    case '@aws-appsync/utils/rds':
      return statementMakers.has(name) ? [{ at, members: new Map([['statements', { at }]]), isComplete: true, madeFor: 'RDS' }] : undefined;
    default:
      return undefined;
  }

  function asked(madeFor: 'DynamoDB' | 'Bedrock', operation: string | undefined): ReturnedRequest[] | undefined {
    if (operation === undefined || call.type !== 'CallExpression') return undefined;
    const object = call.arguments[0] && values.objectBehind(call.arguments[0]);
    const { members, isComplete } = object && !values.isChanged(object) ? documentOf(object, at, values) : { members: [], isComplete: false };
    return [{ at, members: new Map([...members, ['operation', { at, text: operation }]]), isComplete, madeFor }];
  }
}

const operationsOfAi: ReadonlyMap<string, string> = new Map([['invokeModel', 'InvokeModel'], ['converse', 'Converse']]);
const statementMakers: ReadonlySet<string> = new Set(['createPgStatement', 'createMySQLStatement']);

function documentOf(object: NodeOf<'ObjectExpression'>, at: SyntaxNode, values: WrittenValues): WrittenDocument {
  const members = object.properties.flatMap((property): [string, ReturnedMember][] => {
    const name = property.type === 'Property' ? writtenName(property) : undefined;
    // What stands before a spread may be overruled by it.
    return name === undefined || property.type !== 'Property' || values.member(object, name) !== property ? [] : [[name, memberOf(property.value, property.key, values)]];
  });
  return { at, members: new Map(members), isComplete: values.isComplete(object) };
}

function choices(value: SyntaxNode): SyntaxNode[] {
  if (value.type === 'ConditionalExpression') return [...choices(value.consequent), ...choices(value.alternate)];
  return [value.type === 'ParenthesizedExpression' ? value.expression : value];
}

function memberOf(value: SyntaxNode, key: SyntaxNode, values: WrittenValues): ReturnedMember {
  const constant = values.constant(value) ?? value;
  const text = literalText(constant);
  if (text !== undefined) return { at: value, text, beginning: text };
  if (constant.type !== 'ArrayExpression') return { at: key, ...beginningOf(constant) };
  const objects = constant.elements.flatMap((element) => {
    const object = element && values.objectBehind(element);
    return object && !values.isChanged(object) ? [documentOf(object, element, values)] : [];
  });
  return constant.elements.every((element) => element?.type !== 'SpreadElement') ? { at: value, length: constant.elements.length, objects } : { at: key, objects };
}

/** The literal that a template or a sum of texts starts with. */
function beginningOf(value: SyntaxNode): Pick<ReturnedMember, 'beginning'> {
  if (value.type === 'BinaryExpression' && value.operator === '+') {
    const text = literalText(value.left);
    return text === undefined ? beginningOf(value.left) : { beginning: text };
  }
  const first = value.type === 'TemplateLiteral' ? value.quasis[0]?.value.cooked : undefined;
  return first ? { beginning: first } : {};
}
