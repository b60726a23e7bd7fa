/** The shop from end to end: the stack as it is synthesized, run by the local API. One long file, because opening the shop takes seconds. */
import type * as tableStore from '../../lib/local/data-sources/table-store';
import { type Client, openShop, type Shop } from './shop';

/** Names of the DynamoDB operations since `operationsOf` last began. */
const mockOperations: string[] = [];

jest.mock('../../lib/local/data-sources/table-store', () => {
  const actual = jest.requireActual<typeof tableStore>('../../lib/local/data-sources/table-store');
  return {
    ...actual,
    openTableStore: async (...options: Parameters<typeof actual.openTableStore>): Promise<tableStore.TableStore> => {
      const store = await actual.openTableStore(...options);
      return {
        ensureTables: (tables) => store.ensureTables(tables),
        call: (operation, parameters) => {
          mockOperations.push(operation);
          return store.call(operation, parameters);
        },
        close: () => store.close(),
      };
    },
  };
});

let shop: Shop;
let alice: Client;
let bob: Client;
let admin: Client;
let warehouse: Client;
let fulfillment: Client;

/** More products than one BatchGetItem takes. */
const unlisted = Array.from({ length: 110 }, (_, i) => `p-unlisted-${i}`);

beforeAll(async () => {
  shop = await openShop(unlisted);
  alice = await shop.user('alice', 'customers');
  bob = await shop.user('bob', 'customers');
  admin = await shop.user('ada', 'admins');
  warehouse = await shop.user('walt', 'warehouse');
  fulfillment = await shop.user('fay', 'fulfillment');
});

afterAll(() => shop?.dispose());

const address = { street1: '1 Main Street', city: 'Springfield', state: 'IL', zipCode: '62701', country: 'US' };
const card = { type: 'CREDIT_CARD', lastFour: '4242', expiryMonth: 12, expiryYear: 2031 };

const createProduct = 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { id name category { id } } }';
const createOrder = `mutation ($input: CreateOrderInput!) {
  createOrder(input: $input) { id userId status subtotal tax shipping total billingAddress { city } items { productId quantity unitPrice totalPrice } }
}`;
const cancelOrder = 'mutation ($id: ID!) { cancelOrder(orderId: $id) { id status } }';
const updateStatus = 'mutation ($id: ID!, $status: OrderStatus!) { updateOrderStatus(orderId: $id, status: $status) { id userId status } }';
const getInventory = 'query ($id: ID!) { getProduct(id: $id) { inventory } }';
const listProducts = `query ($categoryId: String, $priceRange: PriceRangeInput, $sortBy: ProductSortField, $sortOrder: SortOrder, $limit: Int, $nextToken: String) {
  listProducts(categoryId: $categoryId, priceRange: $priceRange, sortBy: $sortBy, sortOrder: $sortOrder, limit: $limit, nextToken: $nextToken) {
    items { id name price }
    nextToken
  }
}`;

/** A product of its own, outside the categories that the catalogue tests list. */
async function newProduct(details: object = {}): Promise<string> {
  const input = { name: 'Test Product', price: 10, inventory: 100, categoryId: 'c-outdoor', ...details };
  return (await admin.get(createProduct, { input })).createProduct.id;
}

function orderOf(items: object[]): object {
  return { input: { items, shippingAddress: address, paymentMethod: card } };
}

async function newOrder(client: Client, productId: string, quantity = 1): Promise<string> {
  return (await client.get(createOrder, orderOf([{ productId, quantity }]))).createOrder.id;
}

async function inventoryOf(id: string): Promise<number> {
  return (await shop.guest.get(getInventory, { id })).getProduct.inventory;
}

/** What the tables were asked while `work` ran. */
async function operationsOf(work: () => Promise<unknown>): Promise<string[]> {
  mockOperations.length = 0;
  await work();
  return [...mockOperations];
}

describe('the catalogue', () => {
  const names = (data: { listProducts: { items: { name: string }[] } }) => data.listProducts.items.map(({ name }) => name);

  it('shows a product with its category tree and ratings to guests', async () => {
    const { getProduct } = await shop.guest.get(`{
      getProduct(id: "p-espresso-grinder") {
        name price inventory createdAt images category { name parent { name parent { id } children { name } } }
        ratings { average count distribution { oneStar twoStar threeStar fourStar fiveStar } }
      }
    }`);

    expect(getProduct).toEqual({
      name: 'Espresso Grinder',
      price: 189,
      inventory: 24,
      createdAt: '2025-01-14T09:00:00.000Z',
      images: ['https://images.example.com/espresso-grinder.jpg'],
      category: { name: 'Coffee', parent: { name: 'Home & Kitchen', parent: null, children: [{ name: 'Coffee' }, { name: 'Cookware' }] } },
      ratings: { average: 4.56, count: 63, distribution: { oneStar: 1, twoStar: 0, threeStar: 3, fourStar: 18, fiveStar: 41 } },
    });
  });

  it('answers null for a product that does not exist, and for the ratings of one without reviews', async () => {
    expect(await shop.guest.get('{ missing: getProduct(id: "p-none") { id } scale: getProduct(id: "p-coffee-scale") { ratings { count } } }')).toEqual({
      missing: null,
      scale: { ratings: null },
    });
  });

  it.each([
    ['by name', {}, ['Coffee Scale', 'Espresso Grinder', 'Moka Pot', 'Pour-Over Kettle']],
    ['by price', { sortBy: 'PRICE' }, ['Coffee Scale', 'Moka Pot', 'Pour-Over Kettle', 'Espresso Grinder']],
    ['by price, dearest first', { sortBy: 'PRICE', sortOrder: 'DESC' }, ['Espresso Grinder', 'Pour-Over Kettle', 'Moka Pot', 'Coffee Scale']],
    ['newest first', { sortBy: 'CREATED_AT', sortOrder: 'DESC' }, ['Coffee Scale', 'Pour-Over Kettle', 'Moka Pot', 'Espresso Grinder']],
    ['by price within a range', { sortBy: 'PRICE', priceRange: { min: 34.9, max: 59 } }, ['Moka Pot', 'Pour-Over Kettle']],
    ['by name from a price up', { priceRange: { min: 59 } }, ['Espresso Grinder', 'Pour-Over Kettle']],
    ['by price up to a limit', { sortBy: 'PRICE', priceRange: { max: 30 } }, ['Coffee Scale']],
  ])('lists a category %s', async (_order, args, expected) => {
    expect(names(await shop.guest.get(listProducts, { categoryId: 'c-coffee', ...args }))).toEqual(expected);
  });

  it('pages through the whole catalogue without losing or repeating a product', async () => {
    const pages: string[][] = [];
    let nextToken: string | null = null;
    do {
      const data = await shop.guest.get(listProducts, { sortBy: 'PRICE', priceRange: { min: 27.5 }, limit: 4, nextToken });
      pages.push(data.listProducts.items.filter(({ id }: { id: string }) => id.startsWith('p-')).map(({ price }: { price: number }) => price));
      nextToken = data.listProducts.nextToken;
    } while (nextToken !== null);

    expect(pages.length).toBeGreaterThanOrEqual(4);
    expect(pages.flat()).toEqual([27.5, 34.9, 38.5, 44, 54.9, 59, 72, 89, 98, 119, 139, 189, 249, 279, 329]);
  });

  it.each([0, 101])('rejects a page of %i', async (limit) => {
    expect(await shop.guest.refusal(listProducts, { limit })).toEqual({ errorType: 'BadRequest', message: `"limit" must be between 1 and 100, got ${limit}` });
  });

  it('rejects a price range that is upside down', async () => {
    expect(await shop.guest.refusal(listProducts, { priceRange: { min: 5, max: 4 } })).toEqual({
      errorType: 'BadRequest',
      message: '"priceRange.min" must not be above "priceRange.max", got 5 and 4',
    });
  });

  it('finds products by words of their name and description, in any case', async () => {
    const search = `query ($query: String!, $filters: ProductFiltersInput) { searchProducts(query: $query, filters: $filters) { items { name } nextToken } }`;

    expect(await shop.guest.get(search, { query: 'STEEL' })).toEqual({ searchProducts: { items: [{ name: "Chef's Knife" }, { name: 'Saucepan' }], nextToken: null } });
    expect(await shop.guest.get(search, { query: ' knife  swedish ' })).toEqual({ searchProducts: { items: [{ name: "Chef's Knife" }], nextToken: null } });
    expect(await shop.guest.get(search, { query: 'steel', filters: { priceRange: { max: 100 }, categoryId: 'c-cookware' } })).toEqual({
      searchProducts: { items: [{ name: 'Saucepan' }], nextToken: null },
    });
    expect(await shop.guest.get(search, { query: 'reader', filters: { inStock: true } })).toEqual({ searchProducts: { items: [], nextToken: null } });
    expect(await shop.guest.get(search, { query: 'hedphones' })).toMatchObject({ searchProducts: { items: [{ name: 'Wireless Headphones' }] } });
    expect(await shop.guest.refusal(search, { query: '  ' })).toEqual({ errorType: 'BadRequest', message: '"query" must have 1 to 5 words, got 0' });
    expect(await shop.guest.refusal(search, { query: 'steel', filters: { nextToken: 'made up' } })).toEqual({ errorType: 'BadRequest', message: '"filters.nextToken" is not from an earlier search' });
  });

  it('counts matches by category and price, with the products that are not on the page', async () => {
    const search = `query { searchProducts(query: "coffee") { items { name category { name } } total facets { categories { categoryId count } prices { from to count } } } }`;

    expect(await shop.guest.get(search)).toEqual({
      searchProducts: {
        items: expect.arrayContaining([{ name: 'Coffee Scale', category: { name: 'Coffee' } }]),
        total: 2,
        facets: {
          categories: [{ categoryId: 'c-coffee', count: 2 }],
          prices: [
            { from: null, to: 25, count: 0 },
            { from: 25, to: 50, count: 1 },
            { from: 50, to: 100, count: 0 },
            { from: 100, to: null, count: 1 },
          ],
        },
      },
    });
  });

  it('pages through matches without losing or repeating one', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 45; i++) ids.push(await newProduct({ name: `Kumquat ${i}` }));
    const search = `query ($nextToken: String) { searchProducts(query: "kumquat", filters: { nextToken: $nextToken }) { items { id } nextToken total } }`;

    const found: string[] = [];
    let nextToken: string | null = null;
    do {
      const page: { items: { id: string }[]; nextToken: string | null; total: number } = (await shop.guest.get(search, { nextToken })).searchProducts;
      expect(page.total).toBe(45);
      found.push(...page.items.map(({ id }) => id));
      nextToken = page.nextToken;
    } while (nextToken !== null);

    expect(found).toHaveLength(45);
    expect(found.sort()).toEqual(ids.sort());
  });

  it('lists one level of the category tree', async () => {
    const list = 'query ($parentId: String) { listCategories(parentId: $parentId) { name parent { name } } }';

    expect(await shop.guest.get(list)).toEqual({
      listCategories: [
        { name: 'Electronics', parent: null },
        { name: 'Home & Kitchen', parent: null },
        { name: 'Outdoor', parent: null },
      ],
    });
    expect(await shop.guest.get(list, { parentId: 'c-home' })).toEqual({
      listCategories: [
        { name: 'Coffee', parent: { name: 'Home & Kitchen' } },
        { name: 'Cookware', parent: { name: 'Home & Kitchen' } },
      ],
    });
  });

  it('reads the categories of a page in one batch', async () => {
    const operations = await operationsOf(() => shop.guest.get('{ listProducts(limit: 15) { items { name category { name } } } }'));

    expect(operations).toEqual(['Query', 'BatchGetItem']);
  });

  it('reads no categories when none are selected', async () => {
    expect(await operationsOf(() => shop.guest.get('{ listProducts(limit: 15) { items { name } } }'))).toEqual(['Query']);
  });

  it('still answers a category that is selected under an alias', async () => {
    const { listProducts } = await shop.guest.get('{ listProducts(categoryId: "c-audio", limit: 1) { items { group: category { name } } } }');

    expect(listProducts.items).toEqual([{ group: { name: 'Audio' } }]);
  });
});

describe('who may do what', () => {
  it('lets guests browse and nothing else', async () => {
    expect(await shop.guest.refusal('{ getMyCart { total } }')).toEqual({ errorType: 'Unauthorized', message: 'Not Authorized to access getMyCart on type Query' });
    expect(await shop.guest.refusal('mutation { addToCart(productId: "p-moka-pot", quantity: 1) { total } }')).toEqual({
      errorType: 'Unauthorized',
      message: 'Not Authorized to access addToCart on type Mutation',
    });
    await expect(shop.guest.subscribe('subscription { onInventoryUpdate { id } }')).rejects.toThrow('Not Authorized to access onInventoryUpdate on type Subscription');
  });

  it('keeps customers out of product management', async () => {
    const input = { name: 'Mine', price: 1, inventory: 1, categoryId: 'c-outdoor' };

    expect(await alice.refusal(createProduct, { input })).toEqual({ errorType: 'Unauthorized', message: 'Not Authorized to access createProduct on type Mutation' });
    expect(await alice.refusal('mutation { updateProductPrice(productId: "p-moka-pot", price: 0.01) { id } }')).toEqual({
      errorType: 'Unauthorized',
      message: 'Not Authorized to access updateProductPrice on type Mutation',
    });
    expect(await alice.refusal(updateStatus, { id: 'any', status: 'SHIPPED' })).toMatchObject({ errorType: 'Unauthorized' });
  });

  it('lets the warehouse count stock and read what it counted, down to the category', async () => {
    const id = await newProduct();
    const count = 'mutation ($id: ID!) { updateInventory(productId: $id, quantity: 7) { id inventory category { name } ratings { count } } }';

    expect(await warehouse.get(count, { id })).toEqual({ updateInventory: { id, inventory: 7, category: { name: 'Outdoor' }, ratings: null } });
    expect(await warehouse.refusal('mutation { updateProductPrice(productId: "p-moka-pot", price: 1) { id } }')).toMatchObject({ errorType: 'Unauthorized' });
  });

  it('lets fulfillment move an order on and read all of it', async () => {
    const productId = await newProduct({ name: 'Lantern' });
    const id = await newOrder(alice, productId);
    const ship = `mutation ($id: ID!) {
      updateOrderStatus(orderId: $id, status: SHIPPED) { status shippingAddress { city } paymentMethod { lastFour } items { quantity product { name category { name } } } }
    }`;

    expect(await fulfillment.get(ship, { id })).toEqual({
      updateOrderStatus: {
        status: 'SHIPPED',
        shippingAddress: { city: 'Springfield' },
        paymentMethod: { lastFour: '4242' },
        items: [{ quantity: 1, product: { name: 'Lantern', category: { name: 'Outdoor' } } }],
      },
    });
  });

  it('lets backends report stock and order status, and read what they get back', async () => {
    const productId = await newProduct();
    const id = await newOrder(alice, productId);

    expect(await shop.backend.get('mutation ($id: ID!) { updateInventory(productId: $id, quantity: 3) { inventory category { name } } }', { id: productId })).toEqual({
      updateInventory: { inventory: 3, category: { name: 'Outdoor' } },
    });
    expect(await shop.backend.get('mutation ($id: ID!) { updateOrderStatus(orderId: $id, status: CONFIRMED) { status items { product { id } } } }', { id })).toEqual({
      updateOrderStatus: { status: 'CONFIRMED', items: [{ product: { id: productId } }] },
    });
    expect(await shop.backend.refusal('{ getMyCart { total } }')).toMatchObject({ errorType: 'Unauthorized' });
  });

  it('does not place the order of somebody who could not read it', async () => {
    const productId = await newProduct({ inventory: 5 });

    expect(await warehouse.refusal(createOrder, orderOf([{ productId, quantity: 1 }]))).toMatchObject({ errorType: 'Unauthorized' });
    expect(await inventoryOf(productId)).toBe(5);
  });

  it('shows an order to its customer and to admins; to others it is Unauthorized, and one that does not exist is null', async () => {
    const id = await newOrder(alice, await newProduct());
    const getOrder = 'query ($id: ID!) { getOrder(id: $id) { id userId } }';

    expect(await alice.get(getOrder, { id })).toEqual({ getOrder: { id, userId: alice.sub } });
    expect(await admin.get(getOrder, { id })).toEqual({ getOrder: { id, userId: alice.sub } });
    expect(await bob.refusal(getOrder, { id })).toEqual({ errorType: 'Unauthorized', message: 'Not Authorized to access getOrder on type Query' });
    expect(await bob.get(getOrder, { id: 'none' })).toEqual({ getOrder: null });
  });
});

describe('product management', () => {
  it('changes what the input names, and finds the product under its new name only', async () => {
    const id = await newProduct({ name: 'Hammock', description: 'Woven in Brazil.' });
    const update = 'mutation ($id: ID!, $input: UpdateProductInput!) { updateProduct(id: $id, input: $input) { name description price category { id } } }';
    const search = 'query ($query: String!) { searchProducts(query: $query) { items { id } } }';

    expect(await admin.get(update, { id, input: { name: 'Hanging Bed', categoryId: 'c-home' } })).toEqual({
      updateProduct: { name: 'Hanging Bed', description: 'Woven in Brazil.', price: 10, category: { id: 'c-home' } },
    });
    expect(await admin.get(update, { id, input: { description: null } })).toMatchObject({ updateProduct: { name: 'Hanging Bed', description: null } });
    expect(await shop.guest.get(search, { query: 'hanging bed' })).toEqual({ searchProducts: { items: [{ id }] } });
    expect(await shop.guest.get(search, { query: 'hammock' })).toEqual({ searchProducts: { items: [] } });
    expect(await shop.guest.get(search, { query: 'brazil' })).toEqual({ searchProducts: { items: [] } });
  });

  it.each([
    [{ price: 0 }, 'BadRequest', '"price" must be at least 0.01 with at most two decimals, got 0'],
    [{ price: 9.999 }, 'BadRequest', '"price" must be at least 0.01 with at most two decimals, got 9.999'],
    [{ inventory: -1 }, 'BadRequest', 'the number in stock must be 0 or more, got -1'],
    [{ name: ' ' }, 'BadRequest', '"name" must not be empty'],
    [{ categoryId: 'c-none' }, 'NotFound', 'there is no category "c-none"'],
  ])('rejects a new product with %j', async (details, errorType, message) => {
    const input = { name: 'New', price: 1, inventory: 1, categoryId: 'c-outdoor', ...details };

    expect(await admin.refusal(createProduct, { input })).toEqual({ errorType, message });
  });

  it('does not bring a product into being by updating it', async () => {
    const notFound = { errorType: 'NotFound', message: 'there is no product "p-none"' };

    expect(await admin.refusal('mutation { updateInventory(productId: "p-none", quantity: 1) { id } }')).toEqual(notFound);
    expect(await admin.refusal('mutation { updateProductPrice(productId: "p-none", price: 1) { id } }')).toEqual(notFound);
    expect(await admin.refusal('mutation { updateProduct(id: "p-none", input: { name: "X" }) { id } }')).toEqual(notFound);
    expect(await shop.guest.get('{ getProduct(id: "p-none") { id } }')).toEqual({ getProduct: null });
  });
});

describe('orders', () => {
  it('takes prices from the catalogue, adds up entries for one product, and reserves the stock', async () => {
    const tent = await newProduct({ price: 19.99, inventory: 10 });
    const rope = await newProduct({ price: 0.05, inventory: 10 });

    const { createOrder: order } = await alice.get(createOrder, orderOf([{ productId: tent, quantity: 1 }, { productId: rope, quantity: 3 }, { productId: tent, quantity: 1 }]));

    expect(order).toMatchObject({ userId: alice.sub, status: 'PENDING', subtotal: 40.13, tax: 3.21, shipping: 5.99, total: 49.33, billingAddress: { city: 'Springfield' } });
    expect(order.items).toHaveLength(2);
    expect(order.items).toEqual(
      expect.arrayContaining([
        { productId: tent, quantity: 2, unitPrice: 19.99, totalPrice: 39.98 },
        { productId: rope, quantity: 3, unitPrice: 0.05, totalPrice: 0.15 },
      ]),
    );
    expect([await inventoryOf(tent), await inventoryOf(rope)]).toEqual([8, 7]);
  });

  it('ships for free from 50.00', async () => {
    const productId = await newProduct({ price: 25 });

    expect(await alice.get(createOrder, orderOf([{ productId, quantity: 2 }]))).toMatchObject({ createOrder: { subtotal: 50, tax: 4, shipping: 0, total: 54 } });
  });

  it('changes nothing when one of the products is out of stock, and names it', async () => {
    const plenty = await newProduct({ name: 'Plenty', inventory: 10 });
    const scarce = await newProduct({ name: 'Scarce', inventory: 1 });

    expect(await alice.refusal(createOrder, orderOf([{ productId: plenty, quantity: 1 }, { productId: scarce, quantity: 2 }]))).toEqual({
      errorType: 'OutOfStock',
      message: '"Scarce" is out of stock: 1 left, 2 wanted',
    });
    expect([await inventoryOf(plenty), await inventoryOf(scarce)]).toEqual([10, 1]);
  });

  it.each([
    ['no items', [], 'BadRequest', '"items" must name 1 to 50 different products, got 0'],
    ['51 products', Array.from({ length: 51 }, (_, i) => ({ productId: `p-${i}`, quantity: 1 })), 'BadRequest', '"items" must name 1 to 50 different products, got 51'],
    ['a quantity of 0', [{ productId: 'p-moka-pot', quantity: 0 }], 'BadRequest', '"quantity" must be between 1 and 999, got 0'],
    ['an unknown product', [{ productId: 'p-none', quantity: 1 }], 'NotFound', 'there is no product "p-none"'],
    ['a product named like a member of every object', [{ productId: 'constructor', quantity: 1 }], 'NotFound', 'there is no product "constructor"'],
  ])('rejects an order of %s', async (_what, items, errorType, message) => {
    expect(await alice.refusal(createOrder, orderOf(items))).toEqual({ errorType, message });
  });

  it('takes 50 different products in one order, and lists orders with more products than fit in one batch', async () => {
    const heidi = await shop.user('heidi', 'customers');
    for (const ids of [unlisted.slice(0, 50), unlisted.slice(50, 100), unlisted.slice(100)]) {
      await heidi.get(createOrder, orderOf(ids.map((productId) => ({ productId, quantity: 1 }))));
    }

    const operations = await operationsOf(async () => {
      const { listMyOrders } = await heidi.get('{ listMyOrders { items { items { productId product { id } } } } }');
      const lines: { productId: string; product: { id: string } }[] = listMyOrders.items.flatMap(({ items }: { items: object[] }) => items);
      expect(lines.map(({ product }) => product.id).sort()).toEqual([...unlisted].sort());
      expect(lines.every(({ productId, product }) => productId === product.id)).toBe(true);
    });

    expect(operations).toEqual(['Query', 'BatchGetItem', 'BatchGetItem']);
  });

  it('rejects a card number where four digits belong', async () => {
    const input = { items: [{ productId: 'p-moka-pot', quantity: 1 }], shippingAddress: address, paymentMethod: { ...card, lastFour: '4242424242424242' } };

    expect(await alice.refusal(createOrder, { input })).toEqual({ errorType: 'BadRequest', message: '"paymentMethod.lastFour" must be four digits' });
  });

  it('sells ten pieces exactly ten times to fifty buyers at once', async () => {
    const productId = await newProduct({ name: 'Rare', inventory: 10 });

    const answers = await Promise.all(Array.from({ length: 50 }, () => alice.ask(createOrder, orderOf([{ productId, quantity: 1 }]))));

    const errors = answers.flatMap((answer) => answer.errors ?? []);
    expect(answers.filter((answer) => answer.data)).toHaveLength(10);
    expect(errors).toHaveLength(40);
    expect(new Set(errors.map(({ errorType, message }) => `${errorType}: ${message}`))).toEqual(new Set(['OutOfStock: "Rare" is out of stock: 0 left, 1 wanted']));
    expect(await inventoryOf(productId)).toBe(0);
  });

  it('gives the stock back once, however often an order is cancelled', async () => {
    const productId = await newProduct({ inventory: 5 });
    const id = await newOrder(alice, productId, 2);

    const answers = await Promise.all(Array.from({ length: 5 }, () => alice.ask(cancelOrder, { id })));

    expect(answers.filter((answer) => answer.data)).toEqual([{ data: { cancelOrder: { id, status: 'CANCELLED' } } }]);
    expect(await alice.refusal(cancelOrder, { id })).toEqual({
      errorType: 'Conflict',
      message: `order "${id}" is CANCELLED; only PENDING, CONFIRMED, PROCESSING orders can be cancelled`,
    });
    expect(await inventoryOf(productId)).toBe(5);
  });

  it('cancels only for the customer and for admins, and only before the order is shipped', async () => {
    const productId = await newProduct();
    const [first, second] = [await newOrder(alice, productId), await newOrder(alice, productId)];

    expect(await bob.refusal(cancelOrder, { id: first })).toEqual({ errorType: 'Unauthorized', message: 'Not Authorized to access cancelOrder on type Mutation' });
    expect(await bob.refusal(cancelOrder, { id: 'none' })).toEqual({ errorType: 'NotFound', message: 'there is no order "none"' });
    expect(await admin.get(cancelOrder, { id: first })).toEqual({ cancelOrder: { id: first, status: 'CANCELLED' } });
    await fulfillment.get(updateStatus, { id: second, status: 'SHIPPED' });
    expect(await alice.refusal(cancelOrder, { id: second })).toMatchObject({ errorType: 'Conflict' });
  });

  it('moves an order on until it is final', async () => {
    const id = await newOrder(alice, await newProduct());
    const refused = async (status: string) => fulfillment.refusal(updateStatus, { id, status });

    expect(await refused('CANCELLED')).toEqual({ errorType: 'BadRequest', message: 'use cancelOrder to cancel an order: it gives the stock back' });
    await fulfillment.get(updateStatus, { id, status: 'DELIVERED' });
    expect(await refused('SHIPPED')).toEqual({ errorType: 'Conflict', message: `order "${id}" is DELIVERED and cannot become SHIPPED` });
    await fulfillment.get(updateStatus, { id, status: 'REFUNDED' });
    expect(await refused('DELIVERED')).toEqual({ errorType: 'Conflict', message: `order "${id}" is REFUNDED and cannot become DELIVERED` });
    expect(await fulfillment.refusal(updateStatus, { id: 'none', status: 'SHIPPED' })).toEqual({ errorType: 'NotFound', message: 'there is no order "none"' });
  });

  it("lists the caller's own orders, newest first, by status and page, with their products in one batch", async () => {
    const carol = await shop.user('carol', 'customers');
    const [tea, cup] = [await newProduct({ name: 'Tea' }), await newProduct({ name: 'Cup' })];
    const ids = [await newOrder(carol, tea), await newOrder(carol, cup), await newOrder(carol, tea)];
    await carol.get(cancelOrder, { id: ids[1] });
    const list = `query ($status: OrderStatus, $limit: Int, $nextToken: String) {
      listMyOrders(status: $status, limit: $limit, nextToken: $nextToken) { items { id items { product { name } } } nextToken }
    }`;

    const operations = await operationsOf(async () => {
      const { listMyOrders } = await carol.get(list);
      expect(listMyOrders).toEqual({
        items: [
          { id: ids[2], items: [{ product: { name: 'Tea' } }] },
          { id: ids[1], items: [{ product: { name: 'Cup' } }] },
          { id: ids[0], items: [{ product: { name: 'Tea' } }] },
        ],
        nextToken: null,
      });
    });
    const page = await carol.get(list, { limit: 2 });
    const rest = await carol.get(list, { limit: 2, nextToken: page.listMyOrders.nextToken });

    expect(operations).toEqual(['Query', 'BatchGetItem']);
    expect(rest.listMyOrders.items.map(({ id }: { id: string }) => id)).toEqual([ids[0]]);
    expect((await carol.get(list, { status: 'CANCELLED' })).listMyOrders.items.map(({ id }: { id: string }) => id)).toEqual([ids[1]]);
    expect((await bob.get(list, { status: 'CANCELLED' })).listMyOrders.items).toEqual([]);
  });

  it('reads the products of one order in one batch', async () => {
    const ids = [await newProduct(), await newProduct(), await newProduct()];
    const { createOrder: order } = await alice.get(createOrder, orderOf(ids.map((productId) => ({ productId, quantity: 1 }))));

    expect(await operationsOf(() => alice.get('query ($id: ID!) { getOrder(id: $id) { items { product { name } } } }', { id: order.id }))).toEqual(['GetItem', 'BatchGetItem']);
    expect(await operationsOf(() => alice.get('query ($id: ID!) { getOrder(id: $id) { items { quantity } } }', { id: order.id }))).toEqual(['GetItem']);
  });
});

describe('cart and wishlist', () => {
  const addToCart = 'mutation ($id: ID!, $quantity: Int!) { addToCart(productId: $id, quantity: $quantity) { itemCount subtotal total items { productId quantity } } }';

  it('adds up in the cart, at prices of today, and keeps carts apart', async () => {
    const dave = await shop.user('dave', 'customers');
    const [id, other] = [await newProduct({ price: 12.5 }), await newProduct({ price: 1 })];

    await dave.get(addToCart, { id, quantity: 1 });
    await dave.get(addToCart, { id: other, quantity: 5 });
    expect(await dave.get(addToCart, { id, quantity: 2 })).toMatchObject({ addToCart: { itemCount: 8, subtotal: 42.5, total: 51.89 } });
    await admin.get('mutation ($id: ID!) { updateProductPrice(productId: $id, price: 10) { id } }', { id });
    expect(await dave.get('{ getMyCart { itemCount subtotal tax shipping total } }')).toEqual({ getMyCart: { itemCount: 8, subtotal: 35, tax: 2.8, shipping: 5.99, total: 43.79 } });
    expect(await dave.get('mutation ($id: ID!) { removeFromCart(productId: $id) { items { product { id } quantity unitPrice totalPrice } } }', { id })).toEqual({
      removeFromCart: { items: [{ product: { id: other }, quantity: 5, unitPrice: 1, totalPrice: 5 }] },
    });
    expect(await bob.get('{ getMyCart { itemCount total items { quantity } } }')).toEqual({ getMyCart: { itemCount: 0, total: 0, items: [] } });
  });

  it('counts two additions of one product at once', async () => {
    const erin = await shop.user('erin', 'customers');
    const id = await newProduct();

    await Promise.all([1, 2, 3, 4].map((quantity) => erin.get(addToCart, { id, quantity })));

    expect(await erin.get('{ getMyCart { itemCount } }')).toEqual({ getMyCart: { itemCount: 10 } });
  });

  it('rejects what does not exist and quantities out of range', async () => {
    expect(await bob.refusal(addToCart, { id: 'p-none', quantity: 1 })).toEqual({ errorType: 'NotFound', message: 'there is no product "p-none"' });
    expect(await bob.refusal(addToCart, { id: 'p-moka-pot', quantity: -1 })).toEqual({ errorType: 'BadRequest', message: '"quantity" must be between 1 and 999, got -1' });
    expect(await bob.get('{ getMyCart { itemCount } }')).toEqual({ getMyCart: { itemCount: 0 } });
  });

  it('keeps a wishlist without doubles', async () => {
    const frank = await shop.user('frank', 'customers');
    const add = 'mutation ($id: ID!) { addToWishlist(productId: $id) { id } }';

    await frank.get(add, { id: 'p-moka-pot' });
    await frank.get(add, { id: 'p-saucepan' });
    expect((await frank.get(add, { id: 'p-moka-pot' })).addToWishlist).toHaveLength(2);
    expect(await frank.refusal(add, { id: 'p-none' })).toEqual({ errorType: 'NotFound', message: 'there is no product "p-none"' });
    expect(await frank.get('mutation { removeFromWishlist(productId: "p-saucepan") { id } }')).toEqual({ removeFromWishlist: [{ id: 'p-moka-pot' }] });
    expect(await frank.get('mutation { removeFromWishlist(productId: "p-saucepan") { id } }')).toEqual({ removeFromWishlist: [{ id: 'p-moka-pot' }] });
    expect(await alice.get('{ getMyWishlist { id } }')).toEqual({ getMyWishlist: [] });
  });

  it('reads products and categories of cart and wishlist in one batch each', async () => {
    const grace = await shop.user('grace', 'customers');
    for (const id of ['p-moka-pot', 'p-saucepan', 'p-e-reader']) {
      await grace.get(addToCart, { id, quantity: 1 });
      await grace.get('mutation ($id: ID!) { addToWishlist(productId: $id) { id } }', { id });
    }

    expect(await operationsOf(() => grace.get('{ getMyCart { items { product { name category { name } } } } }'))).toEqual(['Query', 'BatchGetItem', 'BatchGetItem']);
    expect(await operationsOf(() => grace.get('{ getMyWishlist { name category { name } } }'))).toEqual(['Query', 'BatchGetItem', 'BatchGetItem']);
  });
});

describe('reviews', () => {
  const review = 'mutation ($input: CreateReviewInput!) { createProductReview(input: $input) { id userId rating title comment } }';
  const change = 'mutation ($id: ID!, $input: UpdateReviewInput!) { updateProductReview(reviewId: $id, input: $input) { rating title comment } }';
  const ratings = 'query ($id: ID!) { getProduct(id: $id) { ratings { average count distribution { oneStar fourStar fiveStar } } } }';

  it('counts each customer once and recomputes the ratings', async () => {
    const productId = await newProduct();

    const { createProductReview: first } = await alice.get(review, { input: { productId, rating: 5, title: 'Fine' } });
    await bob.get(review, { input: { productId, rating: 4 } });
    expect(first).toMatchObject({ userId: alice.sub, rating: 5, title: 'Fine', comment: null });
    expect(await shop.guest.get(ratings, { id: productId })).toEqual({ getProduct: { ratings: { average: 4.5, count: 2, distribution: { oneStar: 0, fourStar: 1, fiveStar: 1 } } } });
    expect(await alice.refusal(review, { input: { productId, rating: 1 } })).toEqual({
      errorType: 'Conflict',
      message: `you have reviewed product "${productId}" already; use updateProductReview with "${first.id}"`,
    });

    expect(await alice.get(change, { id: first.id, input: { rating: 1, comment: 'It broke.' } })).toEqual({ updateProductReview: { rating: 1, title: 'Fine', comment: 'It broke.' } });
    expect(await alice.get(change, { id: first.id, input: { title: null } })).toEqual({ updateProductReview: { rating: 1, title: null, comment: 'It broke.' } });
    expect(await shop.guest.get(ratings, { id: productId })).toEqual({ getProduct: { ratings: { average: 2.5, count: 2, distribution: { oneStar: 1, fourStar: 1, fiveStar: 0 } } } });
  });

  it('lets nobody but the author change a review', async () => {
    const { createProductReview: mine } = await alice.get(review, { input: { productId: await newProduct(), rating: 3 } });

    expect(await bob.refusal(change, { id: mine.id, input: { rating: 1 } })).toEqual({ errorType: 'Unauthorized', message: 'Not Authorized to access updateProductReview on type Mutation' });
    expect(await admin.refusal(change, { id: mine.id, input: { rating: 1 } })).toMatchObject({ errorType: 'Unauthorized' });
    expect(await bob.refusal(change, { id: 'none', input: {} })).toEqual({ errorType: 'NotFound', message: 'there is no review "none"' });
  });

  it('rejects ratings out of range and products that do not exist', async () => {
    expect(await alice.refusal(review, { input: { productId: 'p-moka-pot', rating: 6 } })).toEqual({ errorType: 'BadRequest', message: '"rating" must be between 1 and 5, got 6' });
    expect(await alice.refusal(review, { input: { productId: 'p-none', rating: 5 } })).toEqual({ errorType: 'NotFound', message: 'there is no product "p-none"' });
  });
});

describe('live updates', () => {
  const count = (quantity: number) => `mutation ($id: ID!) { updateInventory(productId: $id, quantity: ${quantity}) { id inventory } }`;

  it('tells about the stock of the product that was asked for', async () => {
    const [mine, other] = [await newProduct(), await newProduct()];
    const feed = await alice.subscribe('subscription ($id: String) { onInventoryUpdate(productId: $id) { id inventory } }', { id: mine });

    await warehouse.get(count(1), { id: other });
    await warehouse.get(count(2), { id: mine });

    expect(await feed.next()).toEqual({ data: { onInventoryUpdate: { id: mine, inventory: 2 } } });
  });

  it('tells about all stock when no product is asked for, also when a backend reports it', async () => {
    const id = await newProduct();
    const feed = await alice.subscribe('subscription { onInventoryUpdate { id inventory } }');

    await shop.backend.get(count(4), { id });

    expect(await feed.next()).toEqual({ data: { onInventoryUpdate: { id, inventory: 4 } } });
  });

  it('tells about new products of a category, provided that the mutation selects it', async () => {
    const feed = await alice.subscribe('subscription { onNewProduct(categoryId: "c-cookware") { id name } }');
    const unheard = { name: 'Unheard Of', price: 1, inventory: 1, categoryId: 'c-cookware' };

    await admin.get('mutation ($input: CreateProductInput!) { createProduct(input: $input) { id name } }', { input: unheard });
    await newProduct({ name: 'Elsewhere' });
    const id = await newProduct({ name: 'Wok', categoryId: 'c-cookware' });

    expect(await feed.next()).toEqual({ data: { onNewProduct: { id, name: 'Wok' } } });
  });

  it('tells about the prices of several products', async () => {
    const ids = [await newProduct(), await newProduct(), await newProduct()];
    const feed = await bob.subscribe('subscription ($ids: [String!]) { onPriceChange(productIds: $ids) { id price } }', { ids: ids.slice(1) });
    const setPrice = 'mutation ($id: ID!) { updateProductPrice(productId: $id, price: 3.5) { id price } }';

    for (const id of ids) await admin.get(setPrice, { id });

    expect(await feed.next()).toEqual({ data: { onPriceChange: { id: ids[1], price: 3.5 } } });
    expect(await feed.next()).toEqual({ data: { onPriceChange: { id: ids[2], price: 3.5 } } });
  });

  it('tells customers about their own orders, and admins about those of the customer they ask for', async () => {
    const productId = await newProduct();
    const [hers, his] = [await newOrder(alice, productId), await newOrder(bob, productId)];
    const follow = 'subscription ($userId: String!) { onOrderStatusChange(userId: $userId) { id status } }';
    const bobOnAlice = await bob.subscribe(follow, { userId: alice.sub });
    const aliceFeed = await alice.subscribe(follow, { userId: alice.sub });
    const adminFeed = await admin.subscribe(follow, { userId: alice.sub });
    const bobFeed = await bob.subscribe(follow, { userId: bob.sub });

    await fulfillment.get(updateStatus, { id: hers, status: 'SHIPPED' });
    await fulfillment.get(updateStatus, { id: his, status: 'CONFIRMED' });

    expect(await aliceFeed.next()).toEqual({ data: { onOrderStatusChange: { id: hers, status: 'SHIPPED' } } });
    expect(await adminFeed.next()).toEqual({ data: { onOrderStatusChange: { id: hers, status: 'SHIPPED' } } });
    expect(await bobFeed.next()).toEqual({ data: { onOrderStatusChange: { id: his, status: 'CONFIRMED' } } });
    expect([bobOnAlice.waiting(), aliceFeed.waiting(), adminFeed.waiting(), bobFeed.waiting()]).toEqual([0, 0, 0, 0]);
  });
});
