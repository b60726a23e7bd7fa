import type { TableRequest } from '../../compiler';
import type { ResourceRef, SourceLocation } from '../../diagnostics';
import type { DataSourceModel, PolicyStatementModel } from '../../model';
import { isAllowed } from '../permissions';
import { configured } from '../source-configuration';
import { failing, indexesOf, type TableCode, tableCodes, tableNameOf, type TableSource } from '../table-requests';
import type { ApiFinding, ApiRule, ApiRuleInput } from './api-rule';

/** Source: https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-dynamodb-batch-js.html and the DynamoDB API reference, "Permissions". */
const actionOf: Readonly<Record<string, string>> = {
  GetItem: 'GetItem',
  PutItem: 'PutItem',
  UpdateItem: 'UpdateItem',
  DeleteItem: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Query: 'Query',
  Scan: 'Scan',
  BatchGetItem: 'BatchGetItem',
  BatchPutItem: 'BatchWriteItem',
  BatchDeleteItem: 'BatchWriteItem',
  TransactGetItems: 'GetItem',
};

/** Says nothing about a role that is, in any part, outside the templates. */
export const roleAllowsRequests: ApiRule = {
  code: 'API_PERMISSION',
  severity: 'error',
  summary: 'the role of a data source allows what is asked of it',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/attaching-a-data-source.html',
  *check(input) {
    for (const code of tableCodes(input)) for (const request of code.requests.requests) yield* deniedRequests(request, code, input);
    yield* deniedSources(input);
    yield* deniedConflictHandlers(input);
  },
};

function* deniedRequests(request: TableRequest, code: TableCode, { api, tables, isKnown }: ApiRuleInput): Iterable<ApiFinding> {
  const action = actionOf[request.operation];
  if (action === undefined) return;
  /** What is asked for, if it is known. */
  const targetOf = (source: TableSource) => {
    const tableName = tableNameOf(request, source, api, isKnown);
    const index = request.index?.name?.name;
    // An index that is computed is one of the table's: which one, the role may know better. One that the table lacks is reported as such.
    if (tableName === undefined || (request.index && (index === undefined || indexesOf(tables, tableName)?.includes(index) === false))) return undefined;
    return { tableName, resource: `arn:aws:dynamodb:::table/${tableName}${index === undefined ? '' : `/index/${index}`}` };
  };
  const isDenied = (source: TableSource) =>
    source.role?.kind === 'KNOWN' && source.usesCallerCredentials !== true && !isAllowed(source.role.statements, `dynamodb:${action}`, targetOf(source)?.resource);
  for (const source of failing(code, isDenied)) {
    if (source.role?.kind !== 'KNOWN') continue;
    const target = targetOf(source);
    const index = request.index?.name;
    const where = target === undefined ? '' : ` on ${index ? `index "${index.name}" of ` : ''}table "${target.tableName}"`;
    yield denied(source.name, source.role.resource, `dynamodb:${action}`, where, code.resource, code.requests.locate(request.at));
  }
}

/** Sources that are asked for one thing, whatever the code says. */
function* deniedSources({ api, isKnown }: ApiRuleInput): Iterable<ApiFinding> {
  const used = new Set([...api.resolvers, ...api.functions].map(({ dataSourceName }) => dataSourceName));
  for (const source of api.dataSources) {
    if (source.role?.kind !== 'KNOWN' || !used.has(source.name)) continue;
    const { statements, resource: role } = source.role;
    for (const { action, arn, what } of needsOf(source)) {
      if (!isKnown(arn) || allows(statements, action, arn)) continue;
      yield denied(source.name, role, action, ` on ${what}`, source.resource);
    }
    const missing = unreachable(source, statements);
    if (missing) yield denied(source.name, role, missing.actions, missing.where, source.resource);
  }
}

function* deniedConflictHandlers({ api, isKnown }: ApiRuleInput): Iterable<ApiFinding> {
  for (const { sync, dataSourceName, resource } of [...api.resolvers, ...api.functions]) {
    const { role, name } = api.dataSources.find((source) => source.name === dataSourceName) ?? {};
    const arn = sync?.conflictHandler === 'LAMBDA' ? sync.lambdaConflictHandlerArn : undefined;
    if (name === undefined || arn === undefined || role?.kind !== 'KNOWN' || !isKnown(arn) || allows(role.statements, 'lambda:InvokeFunction', arn)) continue;
    yield denied(name, role.resource, 'lambda:InvokeFunction', ' on the conflict handler', resource);
  }
}

/** Services whose actions begin with the name that requests to them are signed for, and that have no policies of their own which could let a role in. */
const signedServices = ['athena', 'comprehend', 'rekognition', 'scheduler', 'states', 'textract', 'translate'];

/** What a role allows nothing of, where which action is needed depends on the request. */
function unreachable(source: DataSourceModel, statements: readonly PolicyStatementModel[]): { readonly actions: string; readonly where: string } | undefined {
  switch (source.type) {
    case 'AMAZON_DYNAMODB': {
      // Writes go to the delta table as well, and a sync may read it.
      if (source.deltaTableName === undefined || source.usesCallerCredentials) return undefined;
      const delta = `arn:aws:dynamodb:::table/${source.deltaTableName}`;
      return ['PutItem', 'Query'].some((name) => isAllowed(statements, `dynamodb:${name}`, delta)) ? undefined : { actions: 'dynamodb:PutItem', where: ' on its delta table' };
    }
    case 'HTTP': {
      const service = source.signing?.service ?? '';
      const isReached = statements.some(({ effect, actions }) => effect === 'Allow' && (actions ?? ['*']).some((action) => action.startsWith('*') || action.toLowerCase().startsWith(`${service}:`)));
      return isReached || !signedServices.includes(service) ? undefined : { actions: `${service}:*`, where: ', the service its requests are signed for' };
    }
    // The access policy of a search domain may let a role in that allows nothing itself.
    case 'OTHER':
    case 'AWS_LAMBDA':
    case 'NONE':
      return undefined;
  }
}

/** The six characters that end the ARN of a secret may be left out where it is named. */
function allows(statements: readonly PolicyStatementModel[], action: string, arn: string): boolean {
  return isAllowed(statements, action, arn) || (arn.includes(':secret:') && isAllowed(statements, action, `${arn}-aaaaaa`));
}

interface Need {
  readonly action: string;
  readonly arn: string;
  readonly what: string;
}

function needsOf(source: DataSourceModel): Need[] {
  if (source.type === 'AWS_LAMBDA') return need('lambda:InvokeFunction', source.functionArn, 'its function');
  if (source.type !== 'OTHER') return [];
  const database = 'RelationalDatabaseConfig.RdsHttpEndpointConfig';
  return [
    ...need('events:PutEvents', configured(source, 'EventBridgeConfig.EventBusArn'), 'its event bus'),
    ...need('rds-data:ExecuteStatement', configured(source, `${database}.DbClusterIdentifier`), 'its cluster'),
    ...need('secretsmanager:GetSecretValue', configured(source, `${database}.AwsSecretStoreArn`), 'its secret'),
  ];
}

/** A name that is no ARN cannot be compared with those of a policy. */
function need(action: string, arn: unknown, what: string): Need[] {
  return typeof arn === 'string' && arn.split(':').length > 5 ? [{ action, arn, what }] : [];
}

function denied(sourceName: string, role: ResourceRef, action: string, where: string, resource: ResourceRef, location?: SourceLocation): ApiFinding {
  return {
    resource,
    ...(location ? { location } : {}),
    message: `the role "${role.logicalId}" of data source "${sourceName}" does not allow ${action}${where}`,
    fix: `allow "${action}" in a policy of the role`,
  };
}
