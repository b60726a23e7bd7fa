import { type HandlerRule, keyword, supportedFeatures } from './handler-rule';

export const hasNoTry: HandlerRule = {
  code: 'RES_TRY',
  severity: 'error',
  summary: 'nothing is caught: there is no try, catch or finally',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('TryStatement')) {
      const parts = ['try', ...(node.handler ? ['catch'] : []), ...(node.finalizer ? ['finally'] : [])].join('/');
      yield { at: keyword(node, 'try'), message: `"${parts}" is not available`, fix: 'test for the bad case with if; a failed data source shows in ctx.error of the response handler' };
    }
  },
};
