/** The search domain in memory, by its REST API. */
import { SearchCluster, type SearchRequest, UnsupportedClause } from '../../../lib/local/search';

const now = () => Date.UTC(2026, 10, 22);

/** A shop with four products in the index `products`. */
function shop(): SearchCluster {
  const cluster = new SearchCluster(now);
  const products = {
    grinder: { name: 'Espresso Grinder', description: 'Conical burr grinder, from Turkish coffee to French press', price: 189, tags: ['coffee', 'kitchen'], stock: 4, createdAt: '2026-11-20T09:00:00Z', maker: { country: 'IT' } },
    scale: { name: 'Coffee Scale', description: 'Weighs to a tenth of a gram', price: 39.5, tags: ['coffee'], stock: 0, createdAt: '2026-11-10', maker: { country: 'DE' } },
    knife: { name: "Chef's Knife", description: 'Swedish steel', price: 89, tags: ['kitchen'], stock: 12, createdAt: '2026-01-01T00:00:00.000Z', isNew: true },
    tent: { name: 'Two-Person Tent', description: null, price: 249, tags: [], stock: 2, createdAt: '2025-05-05T12:30:00+02:00' },
  };
  put(cluster, '/products', { mappings: { dynamic_templates: [{ numbers: { match_mapping_type: 'long', mapping: { type: 'double' } } }] } });
  for (const [id, product] of Object.entries(products)) put(cluster, `/products/_doc/${id}`, product);
  return cluster;
}

function put(cluster: SearchCluster, path: string, body: unknown): unknown {
  const answer = cluster.request({ method: 'PUT', path, body });
  expect(answer.status).toBeLessThan(300);
  return answer.body;
}

interface Found {
  readonly hits: { readonly total?: { readonly value: number; readonly relation: string }; readonly max_score: number | null; readonly hits: readonly { readonly _id: string; readonly _score: number | null; readonly _source?: unknown; readonly sort?: unknown[] }[] };
  readonly aggregations?: Readonly<Record<string, unknown>>;
}

function search(body: unknown, cluster = shop()): Found {
  const answer = cluster.request({ method: 'GET', path: '/products/_search', body });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as Found;
}

const ids = (body: unknown, cluster?: SearchCluster) => search(body, cluster).hits.hits.map(({ _id }) => _id);
const matching = (query: unknown) => ids({ query }).sort();

/** Status, type and reason of a refusal. */
function refusal(request: SearchRequest, cluster = shop()): readonly [number, string, string] {
  const { status, body } = cluster.request(request);
  const { error } = body as { readonly error: { readonly type: string; readonly reason: string } };
  return [status, error.type, error.reason];
}
const refused = (body: unknown) => refusal({ method: 'POST', path: '/products/_search', body });

describe('queries', () => {
  it.each<[string, unknown, string[]]>([
    ['everything', { match_all: {} }, ['grinder', 'knife', 'scale', 'tent']],
    ['nothing', { match_none: {} }, []],
    ['any of some words', { match: { name: 'coffee TENT' } }, ['scale', 'tent']],
    ['all of some words', { match: { description: { query: 'coffee french', operator: 'and' } } }, ['grinder']],
    ['a part of some words', { match: { description: { query: 'turkish coffee tea', minimum_should_match: '66%' } } }, ['grinder']],
    ['a word with a slip', { match: { name: { query: 'expreso', fuzziness: 'AUTO' } } }, ['grinder']],
    ['two letters in each other’s place', { match: { name: { query: 'tnet', fuzziness: 'AUTO' } } }, ['tent']],
    ['no word with two slips where one is allowed', { match: { name: { query: 'tntt', fuzziness: 1 } } }, []],
    ['no short word with a slip', { match: { name: { query: 'ten', fuzziness: 'AUTO:5,9' } } }, []],
    ['a phrase', { match_phrase: { description: 'burr grinder' } }, ['grinder']],
    ['no words in another order', { match_phrase: { description: 'grinder burr' } }, []],
    ['a phrase that has begun', { match_phrase_prefix: { description: 'swedish ste' } }, ['knife']],
    ['one of several fields', { multi_match: { query: 'coffee', fields: ['name', 'description'] } }, ['grinder', 'scale']],
    ['words over several fields', { multi_match: { query: 'espresso coffee', fields: ['name', 'description'], type: 'cross_fields', operator: 'and' } }, ['grinder']],
    ['fields by pattern', { multi_match: { query: 'steel', fields: ['des*'] } }, ['knife']],
    ['a keyword', { term: { 'name.keyword': 'Coffee Scale' } }, ['scale']],
    ['no keyword in another case', { term: { 'name.keyword': 'coffee scale' } }, []],
    ['a keyword in any case', { term: { 'name.keyword': { value: 'coffee scale', case_insensitive: true } } }, ['scale']],
    ['a word of a text', { term: { name: 'coffee' } }, ['scale']],
    ['no text that is more than a word', { term: { name: 'Coffee Scale' } }, []],
    ['a boolean', { term: { isNew: true } }, ['knife']],
    ['a number as text', { term: { price: '89' } }, ['knife']],
    ['one of several', { terms: { 'tags.keyword': ['kitchen', 'garden'] } }, ['grinder', 'knife']],
    ['a range of numbers', { range: { price: { gte: 39.5, lt: 189 } } }, ['knife', 'scale']],
    ['a range of dates', { range: { createdAt: { gte: '2026-11-10', lte: '2026-11-20T10:00:00+01:00' } } }, ['grinder', 'scale']],
    ['a range up to a day, all of it', { range: { createdAt: { gt: '2026-11-10', lte: '2026-11-20' } } }, ['grinder']],
    ['a range before a day', { range: { createdAt: { lt: '2026-11-20' } } }, ['knife', 'scale', 'tent']],
    ['a day', { term: { createdAt: '2026-11-20' } }, ['grinder']],
    ['one of some days', { terms: { createdAt: ['2025-05-05', '2026-01-01T00:00Z'] } }, ['knife', 'tent']],
    ['this month', { range: { createdAt: { gte: 'now/M' } } }, ['grinder', 'scale']],
    ['last year', { range: { createdAt: { gte: 'now-1y/y', lte: 'now-1y/y' } } }, ['tent']],
    ['the month of a day', { range: { createdAt: { gte: '2026-11-15||/M', lt: '2026-11-15||/M+1M' } } }, ['grinder', 'scale']],
    ['the last days', { range: { createdAt: { gte: 'now-7d' } } }, ['grinder']],
    ['what has a value', { exists: { field: 'description' } }, ['grinder', 'knife', 'scale']],
    ['what has an object', { exists: { field: 'maker' } }, ['grinder', 'scale']],
    ['the beginning of a keyword', { prefix: { 'name.keyword': 'Co' } }, ['scale']],
    ['the beginning of a word', { prefix: { name: 'gri' } }, ['grinder']],
    ['a pattern', { wildcard: { 'name.keyword': { value: '*n?fe' } } }, ['knife']],
    ['ids', { ids: { values: ['tent', 'none'] } }, ['tent']],
    ['a path into an object', { term: { 'maker.country.keyword': 'IT' } }, ['grinder']],
    ['a field that no document has', { match: { colour: 'red' } }, []],
    ['a combination', { bool: { must: { match: { description: 'coffee gram' } }, filter: [{ range: { stock: { gt: 0 } } }], must_not: [{ term: { 'tags.keyword': 'garden' } }] } }, ['grinder']],
    ['one of the optional clauses', { bool: { should: [{ match: { name: 'tent' } }, { match: { name: 'scale' } }] } }, ['scale', 'tent']],
    ['two of the optional clauses', { bool: { should: [{ term: { 'tags.keyword': 'coffee' } }, { term: { 'tags.keyword': 'kitchen' } }], minimum_should_match: 2 } }, ['grinder']],
    ['optional clauses that decide nothing', { bool: { filter: [{ match_all: {} }], should: [{ match: { name: 'tent' } }] } }, ['grinder', 'knife', 'scale', 'tent']],
    ['an empty combination', { bool: {} }, ['grinder', 'knife', 'scale', 'tent']],
    ['a constant score', { constant_score: { filter: { term: { 'tags.keyword': 'kitchen' } }, boost: 2 } }, ['grinder', 'knife']],
  ])('find %s', (_what, query, expected) => {
    expect(matching(query)).toEqual(expected);
  });

  it('puts the better match first, and weighs fields', () => {
    expect(ids({ query: { multi_match: { query: 'coffee', fields: ['name^3', 'description'] } } })).toEqual(['scale', 'grinder']);
    expect(ids({ query: { bool: { must: [{ match_all: {} }], should: [{ term: { 'tags.keyword': { value: 'kitchen', boost: 5 } } }, { match: { name: { query: 'knife', boost: 9 } } }] } } })[0]).toBe('knife');
  });

  it('scores words by BM25', () => {
    const cluster = new SearchCluster(now);
    for (const [id, text] of ['red apple', 'green apple', 'blue pear'].entries()) put(cluster, `/products/_doc/${id}`, { text });

    // ln(1 + (N - n + ½) / (n + ½)) × tf × (k + 1) / (tf + k), where all texts are as long.
    const [hit] = search({ query: { match: { text: 'pear' } } }, cluster).hits.hits;
    expect(hit?._score).toBeCloseTo(Math.log(1 + 2.5 / 1.5), 10);
    expect(search({ query: { match: { text: 'red apple' } } }, cluster).hits.hits.map(({ _score }) => _score)).toEqual([expect.closeTo(Math.log(1 + 2.5 / 1.5) + Math.log(1 + 1.5 / 2.5), 10), expect.closeTo(Math.log(1 + 1.5 / 2.5), 10)]);
  });

  it('keeps words of other scripts, and finds what is named like a member of every object', () => {
    const cluster = new SearchCluster(now);
    put(cluster, '/products/_doc/1', { name: '東京 Κρήτη naïve O’Brien 3.5 constructor', constructor: 'yes' });

    for (const word of ['東', 'κρήτη', 'NAÏVE', 'o’brien', '3.5', 'constructor']) expect(ids({ query: { match: { name: word } } }, cluster)).toEqual(['1']);
    expect(ids({ query: { match: { constructor: 'yes' } } }, cluster)).toEqual(['1']);
    expect(ids({ query: { match: { name: '__proto__' } } }, cluster)).toEqual([]);
  });

  it.each([
    [{ match: { name: 'a', description: 'b' } }, 'parsing_exception'],
    [{ matchh: { name: 'a' } }, 'parsing_exception'],
    [{ match: { name: { query: 'a', operator: 'xor' } } }, 'illegal_argument_exception'],
    [{ match: { name: { query: 'a', fuzziness: 3 } } }, 'illegal_argument_exception'],
    [{ multi_match: { query: 'a', fields: ['name'], type: 'cross_fields', fuzziness: 'AUTO' } }, 'parsing_exception'],
    [{ term: { name: ['a'] } }, 'parsing_exception'],
    [{ terms: { name: 'a' } }, 'parsing_exception'],
    [{ range: { price: { gt: 'cheap' } } }, 'query_shard_exception'],
    [{ range: { createdAt: { gt: 'yesterday' } } }, 'parsing_exception'],
    [{ prefix: { price: '1' } }, 'query_shard_exception'],
    [{ bool: { minimum_should_match: 'most' } }, 'illegal_argument_exception'],
    [[], 'parsing_exception'],
    ['text', 'parsing_exception'],
    [{ bool: { should: Array.from({ length: 1_100 }, () => ({ match_all: {} })) } }, 'too_many_clauses'],
  ])('are refused as OpenSearch does: %j', (query, type) => {
    expect(refused({ query }).slice(0, 2)).toEqual([400, type]);
  });

  it('are refused when they are nested without end', () => {
    let query: unknown = { match_all: {} };
    for (let i = 0; i < 50_000; i++) query = { bool: { must: [query] } };

    expect(refused({ query })).toEqual([400, 'illegal_argument_exception', 'the query is nested deeper than 100 levels']);
  });

  it('takes no longer for a hostile pattern', () => {
    const cluster = shop();
    put(cluster, '/products/_doc/long', { name: 'a'.repeat(200) });

    expect(ids({ query: { wildcard: { 'name.keyword': `${'*a'.repeat(60)}b` } } }, cluster)).toEqual([]);
  });
});

describe('what is not here', () => {
  it.each<[string, SearchRequest]>([
    ['query clause "script_score" at query', { method: 'GET', path: '/products/_search', body: { query: { script_score: { query: { match_all: {} }, script: { source: '1' } } } } }],
    ['query clause "query_string" at query.bool.filter', { method: 'GET', path: '/products/_search', body: { query: { bool: { filter: { query_string: { query: 'a' } } } } } }],
    ['query clause "nested" at post_filter.bool.must[1].constant_score.filter', { method: 'GET', path: '/products/_search', body: { post_filter: { bool: { must: [{ match_all: {} }, { constant_score: { filter: { nested: {} } } }] } } } }],
    ['query clause "knn" at aggs.dear.filter', { method: 'GET', path: '/products/_search', body: { aggs: { dear: { filter: { knn: {} } } } } }],
    ['aggregation "percentiles" at aggs.makers.aggs.prices', { method: 'GET', path: '/products/_search', body: { aggs: { makers: { terms: { field: 'price' }, aggs: { prices: { percentiles: { field: 'price' } } } } } } }],
    ['sort mode "avg" at sort[1]', { method: 'GET', path: '/products/_search', body: { sort: ['_score', { price: { mode: 'avg' } }] } }],
    ['"script_fields" of a search', { method: 'GET', path: '/products/_search', body: { script_fields: { a: { script: 'doc.price.value' } } } }],
    ['"highlight" of a search', { method: 'GET', path: '/products/_search', body: { highlight: { fields: { name: {} } } } }],
    ['sort by "_script" at sort', { method: 'GET', path: '/products/_search', body: { sort: { _script: { script: '1' } } } }],
    ['aggregation "date_histogram" at aggs.days', { method: 'GET', path: '/products/_search', body: { aggs: { days: { date_histogram: { field: 'createdAt' } } } } }],
    ['parameter "script" of "terms" at aggs.a', { method: 'GET', path: '/products/_search', body: { aggs: { a: { terms: { field: 'price', script: '1' } } } } }],
    ['parameter "slop" of "match_phrase" at query', { method: 'GET', path: '/products/_search', body: { query: { match_phrase: { name: { query: 'a b', slop: 2 } } } } }],
    ['date math "now-1q" at query', { method: 'GET', path: '/products/_search', body: { query: { range: { createdAt: { gte: 'now-1q' } } } } }],
    ['"script" of an update', { method: 'POST', path: '/products/_update/tent', body: { script: 'ctx._source.price = 0' } }],
    ['field type "constructor" of "place"', { method: 'PUT', path: '/places', body: { mappings: { properties: { place: { type: 'constructor' } } } } }],
    ['field type "geo_point" of "place"', { method: 'PUT', path: '/places', body: { mappings: { properties: { place: { type: 'geo_point' } } } } }],
    ['query parameter "q"', { method: 'GET', path: '/products/_search', query: { q: 'coffee' } }],
    ['a search over several indexes', { method: 'GET', path: '/prod*/_search' }],
    ['POST "_delete_by_query"', { method: 'POST', path: '/products/_delete_by_query', body: {} }],
  ])('is said to be %s', (clause, request) => {
    expect(() => shop().request(request)).toThrow(UnsupportedClause);
    expect(() => shop().request(request)).toThrow(new Error(`not supported locally: ${clause}`));
  });
});

describe('answers', () => {
  it('have the shape of OpenSearch', () => {
    expect(search({ query: { term: { isNew: true } }, _source: ['name', 'maker'] })).toEqual({
      took: 0,
      timed_out: false,
      _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
      hits: { total: { value: 1, relation: 'eq' }, max_score: 1, hits: [{ _index: 'products', _id: 'knife', _score: 1, _source: { name: "Chef's Knife" } }] },
    });
  });

  it('are ordered by fields, by the score, and with what has no value last', () => {
    expect(ids({ sort: [{ price: 'desc' }] })).toEqual(['tent', 'grinder', 'knife', 'scale']);
    expect(ids({ sort: ['createdAt'] })).toEqual(['tent', 'knife', 'scale', 'grinder']);
    expect(ids({ sort: [{ 'maker.country.keyword': { order: 'asc' } }, { price: 'asc' }] })).toEqual(['scale', 'grinder', 'knife', 'tent']);
    expect(ids({ sort: [{ 'maker.country.keyword': { missing: '_first' } }, { price: 'asc' }] })).toEqual(['knife', 'tent', 'scale', 'grinder']);
    expect(search({ sort: [{ price: 'desc' }, { createdAt: 'asc' }], size: 1 }).hits).toMatchObject({ max_score: null, hits: [{ _score: null, sort: [249, Date.UTC(2025, 4, 5, 10, 30)] }] });
    expect(refused({ sort: ['name'] })).toEqual([400, 'illegal_argument_exception', expect.stringContaining('Text fields are not optimised for operations')]);
    expect(refused({ sort: ['colour'] })).toEqual([400, 'query_shard_exception', 'No mapping found for [colour] in order to sort on']);
    expect(ids({ sort: [{ colour: { unmapped_type: 'long' } }] })).toHaveLength(4);
  });

  it('come in pages, by number and after a hit', () => {
    const sort = [{ price: 'asc' }, { 'name.keyword': 'asc' }];

    expect(ids({ sort, from: 1, size: 2 })).toEqual(['knife', 'grinder']);
    expect(ids({ sort, search_after: [89, "Chef's Knife"] })).toEqual(['grinder', 'tent']);
    expect(search({ size: 0, track_total_hits: 2 }).hits).toEqual({ total: { value: 2, relation: 'gte' }, max_score: null, hits: [] });
    expect(refused({ size: 10_001 })).toEqual([400, 'illegal_argument_exception', expect.stringContaining('Result window is too large, from + size must be less than or equal to: [10000] but was [10001]')]);
    expect(refused({ size: -1 })).toEqual([400, 'parsing_exception', '[size] must be a whole number of at least 0, got -1']);
    expect(refused({ sort, search_after: [1] })).toEqual([400, 'illegal_argument_exception', 'search_after has 1 value(s) but sort has 2.']);
    expect(refused({ search_after: [1] })).toEqual([400, 'illegal_argument_exception', 'Sort must contain at least one field.']);
  });

  it.each<[unknown, unknown]>([
    [false, undefined],
    ['maker.country', { maker: { country: 'IT' } }],
    [['na*'], { name: 'Espresso Grinder' }],
    [{ includes: ['name', 'maker'], excludes: ['maker.c*'] }, { name: 'Espresso Grinder', maker: {} }],
  ])('show of a document what _source says: %j', (_source, expected) => {
    expect(search({ query: { ids: { values: ['grinder'] } }, _source }).hits.hits[0]?._source).toEqual(expected);
  });

  it('count facets', () => {
    const { aggregations } = search({
      size: 0,
      query: { range: { price: { lt: 200 } } },
      aggs: {
        tags: { terms: { field: 'tags.keyword', size: 1 }, aggs: { cheapest: { min: { field: 'price' } } } },
        prices: { range: { field: 'price', ranges: [{ to: 50 }, { from: 50, to: 100 }, { from: 100, key: 'dear' }] } },
        stock: { sum: { field: 'stock' } },
        mean: { avg: { field: 'price' } },
        named: { value_count: { field: 'name.keyword' } },
        newest: { max: { field: 'createdAt' } },
        none: { avg: { field: 'colour' } },
      },
    });

    expect(aggregations).toEqual({
      tags: { doc_count_error_upper_bound: 0, sum_other_doc_count: 2, buckets: [{ key: 'coffee', doc_count: 2, cheapest: { value: 39.5 } }] },
      prices: {
        buckets: [
          { key: '*-50.0', to: 50, doc_count: 1 },
          { key: '50.0-100.0', from: 50, to: 100, doc_count: 1 },
          { key: 'dear', from: 100, doc_count: 1 },
        ],
      },
      stock: { value: 16 },
      mean: { value: (189 + 39.5 + 89) / 3 },
      named: { value: 3 },
      newest: { value: Date.UTC(2026, 10, 20, 9), value_as_string: '2026-11-20T09:00:00.000Z' },
      none: { value: null },
    });
    expect(refused({ aggs: { a: { terms: { field: 'name' } } } })).toEqual([400, 'illegal_argument_exception', expect.stringContaining('Please use a keyword field instead')]);
    expect(refused({ aggs: { a: { terms: { field: 'tags.keyword', size: 1e9 } } } }).slice(0, 2)).toEqual([503, 'too_many_buckets_exception']);
    expect(refused({ aggs: { a: { avg: { field: 'name.keyword' } } } }).slice(0, 2)).toEqual([400, 'illegal_argument_exception']);
  });

  it('filter hits after the facets were counted', () => {
    const { hits, aggregations } = search({ post_filter: { term: { 'tags.keyword': 'coffee' } }, aggs: { all: { value_count: { field: 'price' } } } });

    expect(hits.total).toEqual({ value: 2, relation: 'eq' });
    expect(aggregations).toEqual({ all: { value: 4 } });
  });
});

describe('documents', () => {
  it('are put, read, changed and deleted', () => {
    const cluster = new SearchCluster(now);
    const call = (method: string, path: string, body?: unknown) => cluster.request({ method, path, body });

    expect(call('PUT', '/notes/_doc/a%2Fb', { text: 'one' })).toMatchObject({ status: 201, body: { _index: 'notes', _id: 'a/b', _version: 1, result: 'created', _seq_no: 0 } });
    expect(call('PUT', '/notes/_doc/a%2Fb', { text: 'two' })).toMatchObject({ status: 200, body: { _version: 2, result: 'updated' } });
    expect(call('GET', '/notes/_doc/a%2Fb')).toMatchObject({ status: 200, body: { _version: 2, found: true, _source: { text: 'two' } } });
    expect(call('POST', '/notes/_update/a%2Fb', { doc: { more: { deep: 1 } } })).toMatchObject({ status: 200, body: { result: 'updated' } });
    expect(call('POST', '/notes/_update/a%2Fb', { doc: { more: { deep: 1 } } })).toMatchObject({ status: 200, body: { result: 'noop' } });
    expect(call('POST', '/notes/_update/new', { doc: { n: 1 }, doc_as_upsert: true })).toMatchObject({ status: 201, body: { result: 'created' } });
    expect(call('POST', '/notes/_doc', { text: 'three' })).toMatchObject({ status: 201, body: { _id: expect.stringMatching(/^[\w-]{20}$/) } });
    expect(call('GET', '/notes/_count', { query: { match: { text: 'two' } } })).toMatchObject({ status: 200, body: { count: 1 } });
    expect(call('POST', '/notes/_mget', { ids: ['new', 'none'] })).toMatchObject({ body: { docs: [{ found: true, _source: { n: 1 } }, { _id: 'none', found: false }] } });
    expect(call('DELETE', '/notes/_doc/a%2Fb')).toMatchObject({ status: 200, body: { result: 'deleted' } });
    expect(call('DELETE', '/notes/_doc/a%2Fb')).toMatchObject({ status: 404, body: { result: 'not_found' } });
    expect(call('GET', '/notes/_doc/a%2Fb')).toEqual({ status: 404, body: { _index: 'notes', _id: 'a/b', found: false } });
    expect(call('GET', '/notes/_count', { query: { match: { text: 'two' } } })).toMatchObject({ body: { count: 0 } });
    expect(call('PUT', '/notes/_create/new', {}).status).toBe(409);
  });

  it('are changed many at once, each for itself', () => {
    const cluster = shop();
    const lines = [{ index: { _id: 'cup' } }, { name: 'Cup', price: 5 }, { delete: { _id: 'tent' } }, { index: { _id: 'bad' } }, { price: 'dear' }, { update: { _id: 'none' } }, { doc: { price: 1 } }];
    const { status, body } = cluster.request({ method: 'POST', path: '/products/_bulk', body: lines.map((line) => `${JSON.stringify(line)}\n`).join('') });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      errors: true,
      items: [
        { index: { _id: 'cup', status: 201 } },
        { delete: { _id: 'tent', status: 200 } },
        { index: { _id: 'bad', status: 400, error: { type: 'mapper_parsing_exception', reason: "failed to parse field [price] of type [double] in document with id 'bad'. Preview of field's value: 'dear'" } } },
        { update: { _id: 'none', status: 404, error: { type: 'document_missing_exception' } } },
      ],
    });
    expect(ids({ query: { match_all: {} } }, cluster).sort()).toEqual(['cup', 'grinder', 'knife', 'scale']);
    expect(refusal({ method: 'POST', path: '/_bulk', body: '{"index":{}}' })).toEqual([400, 'illegal_argument_exception', 'The bulk request must be terminated by a newline [\\n]']);
  });

  it('give a field its type by the first value, after which others are made to fit or refused', () => {
    const cluster = new SearchCluster(now);
    put(cluster, '/products/_doc/1', { price: 10, at: '2026-01-01', name: 'A' });
    put(cluster, '/products/_doc/2', { price: 9.99, at: 'x'.length });

    // OpenSearch cuts what is behind the point in a field that began with a whole number.
    expect(ids({ query: { range: { price: { lte: 9 } } } }, cluster)).toEqual(['2']);
    expect(refusal({ method: 'PUT', path: '/products/_doc/3', body: { at: 'soon' } }, cluster)).toEqual([400, 'mapper_parsing_exception', expect.stringContaining('failed to parse field [at] of type [date]')]);
    expect(refusal({ method: 'PUT', path: '/products/_doc/3', body: { name: { first: 'A' } } }, cluster).slice(0, 2)).toEqual([400, 'mapper_parsing_exception']);
    expect(ids({ query: { match_all: {} } }, cluster)).toEqual(['1', '2']);
  });

  it('are refused with too many fields, or too deep', () => {
    const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`f${i}`, i]));
    let deep: unknown = 1;
    for (let i = 0; i < 30; i++) deep = { deep };

    expect(refusal({ method: 'PUT', path: '/products/_doc/1', body: many }, new SearchCluster(now))).toEqual([400, 'illegal_argument_exception', 'Limit of total fields [1000] has been exceeded']);
    expect(refusal({ method: 'PUT', path: '/products/_doc/1', body: deep }, new SearchCluster(now)).slice(0, 2)).toEqual([400, 'illegal_argument_exception']);
  });
});

it('says that there is no such index, and makes none by searching', () => {
  const cluster = new SearchCluster(now);

  for (const path of ['/none/_search', '/none/_count', '/none/_doc/1', '/none/_mapping']) expect(refusal({ method: 'GET', path }, cluster)).toEqual([404, 'index_not_found_exception', 'no such index [none]']);
  expect(cluster.request({ method: 'HEAD', path: '/none' })).toEqual({ status: 404, body: null });
  expect(refusal({ method: 'PUT', path: '/Upper' }, cluster)).toEqual([400, 'invalid_index_name_exception', 'Invalid index name [Upper]']);
  expect(refusal({ method: 'DELETE', path: '/products/_search' }).slice(0, 2)).toEqual([405, 'method_not_allowed']);
});
