/** Subscriptions with their rules declared in the stack, where they can be read and checked, instead of in resolver code. */
import * as appsync from 'aws-cdk-lib/aws-appsync';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { publishDocument } from '../checks';
import { callSite, framed } from './call-site';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';
import type { SubscriptionRule } from './filter';
import { generatedHandler } from './handler-library';
import { NoneSource } from './none-source';
import { type EventBridgePublishProps, EventBridgePublisher, grantMutation, type IotPublishProps, IotPublisher, type PublishProps } from './publishing';
import { checkRule } from './subscription-checks';
import { itemGuardCode, subscriptionCode } from './subscription-code';

/**
 * Attaches rules to subscription fields: who may subscribe, what they get, and when it ends. AppSync evaluates the filters for every event,
 * so a subscriber never gets what they hold back.
 * A filter replaces AppSync's matching of arguments by name, so a subscription may take arguments that the event does not have.
 */
export class RealtimeSubscriptions extends Construct {
  /** Answers subscription fields that look nothing up; it stores nothing. */
  readonly source: NoneSource;
  /** Resolvers by subscription field. */
  readonly resolvers: ReadonlyMap<string, appsync.Resolver>;

  /** Field paths that filters test, by subscription field: of each alternative. */
  private readonly tested: ReadonlyMap<string, readonly (readonly string[])[]>;

  /** @param rules by field of the type `Subscription`; a `Filter` is a rule */
  constructor(
    readonly api: EnterpriseGraphqlApi,
    id: string,
    rules: { readonly [subscriptionField: string]: SubscriptionRule },
  ) {
    super(api, id);
    this.source = new NoneSource(api, `${id}Source`);
    this.resolvers = new Map(Object.entries(rules).map(([field, rule]) => [field, this.attach(field, rule)]));
    this.tested = new Map(Object.entries(rules).map(([field, { filter }]) => [field, filter.alternatives.map((conditions) => conditions.map(({ fieldName }) => fieldName))]));
    const endings = Object.entries(rules).flatMap(([subscriptionField, rule]) => rule.endings.map(({ mutation, location }) => ({ mutation, subscriptionField, location })));
    for (const mutation of new Set(endings.map((ending) => ending.mutation))) api.endSubscriptionsAfter(mutation, endings.filter((ending) => ending.mutation === mutation));
  }

  /**
   * Lets a backend publish by one mutation, and call nothing else. It signs its requests with IAM.
   * @param mutation `Mutation.field`
   * @throws Error when the API takes no IAM
   */
  grantPublish(grantee: iam.IGrantable, mutation: string): iam.Grant {
    return grantMutation(this.api, grantee, mutation);
  }

  /** Publishes events of EventBridge: each one that the pattern matches calls the mutation. @throws Error when the API takes no IAM */
  publishFromEventBridge(id: string, props: EventBridgePublishProps): EventBridgePublisher {
    return new EventBridgePublisher(this.api, id, props, this.publishDocument(props));
  }

  /** Publishes messages of devices: each one that the IoT rule selects calls the mutation. @throws Error when the API takes no IAM */
  publishFromIot(id: string, props: IotPublishProps): IotPublisher {
    return new IotPublisher(this.api, id, props, this.publishDocument(props));
  }

  /** The GraphQL document; a text that says so when it cannot be written, which is a finding. */
  private publishDocument({ mutation, variables, selection = '' }: PublishProps): string {
    const { schema } = this.api;
    if (!schema) return '# see the findings of this API';
    const location = callSite();
    const isIamDefault = this.api.graphqlApi.modes[0] === appsync.AuthorizationType.IAM;
    const { document, problems } = publishDocument(schema, { coordinate: mutation, argumentNames: Object.keys(variables), selection, isIamDefault, tested: this.tested });
    this.api.addFindings(...problems.map(({ message, fix }) => framed({ code: 'RES_PUBLISH', severity: 'error', message, notes: [], fix, ...(location ? { location } : {}) })));
    return document ?? '# see the findings of this API';
  }

  private attach(field: string, rule: SubscriptionRule): appsync.Resolver {
    const { guards } = rule;
    const { alternatives, endings, diagnostics } = checkRule(this.api.schema, field, rule);
    this.api.addFindings(...diagnostics.map(framed));
    const own = generatedHandler(subscriptionCode(field, alternatives, endings));
    const coordinate = `Subscription.${field}`;
    if (guards.length === 0) return this.api.attachHandler(coordinate, this.source, own);
    const steps = guards.map(({ source, props }, i) => ({ name: `guard${i + 1}`, source, handler: generatedHandler(itemGuardCode(coordinate, props)) }));
    return this.api.attachSteps(coordinate, own, steps);
  }
}
