/** Every code that running an API locally can give. */
import type { CodeSummary } from '../diagnostics';

export const localCodes: readonly CodeSummary[] = [
  { code: 'RUN_STATE_FOLDER', severity: 'error', summary: 'the state folder and the data in it can be made, read and written, and no other process holds them' },
  { code: 'RUN_TABLE_KEYS', severity: 'error', summary: 'a table that holds items keeps its key' },
  { code: 'RUN_SEED', severity: 'error', summary: 'seed data names tables of the APIs here, and items that fit them' },
  { code: 'RUN_PORT_IN_USE', severity: 'error', summary: 'the port is free' },
  { code: 'RUN_CANNOT_LISTEN', severity: 'error', summary: 'host and port are ones this machine can listen on' },
  { code: 'RUN_NO_USER_POOL', severity: 'error', summary: 'a token is asked of an API that has the user pool' },
  { code: 'RUN_EVALUATE', severity: 'error', summary: 'what is to be evaluated, and the context for it, is what AWS would take' },
];
