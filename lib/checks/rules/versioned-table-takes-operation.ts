import { failing, tableCodes } from '../table-requests';
import type { ApiRule } from './api-rule';

/** Source: the service's own error text, "Datasource Versioning only supports the following operations (…)". */
const unsupported = ['BatchPutItem', 'BatchDeleteItem', 'TransactWriteItems'];

export const versionedTableTakesOperation: ApiRule = {
  code: 'API_VERSIONED_OPERATION',
  severity: 'error',
  summary: 'a versioned table is written item by item, and only a versioned table is synced',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/conflict-detection-and-resolution.html',
  *check(input) {
    for (const code of tableCodes(input)) {
      const { operations } = code.requests.facts;
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
