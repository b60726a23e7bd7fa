/** What the managed policies of AWS say about calling AppSync, for those that roles of APIs and functions commonly have. */
import type { PolicyStatementModel } from './api-model';

const everything: readonly PolicyStatementModel[] = [{ effect: 'Allow', actions: ['appsync:GraphQL'], resources: ['*'], isConditional: false }];

/** Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
const byName: Readonly<Record<string, readonly PolicyStatementModel[]>> = {
  AdministratorAccess: everything,
  PowerUserAccess: everything,
  AWSAppSyncAdministrator: everything,
  AWSAppSyncInvokeFullAccess: everything,
  AWSAppSyncPushToCloudWatchLogs: [],
  AWSLambdaBasicExecutionRole: [],
  AWSLambdaVPCAccessExecutionRole: [],
  AWSXRayDaemonWriteAccess: [],
  CloudWatchLambdaInsightsExecutionRolePolicy: [],
};

/** @returns undefined for a policy that is not known here */
export function appSyncStatements(policyArn: string): readonly PolicyStatementModel[] | undefined {
  const [, name = ''] = /^arn:[\w-]+:iam::aws:policy\/(?:service-role\/)?(.+)$/.exec(policyArn) ?? [];
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}
