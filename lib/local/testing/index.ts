/** What tests import: an API in process and its callers, and one resolver alone. */
export type { ApiSource } from './api-source';
export { type DataSourceStub, standIns } from './data-source-stubs';
export { apiKey, iam, lambdaAuthorizer, oidc, type TestIdentity, userPool } from './identities';
export { type AnswerError, GraphqlRequestError } from './request-error';
export { HandlerError, type HandlerContext, type HandlerOutcome, resolver, type ResolverUnderTest } from './resolver-under-test';
export { TestSetupError } from './setup-error';
export type { SubscriptionFeed } from './subscription-feed';
export { type LocalApiOptions, startLocalApi, type TestApi } from './test-api';
export type { Answer, TestClient } from './test-client';
