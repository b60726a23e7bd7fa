import { DataSourceRequestError } from '../../../lib/local/data-sources/data-source';
import { openSearchDataSource, type SearchDomain } from '../../../lib/local/data-sources/opensearch';
import { SearchCluster } from '../../../lib/local/search';
import { call } from './tables-fixture';

function source(domain?: SearchDomain) {
  const cluster = new SearchCluster(() => 0);
  cluster.request({ method: 'PUT', path: '/notes/_doc/1', body: { text: 'hello' } });
  const lines: string[] = [];
  const dataSource = openSearchDataSource({ domain: domain ?? { request: async (request) => cluster.request(request) }, log: (line) => lines.push(line) });
  return { invoke: (request: unknown) => dataSource.invoke(request, call), lines };
}

const badRequest = { type: 'Elasticsearch:UserIllegalArgumentException', message: 'Elasticsearch responded with an error: Bad Request' };

it('gives the answer of the domain', async () => {
  const { invoke, lines } = source();

  expect(await invoke({ operation: 'GET', path: '/notes/_search', params: { headers: {}, queryString: { size: 1 }, body: { query: { match: { text: 'HELLO' } } } } })).toMatchObject({
    result: { hits: { total: { value: 1, relation: 'eq' }, hits: [{ _id: '1', _source: { text: 'hello' } }] } },
  });
  expect(await invoke({ operation: 'POST', path: '/notes/_count?pretty', params: { body: '{"query":{"match_all":{}}}' } })).toMatchObject({ result: { count: 1 } });
  expect(await invoke({ operation: 'GET', path: '/notes/_doc/1', params: {} })).toMatchObject({ result: { found: true, _source: { text: 'hello' } } });
  expect(await invoke({ operation: 'POST', path: '/notes/_bulk', params: { body: '{"delete":{"_id":"1"}}\n' } })).toMatchObject({ result: { errors: false } });
  expect(await invoke({ operation: 'HEAD', path: '/notes' })).toEqual({ result: null });
  expect(lines).toEqual([]);
});

it('makes an error of what the domain refuses, and tells the log why', async () => {
  const { invoke, lines } = source();

  expect(await invoke({ operation: 'GET', path: '/notes/_search', params: { body: { query: { machs: {} } } } })).toEqual({ result: null, error: badRequest });
  expect(await invoke({ operation: 'GET', path: '/none/_search' })).toEqual({ result: null, error: { ...badRequest, message: 'Elasticsearch responded with an error: Not Found' } });
  expect(await invoke({ operation: 'POST', path: '/notes/_search', params: { body: '{' } })).toEqual({ result: null, error: badRequest });
  expect(lines).toEqual([
    'search: GET /notes/_search → 400 parsing_exception: unknown query [machs]',
    'search: GET /none/_search → 404 index_not_found_exception: no such index [none]',
    'search: POST /notes/_search → 400 parsing_exception: [request] expects an object, got "{"',
  ]);
});

it('says nothing of a document that is not there', async () => {
  const { invoke, lines } = source();

  expect(await invoke({ operation: 'GET', path: '/notes/_doc/2' })).toMatchObject({ result: null, error: { message: 'Elasticsearch responded with an error: Not Found' } });
  expect(lines).toEqual([]);
});

it.each([
  ['answers 503', { request: async () => ({ status: 503, body: {} }) }],
  ['does not answer', { request: () => Promise.reject(new Error('connect ECONNREFUSED')) }],
])('has one error for a domain that %s', async (_what, domain) => {
  expect(await source(domain).invoke({ operation: 'GET', path: '/notes/_search' })).toEqual({
    result: null,
    error: { type: 'Elasticsearch:RuntimeException', message: 'Communication error while executing a request to Elasticsearch.' },
  });
});

it.each([
  [undefined, "Value for field '$[operation]' not found."],
  [{ operation: 'GET' }, "Value for field '$[path]' not found."],
  [{ operation: 'PATCH', path: '/' }, "Unsupported operation 'PATCH'."],
  [{ operation: 'GET', path: 'notes/_search' }, "Value for field '$[path]' must be a path that begins with '/'."],
  [{ operation: 'GET', path: '/notes/_search', params: { queryString: 'size=1' } }, "Expected JSON object for field '$[params][queryString]' but got a 'STRING' instead."],
])('refuses the request %j', async (request, message) => {
  await expect(source().invoke(request)).rejects.toEqual(new DataSourceRequestError(message));
});

it('fails a field whose query is not supported locally, with an error of its own type', async () => {
  const request = { operation: 'GET', path: '/notes/_search', params: { body: { query: { script: { script: 'System.exit(1)' } } } } };

  await expect(source().invoke(request)).rejects.toMatchObject({ message: 'not supported locally: query clause "script" at query', errorType: 'NotEmulatedLocally' });
});
