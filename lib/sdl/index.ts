/** SDL text to a checked schema in AppSync's dialect. */
export { loadSchema, readSchemaFiles } from './load';
export type { AuthDirective, SchemaModel, SubscriptionField } from './schema-model';
