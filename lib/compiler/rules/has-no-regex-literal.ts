import { type HandlerRule, supportedFeatures } from './handler-rule';

export const hasNoRegexLiteral: HandlerRule = {
  code: 'RES_REGEX',
  severity: 'error',
  summary: 'there are no regular expression literals',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('Literal')) {
      if ('regex' in node && node.regex) {
        yield { at: node, message: 'regular expression literals are not available', fix: 'use util.matches(pattern, text), or replace(pattern, text) with the pattern as a string' };
      }
    }
  },
};
