import { type HandlerRule, keyword, supportedFeatures } from './handler-rule';

export const hasNoClass: HandlerRule = {
  code: 'RES_CLASS',
  severity: 'error',
  summary: 'there are no classes',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('ClassDeclaration', 'ClassExpression')) {
      yield { at: keyword(node, 'class'), message: node.id ? `classes are not available: "${node.id.name}"` : 'classes are not available', fix: 'use functions and plain objects' };
    }
  },
};
