/** Tables as somebody uses them who may not do everything: each call is held against policies first, and refused in DynamoDB's words. */
import type { TableModel } from '../../model';
import type { CallerPermissions } from '../auth/principal-permissions';
import { tableAccesses } from './table-accesses';
import { TableError } from './table-error';
import type { TableStore } from './table-store';

/** Somebody whose credentials sign the calls. */
export type TableUser = Pick<CallerPermissions, 'arn' | 'decide'>;

/**
 * A store whose calls fail with `AccessDeniedException` where the user's policies do not allow all of what they do; nothing is done then.
 * Observed: the text for what is not allowed, in https://github.com/aws-amplify/amplify-cli/issues/12780.
 * Source: the one of a denial, https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @param user the tables are those of its account
 * @param tableNamed the tables of the templates, by name
 */
export function permittedTables(tables: TableStore, user: TableUser, region: string, tableNamed: (name: string) => TableModel | undefined): TableStore {
  const [, partition = 'aws', , , accountId = ''] = user.arn.split(':');
  return {
    ...tables,
    async call(operation, parameters) {
      for (const { action, tableName, indexName, conditionKeys } of tableAccesses(operation, parameters, tableNamed)) {
        const resourceArn = `arn:${partition}:dynamodb:${region}:${accountId}:table/${tableName}${indexName === undefined ? '' : `/index/${indexName}`}`;
        const decision = user.decide(action, resourceArn, conditionKeys);
        if (decision === 'ALLOWED') continue;
        const reason = decision === 'DENIED' ? 'with an explicit deny in an identity-based policy' : `because no identity-based policy allows the ${action} action`;
        throw new TableError('AccessDeniedException', `User: ${user.arn} is not authorized to perform: ${action} on resource: ${resourceArn} ${reason}`);
      }
      return tables.call(operation, parameters);
    },
  };
}
