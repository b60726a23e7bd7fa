import { tableNamed } from '../table-requests';
import type { ApiRule } from './api-rule';

/** Only tables of the templates: what another stack made is not known. */
export const deltaTableHasItsKeys: ApiRule = {
  code: 'API_DELTA_TABLE',
  severity: 'error',
  summary: 'the delta table of a versioned source has the keys "ds_pk" and "ds_sk"',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/versioned-data-sources.html',
  *check({ api, tables }) {
    for (const source of api.dataSources) {
      const table = source.type === 'AMAZON_DYNAMODB' ? tableNamed(tables, source.deltaTableName) : undefined;
      if (!table || (isText(table.partitionKey, 'ds_pk') && isText(table.sortKey, 'ds_sk'))) continue;
      const keys = [table.partitionKey, table.sortKey].flatMap((key) => (key ? [`"${key.name}" (${key.type})`] : []));
      yield { resource: source.resource, message: `the delta table "${table.resource.logicalId}" of data source "${source.name}" has the key ${keys.join(' and ')}`, fix: 'give it the partition key "ds_pk" and the sort key "ds_sk", both of type S' };
    }
  },
};

function isText(key: { readonly name: string; readonly type: string } | undefined, name: string): boolean {
  return key?.name === name && key.type === 'S';
}
