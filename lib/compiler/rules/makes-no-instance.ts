import { type HandlerRule, keyword, supportedFeatures } from './handler-rule';
import { replacementOf } from './uses-available-globals';

export const makesNoInstance: HandlerRule = {
  code: 'RES_NEW',
  severity: 'error',
  summary: 'nothing is made with "new"',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('NewExpression')) {
      // `throw new Error(…)` is one mistake.
      if (handler.tree.parentOf(node)?.type === 'ThrowStatement') continue;
      const { callee } = node;
      if (callee.type !== 'Identifier') {
        yield { at: keyword(node, 'new'), message: '"new" is not available', fix: 'use a plain object or array' };
      } else if (handler.names.bindingOf(callee)?.kind !== 'class') {
        // An instance of the module's own class goes with the class.
        yield { at: { start: node.start, end: callee.end }, message: `"new ${callee.name}" is not available`, fix: replacementOf(callee.name) ?? 'use a plain object or array' };
      }
    }
    for (const node of handler.nodes('MetaProperty')) {
      if (node.meta.name === 'new') yield { at: node, message: '"new.target" is not available', fix: 'pass what differs as a parameter' };
    }
  },
};
