/**
 * Every DynamoDB request that code or a template writes out, together with the tables it can be for. One file often serves several data sources and
 * chooses among its requests by the field: then a request is held against a table only if it fits none of them.
 */
import type { TableRequest } from '../compiler';
import type { ResourceRef } from '../diagnostics';
import type { ApiModel, DataSourceModel, TableModel } from '../model';
import type { ApiRuleInput } from './rules/api-rule';
import type { TableRequests } from './template-requests';

export type TableSource = Extract<DataSourceModel, { type: 'AMAZON_DYNAMODB' }>;

/** The code or request template of one file, and the data sources of the resolvers and functions that run it. */
export interface TableCode {
  readonly requests: TableRequests;
  readonly sources: readonly TableSource[];
  /** The first resolver or function with this code. */
  readonly resource: ResourceRef;
}

/** Code that runs behind tables only; in the order of resolvers and functions. */
export function tableCodes({ api, tableRequestsOf, isKnown }: ApiRuleInput): TableCode[] {
  const codes = new Map<TableRequests, { sources: Set<TableSource>; resource: ResourceRef }>();
  for (const { handler, dataSourceName, resource } of [...api.resolvers, ...api.functions]) {
    const requests = tableRequestsOf(handler);
    const source = api.dataSources.find(({ name }) => name === dataSourceName);
    if (!requests || source?.type !== 'AMAZON_DYNAMODB' || !isKnown(source.tableName)) continue;
    const code = codes.get(requests) ?? { sources: new Set(), resource };
    code.sources.add(source);
    codes.set(requests, code);
  }
  return [...codes].map(([requests, { sources, resource }]) => ({ requests, sources: [...sources], resource }));
}

/** The data sources among `sources` for which a request surely fails; none if the code may mean it for the others. */
export function failing({ requests, sources }: TableCode, fails: (source: TableSource) => boolean): TableSource[] {
  const failed = sources.filter(fails);
  return failed.length < sources.length && requests.requests.length > 1 ? [] : failed;
}

/** The name of the table that a request is for; undefined when it is not known. */
export function tableNameOf({ isEntry, table }: TableRequest, source: TableSource, { environment }: ApiModel, isKnown: ApiRuleInput['isKnown']): string | undefined {
  if (!isEntry) return source.tableName;
  const name = table?.kind === 'ENVIRONMENT' ? environment[table.name] : table?.text;
  return name !== undefined && isKnown(name) ? name : undefined;
}

/** A table of the templates by its physical name. A name that two tables have, in two regions or accounts, is of neither. */
export function tableNamed(tables: readonly TableModel[], tableName: string | undefined): TableModel | undefined {
  const found = tables.filter((table) => table.tableName === tableName);
  return found.length === 1 ? found[0] : undefined;
}

/** The names of the indexes of a table; undefined when the table is not in the templates. */
export function indexesOf(tables: readonly TableModel[], tableName: string | undefined): readonly string[] | undefined {
  const table = tableNamed(tables, tableName);
  return table && [...table.globalIndexes, ...table.localIndexes].map(({ name }) => name);
}
