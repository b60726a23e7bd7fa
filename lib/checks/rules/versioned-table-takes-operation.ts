import { failing, tableCodes } from '../table-requests';
import type { ApiRule } from './api-rule';

/** Source: https://docs.aws.amazon.com/appsync/latest/devguide/versioned-data-sources.html */
const bookkeeping = ['_version', '_lastChangedAt', '_deleted', '_ttl'];
/** Source: the service's own error text, "Datasource Versioning only supports the following operations (…)". */
const unsupported = ['BatchPutItem', 'BatchDeleteItem', 'TransactWriteItems'];

export const versionedTableTakesOperation: ApiRule = {
  code: 'API_VERSIONED_OPERATION',
  severity: 'error',
  summary: 'a versioned table is written item by item, without the attributes of its versions, and only a versioned table is synced',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/conflict-detection-and-resolution.html',
  *check(input) {
    for (const code of tableCodes(input)) {
      for (const request of code.requests.requests) {
        const own = request.operation === 'PutItem' ? request.item?.names.find(({ name }) => bookkeeping.includes(name)) : undefined;
        if (own)
          for (const source of failing(code, ({ versioned }) => versioned))
            yield { resource: code.resource, location: code.requests.locate(own.at), message: `data source "${source.name}" is versioned, and "${own.name}" is written by AppSync alone`, fix: own.name === '_version' ? 'give "_version" beside the item, not in it' : `remove "${own.name}"` };
      }
      const { operations } = code.requests;
      for (const operation of operations) {
        const isSync = operation === 'Sync';
        if (!isSync && !unsupported.includes(operation)) continue;
        const request = code.requests.requests.find((candidate) => candidate.operation === operation);
        for (const source of failing(code, ({ versioned }) => versioned !== isSync))
          yield {
            resource: code.resource,
            ...(request ? { location: code.requests.locate(request.at) } : {}),
            message: isSync ? `data source "${source.name}" is not versioned, so it has no Sync` : `data source "${source.name}" is versioned, so it has no ${operation}`,
            fix: isSync ? 'set "Versioned" and "DeltaSyncConfig" of the data source' : 'write the items one by one, or use a data source that is not versioned',
          };
      }
    }
  },
};
