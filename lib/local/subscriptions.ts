/**
 * Which live subscriptions an event reaches: argument matching and enhanced filters. Pure of sockets.
 * Subscriptions are kept per mutation field, and below that by the value one of their fields must have, so a message
 * to one room of a thousand looks at that room's subscribers only.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html
 */
import { isDeepStrictEqual } from 'node:util';
import type { SubscriptionFilter } from './evaluator';
import type { MutationEvent, PreparedSubscription } from './executor';
import { compileFilter } from './subscription-filter';

/** Larger messages are dropped, silently for the client. Source: quota "subscription payload size". */
const MAX_PAYLOAD_BYTES = 240 * 1024;

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

/** A live subscription. Its filters have been found good before (`validateFilter`). */
interface Entry {
  /** Order of adding. */
  readonly sequence: number;
  readonly subscription: PreparedSubscription;
  readonly subscriber: Subscriber;
  readonly matches: (payload: unknown) => boolean;
  readonly isInvalidatedBy: ((payload: unknown) => boolean) | undefined;
  isLive: boolean;
}

export function createSubscriptions({ log }: { readonly log: (line: string) => void }): Subscriptions {
  const byMutation = new Map<string, EntryIndex>();
  const live = new Set<Entry>();
  let nextSequence = 0;

  function remove(entry: Entry): void {
    if (!entry.isLive) return;
    entry.isLive = false;
    live.delete(entry);
    for (const mutation of entry.subscription.mutations) {
      const index = byMutation.get(mutation);
      index?.delete(entry);
      if (index?.isEmpty) byMutation.delete(mutation);
    }
  }

  /** One failing subscriber must not keep an event from the others. */
  function guarded(entry: Entry, what: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      log(`Subscription.${entry.subscription.fieldName}: ${what} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    add(subscription, subscriber) {
      const { filter, invalidationFilter } = subscription;
      const entry: Entry = {
        sequence: nextSequence++,
        subscription,
        subscriber,
        matches: filter ? compileFilter(filter) : argumentTest(subscription.args),
        isInvalidatedBy: invalidationFilter && compileFilter(invalidationFilter),
        isLive: true,
      };
      live.add(entry);
      for (const mutation of subscription.mutations) {
        let index = byMutation.get(mutation);
        if (index === undefined) byMutation.set(mutation, (index = new EntryIndex()));
        index.add(entry);
      }
      return () => remove(entry);
    },

    publish({ fieldName, payload }) {
      // Observed: a mutation that resolves to null notifies nobody.
      if (payload === null || payload === undefined) return;
      const messages = new Map<string, string | undefined>();
      for (const entry of byMutation.get(fieldName)?.candidates(payload) ?? []) {
        // An earlier subscriber of this very event may have ended this one.
        if (!entry.isLive || !entry.matches(payload)) continue;
        const { projectionKey } = entry.subscription;
        if (!messages.has(projectionKey)) {
          messages.set(projectionKey, undefined);
          guarded(entry, 'projection', () => messages.set(projectionKey, serialise(entry.subscription, payload, log)));
        }
        const message = messages.get(projectionKey);
        if (message !== undefined) guarded(entry, 'delivery', () => entry.subscriber.deliver(message));
      }
    },

    invalidate({ subscriptionField, payload }) {
      const ended = [...live].filter((entry) => entry.subscription.fieldName === subscriptionField && entry.isInvalidatedBy?.(payload));
      for (const entry of ended) {
        remove(entry);
        guarded(entry, 'invalidation', () => entry.subscriber.end());
      }
    },

    get size() {
      return live.size;
    },
  };
}

/** @returns undefined when the message is too large to be sent */
function serialise(subscription: PreparedSubscription, payload: unknown, log: (line: string) => void): string | undefined {
  const json = JSON.stringify(subscription.project(payload));
  // A UTF-16 unit takes three bytes at most, so most messages need no count.
  if (json.length * 3 <= MAX_PAYLOAD_BYTES) return json;
  const bytes = Buffer.byteLength(json);
  if (bytes <= MAX_PAYLOAD_BYTES) return json;
  log(`Subscription.${subscription.fieldName}: message of ${bytes} bytes dropped, AppSync delivers at most ${MAX_PAYLOAD_BYTES}`);
  return undefined;
}

/**
 * Every argument given must equal the payload's field of the same name; null equals null and missing. An argument left out is no constraint.
 * Comparison is strict by type. Assumed: objects and lists are compared by value.
 */
function argumentTest(args: Readonly<Record<string, unknown>>): (payload: unknown) => boolean {
  const wanted = Object.entries(args).filter(([, value]) => value !== undefined);
  return (payload) =>
    wanted.every(([name, value]) => {
      const field = fieldOf(payload, name);
      return field === value || (typeof value === 'object' && isDeepStrictEqual(field, value));
    });
}

/** The value of a payload's own field; null when it is missing or the payload is a scalar or list. */
function fieldOf(payload: unknown, name: string): unknown {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload) || !Object.hasOwn(payload, name)) return null;
  return (payload as Readonly<Record<string, unknown>>)[name] ?? null;
}

/** A top-level field and the value it must have for a subscription to match. */
interface RequiredValue {
  readonly field: string;
  readonly value: unknown;
}

/** The entries of one mutation field, found by a value they require where they require one. */
class EntryIndex {
  /** field → value → entries that can match only then */
  private readonly byField = new Map<string, Map<unknown, Set<Entry>>>();
  private readonly unindexed = new Set<Entry>();

  get isEmpty(): boolean {
    return this.byField.size === 0 && this.unindexed.size === 0;
  }

  add(entry: Entry): void {
    const required = requiredValue(entry.subscription);
    if (required === undefined) {
      this.unindexed.add(entry);
      return;
    }
    let byValue = this.byField.get(required.field);
    if (byValue === undefined) this.byField.set(required.field, (byValue = new Map()));
    const entries = byValue.get(required.value);
    if (entries === undefined) byValue.set(required.value, new Set([entry]));
    else entries.add(entry);
  }

  delete(entry: Entry): void {
    const required = requiredValue(entry.subscription);
    if (required === undefined) {
      this.unindexed.delete(entry);
      return;
    }
    const byValue = this.byField.get(required.field);
    const entries = byValue?.get(required.value);
    entries?.delete(entry);
    if (entries?.size === 0) byValue?.delete(required.value);
    if (byValue?.size === 0) this.byField.delete(required.field);
  }

  /** A copy, in order of adding, of every entry that may match; the rest cannot. */
  candidates(payload: unknown): readonly Entry[] {
    const found = [...this.unindexed];
    let sources = found.length > 0 ? 1 : 0;
    for (const [field, byValue] of this.byField) {
      const entries = byValue.get(fieldOf(payload, field));
      if (entries === undefined) continue;
      for (const entry of entries) found.push(entry);
      sources++;
    }
    // Each set is in order of adding already.
    return sources > 1 ? found.sort((a, b) => a.sequence - b.sequence) : found;
  }
}

/** A value without which the subscription cannot match, if it is simple to see; the same answer every time for the same subscription. */
function requiredValue({ args, filter }: PreparedSubscription): RequiredValue | undefined {
  if (filter) return requiredByFilter(filter);
  for (const [field, value] of Object.entries(args)) {
    if (value !== undefined && (value === null || typeof value !== 'object')) return { field, value };
  }
  return undefined;
}

function requiredByFilter({ filterGroup }: SubscriptionFilter): RequiredValue | undefined {
  if (filterGroup.length !== 1) return undefined;
  const condition = filterGroup[0]?.filters.find(({ fieldName, operator }) => operator === 'eq' && !fieldName.includes('.'));
  return condition && { field: condition.fieldName, value: condition.value };
}
