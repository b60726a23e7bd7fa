import type { NodeOf, SyntaxNode } from '../syntax-tree';
import { type HandlerRule, supportedFeatures } from './handler-rule';

export const hasNoThis: HandlerRule = {
  code: 'RES_THIS',
  severity: 'error',
  summary: 'functions use their parameters, not "this"',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('ThisExpression', 'Super')) {
      // The class is what has to go.
      if (handler.tree.enclosing(node, isClass)) continue;
      yield { at: node, message: `"${node.type === 'Super' ? 'super' : 'this'}" is not available`, fix: 'pass the object as a parameter' };
    }
  },
};

function isClass(node: SyntaxNode): node is NodeOf<'ClassDeclaration' | 'ClassExpression'> {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}
