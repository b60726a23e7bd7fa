/** Every code that constructs give: what shows neither in a file nor in the template. */
import type { CodeSummary } from '../diagnostics';

const resolverPage = 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-components.html';

export const constructCodes: readonly CodeSummary[] = [
  { code: 'RES_UNATTACHED', severity: 'error', summary: 'every resolver file and pipeline folder is attached by `resolve` or `pipeline`' },
  { code: 'RES_NO_SOURCE', severity: 'error', summary: 'a field that is attached has a resolver file or pipeline folder', url: resolverPage },
  { code: 'RES_PIPELINE_STEPS', severity: 'error', summary: 'a pipeline is given one data source for each of its step files', url: resolverPage },
];
