/** A live subscription of a test: its events in order, taken one by one or in a loop. */
import type { PreparedSubscription } from '../executor';
import { type AnswerError, GraphqlRequestError } from './request-error';

/** How long `next` waits unless told otherwise: less than Jest gives a test, whose message would say nothing. A function that publishes may have to start first. */
const patienceMs = 4_000;

export interface SubscriptionFeed<Event> extends AsyncIterable<Event> {
  /**
   * The next event: the value of the subscription's field, in order of arrival.
   * @throws Error when none comes in `timeoutMs` (4000 by default), or the subscription has ended
   * @throws GraphqlRequestError when the event has errors, or the subscription was ended with some
   */
  next(options?: { readonly timeoutMs?: number }): Promise<Event>;
  /** Events that have arrived and that nobody has taken. */
  readonly arrived: readonly Event[];
  /** False once it was ended, by the test or by the service. */
  readonly isLive: boolean;
  /** Ends it, as a client does; also done by `await using`. */
  return(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Message {
  readonly event: unknown;
  readonly data: unknown;
  readonly errors?: readonly AnswerError[];
}

/** Why a feed gives nothing more. */
type End = { readonly reason: string; readonly errors?: readonly AnswerError[] };

/** Somebody who waits for what comes first. */
type Waiting = (outcome: Message | End) => void;

export class Feed implements SubscriptionFeed<unknown> {
  private readonly messages: Message[] = [];
  private readonly waiting: Waiting[] = [];
  private ended: End | undefined;

  /** @param stop takes the subscription off the API */
  constructor(
    private readonly subscription: PreparedSubscription,
    private readonly rootKey: string,
    private readonly stop: () => void,
  ) {}

  get arrived(): readonly unknown[] {
    return this.messages.map(({ event }) => event);
  }

  get isLive(): boolean {
    return this.ended === undefined;
  }

  /** @param payloadJson `{"data":{…},"errors":[…]}` */
  deliver(payloadJson: string): void {
    const { data, errors } = JSON.parse(payloadJson) as { readonly data: Readonly<Record<string, unknown>> | null; readonly errors?: readonly AnswerError[] };
    const message = { event: data?.[this.rootKey] ?? null, data, ...(errors && { errors }) };
    const [first] = this.waiting.splice(0, 1);
    if (first) first(message);
    else this.messages.push(message);
  }

  end(end: End): void {
    if (this.ended) return;
    this.ended = end;
    this.stop();
    for (const waiting of this.waiting.splice(0)) waiting(end);
  }

  async next({ timeoutMs = patienceMs }: { readonly timeoutMs?: number } = {}): Promise<unknown> {
    const outcome = await this.arrival(timeoutMs);
    if ('reason' in outcome && !outcome.errors) throw new Error(`${this.name} gives no more events: ${outcome.reason}`);
    return this.eventOf(outcome);
  }

  async return(): Promise<void> {
    this.end({ reason: 'the test has ended it' });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.return();
  }

  /** A loop ends with the subscription. It waits as long as that lives. */
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    try {
      for (;;) {
        const outcome = await this.arrival();
        if ('reason' in outcome && !outcome.errors) return;
        yield this.eventOf(outcome);
      }
    } finally {
      await this.return();
    }
  }

  private eventOf(outcome: Message | End): unknown {
    if (outcome.errors) throw new GraphqlRequestError('reason' in outcome ? this.name : `an event of ${this.name}`, outcome.errors, 'data' in outcome ? outcome.data : null);
    return 'event' in outcome ? outcome.event : undefined;
  }

  private async arrival(timeoutMs?: number): Promise<Message | End> {
    const arrived = this.messages.shift() ?? this.ended;
    if (arrived) return arrived;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      const giveUp = () => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(new Error(`${this.name} had no event for ${timeoutMs} ms\n${this.expectation()}`));
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs);
      this.waiting.push(waiting);
    });
  }

  private get name(): string {
    return `Subscription.${this.subscription.fieldName}`;
  }

  /** What has to happen for an event, as far as the subscription tells. */
  private expectation(): string {
    const { mutations, args, filter } = this.subscription;
    const wanted = Object.entries(args).map(([name, value]) => `"${name}" to be ${JSON.stringify(value)}`);
    const condition = filter ? `its result to pass the filter ${JSON.stringify(filter.filterGroup)}` : wanted.join(' and ');
    const names = mutations.map((mutation) => `"${mutation}"`).join(' or ') || '(none is declared)';
    return `it is fired by the mutation ${names}${condition === '' ? '' : `, and wants ${condition}; the mutation has to select the fields that are compared`}`;
  }
}
