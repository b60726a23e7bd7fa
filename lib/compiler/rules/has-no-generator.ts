import { type HandlerRule, supportedFeatures } from './handler-rule';

export const hasNoGenerator: HandlerRule = {
  code: 'RES_GENERATOR',
  severity: 'error',
  summary: 'there are no generators: no function*, no yield',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('FunctionDeclaration', 'FunctionExpression')) {
      if (!node.generator) continue;
      const parent = handler.tree.parentOf(node);
      const isMethod = (parent?.type === 'Property' && parent.method) || parent?.type === 'MethodDefinition';
      const start = isMethod ? parent.start : node.start;
      const star = handler.code.indexOf('*', start) + 1;
      yield { at: { start, end: star }, message: 'generator functions are not available', fix: 'return an array' };
    }
  },
};
