/** Backends that publish: mutations called by EventBridge and IoT rules, signed with IAM, and the permission for exactly one mutation. */
import { Duration, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as iot from 'aws-cdk-lib/aws-iot';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';
import { functionRuntime } from './function-runtime';
import { iotPublisherCode } from './iot-publisher-code';

export interface PublishProps {
  /** `Mutation.field`. It has to take IAM. */
  readonly mutation: string;
  /** Where in the event each argument of the mutation is: `{ productId: '$.detail.id' }`. An argument that is an input object takes a whole object. */
  readonly variables: { readonly [argument: string]: string };
  /**
   * What the mutation selects, without the outer braces: subscribers get that and nothing more, and filters compare nothing else.
   * @default - nothing, for a mutation whose result is a scalar
   */
  readonly selection?: string;
  /** @default - events that cannot be delivered are lost after the retries */
  readonly deadLetterQueue?: sqs.IQueue;
}

export interface EventBridgePublishProps extends PublishProps {
  readonly eventPattern: events.EventPattern;
  /** @default - the account's default bus */
  readonly eventBus?: events.IEventBus;
}

export interface IotPublishProps extends PublishProps {
  /** IoT SQL, version 2016-03-23: `SELECT topic(2) AS deviceId, temperature FROM 'devices/+/metrics'`. Paths of `variables` lead into what it gives. */
  readonly sql: string;
}

/** Lets a principal call one mutation. @throws Error when the API takes no IAM */
export function grantMutation(api: EnterpriseGraphqlApi, grantee: iam.IGrantable, mutation: string): iam.Grant {
  const [typeName, fieldName] = mutation.split('.');
  if (!typeName || !fieldName) throw new Error(`${api.node.path}: a mutation is named by its type and field, such as "Mutation.sendMessage", got "${mutation}"`);
  if (!api.graphqlApi.modes.includes(appsync.AuthorizationType.IAM)) {
    throw new Error(`${api.node.path}: backends sign with IAM, which this API does not take; add Authorization.iam() to "additionalAuthorization"`);
  }
  return iam.Grant.addToPrincipal({ grantee, actions: ['appsync:GraphQL'], resourceArns: [`${api.graphqlApi.arn}/types/${typeName}/fields/${fieldName}`] });
}

/** An EventBridge rule whose events call a mutation. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/target-appsync.html */
export class EventBridgePublisher extends Construct {
  readonly rule: events.Rule;
  /** With the permission for the one mutation. */
  readonly role: iam.Role;

  /** @internal */
  constructor(api: EnterpriseGraphqlApi, id: string, props: EventBridgePublishProps, document: string) {
    super(api, id);
    const { mutation, eventPattern, eventBus, deadLetterQueue } = props;
    this.role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com'), description: `Lets EventBridge call ${mutation}` });
    grantMutation(api, this.role, mutation);
    this.rule = new events.Rule(this, 'Rule', { eventPattern, ...(eventBus ? { eventBus } : {}), description: `Publishes by ${mutation}` });
    this.rule.addTarget(
      new targets.AppSync(api.graphqlApi, {
        graphQLOperation: document,
        variables: events.RuleTargetInput.fromObject(Object.fromEntries(Object.entries(props.variables).map(([name, path]) => [name, events.EventField.fromPath(path)]))),
        eventRole: this.role,
        ...(deadLetterQueue ? { deadLetterQueue } : {}),
      }),
    );
  }
}

/**
 * An IoT rule whose messages call a mutation, by a small Lambda function that signs. The HTTP action of IoT rules signs as well, but sends
 * nothing to an address that has not confirmed it, which AppSync has no way to do.
 * Source: https://docs.aws.amazon.com/iot/latest/developerguide/http-action-destination.html
 */
export class IotPublisher extends Construct {
  readonly rule: iot.CfnTopicRule;
  /** With the permission for the one mutation. */
  readonly function: lambda.Function;

  /** @internal */
  constructor(api: EnterpriseGraphqlApi, id: string, props: IotPublishProps, document: string) {
    super(api, id);
    const { mutation, sql, variables, deadLetterQueue } = props;
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.THREE_MONTHS });
    // The role that the L2 makes may write to every log group of the account.
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), description: `Lets the function that IoT calls sign ${mutation}` });
    logGroup.grantWrite(role);
    this.function = new lambda.Function(this, 'Function', {
      runtime: functionRuntime,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromInline(iotPublisherCode),
      timeout: Duration.seconds(35),
      description: `Calls ${mutation} for messages of IoT`,
      environment: { ENDPOINT: api.graphqlApi.graphqlUrl, DOCUMENT: document, VARIABLES: JSON.stringify(variables) },
      role,
      logGroup,
      ...(deadLetterQueue ? { deadLetterQueue } : {}),
    });
    grantMutation(api, this.function, mutation);
    this.rule = new iot.CfnTopicRule(this, 'Rule', {
      topicRulePayload: { sql, awsIotSqlVersion: '2016-03-23', description: `Publishes by ${mutation}`, actions: [{ lambda: { functionArn: this.function.functionArn } }] },
    });
    this.function.addPermission('Iot', { principal: new iam.ServicePrincipal('iot.amazonaws.com'), sourceArn: this.rule.attrArn, sourceAccount: Stack.of(this).account });
  }
}
