// The API itself.
export { EnterpriseGraphqlApi, type EnterpriseGraphqlApiProps, type PipelineOptions } from './constructs/enterprise-graphql-api';
export type { ResolverStacks } from './constructs/resolver-stacks';
export type { TextAsset } from './constructs/text-asset';
// Who may call it.
export {
  type ApiKeyAuthorizationOptions,
  Authorization,
  type LambdaAuthorizationOptions,
  type OidcAuthorizationOptions,
  type UserPoolAuthorizationOptions,
} from './constructs/authorization';
export { FederatedUserPool, type FederatedUserPoolProps, IdentityProvider, type OidcProviderOptions, type SamlProviderOptions } from './constructs/federated-user-pool';
export { TenantIsolation, type TenantIsolationProps } from './constructs/tenant-isolation';
// What answers its fields.
export { AuroraSource, type AuroraSourceProps } from './constructs/aurora-source';
export { BedrockSource, type BedrockSourceProps } from './constructs/bedrock-source';
export { ApiDataSource, type AssumedRoleProps, type ResolveOptions } from './constructs/data-source';
export { ResolverStep } from './constructs/resolver-step';
export { DynamoTableSource, type DynamoTableSourceProps, type TableIndex } from './constructs/dynamo-table-source';
export { EventBridgeSource, type EventBridgeSourceProps } from './constructs/event-bridge-source';
export { type HttpSigning, HttpSource, type HttpSourceProps } from './constructs/http-source';
export { LambdaSource, type LambdaSourceProps, type TableAccessOptions } from './constructs/lambda-source';
export { NoneSource } from './constructs/none-source';
export { OpenSearchSource, type OpenSearchSourceProps } from './constructs/open-search-source';
export { SearchIndex } from './constructs/search-index';
// What happens in real time.
export { FieldFilter, Filter, type IdentityConditionOptions, SubscriptionRule } from './constructs/filter';
export { type FixedValue, Value } from './constructs/value';
export { Guard, type ItemGuardProps } from './constructs/guard';
export { RealtimeSubscriptions } from './constructs/realtime-subscriptions';
export { type EventBridgePublishProps, EventBridgePublisher, type IotPublishProps, IotPublisher, type PublishProps } from './constructs/publishing';
// What is kept for a while.
export { CacheSize, Caching, type CachingOptions } from './constructs/caching';
// What is proven at synth.
export { AppSyncChecks } from './constructs/appsync-checks';
