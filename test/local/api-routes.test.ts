import { createRoutes } from '../../lib/local/api-routes';

const named = (name: string) => ({ model: { name } });
const pathsOf = (...names: string[]) => createRoutes(names.map(named)).list.map(({ path }) => path);

test.each([
  ['Shop', '/shop/graphql'],
  ['ShopAPI', '/shop-api/graphql'],
  ['GraphQLGateway', '/graph-ql-gateway/graphql'],
  ['Chat rooms_v2', '/chat-rooms-v2/graphql'],
  ['../..', '/api/graphql'],
  ['магазин', '/api/graphql'],
])('the API "%s" is at %s', (name, path) => {
  expect(pathsOf(name)).toEqual([path]);
});

test('numbers names that are taken, in order', () => {
  expect(pathsOf('Shop', 'shop', 'Shop 2', 'SHOP')).toEqual(['/shop/graphql', '/shop-2/graphql', '/shop-2-2/graphql', '/shop-3/graphql']);
});

test('finds a single API at /graphql too, and several only by name', () => {
  const shop = named('Shop');

  expect(createRoutes([shop]).forHttp('/graphql')).toBe(shop);
  expect(createRoutes([shop]).forHttp('/shop/graphql')).toBe(shop);
  expect(createRoutes([shop, named('Chat')]).forHttp('/graphql')).toBeUndefined();
  expect(createRoutes([]).forHttp('/graphql')).toBeUndefined();
});

test('takes upgrades at the endpoint with and without /realtime', () => {
  const shop = named('Shop');
  const routes = createRoutes([shop]);

  expect(routes.forRealtime('/shop/graphql/realtime')).toEqual({ api: shop, path: '/shop/graphql' });
  expect(routes.forRealtime('/graphql/realtime')).toEqual({ api: shop, path: '/graphql' });
  expect(routes.forRealtime('/graphql')).toEqual({ api: shop, path: '/graphql' });
  expect(routes.forRealtime('/realtime')).toBeUndefined();
  expect(routes.forRealtime('/graphql/realtime/realtime')).toBeUndefined();
});
