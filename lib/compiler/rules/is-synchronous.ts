import { isFunction } from '../syntax-tree';
import { type HandlerRule, keyword, supportedFeatures } from './handler-rule';

const fix = 'drop it: handlers are synchronous; the data source is called between request and response';

export const isSynchronous: HandlerRule = {
  code: 'RES_ASYNC',
  severity: 'error',
  summary: 'nothing is async and nothing awaits',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression')) {
      if (!node.async) continue;
      const parent = handler.tree.parentOf(node);
      // A method's node starts at its parentheses; the keyword stands before the key.
      const isMethod = (parent?.type === 'Property' && parent.method) || parent?.type === 'MethodDefinition';
      yield { at: keyword(isMethod ? parent : node, 'async'), message: 'async functions are not available', fix };
    }
    // Inside an async function they come with it.
    for (const node of handler.nodes('AwaitExpression', 'ForOfStatement')) {
      if (node.type === 'ForOfStatement' && !node.await) continue;
      if (handler.tree.enclosing(node, isFunction) === undefined) yield { at: keyword(node, node.type === 'AwaitExpression' ? 'await' : 'for await'), message: '"await" is not available', fix };
    }
  },
};
