/** The local AppSync. */
export { issueToken } from './auth';
export { evaluate, type EvaluateAnswer, type EvaluateInput } from './evaluate';
export { type LocalApi, type LocalAssembly, type LocalOptions, startLocal, type TokenClaims } from './local-api';
export { localCodes } from './local-codes';
export { type LocalServer, serve, type ServedApi, type ServeOptions } from './server';
export { openStateFolder, type StateFolder } from './state-folder';
