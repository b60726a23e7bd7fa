import { getNullableType } from 'graphql';
import type { SdlRule } from './sdl-rule';

/** The outer `!` may differ: the manual's own sample pairs a mutation of `Post!` with a subscription of `Post`. */
export const subscriptionReturnsMutationType: SdlRule = {
  code: 'SDL_SUBSCRIPTION_TYPE',
  severity: 'error',
  summary: 'a subscription field returns the type of every mutation it listens to',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html',
  *check({ schema, subscriptions, locationOf, locate }) {
    const subscriptionType = schema.getSubscriptionType();
    const mutationType = schema.getMutationType();
    for (const { fieldName, mutations, location } of subscriptions) {
      const field = subscriptionType?.getFields()[fieldName];
      for (const { name } of mutations) {
        const mutation = mutationType?.getFields()[name];
        if (!field || !mutation) continue;
        const returned = String(getNullableType(field.type));
        const expected = String(getNullableType(mutation.type));
        if (returned === expected) continue;
        const declared = locationOf(`${mutationType.name}.${name}`);
        yield {
          at: field.astNode ? locate(field.astNode.type) : location,
          message: `${subscriptionType.name}.${fieldName} returns "${returned}", but the mutation "${name}" it listens to returns "${expected}"`,
          notes: [{ message: `${mutationType.name}.${name} is declared here`, ...(declared ? { location: declared } : {}) }],
          fix: `return "${expected}" from ${subscriptionType.name}.${fieldName}, or listen to a mutation that returns "${returned}"`,
        };
      }
    }
  },
};
