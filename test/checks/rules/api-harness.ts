/** One rule about a whole API: models in, its findings out as `{ message, fix, resource, at? }`; what other rules say is left out. */
import { checkApi, checkAssembly, type CheckOptions } from '../../../lib/checks';
import type { Diagnostic } from '../../../lib/diagnostics';
import type { ApiModel, DataSourceModel, HandlerModel, PolicyStatementModel, TableModel, TemplateModel } from '../../../lib/model';
import { apiModel, ref } from '../fixtures';

export interface Found {
  readonly message: string;
  readonly fix?: string;
  readonly resource?: string;
  readonly at?: string;
}

/** What the rule with this code finds in an API. */
export function finder(code: string): (changes: Partial<ApiModel>, options?: CheckOptions) => Found[] {
  return (changes, options) => shown(code, checkApi(apiModel(changes), options));
}

export function foundInTemplate(code: string, template: Partial<TemplateModel>): Found[] {
  const model = { path: '/app/cdk.out/Shop.template.json', bytes: 1000, resourceCount: 10, outputCount: 0, parameterCount: 0, ...template };
  return shown(code, checkAssembly({ apis: [], tables: [], userPools: [], templates: [model], diagnostics: [] }));
}

function shown(code: string, diagnostics: readonly Diagnostic[]): Found[] {
  return diagnostics
    .filter((diagnostic) => diagnostic.code === code)
    .map(({ message, fix, resource, location }) => ({
      message,
      ...(fix === undefined ? {} : { fix }),
      ...(resource ? { resource: resource.logicalId } : {}),
      ...(location ? { at: `${location.line}:${location.column}` } : {}),
    }));
}

export function js(request: string, response = 'export const response = (ctx) => ctx.result;'): HandlerModel {
  return { kind: 'APPSYNC_JS', code: { path: '/app/handler.js', text: `${request}\n${response}\n` } };
}

export function vtl(request: string, response = '$util.toJson($ctx.result)'): HandlerModel {
  return { kind: 'VTL', request: { path: '/app/request.vtl', text: request }, response: { path: '/app/response.vtl', text: response } };
}

export function schema(text: string): ApiModel['schema'] {
  return [{ path: '/app/schema.graphql', text }];
}

export function tableSource(name: string, changes: Partial<Extract<DataSourceModel, { type: 'AMAZON_DYNAMODB' }>> = {}): DataSourceModel {
  return { type: 'AMAZON_DYNAMODB', name, tableName: `Shop-${name}`, region: 'us-east-1', versioned: false, resource: ref(`${name}DataSource`), ...changes };
}

export function lambdaSource(name: string): DataSourceModel {
  return { type: 'AWS_LAMBDA', name, functionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`, resource: ref(`${name}DataSource`) };
}

/** The table `Shop-<name>` with the key `pk`, `sk`, a global index `byOwner` and a local one `byDate`. */
export function table(name: string, changes: Partial<TableModel> = {}): TableModel {
  const all = { type: 'ALL' } as const;
  const text = (attribute: string) => ({ name: attribute, type: 'S' }) as const;
  return {
    tableName: `Shop-${name}`,
    partitionKey: text('pk'),
    sortKey: text('sk'),
    globalIndexes: [{ name: 'byOwner', partitionKey: text('owner'), sortKey: text('date'), projection: all }],
    localIndexes: [{ name: 'byDate', partitionKey: text('pk'), sortKey: text('date'), projection: all }],
    resource: ref(`${name}Table`),
    ...changes,
  };
}

export function role(...statements: (Pick<PolicyStatementModel, 'actions' | 'resources'> & Partial<PolicyStatementModel>)[]): DataSourceModel['role'] {
  return { kind: 'KNOWN', roleName: 'Role', resource: ref('Role'), statements: statements.map((statement) => ({ effect: 'Allow', isConditional: false, ...statement })) };
}
