/** What the managed policies of AWS say about the services that run locally, for those that roles of APIs and functions commonly have. */
import type { PolicyStatementModel } from './api-model';

const allow = (...actions: readonly string[]): readonly PolicyStatementModel[] => [{ effect: 'Allow', actions, resources: ['*'], isConditional: false }];

/** What is about other services, such as logs, is left out. Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
const byName: Readonly<Record<string, readonly PolicyStatementModel[]>> = {
  AdministratorAccess: allow('*'),
  PowerUserAccess: [{ effect: 'Allow', notActions: ['iam:*', 'organizations:*', 'account:*'], resources: ['*'], isConditional: false }],
  AWSAppSyncAdministrator: allow('appsync:*'),
  AWSAppSyncInvokeFullAccess: allow('appsync:GraphQL', 'appsync:GetGraphqlApi', 'appsync:ListGraphqlApis', 'appsync:ListApiKeys'),
  AWSAppSyncPushToCloudWatchLogs: [],
  AmazonDynamoDBFullAccess: allow('dynamodb:*'),
  AmazonDynamoDBFullAccess_v2: allow('dynamodb:*'),
  AmazonDynamoDBReadOnlyAccess: allow('dynamodb:BatchGetItem', 'dynamodb:Describe*', 'dynamodb:GetAbacStatus', 'dynamodb:GetItem', 'dynamodb:GetResourcePolicy', 'dynamodb:List*', 'dynamodb:PartiQLSelect', 'dynamodb:Query', 'dynamodb:Scan'),
  AmazonEventBridgeFullAccess: allow('events:*'),
  AWSLambdaBasicExecutionRole: [],
  AWSLambdaDynamoDBExecutionRole: allow('dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'),
  AWSLambdaSQSQueueExecutionRole: [],
  AWSLambdaVPCAccessExecutionRole: [],
  AWSXRayDaemonWriteAccess: [],
  CloudWatchLambdaInsightsExecutionRolePolicy: [],
};

/** @returns undefined for a policy that is not known here */
export function managedStatements(policyArn: string): readonly PolicyStatementModel[] | undefined {
  const [, name = ''] = /^arn:[\w-]+:iam::aws:policy\/(?:service-role\/)?(.+)$/.exec(policyArn) ?? [];
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}
