/** Resolver TypeScript to the single-file APPSYNC_JS that AppSync accepts, and the proof that it will. */
export { analyzeHandler, type HandlerFacts } from './analyze';
export type { ApiSurface } from './api-surface';
export { type BundledFunction, type BundledHandler, bundleFunction, bundleHandlers, rebundleHandler, stripTypes } from './bundle';
export { checkHandlerCode } from './check';
export type { ContextPart } from './context-reads';
export { discoverResolvers, type PipelineSource, type ResolverSources } from './discover';
export type { ExtensionCall } from './extension-calls';
export { type ParsedHandler, parseHandler } from './parsed-handler';
export { type HandlerRequests, keyConditionNames, readRequests, type TableName, type TableRequest, type WrittenName, type WrittenObject } from './requests';
export { handlerRules } from './rules';
export { readSubscriptionFilters, type WrittenCondition, type WrittenFilters } from './subscription-filters';
