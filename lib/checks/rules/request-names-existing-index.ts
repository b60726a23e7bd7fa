import { didYouMean } from '../../diagnostics';
import { failing, indexesOf, tableCodes } from '../table-requests';
import type { ApiRule } from './api-rule';

export const requestNamesExistingIndex: ApiRule = {
  code: 'API_TABLE_INDEX',
  severity: 'error',
  summary: 'an index that code queries or scans is an index of the table',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/js-aws-appsync-resolver-reference-dynamodb-query.html',
  *check(input) {
    for (const code of tableCodes(input))
      for (const { operation, index } of code.requests.requests) {
        const name = index?.name;
        if (!name || (operation !== 'Query' && operation !== 'Scan')) continue;
        for (const source of failing(code, ({ tableName }) => indexesOf(input.tables, tableName)?.includes(name.name) === false)) {
          const known = indexesOf(input.tables, source.tableName) ?? [];
          yield {
            resource: code.resource,
            location: code.requests.locate(name.at),
            message: `the table of data source "${source.name}" has no index "${name.name}"`,
            fix: didYouMean(name.name, known) ?? (known.length > 0 ? `use one of its indexes: ${known.join(', ')}` : `add the index "${name.name}" to the table`),
          };
        }
      }
  },
};
