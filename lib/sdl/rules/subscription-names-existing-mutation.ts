import { didYouMean } from '../../diagnostics';
import type { SdlRule } from './sdl-rule';

export const subscriptionNamesExistingMutation: SdlRule = {
  code: 'SDL_SUBSCRIPTION_MUTATION',
  severity: 'error',
  summary: 'every name in @aws_subscribe(mutations:) is a field of the mutation type',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html',
  *check({ schema, subscriptions }) {
    const subscriptionType = schema.getSubscriptionType()?.name;
    const mutationType = schema.getMutationType();
    const mutationFields = Object.keys(mutationType?.getFields() ?? {});
    for (const { fieldName, mutations } of subscriptions)
      for (const { name, location } of mutations)
        if (!mutationFields.includes(name))
          yield {
            at: location,
            message: `${subscriptionType}.${fieldName} listens to unknown mutation "${name}"`,
            fix: didYouMean(name, mutationFields) ?? `add the field "${name}" to "${mutationType?.name ?? 'Mutation'}", or remove the name`,
          };
  },
};
