/** The local AppSync. */
export { issueToken, roleKey, signatureHeaders, userKey } from './auth';
export { postgresUrlProblem } from './databases';
export { evaluate, type EvaluateAnswer, type EvaluateInput } from './evaluate';
export type { RequestTrace } from './execution/trace';
export { type LocalApi, type LocalAssembly, type LocalOptions, startLocal, type TokenClaims } from './local-api';
export { localCodes } from './local-codes';
export { type LocalServer, type OtherHandler, serve, type ServedApi, type ServeOptions } from './server';
export { openStateFolder, type StateFolder } from './state-folder';
export {
  type Answer,
  type AnswerError,
  apiKey,
  type ApiSource,
  type DataSourceStub,
  GraphqlRequestError,
  type HandlerContext,
  HandlerError,
  type HandlerOutcome,
  iam,
  lambdaAuthorizer,
  type LocalApiOptions,
  oidc,
  resolver,
  type ResolverUnderTest,
  standIns,
  startLocalApi,
  type SubscriptionFeed,
  type TestApi,
  type TestClient,
  type TestIdentity,
  TestSetupError,
  userPool,
} from './testing';
