/** The three behaviors of an API's cache, seen from its answers. */
import { TraceRecording } from '../../lib/local/execution/trace';
import type { Caller } from '../../lib/local/auth/auth-mode';
import type { CacheModel } from '../../lib/model';
import { apiKeyCaller, cognitoCaller, type FakeContext, harness, iamCaller, resource, type Setup, value, fail } from './executor-fixture';

const schema = `
  type Query { note(id: ID!, page: Int): Note  notes: [Note]  word(id: ID): String  who: String }
  type Note { id: ID! title: String author: String }
  type Mutation { touch(id: ID, page: Int): String  write(id: ID): Note  }
  type Subscription { onTouch: String @aws_subscribe(mutations: ["touch"]) }
`;

const cache = (behavior: CacheModel['behavior'], ttlSeconds = 60): CacheModel => ({ behavior, ttlSeconds, resource });
const alice: Caller = { mode: 'AMAZON_COGNITO_USER_POOLS', identity: { sub: 'alice', sourceIp: ['10.0.0.1'] }, groups: [] };
const bob: Caller = { mode: 'AMAZON_COGNITO_USER_POOLS', identity: { sub: 'bob', sourceIp: ['10.0.0.2'] }, groups: [] };

/** Every resolver answers with how often any has run. */
function counting(setup: Omit<Setup, 'schema'>) {
  const clock = { nowMs: 1_000_000 };
  const ran: string[] = [];
  const count = (name: string, answer: (ctx: FakeContext, n: number) => unknown = (_ctx, n) => String(n)) => ({
    response: (ctx: FakeContext) => {
      ran.push(name);
      return answer(ctx, ran.length);
    },
  });
  const resolvers: Setup['resolvers'] = {
    'Query.note': count('note', (ctx, n) => ({ id: ctx.args.id, title: `title ${n}` })),
    'Query.notes': count('notes', () => [{ id: 'a' }, { id: 'b' }]),
    'Query.word': count('word'),
    'Query.who': count('who', (ctx) => (ctx.identity as { sub?: string } | null)?.sub ?? 'nobody'),
    'Note.author': count('author', (ctx, n) => `author of ${(ctx.source as { id: string }).id}, ${n}`),
    'Mutation.touch': count('touch'),
    'Mutation.write': count('write', (ctx) => ({ id: ctx.args.id })),
    'Subscription.onTouch': count('onTouch'),
    ...setup.resolvers,
  };
  return { ...harness({ schema, ...setup, resolvers, now: () => clock.nowMs }), clock, ran };
}

const perResolver = (caching: Setup['caching'], more: Partial<Setup> = {}) => counting({ model: { cache: cache('PER_RESOLVER_CACHING') }, caching, ...more });

describe('a cached resolver', () => {
  const caching = { 'Query.note': { ttlSeconds: 30, keys: ['$context.arguments.id'] } };

  test('runs once for equal keys, until its own time is up', async () => {
    const { run, clock } = perResolver(caching);
    const title = async (id: string) => ((await run(`{ note(id: "${id}") { title } }`)) as { data: { note: { title: string } } }).data.note.title;

    expect([await title('a'), await title('a'), await title('b')]).toEqual(['title 1', 'title 1', 'title 2']);
    clock.nowMs += 29_999;
    expect(await title('a')).toBe('title 1');
    clock.nowMs += 1;
    expect(await title('a')).toBe('title 3');
  });

  test.each([1, 3_600])('lives for %i seconds of its own to the millisecond, whatever the time of the API is', async (ttlSeconds) => {
    const { run, ran, clock } = counting({ model: { cache: cache('PER_RESOLVER_CACHING', 60) }, caching: { 'Query.word': { ttlSeconds, keys: ['$context.arguments'] } } });
    await run('{ word }');
    clock.nowMs += ttlSeconds * 1_000 - 1;
    await run('{ word }');
    expect(ran).toEqual(['word']);

    clock.nowMs += 1;
    await run('{ word }');
    expect(ran).toEqual(['word', 'word']);
  });

  test('answers other selections, under other names, from the same entry', async () => {
    const { run } = perResolver(caching);
    await run('{ note(id: "a", page: 1) { id } }');

    expect(await run('query ($id: ID!) { mine: note(id: $id, page: 2) { name: title } }', { id: 'a' })).toEqual({ data: { mine: { name: 'title 1' } } });
  });

  test('answers everybody alike when its keys leave out the identity', async () => {
    const { run } = perResolver({ 'Query.who': { ttlSeconds: 30, keys: ['$context.arguments'] } });

    expect([await run('{ who }', {}, alice), await run('{ who }', {}, bob)]).toEqual([{ data: { who: 'alice' } }, { data: { who: 'alice' } }]);
  });

  test.each([[['$context.identity.sub']], [[]]])('answers each caller for itself with the keys %j', async (keys) => {
    const { run, ran } = perResolver({ 'Query.who': { ttlSeconds: 30, keys } });

    expect([await run('{ who }', {}, alice), await run('{ who }', {}, bob), await run('{ who }', {}, alice)]).toEqual(['alice', 'bob', 'alice'].map((who) => ({ data: { who } })));
    expect(ran).toEqual(['who', 'who']);
  });

  test('is not cached when a key has no value', async () => {
    const { run } = perResolver({ 'Query.word': { ttlSeconds: 30, keys: ['$context.arguments.id'] }, 'Query.who': { ttlSeconds: 30, keys: ['$context.identity.sub'] } });

    expect([await run('{ word }'), await run('{ word }'), await run('{ word(id: "a") }'), await run('{ word(id: "a") }')]).toEqual(['1', '2', '3', '3'].map((word) => ({ data: { word } })));
    await run('{ who }', {}, apiKeyCaller);
    expect(await run('{ who }', {}, alice)).toEqual({ data: { who: 'alice' } });
  });

  test('tells apart the objects it belongs to', async () => {
    const { run } = perResolver({ 'Note.author': { ttlSeconds: 30, keys: ['$context.source.id'] } });
    await run('{ notes { author } }');

    expect(await run('{ notes { author } }')).toEqual({ data: { notes: [{ author: 'author of a, 2' }, { author: 'author of b, 3' }] } });
  });

  test('still lets authorization decide for every caller', async () => {
    const { run } = harness({
      schema: 'type Query { word: String @aws_cognito_user_pools(cognito_groups: ["admins"]) }',
      resolvers: { 'Query.word': { response: () => 'secret' } },
      caching: { 'Query.word': { ttlSeconds: 30, keys: ['$context.arguments'] } },
      model: { cache: cache('PER_RESOLVER_CACHING'), authorization: [{ type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: 'p', region: 'eu-west-1', defaultAction: 'ALLOW' }] },
    });

    expect(await run('{ word }', {}, cognitoCaller(['admins']))).toEqual({ data: { word: 'secret' } });
    expect(await run('{ word }', {}, cognitoCaller(['customers']))).toMatchObject({ data: null, errors: [{ errorType: 'Unauthorized' }] });
  });

  test('keeps null, and nothing that came with an error', async () => {
    let n = 0;
    const { run } = perResolver(
      { 'Query.word': { ttlSeconds: 30, keys: ['$context.arguments.id'] } },
      {
        resolvers: {
          'Query.word': {
            response: (ctx) => {
              n++;
              if (ctx.args.id === 'failed') return fail(`failed ${n}`);
              if (ctx.args.id === 'appended') return value(`partly ${n}`, { appendedErrors: [{ message: 'half', errorType: null, data: null, errorInfo: null }] });
              return null;
            },
          },
        },
      },
    );
    for (const id of ['none', 'none']) expect(await run(`{ word(id: "${id}") }`)).toEqual({ data: { word: null } });
    expect(n).toBe(1);
    for (const message of ['failed 2', 'failed 3']) expect(await run('{ word(id: "failed") }')).toMatchObject({ errors: [{ message }] });
    for (const word of ['partly 4', 'partly 5']) expect(await run('{ word(id: "appended") }')).toMatchObject({ data: { word } });
  });

  test('keeps its value when only a field below it fails', async () => {
    const { run, ran } = perResolver({ 'Query.note': { ttlSeconds: 30, keys: ['$context.arguments.id'] } }, { resolvers: { 'Note.author': { response: () => fail('no') }, 'Query.note': { response: () => ({ id: 'a' }) } } });
    await run('{ note(id: "a") { author } }');

    expect(await run('{ note(id: "a") { id author } }')).toMatchObject({ data: { note: { id: 'a', author: null } }, errors: [{ path: ['note', 'author'] }] });
    expect(ran).toEqual([]);
  });

  test('is none without a cache of that behavior, nor without a configuration', async () => {
    for (const model of [{}, { cache: cache('OPERATION_LEVEL_CACHING') }]) {
      const { run, ran } = counting({ model, caching: { 'Query.word': { ttlSeconds: 30, keys: [] } } });
      await run('{ word }');
      await run('{ a: word }');
      expect(ran).toEqual(['word', 'word']);
    }
    const { run, ran } = perResolver({});
    await run('{ word }');
    await run('{ word }');
    expect(ran).toEqual(['word', 'word']);
  });

  test('does not count against the resolvers of a request', async () => {
    const { run } = perResolver({ 'Query.word': { ttlSeconds: 30, keys: ['$context.arguments.id'] } }, { model: { cache: cache('PER_RESOLVER_CACHING'), resolverCountLimit: 1 } });
    await run('{ word(id: "a") }');

    expect(await run('{ word(id: "a") who }')).toEqual({ data: { word: '1', who: 'nobody' } });
  });
});

describe('mutations and subscriptions', () => {
  const caching = { 'Mutation.touch': { ttlSeconds: 30, keys: [] }, 'Subscription.onTouch': { ttlSeconds: 30, keys: [] }, 'Note.author': { ttlSeconds: 30, keys: ['$context.source.id'] } };

  test.each(['PER_RESOLVER_CACHING', 'FULL_REQUEST_CACHING', 'OPERATION_LEVEL_CACHING'] as const)('always run with %s', async (behavior) => {
    const { run, executor, ran } = counting({ model: { cache: cache(behavior) }, caching });
    for (let i = 0; i < 2; i++) {
      await run('mutation { touch }');
      await executor.subscribe({ query: 'subscription { onTouch }' }, { caller: apiKeyCaller, headers: {}, requestId: 'r' });
    }

    expect(ran).toEqual(['touch', 'onTouch', 'touch', 'onTouch']);
  });

  test('neither read nor fill the cache below their root fields', async () => {
    const { run } = perResolver(caching, { resolvers: { 'Query.note': { response: () => ({ id: 'a' }) } } });

    expect(await run('mutation { write(id: "a") { author } }')).toEqual({ data: { write: { author: 'author of a, 2' } } });
    expect(await run('{ note(id: "a") { author } }')).toEqual({ data: { note: { author: 'author of a, 3' } } });
    expect(await run('mutation { write(id: "a") { author } }')).toEqual({ data: { write: { author: 'author of a, 5' } } });
  });
});

describe('full-request caching', () => {
  const model = { cache: cache('FULL_REQUEST_CACHING', 60) };

  test('caches every resolver by arguments, source and identity, for the time of the API', async () => {
    const { run, ran, clock } = counting({ model, caching: { 'Query.word': { ttlSeconds: 1, keys: ['$context.arguments'] } } });
    for (let i = 0; i < 2; i++) await run('{ notes { author } word }', {}, alice);
    expect(ran).toEqual(['notes', 'word', 'author', 'author']);

    await run('{ word }', {}, bob);
    await run('{ word(id: "a") }', {}, alice);
    clock.nowMs += 60_000;
    await run('{ word }', {}, alice);
    expect(ran.slice(4)).toEqual(['word', 'word', 'word']);
  });
});

describe('operation-level caching', () => {
  const setup = { model: { cache: cache('OPERATION_LEVEL_CACHING', 60) } };
  const send = ({ executor }: ReturnType<typeof counting>, caller: Caller, headers: Record<string, string> = {}, request = {}) => executor.execute({ query: 'query A { word } ', ...request }, { caller, headers, requestId: 'r' });

  test('answers an equal query without running anything', async () => {
    const api = counting(setup);
    for (let i = 0; i < 2; i++) expect(await api.run('{ word notes { author } }')).toEqual({ data: { word: '1', notes: [{ author: 'author of a, 3' }, { author: 'author of b, 4' }] } });

    expect(api.ran).toHaveLength(4);
    api.clock.nowMs += 60_000;
    expect(await api.run('{ word notes { author } }')).toMatchObject({ data: { word: '5' } });
  });

  test('tells apart queries, operations, variables, callers and headers', async () => {
    const api = counting(setup);
    const requests: Parameters<typeof send>[] = [
      [api, alice],
      [api, bob],
      [api, iamCaller],
      [api, alice, { 'x-tenant': 't' }],
      [api, alice, {}, { query: 'query A { word }' }],
      [api, alice, {}, { operationName: 'A' }],
      [api, alice, {}, { variables: { a: 1 } }],
    ];
    for (const request of [...requests, ...requests]) await send(...request);

    expect(api.ran).toHaveLength(requests.length);
  });

  test('does not tell apart addresses, nor headers that are a request’s own', async () => {
    const api = counting(setup);
    await send(api, alice, { authorization: 'a', host: 'x', 'x-amzn-trace-id': '1', 'x-forwarded-for': '1.2.3.4' });
    await send(api, { ...alice, identity: { ...alice.identity, sourceIp: ['10.9.9.9'] } }, { authorization: 'b', via: 'y' });

    expect(api.ran).toEqual(['word']);
  });

  test('tells apart what a Lambda authorizer denies', async () => {
    const api = counting(setup);
    const caller: Caller = { mode: 'AWS_LAMBDA', identity: { resolverContext: {} }, groups: [] };
    await send(api, caller);
    await send(api, { ...caller, deniedFields: ['Query.who'] });

    expect(api.ran).toEqual(['word', 'word']);
  });

  test('keeps no answer with errors', async () => {
    const api = counting({ ...setup, resolvers: { 'Query.who': { response: () => fail('no') } } });
    for (const word of ['1', '2']) expect(await api.run('{ word who }')).toMatchObject({ data: { word, who: null } });
  });

  test('keeps no response headers', async () => {
    const api = counting({ ...setup, resolvers: { 'Query.word': { response: () => value('w', { effects: { responseHeaders: { 'x-a': '1' } } }) } } });
    const answers = [await send(api, alice), await send(api, alice)];

    expect(answers.map(({ responseHeaders }) => responseHeaders)).toEqual([{ 'x-a': '1' }, {}]);
  });
});

describe('evictFromApiCache', () => {
  const evicting = (keys: Record<string, unknown>, fieldName = 'word') => ({ response: () => value('done', { effects: { evictions: [{ typeName: 'Query', fieldName, keys }] } }) });
  const caching = { 'Query.word': { ttlSeconds: 30, keys: ['$context.arguments.id'] } };

  test('makes a field run again, and counts what it deleted', async () => {
    const { run } = perResolver(caching, { resolvers: { 'Mutation.touch': evicting({ 'ctx.args.id': 'a' }) } });
    await run('{ a: word(id: "a") b: word(id: "b") }');

    expect(await run('mutation { touch }')).toEqual({ data: { touch: 'done' }, extensions: { apiCacheEntriesDeleted: 1 } });
    expect(await run('{ a: word(id: "a") b: word(id: "b") }')).toEqual({ data: { a: '3', b: '2' } });
    expect(await run('mutation { x: touch y: touch }')).toMatchObject({ extensions: { apiCacheEntriesDeleted: 1 } });
  });

  test('does nothing in a query', async () => {
    const { run } = perResolver(caching, { resolvers: { 'Query.who': evicting({ 'ctx.args.id': 'a' }) } });
    await run('{ word(id: "a") }');

    expect(await run('{ who }')).toEqual({ data: { who: 'done' } });
    expect(await run('{ word(id: "a") }')).toEqual({ data: { word: '1' } });
  });

  test.each([
    [{ 'ctx.args.key': 'a' }, 'word', 'the keys of Query.word are context.arguments.id, in this order, and not ctx.args.key'],
    [{}, 'word', 'the keys of Query.word are context.arguments.id, in this order, and not none'],
    [{ 'ctx.args.id': 'a' }, 'who', 'Query.who is not cached'],
  ])('tells the log when %j can hit nothing', async (keys, fieldName, problem) => {
    const { run, log } = perResolver(caching, { resolvers: { 'Mutation.touch': evicting(keys, fieldName) } });

    expect(await run('mutation { touch }')).toMatchObject({ extensions: { apiCacheEntriesDeleted: 0 } });
    expect(log).toEqual([`extensions.evictFromApiCache does nothing: ${problem}`]);
  });

  test('hits full-request entries by their three maps', async () => {
    const keys = { 'context.arguments': { id: 'a' }, 'context.source': null, 'context.identity': null };
    const { run } = counting({ model: { cache: cache('FULL_REQUEST_CACHING') }, resolvers: { 'Mutation.touch': evicting(keys) } });
    await run('{ word(id: "a") }');

    expect(await run('mutation { touch }')).toMatchObject({ extensions: { apiCacheEntriesDeleted: 1 } });
  });
});

test('flushing forgets everything', async () => {
  const { run, executor, ran } = counting({ model: { cache: cache('FULL_REQUEST_CACHING') } });
  await run('{ word }');
  executor.flushCache();
  await run('{ word }');

  expect(ran).toEqual(['word', 'word']);
});

describe('the trace', () => {
  async function traced({ executor }: ReturnType<typeof counting>, query: string): Promise<ReturnType<TraceRecording['end']>> {
    const trace = new TraceRecording({ query }, apiKeyCaller);
    await executor.execute({ query }, { caller: apiKeyCaller, headers: {}, requestId: 'r', trace });
    return trace.end();
  }
  const untimed = (trace: object) => String(trace).replace(/ +\d+\.\d ms/g, '');

  test('shows hits, misses, and keys without value', async () => {
    const api = perResolver({ 'Query.word': { ttlSeconds: 30, keys: ['$context.arguments.id'] } });
    await traced(api, '{ word(id: "a") }');
    const { resolvers, ...trace } = await traced(api, '{ hit: word(id: "a") miss: word(id: "b") without: word who }');

    expect(resolvers.map(({ path, cache: lookup, steps, value: given }) => [path[0], lookup, steps.length, given])).toEqual([
      ['hit', { outcome: 'hit' }, 0, '1'],
      ['miss', { outcome: 'miss' }, 1, '2'],
      ['without', { outcome: 'none', missingKey: '$context.arguments.id' }, 1, '3'],
      ['who', undefined, 1, 'nobody'],
    ]);
    expect(untimed(trace)).toBe(
      [
        'query { word, word, word, who }  API key',
        '  Query.word  (cache hit)',
        "    = '1'",
        '  Query.word → none  (cache miss)',
        '    > { payload: null }',
        '    < null',
        "    = '2'",
        '  Query.word → none  (not cached: $context.arguments.id has no value)',
        '    > { payload: null }',
        '    < null',
        "    = '3'",
        '  Query.who → none',
        '    > { payload: null }',
        '    < null',
        "    = 'nobody'",
      ].join('\n'),
    );
  });

  test('shows whether a whole answer was cached', async () => {
    const api = counting({ model: { cache: cache('OPERATION_LEVEL_CACHING') } });
    const traces = [await traced(api, '{ who }'), await traced(api, '{ who }')];

    expect(traces.map((trace) => [trace.cache, trace.resolvers.length])).toEqual([['miss', 1], ['hit', 0]]);
    expect(untimed(traces[1]!)).toBe('query { who }  API key  (cache hit)');
  });
});
