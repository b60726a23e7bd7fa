import type { HandlerProgram } from '../handler-program';
import { type NodeOf, type SyntaxNode, writtenTargets } from '../syntax-tree';
import { type HandlerRule, type Span, supportedFeatures } from './handler-rule';
import type { RefusedLoop } from './has-no-loop-but-for-of';

export const usesAvailableOperators: HandlerRule = {
  code: 'RES_OPERATOR',
  severity: 'error',
  summary: 'the operators ++, --, ~, in and instanceof are not used',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('UpdateExpression')) {
      if (isLoopCounter(node, handler)) continue;
      const at = node.prefix ? { start: node.start, end: node.start + 2 } : { start: node.end - 2, end: node.end };
      yield { at, message: `the operator "${node.operator}" is not available`, fix: `write ${textOf(node.argument, handler)} ${node.operator.charAt(0)}= 1` };
    }
    for (const node of handler.nodes('UnaryExpression')) {
      if (node.operator === '~') yield { at: { start: node.start, end: node.start + 1 }, message: 'the operator "~" is not available', fix: 'write -x - 1 for ~x' };
    }
    for (const node of handler.nodes('BinaryExpression')) {
      const at = between(node.left, node.operator, handler.code);
      if (node.operator === 'in') yield { at, message: 'the operator "in" is not available', fix: 'use Object.hasOwn(object, key)' };
      if (node.operator === 'instanceof') yield { at, message: 'the operator "instanceof" is not available', fix: 'compare typeof, or a member such as __typename' };
    }
  },
};

function between(left: Span, operator: string, code: string): Span {
  const start = code.indexOf(operator, left.end);
  return { start, end: start + operator.length };
}

function textOf(operand: Span, { code }: HandlerProgram): string {
  const text = code.slice(operand.start, operand.end);
  return text.length > 40 || text.includes('\n') ? 'x' : text;
}

/** Counting in a loop that is refused itself: the counter goes with the loop. */
function isLoopCounter(node: NodeOf<'UpdateExpression'>, { tree, names }: HandlerProgram): boolean {
  for (let loop = tree.enclosing(node, isRefusedLoop); loop; loop = tree.enclosing(loop, isRefusedLoop)) {
    if (loop.type === 'ForStatement' && loop.update && loop.update.start <= node.start && node.end <= loop.update.end) return true;
    const [counter] = writtenTargets(node.argument);
    const { test } = loop;
    if (counter?.type !== 'Identifier' || !test) continue;
    const references = names.bindingOf(counter)?.references ?? [];
    if (references.some(({ start }) => start >= test.start && start < test.end)) return true;
  }
  return false;
}

function isRefusedLoop(node: SyntaxNode): node is RefusedLoop {
  return node.type === 'ForStatement' || node.type === 'WhileStatement' || node.type === 'DoWhileStatement';
}
