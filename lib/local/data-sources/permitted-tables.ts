/** Tables as somebody uses them who may not do everything: each call is held against policies first, and refused in DynamoDB's words. */
import type { TableModel } from '../../model';
import type { PolicyDecision } from '../auth/iam-policy';
import { type TableAccess, tableAccesses } from './table-accesses';
import { TableError } from './table-error';
import type { TableStore } from './table-store';

/** Somebody whose credentials a call is signed with. */
export interface TableUser {
  /** Of the user, or of the session of a role: `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
  readonly arn: string;
  /**
   * @param action `dynamodb:GetItem`
   * @param conditionKeys what the call tells conditions, by key in lower case; no other `dynamodb:` key is there
   */
  decide(action: string, resourceArn: string, conditionKeys: TableAccess['conditionKeys']): PolicyDecision;
}

export interface TablePlace {
  readonly region: string;
  readonly accountId: string;
  /** The tables of the templates, by name. */
  readonly tableNamed: (name: string) => TableModel | undefined;
}

/**
 * A store whose calls fail with `AccessDeniedException` where the user's policies do not allow all of what they do; nothing is done then.
 * Observed: the text for what is not allowed, in https://github.com/aws-amplify/amplify-cli/issues/12780.
 * Source: the one of a denial, https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function permittedTables(tables: TableStore, user: TableUser, { region, accountId, tableNamed }: TablePlace): TableStore {
  const [, partition = 'aws'] = user.arn.split(':');
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
