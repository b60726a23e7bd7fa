/** Every code that running an API locally can give. */
import type { CodeSummary } from '../diagnostics';

export const localCodes: readonly CodeSummary[] = [
  { code: 'RUN_STATE_FOLDER', severity: 'error', summary: 'the state folder and the data in it can be made, read and written, and no other process holds them' },
  { code: 'RUN_TABLE_KEYS', severity: 'error', summary: 'a table that holds items keeps its key' },
  { code: 'RUN_TABLE_ENDPOINT', severity: 'error', summary: 'what --dynamodb-endpoint names answers, and has the tables of the templates or lets them be made' },
  { code: 'RUN_SEED', severity: 'error', summary: 'seed data names tables of the APIs here, and items that fit them' },
  { code: 'RUN_PORT_IN_USE', severity: 'error', summary: 'the port is free' },
  { code: 'RUN_CANNOT_LISTEN', severity: 'error', summary: 'host and port are ones this machine can listen on' },
  { code: 'RUN_NO_USER_POOL', severity: 'error', summary: 'a token is asked of an API that has the user pool' },
  { code: 'RUN_NO_ROLE', severity: 'error', summary: 'credentials are asked of a role that the templates have' },
  { code: 'RUN_NO_USER', severity: 'error', summary: 'credentials are asked of a user that the templates have, with an active access key' },
  { code: 'RUN_EVALUATE', severity: 'error', summary: 'what is to be evaluated, and the context for it, is what AWS would take' },
  { code: 'RUN_TEST_SOURCE', severity: 'error', summary: 'a test starts something that holds an API, and says which one where there are several' },
  { code: 'RUN_TEST_NAME', severity: 'error', summary: 'a test names APIs, data sources and tables that are there' },
  { code: 'RUN_TEST_IDENTITY', severity: 'error', summary: 'a test calls as somebody the API has an authorization mode for' },
  { code: 'RUN_TEST_VALUE', severity: 'error', summary: 'a test hands in documents, items, stubs and times of the right kind' },
  { code: 'RUN_TEST_RESOLVER', severity: 'error', summary: 'a test names the file of a resolver' },
];
