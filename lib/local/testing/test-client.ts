/** An API as one caller sees it. */
import type { RequestTrace } from '../execution/trace';
import type { OperationRequest } from '../executor';
import { readDocument, type RootValue, type TypedDocument, type UntypedDocument, type Variables } from './operation-document';
import { type AnswerError, GraphqlRequestError } from './request-error';
import type { SubscriptionFeed } from './subscription-feed';

/** What came back, errors or not. */
export interface Answer<Data = Readonly<Record<string, unknown>>> {
  readonly data: Data | null;
  /** Absent when there are none, as on the wire. */
  readonly errors?: readonly AnswerError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Set by `util.http.addResponseHeader`. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the resolvers did; `String(trace)` tells it. */
  readonly trace: RequestTrace;
}

/** Resolves when the subscription is live, rejects with AppSync's errors when it is refused; its events can be asked for at once. */
export type StartingFeed<Event> = Promise<SubscriptionFeed<Event>> & Pick<SubscriptionFeed<Event>, 'next' | 'return'>;

/** Variables may be left out when none of them has to be given. */
type Given<Wanted> = Record<string, never> extends Wanted ? [variables?: Wanted] : [variables: Wanted];

/**
 * Documents are texts, parsed documents, or documents that know their types. `query`, `mutate` and `subscribe` give the value of the
 * operation's only root field, or the data as a whole when it has several. For a document without types, name the type of that value:
 * `await alice.mutate<Order>('mutation { … }')`.
 */
export interface TestClient {
  /** `sub` of a user; empty for callers without one. */
  readonly sub: string;
  /** `ctx.identity` */
  readonly identity: Readonly<Record<string, unknown>> | null;
  /** @throws GraphqlRequestError when the answer has errors */
  query<Data, Wanted>(document: TypedDocument<Data, Wanted>, ...variables: Given<Wanted>): Promise<RootValue<Data>>;
  query<Value = unknown>(document: UntypedDocument, variables?: Variables): Promise<Value>;
  /** @throws GraphqlRequestError when the answer has errors */
  mutate<Data, Wanted>(document: TypedDocument<Data, Wanted>, ...variables: Given<Wanted>): Promise<RootValue<Data>>;
  mutate<Value = unknown>(document: UntypedDocument, variables?: Variables): Promise<Value>;
  /** The whole answer, for what is expected to fail. */
  execute<Data, Wanted>(document: TypedDocument<Data, Wanted>, ...variables: Given<Wanted>): Promise<Answer<Data>>;
  execute<Data = Readonly<Record<string, unknown>>>(document: UntypedDocument, variables?: Variables): Promise<Answer<Data>>;
  /** Whatever is sent after this call, by whomever, finds the subscription live. @throws GraphqlRequestError when it is refused */
  subscribe<Data, Wanted>(document: TypedDocument<Data, Wanted>, ...variables: Given<Wanted>): StartingFeed<RootValue<Data>>;
  subscribe<Event = unknown>(document: UntypedDocument, variables?: Variables): StartingFeed<Event>;
}

/** The API's side of a client. */
export interface ClientPort {
  execute(request: OperationRequest): Promise<Answer>;
  /** @param rootKey response key of the subscription's field */
  subscribe(request: OperationRequest, rootKey: string): Promise<SubscriptionFeed<unknown>>;
}

export function createClient(identity: TestClient['identity'], port: ClientPort): TestClient {
  const execute = async (document: unknown, variables?: unknown): Promise<Answer> => port.execute({ query: readDocument(document).query, variables: onTheWire(variables) });

  async function valueOf(what: string, document: unknown, variables?: unknown): Promise<unknown> {
    const { rootKey } = readDocument(document);
    const { data, errors, trace } = await execute(document, variables);
    if (errors) throw new GraphqlRequestError(what, errors, data, trace);
    return rootKey === undefined ? data : data?.[rootKey];
  }

  async function start(document: unknown, variables?: unknown): Promise<SubscriptionFeed<unknown>> {
    const { query, rootKey = '' } = readDocument(document);
    return port.subscribe({ query, variables: onTheWire(variables) }, rootKey);
  }

  const client = {
    sub: typeof identity?.sub === 'string' ? identity.sub : '',
    identity,
    query: (document: unknown, variables?: unknown) => valueOf('the query', document, variables),
    mutate: (document: unknown, variables?: unknown) => valueOf('the mutation', document, variables),
    execute,
    subscribe(document: unknown, variables?: unknown): StartingFeed<unknown> {
      const feed = start(document, variables);
      return Object.assign(feed, {
        next: async (options?: { readonly timeoutMs?: number }) => (await feed).next(options),
        return: async () => (await feed).return(),
      });
    },
  };
  // The types that documents carry exist for the compiler alone.
  return client as TestClient;
}

/** As JSON carries them: dates are text, undefined members are gone. */
function onTheWire(variables: unknown): Variables | null {
  return variables === undefined ? null : (JSON.parse(JSON.stringify(variables)) as Variables);
}
