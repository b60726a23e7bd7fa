/** The shop as its own team would test it: with what `cdk-enterprise-appsync/local` exports, and nothing else. */
import { App } from 'aws-cdk-lib';
import { EcommerceStack } from '../../bin/samples/ecommerce';
import { apiKey, type GraphqlRequestError, resolver, startLocalApi, type TestApi, userPool } from '../../lib/local';

let shop: TestApi;
beforeAll(async () => {
  shop = await startLocalApi(new EcommerceStack(new App(), 'Ecommerce'));
});
beforeEach(async () => {
  await shop.reset();
  await shop.table('Categories').put({ id: 'coffee', name: 'Coffee', parentId: 'ROOT' });
  await shop.table('Products').put({ id: 'grinder', name: 'Grinder', price: 100, inventory: 3, categoryId: 'coffee' });
});
afterAll(() => shop.close());

const alice = () => shop.as(userPool({ username: 'alice', groups: ['customers'] }));
const ada = () => shop.as(userPool({ username: 'ada', groups: ['admins'] }));

const createOrder = 'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { id userId status total createdAt } }';
const updateStatus = 'mutation ($id: ID!, $status: OrderStatus!) { updateOrderStatus(orderId: $id, status: $status) { id userId status } }';

interface Order {
  readonly id: string;
  readonly userId: string;
  readonly status: string;
  readonly total: number;
  readonly createdAt: string;
}

const grinders = (quantity: number) => ({
  input: {
    items: [{ productId: 'grinder', quantity }],
    shippingAddress: { street1: '1 Main St', city: 'Springfield', state: 'IL', zipCode: '62701', country: 'US' },
    paymentMethod: { type: 'CREDIT_CARD', lastFour: '4242' },
  },
});

test('an order takes its items out of stock', async () => {
  shop.clock.set('2030-01-02T03:04:05Z');
  const customer = alice();

  const order = await customer.mutate<Order>(createOrder, grinders(2));

  expect(order).toMatchObject({ userId: customer.sub, status: 'PENDING', total: 216, createdAt: '2030-01-02T03:04:05.000Z' });
  expect(await shop.table('Products').get({ id: 'grinder' })).toMatchObject({ inventory: 1 });
  expect(await shop.table('Orders').items()).toMatchObject([{ id: order.id, userId: customer.sub }]);
});

test('an order of more than is in stock changes nothing', async () => {
  const failure = await alice().mutate(createOrder, grinders(4)).catch((error: GraphqlRequestError) => error);

  expect(failure).toMatchObject({ errorType: 'OutOfStock' });
  expect(await shop.table('Products').get({ id: 'grinder' })).toMatchObject({ inventory: 3 });
  expect(await shop.table('Orders').items()).toEqual([]);
});

test('a customer hears of her own orders only', async () => {
  const customer = alice();
  const feed = await customer.subscribe('subscription ($userId: String!) { onOrderStatusChange(userId: $userId) { id status } }', { userId: customer.sub });
  const mine = await customer.mutate<Order>(createOrder, grinders(1));
  const other = await shop.as(userPool({ username: 'bob', groups: ['customers'] })).mutate<Order>(createOrder, grinders(1));

  await ada().mutate(updateStatus, { id: other.id, status: 'SHIPPED' });
  await ada().mutate(updateStatus, { id: mine.id, status: 'SHIPPED' });

  expect(await feed.next()).toEqual({ id: mine.id, status: 'SHIPPED' });
  expect(feed.arrived).toEqual([]);
});

test('a guest may look and not buy', async () => {
  const guest = shop.as(apiKey());

  expect(await guest.query('{ getProduct(id: "grinder") { name category { name } } }')).toEqual({ name: 'Grinder', category: { name: 'Coffee' } });
  expect((await guest.execute(createOrder, grinders(1))).errors).toMatchObject([{ errorType: 'Unauthorized' }]);
});

test('a broken table is told to the caller, not taken for an empty one', async () => {
  shop.stub('Products', () => {
    throw Object.assign(new Error('Throughput exceeds the current capacity'), { type: 'DynamoDB:ProvisionedThroughputExceededException' });
  });

  await expect(shop.as(apiKey()).query('{ getProduct(id: "grinder") { name } }')).rejects.toMatchObject({ errorType: 'DynamoDB:ProvisionedThroughputExceededException' });
});

test('an order asks the products once and writes everything at once', async () => {
  const { trace } = await alice().execute(createOrder, grinders(1));

  expect(trace.resolvers.flatMap(({ steps }) => steps.map(({ dataSource, request }) => [dataSource, (request as { operation: string }).operation]))).toEqual([
    ['Products', 'BatchGetItem'],
    ['Orders', 'TransactWriteItems'],
  ]);
});

test('stock is counted, never negative', async () => {
  const { request } = resolver('resolvers/ecommerce/Mutation.updateInventory.ts');

  expect(await request({ args: { productId: 'grinder', quantity: 7 } })).toMatchObject({ operation: 'UpdateItem', key: { id: { S: 'grinder' } } });
  await expect(request({ args: { productId: 'grinder', quantity: -1 } })).rejects.toMatchObject({ errorType: 'BadRequest' });
});
