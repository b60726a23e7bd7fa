/** Subscriptions with their rules declared in the stack, where they can be read and checked, instead of in resolver code. */
import type * as appsync from 'aws-cdk-lib/aws-appsync';
import { Construct } from 'constructs';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';
import type { SubscriptionRule } from './filter';
import { generatedHandler } from './handler-library';
import { NoneSource } from './none-source';
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

  /** @param rules by field of the type `Subscription`; a `Filter` is a rule */
  constructor(
    readonly api: EnterpriseGraphqlApi,
    id: string,
    rules: { readonly [subscriptionField: string]: SubscriptionRule },
  ) {
    super(api, id);
    this.source = new NoneSource(api, `${id}Source`);
    this.resolvers = new Map(Object.entries(rules).map(([field, rule]) => [field, this.attach(field, rule)]));
    const endings = Object.entries(rules).flatMap(([subscriptionField, rule]) => rule.endings.map(({ mutation, location }) => ({ mutation, subscriptionField, location })));
    for (const mutation of new Set(endings.map((ending) => ending.mutation))) api.endSubscriptionsAfter(mutation, endings.filter((ending) => ending.mutation === mutation));
  }

  private attach(field: string, { filter, guards, endings }: SubscriptionRule): appsync.Resolver {
    const own = generatedHandler(subscriptionCode(field, filter, endings.map((ending) => ending.filter)));
    const coordinate = `Subscription.${field}`;
    if (guards.length === 0) return this.api.attachHandler(coordinate, this.source, own);
    const steps = guards.map(({ source, props }, i) => ({ name: `guard${i + 1}`, source, handler: generatedHandler(itemGuardCode(field, props)) }));
    return this.api.attachSteps(coordinate, own, steps);
  }
}
