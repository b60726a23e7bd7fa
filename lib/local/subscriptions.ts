/** Which live subscriptions an event reaches: argument matching and enhanced filters. Pure of sockets. */
import type { MutationEvent, PreparedSubscription } from './executor';

export interface Subscriber {
  /** Takes the payload of a `data` message, already serialised: `{"data":{…}}`. */
  deliver(payloadJson: string): void;
  /** The subscription was invalidated: tell the client and end it. */
  end(): void;
}

export interface Subscriptions {
  /** @returns a function that removes the subscription; calling it twice is harmless */
  add(subscription: PreparedSubscription, subscriber: Subscriber): () => void;
  /** Delivers to every match once, in the order the subscriptions were added; serialises once per distinct projection. */
  publish(event: MutationEvent): void;
  invalidate(invalidation: { readonly subscriptionField: string; readonly payload: unknown }): void;
  readonly size: number;
}

export function createSubscriptions(_options: { readonly log: (line: string) => void }): Subscriptions {
  throw new Error('pending');
}
