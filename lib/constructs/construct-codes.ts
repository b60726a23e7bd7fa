/** Every code that constructs give: what shows neither in a file nor in the template. */
import type { CodeSummary } from '../diagnostics';

const filterPage = 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html';
const invalidationPage = 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-invalidation.html';
const resolverPage = 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-components.html';

export const constructCodes: readonly CodeSummary[] = [
  { code: 'RES_UNATTACHED', severity: 'error', summary: 'every resolver file and pipeline folder is attached by `resolve` or `pipeline`' },
  { code: 'RES_NO_SOURCE', severity: 'error', summary: 'a field that is attached has a resolver file or pipeline folder', url: resolverPage },
  { code: 'RES_PIPELINE_STEPS', severity: 'error', summary: 'a pipeline is given one data source for each of its step files', url: resolverPage },
  { code: 'API_FILTER_ARGUMENT', severity: 'error', summary: 'an argument that the rule of a subscription reads exists, and is a required one where leaving it out would say nothing clear', url: filterPage },
  { code: 'API_FILTER_TYPE', severity: 'error', summary: 'the rule of a subscription compares a field by an operator, and with a value, of its type', url: filterPage },
  { code: 'RES_ENDING', severity: 'error', summary: 'a mutation that is to end subscriptions exists and does so, for at most five subscription fields', url: invalidationPage },
  { code: 'RES_PUBLISH', severity: 'error', summary: 'what a backend publishes is a mutation that the schema has and that IAM may call', url: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html' },
];
