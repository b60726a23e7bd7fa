/** Search indexes that follow their tables. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openTableStore, type SearchDomain, TableChanges, type TableStore } from '../../lib/local/data-sources';
import { SearchCluster } from '../../lib/local/search';
import { SearchDomains, type SearchDomainsOptions } from '../../lib/local/search-domains';
import type { SearchIndexModel } from '../../lib/model';
import { resource, table } from './data-sources/tables-fixture';

const products: SearchIndexModel = { name: 'products', endpoint: 'https://search.example.com', tableName: 'Products', keyAttributes: ['id'], mappings: {}, resource };
const lines = { ...products, name: 'lines', tableName: 'Lines', keyAttributes: ['line', 'order'] };

let store: TableStore;
let changes: TableChanges;
const log: string[] = [];

beforeEach(async () => {
  log.length = 0;
  changes = new TableChanges();
  store = await openTableStore({ changes });
  await store.ensureTables([table('Products'), table('Lines', { partitionKey: { name: 'order', type: 'S' }, sortKey: { name: 'line', type: 'N' } })]);
});
afterEach(() => store.close());

function domains(more: Partial<SearchDomainsOptions> = {}): SearchDomains {
  return new SearchDomains({ tables: store, changes, now: () => 0, log: (line) => log.push(line), accessKey: { accessKeyId: 'A', secretAccessKey: 's' }, ...more });
}

const putProduct = (id: string, name: string) => store.call('PutItem', { TableName: 'Products', Item: { id: { S: id }, name: { S: name }, sizes: { NS: ['1', '2.5'] } } });

async function namesIn(domain: SearchDomain, index = 'products'): Promise<unknown[]> {
  const { body } = await domain.request({ method: 'GET', path: `/${index}/_search`, body: { sort: ['_id'] } });
  return (body as { hits: { hits: { _id: string; _source: { name: string } }[] } }).hits.hits.map(({ _id, _source }) => `${_id}: ${_source.name}`);
}

it('finds what was in the table before, and every write that was answered', async () => {
  await putProduct('a', 'Apple');
  const search = domains();
  search.useIndexes([products]);
  await putProduct('b', 'Banana');
  const domain = search.at('search.example.com');

  expect(await namesIn(domain)).toEqual(['a: Apple', 'b: Banana']);
  await Promise.all([putProduct('c', 'Cherry'), putProduct('a', 'Apricot')]);
  await store.call('DeleteItem', { TableName: 'Products', Key: { id: { S: 'b' } } });
  await store.call('TransactWriteItems', { TransactItems: [{ Update: { TableName: 'Products', Key: { id: { S: 'c' } }, UpdateExpression: 'SET #n = :n', ExpressionAttributeNames: { '#n': 'name' }, ExpressionAttributeValues: { ':n': { S: 'Cranberry' } } } }] });
  expect(await namesIn(domain)).toEqual(['a: Apricot', 'c: Cranberry']);
  expect((await domain.request({ method: 'GET', path: '/products/_doc/a' })).body).toMatchObject({ _source: { id: 'a', name: 'Apricot', sizes: [1, 2.5] } });
});

it('takes a large table whole, while it is written to', async () => {
  for (let i = 0; i < 500; i++) await putProduct(`p${i}`, 'Before');
  const search = domains();
  search.useIndexes([products]);
  const count = search.at(products.endpoint).request({ method: 'GET', path: '/products/_count' });
  const writes = Array.from({ length: 20 }, (_, i) => putProduct(`p${i}`, 'After'));

  expect((await count).body).toMatchObject({ count: 500 });
  await Promise.all(writes);
  expect((await search.at(products.endpoint).request({ method: 'GET', path: '/products/_count', body: { query: { match: { name: 'after' } } } })).body).toMatchObject({ count: 20 });
});

it('names documents by both parts of a key, in the order of the names', async () => {
  const search = domains();
  search.useIndexes([lines]);
  await store.call('PutItem', { TableName: 'Lines', Item: { order: { S: 'a|b' }, line: { N: '2' }, name: { S: 'x' } } });

  expect(await namesIn(search.at(lines.endpoint), 'lines')).toEqual(['2|a%7Cb: x']);
});

it('says which item does not fit the index, and goes on', async () => {
  const search = domains();
  search.useIndexes([{ ...products, mappings: { properties: { name: { type: 'double' } } } }]);
  await putProduct('a', 'Apple');
  await putProduct('b', '2');

  expect(await namesIn(search.at(products.endpoint))).toEqual(['b: 2']);
  expect(log).toEqual([`search: "a" of table Products is not in the index "products": failed to parse field [name] of type [double] in document with id 'a'. Preview of field's value: 'Apple'`]);
});

it('keeps an index over a reload, makes it anew with other mappings, and no longer follows what is gone', async () => {
  const search = domains();
  const domain = search.at(products.endpoint);
  search.useIndexes([products]);
  await putProduct('a', '1');
  await namesIn(domain);
  await domain.request({ method: 'PUT', path: '/products/_doc/by-hand', body: { name: 'kept' } });
  search.useIndexes([{ ...products }]);
  expect(await namesIn(domain)).toEqual(['a: 1', 'by-hand: kept']);

  search.useIndexes([{ ...products, mappings: { properties: { name: { type: 'keyword' } } } }]);
  expect(await namesIn(domain)).toEqual(['a: 1']);
  search.useIndexes([]);
  await putProduct('b', '2');
  expect(await namesIn(domain)).toEqual(['a: 1']);
});

it('hears of inserts, changes and removals with both images, and not of writes that change nothing', async () => {
  const heard: unknown[] = [];
  const stop = changes.subscribe('Products', ({ before, after }) => heard.push([before?.name, after?.name]));
  await putProduct('a', 'One');
  await putProduct('a', 'One');
  await Promise.all([putProduct('a', 'Two'), putProduct('a', 'Three')]);
  await store.call('DeleteItem', { TableName: 'Products', Key: { id: { S: 'a' } } });
  await expect(store.call('PutItem', { TableName: 'Products', Item: { id: { S: 'a' } }, ConditionExpression: 'attribute_exists(id)' })).rejects.toThrow('The conditional request failed');
  stop();
  await putProduct('a', 'Four');

  expect(heard).toEqual([
    [undefined, { S: 'One' }],
    [{ S: 'One' }, { S: 'Two' }],
    [{ S: 'Two' }, { S: 'Three' }],
    [{ S: 'Three' }, undefined],
  ]);
});

it('fills an index when the domain answers again', async () => {
  const search = domains({ endpoint: 'http://127.0.0.1:1' });
  search.useIndexes([products]);
  const domain = search.at(products.endpoint);

  await expect(domain.request({ method: 'GET', path: '/products/_search' })).rejects.toThrow('ECONNREFUSED');
  await expect(domain.request({ method: 'GET', path: '/products/_search' })).rejects.toThrow('ECONNREFUSED');
  expect(log).toEqual(Array.from({ length: 2 }, () => expect.stringContaining('search: the index "products" does not follow its table Products: PUT http://127.0.0.1:1/products')));
});

it('sends everything to another OpenSearch, with its password, and does not delete there', async () => {
  const cluster = new SearchCluster(() => 0);
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://localhost');
      seen.push(`${request.method} ${url.pathname} ${request.headers.authorization}`);
      const answer = cluster.request({ method: request.method ?? '', path: url.pathname, query: Object.fromEntries(url.searchParams), body: body === '' ? undefined : url.pathname.endsWith('_bulk') ? body : JSON.parse(body) });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await putProduct('a', 'Apple');
    const search = domains({ endpoint: `http://admin:p%40ss@127.0.0.1:${(server.address() as AddressInfo).port}` });
    search.useIndexes([products]);

    expect(await namesIn(search.at(products.endpoint))).toEqual(['a: Apple']);
    const basic = `Basic ${Buffer.from('admin:p@ss').toString('base64')}`;
    expect(seen).toEqual([`PUT /products ${basic}`, `POST /_bulk ${basic}`, `GET /products/_search ${basic}`]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  expect(log).toEqual([]);
});
