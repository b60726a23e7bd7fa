import { type RuleSummary, supportedFeatures } from './handler-rule';

/** Comes before all rules: without a tree there is nothing for them to read. */
export const parsesAsModule: RuleSummary = {
  code: 'RES_SYNTAX',
  severity: 'error',
  summary: 'the code is an ES module, in strict mode',
  url: supportedFeatures,
};
