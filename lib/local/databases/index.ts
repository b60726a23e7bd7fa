/** Aurora clusters on this machine: the RDS Data API over a PostgreSQL in process, or one that the user runs. */
export { type DataApi, DataApiError, type StatementResult } from './data-api';
export { databaseOf, LocalDatabases, type LocalDatabasesOptions } from './local-databases';
export { postgresUrlProblem } from './postgres-url';
export { DatabaseUnavailable } from './sql-database';
export { hintNames, type SqlParameter, sqlParameter } from './sql-parameter';
