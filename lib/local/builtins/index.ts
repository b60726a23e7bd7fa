/** AppSync's own objects: `util`, `runtime`, `extensions`, `console` and the modules handlers may import. */
import { aiModule } from './ai';
import { authType } from './auth-type';
import { type BuiltinGroup } from './builtin';
import { dynamodbModule } from './dynamodb-requests';
import { dynamodbUtil } from './dynamodb-values';
import { createErrorBuiltins } from './errors';
import { createExtensions } from './extensions';
import { toFilterExpression } from './filter-expression';
import type { Surroundings } from './handler-run';
import { createHttpUtil } from './http';
import { createIdentifiers } from './identifiers';
import { mathUtil } from './math';
import { toOpenSearchQuery } from './opensearch-query';
import { toJsonObject } from './rds-result';
import { statementCreator } from './rds-sql';
import { agg, statementMakers, typeHint } from './rds-statement';
import { stringBuiltins, strUtil } from './strings';
import { toSubscriptionFilter } from './subscription-filter';
import { createTimeUtil } from './time';
import { xmlUtil } from './xml';

export { type Builtin, BuiltinFailure, type BuiltinGroup, HandlerEnd } from './builtin';
export type { HandlerRun } from './handler-run';
export { matchesJavaPattern, replaceJavaPattern } from './java-regex';

export interface Library {
  /** Objects every handler sees without importing them. */
  readonly globals: BuiltinGroup;
  /** `{ [import specifier]: exports }` */
  readonly modules: Readonly<Record<string, BuiltinGroup>>;
}

export function createLibrary(surroundings: Surroundings): Library {
  const { current } = surroundings;
  const errors = createErrorBuiltins(surroundings);
  const filterText = (filter: unknown): string | null => {
    const expression = toFilterExpression(filter);
    return expression && JSON.stringify(expression);
  };

  const util: BuiltinGroup = {
    ...errors.util,
    ...createIdentifiers(surroundings),
    ...stringBuiltins,
    authType: () => authType(current().identity),
    time: createTimeUtil(surroundings),
    dynamodb: dynamodbUtil,
    http: createHttpUtil(surroundings),
    math: mathUtil,
    rds: { toJsonObject },
    str: strUtil,
    transform: { toDynamoDBFilterExpression: filterText, toDynamoDBConditionExpression: filterText, toElasticsearchQueryDSL: toOpenSearchQuery, toSubscriptionFilter },
    xml: xmlUtil,
  };
  const core = { util, runtime: errors.runtime, extensions: createExtensions(surroundings) };
  // Assumed: `debug`, which AppSync's samples call, logs as `log` does.
  const console: BuiltinGroup = {
    log: (...args) => current().log('INFO', args),
    debug: (...args) => current().log('INFO', args),
    error: (...args) => current().log('ERROR', args),
  };

  return {
    globals: { ...core, console },
    modules: {
      '@aws-appsync/utils': core,
      '@aws-appsync/utils/dynamodb': dynamodbModule,
      '@aws-appsync/utils/rds': {
        ...statementMakers,
        createPgStatement: statementCreator('createPgStatement', 'postgres'),
        createMySQLStatement: statementCreator('createMySQLStatement', 'mysql'),
        typeHint,
        agg,
        toJsonObject,
      },
      '@aws-appsync/utils/ai': aiModule,
    },
  };
}
