/** Apollo Client with the AppSync links, unmodified, against the shop on a real port. */
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { type AuthOptions, createAuthLink } from 'aws-appsync-auth-link';
import { createSubscriptionHandshakeLink } from 'aws-appsync-subscription-link';
import { WebSocket } from 'ws';
import { type LocalServer, serve } from '../../lib/local';
import { openShop, type Shop } from '../samples/shop';
import { NotesServer } from './notes-server';

let shop: Shop;
let server: LocalServer;
const opened: ApolloClient[] = [];

beforeAll(async () => {
  // The subscription link wants the browser's WebSocket, which Node 20 lacks.
  Object.assign(globalThis, { WebSocket });
  // It also leaves a timer of 15 s behind when a subscription is refused, which must not keep this process alive.
  const start = globalThis.setTimeout;
  Object.assign(globalThis, { setTimeout: (...args: Parameters<typeof start>) => start(...args).unref() });
  shop = await openShop();
  server = await serve(shop.local.apis, { port: 0, log: () => undefined });
});

afterAll(async () => {
  opened.forEach((client) => client.stop());
  await server.close();
  await shop.dispose();
});

/** A client set up as the documentation of the links says. */
function apollo(auth: AuthOptions, url = server.apis[0]?.url ?? '', ...before: ApolloLink[]): ApolloClient {
  const options = { url, region: 'us-east-1', auth };
  // Apollo Client 4 tells servers about itself in the body, after the auth link has signed it; AppSync would refuse that too.
  const http = new HttpLink({ uri: url, enhancedClientAwareness: { transport: false } });
  const link = ApolloLink.from([...before, createAuthLink(options), createSubscriptionHandshakeLink(options, http)]);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  opened.push(client);
  return client;
}

async function signedIn(username: string, ...groups: string[]): Promise<{ client: ApolloClient; sub: string }> {
  const user = await shop.user(username, ...groups);
  return { client: apollo({ type: 'AMAZON_COGNITO_USER_POOLS', jwtToken: () => user.credentials('').authorization ?? '' }), sub: user.sub };
}

/** Events of a subscription as they come. The link tells nobody of `start_ack`, so the test asks the server whether it listens. */
function listen(client: ApolloClient, query: string, variables: Record<string, unknown>) {
  const events: unknown[] = [];
  let wake = () => {};
  const subscription = client.subscribe({ query: gql(query), variables }).subscribe({
    next: ({ data, error }) => {
      events.push(error ?? data);
      wake();
    },
    error: (error: unknown) => {
      events.push(error);
      wake();
    },
  });
  return {
    events,
    stop: () => subscription.unsubscribe(),
    async count(wanted: number) {
      while (events.length < wanted) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

const createOrder = gql`
  mutation Create($input: CreateOrderInput!) {
    createOrder(input: $input) {
      id
      status
    }
  }
`;

const input = {
  items: [{ productId: 'p-espresso-grinder', quantity: 1 }],
  shippingAddress: { street1: '1 Main St', city: 'Springfield', state: 'IL', zipCode: '62701', country: 'US' },
  paymentMethod: { type: 'CREDIT_CARD', lastFour: '4242' },
};

test('a guest reads the catalogue with an API key', async () => {
  const client = apollo({ type: 'API_KEY', apiKey: shop.apiKey });
  const { data } = await client.query<{ getProduct: unknown }>({ query: gql('{ getProduct(id: "p-moka-pot") { id name category { name } } }') });

  expect(data?.getProduct).toMatchObject({ id: 'p-moka-pot', name: 'Moka Pot', category: { name: 'Coffee' } });
});

test('a customer’s order changes reach the customer once, and nobody else', async () => {
  const { client: alice, sub } = await signedIn('alice', 'customers');
  const { client: bob, sub: bobSub } = await signedIn('bob', 'customers');
  const { client: admin } = await signedIn('ada', 'admins');
  const watch = 'subscription Watch($userId: String!) { onOrderStatusChange(userId: $userId) { id userId status } }';
  const hers = listen(alice, watch, { userId: sub });
  const his = listen(bob, watch, { userId: bobSub });
  const prying = listen(bob, watch, { userId: sub });
  await subscribed(3);

  const { data } = await alice.mutate<{ createOrder: { id: string } }>({ mutation: createOrder, variables: { input } });
  const id = data?.createOrder.id;
  const update = gql('mutation Update($id: ID!, $status: OrderStatus!) { updateOrderStatus(orderId: $id, status: $status) { id userId status } }');
  await admin.mutate({ mutation: update, variables: { id, status: 'CONFIRMED' } });
  await admin.mutate({ mutation: update, variables: { id, status: 'SHIPPED' } });
  await hers.count(2);

  expect(hers.events).toMatchObject([{ onOrderStatusChange: { id, userId: sub, status: 'CONFIRMED' } }, { onOrderStatusChange: { id, userId: sub, status: 'SHIPPED' } }]);
  expect([...his.events, ...prying.events]).toEqual([]);
  for (const feed of [hers, his, prying]) feed.stop();
  await subscribed(0);
});

test('a subscription that is refused ends with AppSync’s error', async () => {
  const client = apollo({ type: 'API_KEY', apiKey: shop.apiKey });
  const feed = listen(client, 'subscription { onOrderStatusChange(userId: "x") { id } }', {});
  await feed.count(1);

  // The link throws what the server sent, which is no Error: Apollo keeps it as the cause.
  expect(JSON.stringify((feed.events[0] as Error).cause)).toContain('Not Authorized to access onOrderStatusChange on type Subscription');
});

describe('beside the shop', () => {
  let notes: NotesServer;
  beforeEach(async () => void (notes = await NotesServer.start()));
  afterEach(() => notes.dispose());

  const add = gql('mutation Add($id: ID!) { addNote(id: $id, room: "a", body: "hello") { id room author } }');
  const onNote = 'subscription OnNote($room: ID) { onNote(room: $room) { id author } }';

  test('a backend signs queries, mutations and subscriptions with IAM', async () => {
    const backend = apollo({ type: 'AWS_IAM', credentials: notes.credentials }, notes.url('http'));
    const feed = listen(backend, onNote, { room: 'a' });
    await notes.subscribed(1);
    await backend.mutate({ mutation: add, variables: { id: '1' } });
    await feed.count(1);

    expect(feed.events).toEqual([{ onNote: { __typename: 'Note', id: '1', author: 'a backend' } }]);
    feed.stop();
    await notes.subscribed(0);
  });

  test('a subscription comes back after the server has been restarted, with Apollo’s RetryLink', async () => {
    const guest = apollo({ type: 'API_KEY', apiKey: notes.apiKey }, notes.url('http'), new RetryLink({ delay: { initial: 1, max: 20 }, attempts: { max: 1_000 } }));
    const feed = listen(guest, onNote, {});
    await notes.subscribed(1);
    await guest.mutate({ mutation: add, variables: { id: '1' } });
    await feed.count(1);

    await notes.restart();
    await notes.subscribed(1);
    await guest.mutate({ mutation: add, variables: { id: '2' } });
    await feed.count(2);

    expect(feed.events).toMatchObject([{ onNote: { id: '1' } }, { onNote: { id: '2' } }]);
    feed.stop();
  });
});

/** Waits until the server holds that many subscriptions. */
async function subscribed(wanted: number): Promise<void> {
  while (shop.local.apis[0]?.subscriptionCount !== wanted) await new Promise((resolve) => setImmediate(resolve));
}
