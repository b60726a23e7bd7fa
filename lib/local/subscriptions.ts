/**
 * Which live subscriptions an event reaches: argument matching and enhanced filters. Pure of sockets.
 * Subscriptions are listed per subscription field, and below that by the values that fields of their payload must have, so a message
 * to one room of a thousand looks at that room's subscribers only.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html
 */
import { isDeepStrictEqual } from 'node:util';
import type { SubscriptionFilter } from './evaluator';
import type { MutationEvent, PreparedSubscription } from './executor';
import { compileFilter, isIgnored } from './subscription-filter';

/** Larger messages are dropped, silently for the client. Source: quota "subscription payload size". */
const MAX_PAYLOAD_BYTES = 240 * 1024;

export interface Subscriber {
  /** Takes the payload of a `data` message, already serialised: `{"data":{…}}`. */
  deliver(payloadJson: string): void;
  /** The subscription was invalidated: tell the client and end it. */
  end(): void;
}

/** A subscription that hears of events until it is removed. Removing it twice is harmless. */
export interface LiveSubscription {
  remove(): void;
}

export interface Subscriptions {
  add(subscription: PreparedSubscription, subscriber: Subscriber): LiveSubscription;
  /** Delivers to every match once, in the order the subscriptions were added; serialises once per distinct projection. */
  publish(event: MutationEvent): void;
  invalidate(invalidation: { readonly subscriptionField: string; readonly payload: unknown }): void;
  readonly size: number;
}

export function createSubscriptions({ log }: { readonly log: (line: string) => void }): Subscriptions {
  return new Registry(log);
}

type PayloadTest = (payload: unknown) => boolean;

/** How an event looks to all subscriptions with the same projection key; the newest schema decides. */
interface Projection {
  readonly key: string;
  project: PreparedSubscription['project'];
  uses: number;
}

/** A live subscription. Its filters have been found good before (`validateFilter`). Ten thousand of these must fit: it keeps nothing of what prepared it. */
class Entry implements LiveSubscription {
  isLive = true;
  /** Where it is listed; set by the listing. */
  place: Set<Entry> | undefined;

  constructor(
    /** Order of adding. */
    readonly sequence: number,
    readonly subscriber: Subscriber,
    readonly listing: Listing,
    readonly projection: Projection,
    readonly required: RequiredValues | undefined,
    /** What is left to test when it was found by the values it requires. */
    readonly matches: PayloadTest,
    readonly isInvalidatedBy: PayloadTest | undefined,
    private readonly registry: Registry,
  ) {}

  remove(): void {
    if (this.isLive) this.registry.remove(this);
  }
}

class Registry implements Subscriptions {
  private readonly listings = new Map<string, Listing>();
  private readonly projections = new Map<string, Projection>();
  private nextSequence = 0;
  private count = 0;

  constructor(private readonly log: (line: string) => void) {}

  get size(): number {
    return this.count;
  }

  add(subscription: PreparedSubscription, subscriber: Subscriber): LiveSubscription {
    const { filter, invalidationFilter, args } = subscription;
    const required = filter ? requiredByFilter(filter) : requiredByArguments(args);
    const matches = required?.isAll ? always : filter ? compileFilter(filter) : argumentTest(args);
    const isInvalidatedBy = invalidationFilter && compileFilter(invalidationFilter);
    const entry = new Entry(this.nextSequence++, subscriber, this.listing(subscription), this.projection(subscription), required, matches, isInvalidatedBy, this);
    entry.listing.add(entry);
    this.count++;
    return entry;
  }

  remove(entry: Entry): void {
    entry.isLive = false;
    this.count--;
    entry.listing.delete(entry);
    if (entry.listing.isEmpty) this.listings.delete(entry.listing.key);
    entry.projection.uses--;
    if (entry.projection.uses === 0) this.projections.delete(entry.projection.key);
  }

  publish({ fieldName, payload }: MutationEvent): void {
    // Observed: a mutation that resolves to null notifies nobody.
    if (payload === null || payload === undefined) return;
    const messages = new Map<Projection, string | undefined>();
    for (const entry of this.candidates(fieldName, payload)) {
      // An earlier subscriber of this very event may have ended this one.
      if (!entry.isLive || !entry.matches(payload)) continue;
      const { projection } = entry;
      if (!messages.has(projection)) {
        messages.set(projection, undefined);
        this.guarded(entry, 'projection', () => messages.set(projection, this.serialise(entry, payload)));
      }
      const message = messages.get(projection);
      if (message !== undefined) this.guarded(entry, 'delivery', () => entry.subscriber.deliver(message));
    }
  }

  invalidate({ subscriptionField, payload }: { readonly subscriptionField: string; readonly payload: unknown }): void {
    const ended = [...this.listings.values()]
      .filter((listing) => listing.fieldName === subscriptionField)
      .flatMap((listing) => [...listing.all()].filter((entry) => entry.isInvalidatedBy?.(payload)))
      .sort(bySequence);
    for (const entry of ended) {
      entry.remove();
      this.guarded(entry, 'invalidation', () => entry.subscriber.end());
    }
  }

  private listing({ fieldName, mutations }: PreparedSubscription): Listing {
    const key = [fieldName, ...mutations].join('\n');
    let listing = this.listings.get(key);
    if (!listing) this.listings.set(key, (listing = new Listing(key, fieldName, new Set(mutations))));
    return listing;
  }

  private projection({ projectionKey: key, project }: PreparedSubscription): Projection {
    let projection = this.projections.get(key);
    if (!projection) this.projections.set(key, (projection = { key, project, uses: 0 }));
    projection.project = project;
    projection.uses++;
    return projection;
  }

  /** A copy, in order of adding, of every entry that may match; the rest cannot. */
  private candidates(mutation: string, payload: unknown): readonly Entry[] {
    const found: Entry[] = [];
    let sources = 0;
    for (const listing of this.listings.values()) {
      if (!listing.mutations.has(mutation)) continue;
      for (const entries of listing.candidates(payload)) {
        for (const entry of entries) found.push(entry);
        sources++;
      }
    }
    // Each set is in order of adding already.
    return sources > 1 ? found.sort(bySequence) : found;
  }

  /** @returns undefined when the message is too large to be sent */
  private serialise({ projection, listing }: Entry, payload: unknown): string | undefined {
    const json = JSON.stringify(projection.project(payload));
    // A UTF-16 unit takes three bytes at most, so most messages need no count.
    if (json.length * 3 <= MAX_PAYLOAD_BYTES) return json;
    const bytes = Buffer.byteLength(json);
    if (bytes <= MAX_PAYLOAD_BYTES) return json;
    this.log(`Subscription.${listing.fieldName}: message of ${bytes} bytes dropped, AppSync delivers at most ${MAX_PAYLOAD_BYTES}`);
    return undefined;
  }

  /** One failing subscriber must not keep an event from the others. */
  private guarded(entry: Entry, what: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.log(`Subscription.${entry.listing.fieldName}: ${what} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** Entries by the values that the same fields must have. */
interface ValueIndex {
  readonly valueIn: (payload: unknown) => unknown;
  readonly byValue: Map<unknown, Set<Entry>>;
}

/** The entries of one subscription field that the same mutations fire, found by the values they require where they require any. */
class Listing {
  private readonly indexes = new Map<string, ValueIndex>();
  private readonly unindexed = new Set<Entry>();

  constructor(
    readonly key: string,
    readonly fieldName: string,
    readonly mutations: ReadonlySet<string>,
  ) {}

  get isEmpty(): boolean {
    return this.indexes.size === 0 && this.unindexed.size === 0;
  }

  add(entry: Entry): void {
    entry.place = this.placeFor(entry.required);
    entry.place.add(entry);
  }

  delete(entry: Entry): void {
    const { required, place } = entry;
    place?.delete(entry);
    if (required === undefined || place?.size !== 0) return;
    const byValue = this.indexes.get(required.fields)?.byValue;
    byValue?.delete(required.value);
    if (byValue?.size === 0) this.indexes.delete(required.fields);
  }

  *all(): Iterable<Entry> {
    yield* this.unindexed;
    for (const { byValue } of this.indexes.values()) for (const entries of byValue.values()) yield* entries;
  }

  *candidates(payload: unknown): Iterable<ReadonlySet<Entry>> {
    if (this.unindexed.size > 0) yield this.unindexed;
    for (const { valueIn, byValue } of this.indexes.values()) {
      const entries = byValue.get(valueIn(payload));
      if (entries) yield entries;
    }
  }

  private placeFor(required: RequiredValues | undefined): Set<Entry> {
    if (required === undefined) return this.unindexed;
    let index = this.indexes.get(required.fields);
    if (index === undefined) this.indexes.set(required.fields, (index = { valueIn: reader(required.fields), byValue: new Map() }));
    let place = index.byValue.get(required.value);
    if (place === undefined) index.byValue.set(required.value, (place = new Set()));
    return place;
  }
}

function bySequence(a: Entry, b: Entry): number {
  return a.sequence - b.sequence;
}

function always(): boolean {
  return true;
}

/**
 * Every argument given must equal the payload's field of the same name; null equals null and missing. An argument left out is no constraint.
 * Comparison is strict by type. Assumed: objects and lists are compared by value.
 */
function argumentTest(args: Readonly<Record<string, unknown>>): PayloadTest {
  const wanted = Object.entries(args).filter(([, value]) => value !== undefined);
  if (wanted.length === 0) return always;
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

/** Fields of the payload and the values they must have for a subscription to match. */
interface RequiredValues {
  /** Paths such as `place.chatRoomId`, one per line. */
  readonly fields: string;
  /** Of a single field as it is; of several as one text. */
  readonly value: unknown;
  /** Nothing else is required. */
  readonly isAll: boolean;
}

function requiredByArguments(args: Readonly<Record<string, unknown>>): RequiredValues | undefined {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const scalars = given.filter(([, value]) => value === null || typeof value !== 'object');
  return requiredValues(scalars, scalars.length === given.length);
}

function requiredByFilter({ filterGroup: [first, ...others] }: SubscriptionFilter): RequiredValues | undefined {
  if (!first || others.length > 0) return undefined;
  const equalities = first.filters.filter(({ fieldName, operator }) => operator === 'eq' && !isIgnored(fieldName));
  return requiredValues(equalities.map(({ fieldName, value }) => [fieldName, value]), equalities.length === first.filters.length);
}

function requiredValues(required: readonly (readonly [field: string, value: unknown])[], isAll: boolean): RequiredValues | undefined {
  const [only, ...others] = [...required].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  if (!only) return undefined;
  if (others.length === 0) return { fields: only[0], value: only[1], isAll };
  const all = [only, ...others];
  return { fields: all.map(([field]) => field).join('\n'), value: joined(all.map(([, value]) => value)), isAll };
}

/** Reads from a payload what `RequiredValues.value` is compared with. */
function reader(fields: string): (payload: unknown) => unknown {
  const paths = fields.split('\n').map((field) => field.split('.'));
  const valueAt = (payload: unknown, path: readonly string[]) => path.reduce<unknown>(fieldOf, payload);
  const [only = [], ...others] = paths;
  if (others.length === 0) return (payload) => valueAt(payload, only);
  return (payload) => joined(paths.map((path) => valueAt(payload, path)));
}

/** Tells texts from numbers, and `["a,b"]` from `["a", "b"]`. */
function joined(values: readonly unknown[]): string {
  return JSON.stringify(values);
}
