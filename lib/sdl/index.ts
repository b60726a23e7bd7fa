/** SDL text to a checked schema in AppSync's dialect. */
export { compareSchemas, type CompareOptions, type SafeChange, type SchemaDiff } from './diff';
export { authorizationModes } from './diff-access';
export { schemaChangeCodes } from './diff-codes';
export { exampleQuery, type ExampleQueryOptions } from './example-query';
export { loadSchema, mergeSchema, readSchemaFiles, sdlRules } from './load';
export type { RuleSummary } from './rules/sdl-rule';
export type { AdaptedDefinition, AuthDirective, SchemaModel, SubscriptionField } from './schema-model';
