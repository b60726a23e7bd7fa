import { failing, tableCodes, tableNamed } from '../table-requests';
import type { ApiRule } from './api-rule';

export const globalIndexIsReadEventually: ApiRule = {
  code: 'API_TABLE_CONSISTENCY',
  severity: 'error',
  summary: 'global secondary indexes are read without "consistentRead"',
  url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html',
  *check(input) {
    for (const code of tableCodes(input))
      for (const { index, consistentRead } of code.requests.requests) {
        const name = index?.name?.name;
        if (name === undefined || !consistentRead) continue;
        for (const source of failing(code, ({ tableName }) => tableNamed(input.tables, tableName)?.globalIndexes.some((known) => known.name === name) === true))
          yield {
            resource: code.resource,
            location: code.requests.locate(consistentRead),
            message: `index "${name}" of the table of data source "${source.name}" is a global one, which has no consistent reads`,
            fix: 'remove "consistentRead", or read a local index or the table',
          };
      }
  },
};
