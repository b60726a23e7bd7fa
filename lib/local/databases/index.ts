/** Aurora clusters on this machine: the RDS Data API over PostgreSQL in process. */
export { type DataApi, DataApiError, type StatementResult } from './data-api';
export { DatabaseUnavailable } from './local-database';
export { databaseOf, LocalDatabases, type LocalDatabasesOptions } from './local-databases';
export { hintNames, type SqlParameter, sqlParameter } from './sql-parameter';
