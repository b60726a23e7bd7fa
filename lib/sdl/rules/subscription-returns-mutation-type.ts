import type { GraphQLOutputType } from 'graphql';
import type { SdlRule } from './sdl-rule';

/**
 * Every `!` may differ: the manual's own sample pairs a mutation of `Post!` with a subscription of `Post`.
 * Assumed: AppSync is no stricter with the `!` of list members.
 */
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
        const returned = withoutNonNull(field.type);
        const expected = withoutNonNull(mutation.type);
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

function withoutNonNull(type: GraphQLOutputType): string {
  return String(type).replaceAll('!', '');
}
