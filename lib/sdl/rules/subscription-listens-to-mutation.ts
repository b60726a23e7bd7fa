import { valueFromASTUntyped } from 'graphql';
import type { SdlRule } from './sdl-rule';

/** Schemas that AppSync exports may carry the link on the mutation instead, as `@aws_publish(subscriptions:)`. */
export const subscriptionListensToMutation: SdlRule = {
  code: 'SDL_SUBSCRIPTION_LINK',
  severity: 'warning',
  summary: 'every field of the subscription type names a mutation it listens to',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html',
  *check({ schema, subscriptions }) {
    const subscriptionType = schema.getSubscriptionType()?.name;
    const published = new Set<unknown>();
    for (const { astNode } of Object.values(schema.getMutationType()?.getFields() ?? {}))
      for (const { name, arguments: args = [] } of astNode?.directives ?? [])
        if (name.value === 'aws_publish') for (const { value } of args) [valueFromASTUntyped(value)].flat().forEach((field) => published.add(field));

    for (const { fieldName, mutations, location } of subscriptions)
      if (mutations.length === 0 && !published.has(fieldName))
        yield {
          at: location,
          message: `${subscriptionType}.${fieldName} listens to no mutation, so it never delivers anything`,
          fix: 'add `@aws_subscribe(mutations: ["…"])` with the mutations whose results it delivers',
        };
  },
};
