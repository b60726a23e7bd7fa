import type { TableRequest, WrittenName, WrittenObject } from '../../compiler';
import type { KeyAttribute, TableModel } from '../../model';
import { failing, tableCodes, tableNamed, tableNameOf } from '../table-requests';
import type { ApiRule, ApiRuleInput } from './api-rule';

interface Mismatch {
  readonly at: WrittenName['at'];
  readonly what: string;
  readonly fix: string;
}

/**
 * A put writes its key and its attributes into one item, so there the key may be in either; everywhere else DynamoDB wants the key
 * attributes and nothing else, and in a query's condition the partition key at least.
 */
export const requestHasKeyOfTable: ApiRule = {
  code: 'API_TABLE_KEY',
  severity: 'error',
  summary: 'the key attributes of a request are those of the table or index',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html',
  *check(input) {
    for (const code of tableCodes(input))
      for (const request of code.requests.requests)
        for (const source of failing(code, ({ tableName }) => mismatchOf(request, tableOf(request, tableName, input)) !== undefined)) {
          const table = tableOf(request, source.tableName, input);
          const mismatch = mismatchOf(request, table);
          if (!mismatch) continue;
          const owner = request.isEntry ? `table "${table?.resource.logicalId}"` : `the table of data source "${source.name}"`;
          yield { resource: code.resource, location: code.requests.locate(mismatch.at), message: mismatch.what.replace('TABLE', owner), fix: mismatch.fix };
        }

    function tableOf(request: TableRequest, tableName: string, { api, tables, isKnown }: ApiRuleInput): TableModel | undefined {
      const source = api.dataSources.find((candidate) => candidate.type === 'AMAZON_DYNAMODB' && candidate.tableName === tableName);
      return source?.type === 'AMAZON_DYNAMODB' ? tableNamed(tables, tableNameOf(request, source, api, isKnown)) : undefined;
    }
  },
};

function mismatchOf({ operation, key, item, conditions, index }: TableRequest, table: TableModel | undefined): Mismatch | undefined {
  if (!table) return undefined;
  if (operation === 'PutItem') return key && mismatchOfPut(key, item, table);
  if (operation === 'Query') return conditions && mismatchOfQuery(conditions, index, table);
  return key && mismatchOfKey(key, table);
}

function mismatchOfKey(key: WrittenObject, table: TableModel): Mismatch | undefined {
  const attributes = keyNames(table);
  const strange = key.names.find(({ name }) => !attributes.includes(name));
  if (strange) return { at: strange.at, what: `"${strange.name}" is no key attribute of TABLE`, fix: `use ${quoted(attributes)}` };
  const missing = attributes.find((name) => !key.names.some((written) => written.name === name));
  return missing !== undefined && key.isComplete ? { at: key.at, what: `the key lacks "${missing}", a key attribute of TABLE`, fix: `use ${quoted(attributes)}` } : undefined;
}

function mismatchOfPut(key: WrittenObject, item: WrittenObject | undefined, table: TableModel): Mismatch | undefined {
  const written = [...key.names, ...(item?.names ?? [])].map(({ name }) => name);
  const attributes = keyNames(table);
  const missing = attributes.find((name) => !written.includes(name));
  if (missing === undefined || !key.isComplete) return undefined;
  // Attributes that are computed could hold what is missing; a key with nothing of the table's key is a mistake all the same.
  const isUnrelated = !key.names.some(({ name }) => attributes.includes(name));
  if (item && !item.isComplete && !isUnrelated) return undefined;
  return { at: key.at, what: `the item lacks "${missing}", a key attribute of TABLE`, fix: `give the key ${quoted(attributes)}` };
}

function mismatchOfQuery(conditions: WrittenObject, index: TableRequest['index'], table: TableModel): Mismatch | undefined {
  const indexName = index?.name?.name;
  if (index && indexName === undefined) return undefined;
  const owner = indexName === undefined ? table : [...table.globalIndexes, ...table.localIndexes].find(({ name }) => name === indexName);
  if (!owner) return undefined;
  const attributes = keyNames(owner);
  const place = indexName === undefined ? 'TABLE' : `index "${indexName}" of TABLE`;
  const strange = conditions.names.find(({ name }) => !attributes.includes(name));
  if (strange) return { at: strange.at, what: `"${strange.name}" is no key attribute of ${place}`, fix: `query by ${quoted(attributes)}, and use a filter for other attributes` };
  const { name } = owner.partitionKey;
  if (!conditions.isComplete || conditions.names.some((written) => written.name === name)) return undefined;
  return { at: conditions.at, what: `the query lacks "${name}", the partition key of ${place}`, fix: `add a condition "${name} = …"` };
}

function keyNames({ partitionKey, sortKey }: { readonly partitionKey: KeyAttribute; readonly sortKey?: KeyAttribute }): string[] {
  return sortKey ? [partitionKey.name, sortKey.name] : [partitionKey.name];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(' and ');
}
