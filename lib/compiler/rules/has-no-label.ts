import { type HandlerRule, supportedFeatures } from './handler-rule';

export const hasNoLabel: HandlerRule = {
  code: 'RES_LABEL',
  severity: 'error',
  summary: 'statements have no labels',
  url: supportedFeatures,
  *check(handler) {
    for (const { label } of handler.nodes('LabeledStatement')) {
      yield { at: label, message: `labels are not available: "${label.name}"`, fix: 'move the loop into a function and return from it' };
    }
  },
};
