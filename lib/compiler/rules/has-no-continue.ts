import { type HandlerRule, keyword, supportedFeatures } from './handler-rule';

export const hasNoContinue: HandlerRule = {
  code: 'RES_CONTINUE',
  severity: 'error',
  summary: 'loops do not use "continue"',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('ContinueStatement')) {
      yield { at: keyword(node, 'continue'), message: '"continue" is not available', fix: 'put the rest of the loop body into an if, or filter the array first' };
    }
  },
};
