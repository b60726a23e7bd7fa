import { type HandlerRule, keyword, supportedFeatures } from './handler-rule';

export const hasNoThrow: HandlerRule = {
  code: 'RES_THROW',
  severity: 'error',
  summary: 'errors are raised with util.error, not with "throw"',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('ThrowStatement')) {
      yield { at: keyword(node, 'throw'), message: '"throw" is not available', fix: 'use util.error(message, errorType) instead' };
    }
  },
};
