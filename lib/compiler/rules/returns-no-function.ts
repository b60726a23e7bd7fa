import { isFunction, type SyntaxNode } from '../syntax-tree';
import { type HandlerRule, supportedFeatures } from './handler-rule';

export const returnsNoFunction: HandlerRule = {
  code: 'RES_FUNCTION_RETURN',
  severity: 'error',
  summary: 'functions do not return functions',
  url: supportedFeatures,
  *check(handler) {
    const returned: SyntaxNode[] = [
      ...handler.nodes('ReturnStatement').flatMap(({ argument }) => argument ?? []),
      ...handler.nodes('ArrowFunctionExpression').flatMap(({ body }) => (body.type === 'BlockStatement' ? [] : body)),
    ];
    for (const value of returned.flatMap(alternatives)) {
      if (!handler.names.functionBehind(value)) continue;
      const what = value.type === 'Identifier' ? `the function "${value.name}"` : 'a function';
      yield { at: isFunction(value) ? { start: value.start, end: value.body.start } : value, message: `${what} is returned from a function`, fix: 'return data; give the inner function all it needs as parameters' };
    }
  },
};

function alternatives(value: SyntaxNode): SyntaxNode[] {
  switch (value.type) {
    case 'ConditionalExpression':
      return [...alternatives(value.consequent), ...alternatives(value.alternate)];
    case 'LogicalExpression':
      return [...alternatives(value.left), ...alternatives(value.right)];
    default:
      return [value];
  }
}
