/** OpenSearch in memory: indexes, and the part of its REST API and Query DSL that resolvers use. */
export { type SearchAnswer, SearchCluster, type SearchRequest } from './cluster';
export { UnsupportedClause } from './search-error';
