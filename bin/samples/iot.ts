/** A fleet of devices at several sites: metrics, status, history and alerts, live. Schema: schema/iot.graphql, code: resolvers/iot. */
import { Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { Authorization, DynamoTableSource, EnterpriseGraphqlApi, EventBridgeSource, Filter, LambdaSource, RealtimeSubscriptions } from '../../lib';
import { alertSelection, deviceSelection } from './iot-selections';

export class IotStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const users = new cognito.UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      passwordPolicy: { minLength: 12, requireDigits: true, requireLowercase: true, requireUppercase: true, requireSymbols: true },
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
    });
    users.addClient('Dashboard', { authFlows: { userSrp: true } });

    const api = new EnterpriseGraphqlApi(this, 'Iot', {
      schema: 'schema/iot.graphql',
      resolvers: 'resolvers/iot',
      defaultAuthorization: Authorization.iam(),
      additionalAuthorization: [Authorization.userPool(users)],
    });

    Validations.of(this).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-COG8', reason: 'threat protection is billed per user; a fleet that is worth it should choose the Plus plan' },
      { id: 'AwsSolutions::AwsSolutions-COG2', reason: 'people choose whether to use a second factor' },
      { id: 'AwsSolutions::AwsSolutions-ASC3', reason: 'verbose request logs hold tokens; errors of fields are logged' },
      { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'X-Ray takes traces for no narrower resource' },
      { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::<IotMetricsProcessorFunction9CB75A37.Arn>:*]', reason: 'versions and aliases of the one function' },
    );

    // The indexes hold what seldom changes: a reading would else be a write to the one partition that all devices ONLINE share.
    const devices = new DynamoTableSource(api, 'Devices', {
      partitionKey: 'id',
      indexes: {
        bySite: { partitionKey: 'site', sortKey: 'id', nonKeyAttributes: ['status'] },
        byStatus: { partitionKey: 'status', sortKey: 'id', nonKeyAttributes: ['site'] },
      },
    });
    // A partition for each device and day.
    const history = new DynamoTableSource(api, 'History', { partitionKey: 'series', sortKey: 'recordedAt', timeToLiveAttribute: 'expiresAt' });
    const alerts = new DynamoTableSource(api, 'Alerts', { partitionKey: 'site', sortKey: 'id', timeToLiveAttribute: 'expiresAt' });
    const processor = new LambdaSource(api, 'MetricsProcessor', { entry: 'bin/samples/iot-processor.ts' });
    const events = new EventBridgeSource(api, 'Events');

    for (const field of ['Query.getDevice', 'Mutation.registerDevice', 'Mutation.updateDeviceStatus']) devices.resolve(field);
    api.pipeline('Query.listDevices', [devices, devices]);
    api.pipeline('Query.getDeviceHistory', [history, history]);
    api.pipeline('Mutation.updateDeviceMetrics', [devices, processor, history, events, devices]);
    for (const field of ['Query.listAlerts', 'Mutation.raiseAlert']) alerts.resolve(field);

    const live = new RealtimeSubscriptions(api, 'Live', {
      onDeviceUpdate: Filter.field('id').equalsArgument('deviceId'),
      onSiteUpdate: Filter.field('site').equalsArgument('site'),
      onAlert: Filter.all(Filter.field('site').equalsArgument('site'), Filter.field('severity').equalsArgument('severity')),
    });

    // What IoT or EventBridge could not deliver.
    const deadLetterQueue = new sqs.Queue(this, 'Undelivered', { enforceSSL: true });
    // Devices publish `{ "recordedAt": …, "metrics": { "temperature": … } }`; a policy of IoT lets each use its own topic alone.
    live.publishFromIot('Metrics', {
      sql: "SELECT topic(2) AS deviceId, recordedAt, metrics FROM 'devices/+/metrics'",
      mutation: 'Mutation.updateDeviceMetrics',
      variables: { deviceId: '$.deviceId', recordedAt: '$.recordedAt', metrics: '$.metrics' },
      selection: deviceSelection,
      deadLetterQueue,
    });
    // IoT itself tells who connects and who is gone.
    live.publishFromIot('Presence', {
      sql: "SELECT clientId AS deviceId, CASE eventType WHEN 'connected' THEN 'ONLINE' ELSE 'OFFLINE' END AS status, parse_time(\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\", timestamp) AS changedAt FROM '$aws/events/presence/+/+'",
      mutation: 'Mutation.updateDeviceStatus',
      variables: { deviceId: '$.deviceId', status: '$.status', changedAt: '$.changedAt' },
      selection: deviceSelection,
      deadLetterQueue,
    });
    live.publishFromEventBridge('Anomalies', {
      eventBus: events.eventBus,
      eventPattern: { source: ['iot.metrics'], detailType: ['AnomalyFound'] },
      mutation: 'Mutation.raiseAlert',
      variables: { input: '$.detail' },
      selection: alertSelection,
      deadLetterQueue,
    });
  }
}
