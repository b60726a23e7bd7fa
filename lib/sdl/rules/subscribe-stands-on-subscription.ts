import { Kind } from 'graphql';
import type { SdlRule } from './sdl-rule';

/** Other places than fields are misplaced for every directive of this kind, and reported as that. */
export const subscribeStandsOnSubscription: SdlRule = {
  code: 'SDL_SUBSCRIBE_PLACE',
  severity: 'warning',
  summary: '@aws_subscribe stands on fields of the subscription type',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html',
  *check({ schema, document, locate }) {
    const subscriptionType = schema.getSubscriptionType()?.name;
    for (const node of document.definitions) {
      if ((node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) || node.name.value === subscriptionType) continue;
      for (const field of node.fields ?? [])
        for (const directive of field.directives ?? [])
          if (directive.name.value === 'aws_subscribe')
            yield {
              at: locate(directive),
              message: `"@aws_subscribe" on ${node.name.value}.${field.name.value} does nothing: it is no field of the subscription type`,
              fix: subscriptionType === undefined ? 'move the field to `type Subscription`' : `move the field to "${subscriptionType}", or remove the directive`,
            };
    }
  },
};
