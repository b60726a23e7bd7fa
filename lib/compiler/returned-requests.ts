/**
 * The request documents that a handler's `request` surely returns: a literal, a constant, a choice between them, or what a DynamoDB helper
 * makes of one. Whatever is computed, spread or changed on the way is left out.
 */
import { operationOfHelper } from './analyze';
import { exportsOf } from './handler-program';
import type { ParsedModule } from './parsed-handler';
import type { Span } from './rules/handler-rule';
import { isFunction, literalText, type SyntaxNode, writtenName } from './syntax-tree';
import { WrittenValues } from './written-values';

export interface ReturnedRequest {
  readonly at: Span;
  /** By name; of several with one name the last. */
  readonly members: ReadonlyMap<string, ReturnedMember>;
  /** False when it may have more members. */
  readonly isComplete: boolean;
}

export interface ReturnedMember {
  readonly at: Span;
  /** Of a literal text. */
  readonly text?: string;
  /** How many elements a list has that is written out as a whole. */
  readonly length?: number;
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
  return returned.flatMap(choices).flatMap((value): ReturnedRequest[] => {
    const operation = value.type === 'CallExpression' ? operationOfHelper.get(values.helperName(value.callee) ?? '') : undefined;
    const document = operation === undefined || value.type !== 'CallExpression' ? value : value.arguments[0];
    const object = document && values.objectBehind(document);
    if (!object || values.isChanged(object)) return operation === undefined ? [] : [{ at: value, members: new Map<string, ReturnedMember>([['operation', { at: value, text: operation }]]), isComplete: false }];
    const members = object.properties.flatMap((property): [string, ReturnedMember][] => {
      const name = property.type === 'Property' ? writtenName(property) : undefined;
      // What stands before a spread may be overruled by it.
      return name === undefined || property.type !== 'Property' || values.member(object, name) !== property ? [] : [[name, memberOf(property.value, property.key, values)]];
    });
    const made: [string, ReturnedMember][] = operation === undefined ? [] : [['operation', { at: value, text: operation }]];
    return [{ at: value, members: new Map([...members, ...made]), isComplete: values.isComplete(object) }];
  });
}

function choices(value: SyntaxNode): SyntaxNode[] {
  if (value.type === 'ConditionalExpression') return [...choices(value.consequent), ...choices(value.alternate)];
  return [value.type === 'ParenthesizedExpression' ? value.expression : value];
}

function memberOf(value: SyntaxNode, key: SyntaxNode, values: WrittenValues): ReturnedMember {
  const constant = values.constant(value) ?? value;
  const text = literalText(constant);
  if (text !== undefined) return { at: value, text };
  const isWhole = constant.type === 'ArrayExpression' && constant.elements.every((element) => element?.type !== 'SpreadElement');
  return isWhole ? { at: value, length: constant.elements.length } : { at: key };
}
