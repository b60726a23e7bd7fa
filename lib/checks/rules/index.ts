/** Every rule about a whole API, in the order their findings come. A new rule is a file beside this one and a line below. */
import { apiKeyExpiresWithinAYear } from './api-key-expires-within-a-year';
import type { ApiRule } from './api-rule';
import { authDirectiveModeIsConfigured } from './auth-directive-mode-is-configured';
import { dataSourceExists } from './data-source-exists';
import { fieldHasOneResolver } from './field-has-one-resolver';
import { pipelineFunctionExists } from './pipeline-function-exists';
import { resolverAnswersExistingField } from './resolver-answers-existing-field';
import { rootFieldHasResolver } from './root-field-has-resolver';

export const apiRules: readonly ApiRule[] = [
  resolverAnswersExistingField,
  fieldHasOneResolver,
  rootFieldHasResolver,
  authDirectiveModeIsConfigured,
  dataSourceExists,
  pipelineFunctionExists,
  apiKeyExpiresWithinAYear,
];
