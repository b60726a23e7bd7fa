/** The examples under docs/data-sources: each page's files make a stack that is clean and runs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import ts from 'typescript';
import { Authorization } from '../lib';
import { startLocalApi, userPool } from '../lib/local';
import { assemblyOfPage, filesOf, pageText } from './docs-page';

test('Lambda: prices come from the function, which reads the table', async () => {
  await using api = await startLocalApi(assemblyOfPage('data-sources/lambda'));
  await api.table('Products').put({ id: 'a', name: 'Grinder', cents: 20_000 });
  await api.table('Products').put({ id: 'b', name: 'Kettle', cents: 5_000 });
  const alice = api.as(userPool({ username: 'alice' }));

  const { data, errors } = await alice.execute('{ products { name price(currency: "CHF") } }');
  expect(errors).toBeUndefined();
  expect((data?.products as { name: string }[]).sort((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'Grinder', price: 190 },
    { name: 'Kettle', price: 47.5 },
  ]);
  expect(await alice.execute('{ products { price(currency: "XYZ") } }')).toMatchObject({ errors: [{ errorType: 'UnknownCurrency', message: 'no rate for XYZ' }, {}] });
});

test('Aurora: posts are rows of a table that the SQL file made', async () => {
  await using api = await startLocalApi(assemblyOfPage('data-sources/aurora'));
  const alice = api.as(userPool({ username: 'alice' }));

  const post = (await alice.mutate('mutation { addPost(title: "It\'s here") { id title likes } }')) as { readonly id: string };
  expect(post).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), title: "It's here", likes: 0 });
  await api.sql('Blog').run("INSERT INTO posts VALUES (gen_random_uuid(), 'Liked', 5)");
  expect(await alice.query('{ posts(minLikes: 1) { title } }')).toEqual([{ title: 'Liked' }]);
  expect(await api.sql('Blog').rows('SELECT title FROM posts WHERE likes > :n', { n: 3 })).toEqual([{ title: 'Liked' }]);
});

test('OpenSearch: a book is found by its words and counted by its genre as soon as it is there', async () => {
  await using api = await startLocalApi(assemblyOfPage('data-sources/opensearch'));
  const alice = api.as(userPool({ username: 'alice' }));
  for (const [isbn, title, genre] of [['1', 'The Left Hand of Darkness', 'novel'], ['2', 'Darkness at Noon', 'novel'], ['3', 'Light and Darkness', 'physics']]) {
    await alice.mutate('mutation ($isbn: ID!, $title: String!, $genre: String!) { addBook(isbn: $isbn, title: $title, genre: $genre) { isbn } }', { isbn, title, genre });
  }
  const find = 'query ($words: String!, $genre: String) { findBooks(words: $words, genre: $genre) { books { title } genres { name count } } }';

  expect(await alice.query(find, { words: 'noon drakness' })).toEqual({ books: [{ title: 'Darkness at Noon' }], genres: [{ name: 'novel', count: 1 }] });
  expect(await alice.query(find, { words: 'darkness', genre: 'physics' })).toEqual({ books: [{ title: 'Light and Darkness' }], genres: [{ name: 'physics', count: 1 }] });
});

test('HTTP: prices come from a REST service, rates from a SOAP service', async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(body);
      const [status, text] = answerOf(request.url ?? '', body);
      response.writeHead(status).end(text);
    });
  });
  const answerOf = (url: string, body: string): [number, string] => {
    if (url === '/v1/prices/a%2Fb') return [200, '{"price":9.5}'];
    if (url === '/v1/prices/broken') return [500, 'oops'];
    if (url !== '/soap') return [404, ''];
    const content = body.includes('<currency>CHF</currency>') ? '<GetRateResponse><rate>0.95</rate></GetRateResponse>' : '<soap:Fault><faultstring>unknown currency</faultstring></soap:Fault>';
    return [200, `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${content}</soap:Body></soap:Envelope>`];
  };
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  try {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const assembly = assemblyOfPage('data-sources/http');
    const template = join(assembly, 'Stack.template.json');
    writeFileSync(template, readFileSync(template, 'utf8').replace('https://prices.example.com', address));
    await using api = await startLocalApi(assembly);
    const alice = api.as(userPool({ username: 'alice' }));

    expect(await alice.query('{ a: price(sku: "a/b") gone: price(sku: "gone") rate(currency: "CHF") }')).toEqual({ a: 9.5, gone: null, rate: 0.95 });
    expect(await alice.execute('{ price(sku: "broken") }')).toMatchObject({ errors: [{ errorType: 'PriceService', message: 'the price service answered 500' }] });
    expect(await alice.execute('{ rate(currency: "<x>&") }')).toMatchObject({ errors: [{ errorType: 'RateService', message: 'unknown currency' }] });
    expect(bodies.at(-1)).toContain('<currency>&lt;x>&amp;</currency>');
  } finally {
    await new Promise((settle) => server.close(settle));
  }
});

test('EventBridge: an express order is shipped by a rule, and its subscriber hears of it', async () => {
  await using api = await startLocalApi(assemblyOfPage('data-sources/eventbridge', { api: { additionalAuthorization: [Authorization.iam()] } }));
  const alice = api.as(userPool({ username: 'alice' }));
  const feed = await alice.subscribe('subscription { onShipped(id: "2") { id } }');
  for (const [id, express] of [['1', false], ['2', true]]) await alice.mutate('mutation ($id: ID!, $express: Boolean!) { placeOrder(id: $id, express: $express) }', { id, express });

  expect(await feed.next()).toEqual({ id: '2' });
  expect((await api.events()).map(({ event, rules }) => [event.detail, rules.length])).toEqual([
    [{ id: '1', express: false }, 0],
    [{ id: '2', express: true }, 1],
  ]);
});

test('Bedrock: the stub of the page answers for the model', async () => {
  const asked: unknown[] = [];
  const stub = stubOfPage();
  const Assistant = async (request: unknown) => {
    asked.push(request);
    return stub(request);
  };
  await using api = await startLocalApi(assemblyOfPage('data-sources/bedrock'), { dataSources: { Assistant } });

  expect(await api.as(userPool({ username: 'alice' })).query('{ summary(text: "Long") }')).toBe('A text of 31 characters.');
  expect(asked).toMatchObject([{ operation: 'Converse', modelId: 'amazon.nova-lite-v1:0' }]);
});

function stubOfPage(): (request: unknown) => Promise<unknown> {
  const { 'stubs/assistant.mjs': text = '' } = filesOf(pageText('data-sources/bedrock'));
  const module = { exports: {} as { default?: (request: unknown) => Promise<unknown> } };
  new Function('exports', ts.transpile(text, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 }))(module.exports);
  return module.exports.default!;
}

test('DynamoDB: an index, a conditional write, a batch, a transaction, and what expires', async () => {
  await using api = await startLocalApi(assemblyOfPage('data-sources/dynamodb'));
  const alice = api.as(userPool({ username: 'alice' }));
  const add = 'mutation ($id: ID!, $name: String!) { addProduct(id: $id, name: $name, category: "kitchen", stock: 2) { id name stock } }';
  for (const [id, name] of [['p1', 'Kettle'], ['p2', 'Knife'], ['p3', 'Bowl']]) await alice.mutate(add, { id, name });

  expect(await alice.query('{ productsIn(category: "kitchen", prefix: "K") { items { name } nextToken } }')).toEqual({ items: [{ name: 'Kettle' }, { name: 'Knife' }], nextToken: null });
  expect(await alice.mutate(add, { id: 'p1', name: 'Kettle' })).toEqual({ id: 'p1', name: 'Kettle', stock: 2 });
  expect(await alice.execute(add, { id: 'p1', name: 'Pot' })).toMatchObject({ errors: [{ errorType: 'Taken', message: '"p1" is Kettle already' }] });
  expect(await alice.query('{ productsNamed(ids: ["p3", "nothing", "p1"]) { name } }')).toEqual([{ name: 'Bowl' }, null, { name: 'Kettle' }]);

  const order = 'mutation ($product: ID!, $pieces: Int!) { order(product: $product, pieces: $pieces) }';
  const id = await alice.mutate(order, { product: 'p1', pieces: 2 });
  expect(await api.table('Orders').items()).toMatchObject([{ id, product: 'p1', pieces: 2 }]);
  expect(await alice.execute(order, { product: 'p1', pieces: 1 })).toMatchObject({ errors: [{ errorType: 'OutOfStock', message: 'only 0 are left' }] });
  expect(await alice.execute(order, { product: 'p9', pieces: 1 })).toMatchObject({ errors: [{ errorType: 'OutOfStock', message: 'there is no such product' }] });

  api.clock.advance({ days: 30, hours: 1 });
  expect(await api.table('Orders').items()).toHaveLength(1);
  api.clock.advance({ days: 3 });
  expect(await api.table('Orders').items()).toEqual([]);
});

test('None: a value is computed, and subscribers of a door hear it ring', async () => {
  await using api = await startLocalApi(assemblyOfPage('data-sources/none'));
  const alice = api.as(userPool({ username: 'alice' }));
  const front = await alice.subscribe('subscription { onRing(door: "front") { door at } }');

  expect(await alice.query('{ me { id name } }')).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'alice' });
  for (const door of ['back', 'front']) await alice.mutate('mutation ($door: String!) { ring(door: $door) { door at } }', { door });
  expect(await front.next()).toEqual({ door: 'front', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
});
