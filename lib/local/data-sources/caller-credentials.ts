/**
 * `DynamoDBConfig.UseCallerCredentials`: no role of its own uses the table, but whoever calls the API, and the caller's policies decide.
 * Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_DynamodbDataSourceConfig.html
 */
import { type DataSource, type DataSourceCall, DataSourceRequestError } from './data-source';
import type { TableUser } from './permitted-tables';

/**
 * Assumed: a caller of another mode has no credentials, so the field fails, here with a text of ours; and conditions learn that a service calls
 * (`aws:ViaAWSService`).
 * @param name of the data source
 * @param sourceOf the data source as somebody uses it; without a user it is somebody who may do everything
 */
export function callerCredentialsDataSource(name: string, sourceOf: (user: TableUser | undefined) => DataSource): DataSource {
  return {
    async invoke(request: unknown, call: DataSourceCall) {
      const { mode, permissions } = call.caller;
      if (mode !== 'AWS_IAM') throw new DataSourceRequestError(`data source "${name}" uses the credentials of the caller, and a caller with ${mode} has none: only AWS_IAM brings some`, 'LocalAppSync');
      if (!permissions) return sourceOf(undefined).invoke(request, call);
      const { arn } = permissions;
      const decide: TableUser['decide'] = (action, resourceArn, keys) => permissions.decide(action, resourceArn, { ...keys, 'aws:viaawsservice': ['true'] });
      return sourceOf({ arn, decide }).invoke(request, call);
    },
  };
}
