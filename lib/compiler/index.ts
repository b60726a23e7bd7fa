/** Resolver TypeScript to the single-file APPSYNC_JS that AppSync accepts, and the proof that it will. */
export { analyzeHandler, type HandlerFacts } from './analyze';
export { type BundledHandler, bundleHandlers, rebundleHandler } from './bundle';
export { checkHandlerCode } from './check';
export { discoverResolvers, type PipelineSource, type ResolverSources } from './discover';
export { handlerRules } from './rules';
