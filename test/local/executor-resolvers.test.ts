import { earlyReturn, type FakeCode, fail, harness, value } from './executor-fixture';

const schema = `
  type Post { id: ID! title: String author: Author }
  type Author { name: String nick: String }
  type Query { post(id: ID): Post text: String other: String }
  type Mutation { save(title: String): Post sure: Post! boom: String }
  schema { query: Query mutation: Mutation }
`;
const postError = (members: object) => ({ path: ['post'], data: null, errorType: null, errorInfo: null, locations: [{ line: 1, column: 3, sourceName: null }], ...members });

describe('a unit resolver', () => {
  test('gives its handlers the request, the caller and where they run', async () => {
    const seen: unknown[] = [];
    const { run } = harness({
      schema,
      model: { environment: { STAGE: 'test' } },
      resolvers: {
        'Query.post': { response: () => ({ author: { nick: 'a' } }) },
        'Author.name': {
          request: (ctx) => (seen.push([ctx.source, ctx.args, ctx.identity, ctx.env, ctx.info.parentTypeName, ctx.info.fieldName, ctx.info.variables]), {}),
        },
      },
    });

    await run('query ($v: ID) { post(id: $v) { author { name } } }', { v: '1', undeclared: 1 });

    expect(seen).toEqual([[{ nick: 'a' }, {}, null, { STAGE: 'test' }, 'Author', 'name', { v: '1' }]]);
  });

  test('has no source on a root type', async () => {
    const { run } = harness({ schema, resolvers: { 'Query.text': { request: (ctx) => ({ payload: ctx.source === null ? 'none' : 'some' }) } } });

    expect(await run('{ text }')).toEqual({ data: { text: 'none' } });
  });

  test('lists the selection with aliases and slash paths, without what this request skips', async () => {
    const seen: unknown[] = [];
    const { run } = harness({ schema, resolvers: { 'Query.post': { request: (ctx) => (seen.push(ctx.info.selectionSetList, ctx.info.selectionSetGraphQL), {}) } } });
    const query = 'query ($s: Boolean!) { post { id heading: title ...P } } fragment P on Post { author @skip(if: $s) { name } __typename }';

    await run(query, { s: false });
    await run(query, { s: true });

    const text = '{\n  id\n  heading: title\n  ...P\n}';
    expect(seen).toEqual([['id', 'heading', 'author', 'author/name', '__typename'], text, ['id', 'heading', '__typename'], text]);
  });

  test('ends with the error of util.error, its data limited to the selection', async () => {
    const data = { id: 1, title: 'T', secret: 's', author: { name: 'A', nick: 'n' } };
    const { run } = harness({ schema, resolvers: { 'Query.post': { response: () => fail('no', 'NotFound', data, { code: 4 }) } } });

    const body = await run('{ post { heading: title author { name } } }');

    expect(JSON.stringify(body)).toBe(
      '{"data":{"post":null},"errors":[{"path":["post"],"data":{"heading":"T","author":{"name":"A"}},"errorType":"NotFound","errorInfo":{"code":4},"locations":[{"line":1,"column":3,"sourceName":null}],"message":"no"}]}',
    );
  });

  test('keeps its value and adds the errors of util.appendError', async () => {
    const more = { appendedErrors: [{ message: 'careful', errorType: 'Warn', data: null, errorInfo: null }] };
    const { run } = harness({ schema, resolvers: { 'Query.post': { response: () => value({ title: 'T' }, more) } } });

    expect(await run('{ post { title } }')).toEqual({ data: { post: { title: 'T' } }, errors: [postError({ message: 'careful', errorType: 'Warn' })] });
  });

  test('shows a data source error to the response handler, which may swallow it; the log keeps it', async () => {
    const request = () => ({ fail: { type: 'DynamoDB:X', message: 'bad' } });
    const { run, log } = harness({ schema, resolvers: { 'Query.text': { request, response: (ctx) => `saw ${ctx.error?.type}` } } });

    expect(await run('{ text }')).toEqual({ data: { text: 'saw DynamoDB:X' } });
    expect(log).toEqual(['Query.text: data source error DynamoDB:X: bad']);
  });

  test('fails without its response handler when the data source refuses the request document', async () => {
    const { run } = harness({ schema, resolvers: { 'Query.post': { request: () => ({ refuse: "Value for field '$[operation]' not found." }), response: () => 'never' } } });

    expect(await run('{ post { id } }')).toEqual({
      data: { post: null },
      errors: [postError({ errorType: 'MappingTemplate', message: "Value for field '$[operation]' not found." })],
    });
  });

  test('hides a bug behind an internal failure and tells the log', async () => {
    const { run, log } = harness({ schema, resolvers: { 'Query.post': { request: () => ({ crash: 'oops' }) } } });

    expect(await run('{ post { id } }')).toEqual({
      data: { post: null },
      errors: [postError({ errorType: 'InternalFailure', message: 'An internal failure occurred while resolving this field.' })],
    });
    expect(log.join()).toMatch(/^error in Query\.post: Error: oops/);
  });

  test('returns early with the value of the field, without data source and response handler', async () => {
    const { run } = harness({ schema, resolvers: { 'Query.text': { request: () => earlyReturn('early'), response: () => 'never' } } });

    expect(await run('{ text }')).toEqual({ data: { text: 'early' } });
  });

  test('hands its log lines on', async () => {
    const { run, log } = harness({ schema, resolvers: { 'Query.text': { request: () => value({}, { logs: ['INFO - code.js:1:1: "hi"'] }) } } });

    await run('{ text }');

    expect(log).toEqual(['Query.text: INFO - code.js:1:1: "hi"']);
  });

  test('says that only Lambda does without code and templates', async () => {
    const resolver = { typeName: 'Query', fieldName: 'text', kind: 'UNIT', dataSourceName: 'none', functionIds: [], handler: { kind: 'DIRECT' }, resource: { templatePath: '', logicalId: '' } } as const;
    const { run } = harness({ schema, model: { resolvers: [resolver], dataSources: [{ name: 'none', type: 'NONE', resource: { templatePath: '', logicalId: '' } }] } });
    const message = 'resolver Query.text has neither code nor mapping templates, which only a Lambda data source does without';

    expect(await run('{ text }')).toMatchObject({ data: { text: null }, errors: [{ path: ['text'], errorType: 'LocalAppSync', message }] });
  });

  test('says which data source is missing', async () => {
    const handler = { kind: 'APPSYNC_JS', code: { path: 'x', text: '' } } as const;
    const resolver = { typeName: 'Query', fieldName: 'text', kind: 'UNIT', dataSourceName: 'gone', functionIds: [], handler, resource: { templatePath: '', logicalId: '' } } as const;
    const { run } = harness({ schema, model: { resolvers: [resolver] } });

    expect(await run('{ text }')).toMatchObject({ errors: [{ message: 'resolver Query.text uses data source "gone", which the template does not declare' }] });
  });
});

describe('a pipeline resolver', () => {
  /** Runs a pipeline whose handlers note their names; returns the answer and the order. */
  async function pipeline(own: FakeCode, functions: readonly FakeCode[]): Promise<{ text: unknown; errors: unknown; order: string[] }> {
    const order: string[] = [];
    const noting = (name: string, code: FakeCode): FakeCode => ({
      request: (ctx) => (order.push(`${name}.request`), code.request ? code.request(ctx) : { payload: `${name}:${String(ctx.prev?.result)}` }),
      response: (ctx) => (order.push(`${name}.response`), code.response ? code.response(ctx) : ctx.result),
    });
    const { run } = harness({
      schema,
      resolvers: { 'Query.text': { own: noting('own', { request: () => 'start', ...own }), functions: functions.map((code, i) => noting(`f${i}`, code)) } },
    });
    const { data, errors } = (await run('{ text }')) as { data: { text: unknown }; errors: unknown };
    return { text: data.text, errors, order };
  }

  test('runs in order, each step seeing the result before it and all sharing the stash', async () => {
    const stashing: FakeCode = { response: (ctx) => ((ctx.stash.note = 'kept'), ctx.result) };
    const end: FakeCode = { response: (ctx) => `${String(ctx.prev?.result)}=${String(ctx.result)} ${String(ctx.stash.note)}` };

    const { text, order } = await pipeline(end, [stashing, {}]);

    expect(text).toBe('f1:f0:start=f1:f0:start kept');
    expect(order).toEqual(['own.request', 'f0.request', 'f0.response', 'f1.request', 'f1.response', 'own.response']);
  });

  test('goes on after a data source error that a function lets pass', async () => {
    const failing: FakeCode = { request: () => ({ fail: { type: 'T', message: 'm' } }), response: (ctx) => ctx.error?.type };

    expect(await pipeline({}, [failing, {}])).toMatchObject({ text: 'f1:T', errors: undefined });
  });

  test('ends at the first util.error, without the response handler of the resolver', async () => {
    const { text, errors, order } = await pipeline({}, [{ response: () => fail('stop') }, {}]);

    expect(text).toBeNull();
    expect(errors).toMatchObject([{ message: 'stop', path: ['text'] }]);
    expect(order).toEqual(['own.request', 'f0.request', 'f0.response']);
  });

  test.each([
    ['NEXT', 'f1:early', ['own.request', 'f0.request', 'f1.request', 'f1.response', 'own.response']],
    ['END', 'early', ['own.request', 'f0.request', 'own.response']],
  ] as const)('an early return of a function with %s skips as far as that', async (skipTo, expected, steps) => {
    const { text, order } = await pipeline({}, [{ request: () => earlyReturn('early', skipTo) }, {}]);

    expect(text).toBe(expected);
    expect(order).toEqual(steps);
  });

  test('an early return of the resolver skips every function and not its response handler', async () => {
    const { text, order } = await pipeline({ request: () => earlyReturn('early') }, [{}, {}]);

    expect(text).toBe('early');
    expect(order).toEqual(['own.request', 'own.response']);
  });
});

describe('a request', () => {
  test('runs query fields in parallel and mutation fields one after the other', async () => {
    const order: string[] = [];
    const noting: FakeCode = { request: (ctx) => (order.push(`+${ctx.info.fieldName}`), {}), response: (ctx) => (order.push(`-${ctx.info.fieldName}`), null) };
    const { run } = harness({ schema, resolvers: { 'Query.text': noting, 'Query.other': noting, 'Mutation.save': noting, 'Mutation.boom': noting } });

    await run('{ text other }');
    expect(order).toEqual(['+text', '+other', '-text', '-other']);
    order.length = 0;
    await run('mutation { save { id } boom }');
    expect(order).toEqual(['+save', '-save', '+boom', '-boom']);
  });

  test('announces each mutation field that left a value, as it is in the response', async () => {
    const { run, events } = harness({
      schema,
      resolvers: { 'Mutation.save': { response: (ctx) => ({ id: 1, title: ctx.args.title, extra: 'not selected' }) }, 'Mutation.boom': { response: () => fail('no') }, 'Mutation.sure': {} },
    });

    await run('mutation { a: save(title: "A") { id heading: title } boom b: save { id } }');

    expect(events).toEqual([
      { fieldName: 'save', payload: { id: '1', heading: 'A' } },
      { fieldName: 'save', payload: { id: '1' } },
    ]);
  });

  test('passes unique invalidations of a mutation that succeeded, five at most', async () => {
    const invalidations = [1, 2, 2, 3, 4, 5, 6].map((n) => ({ subscriptionField: 'onSave', payload: { n } }));
    const { run, invalidations: passed } = harness({ schema, resolvers: { 'Mutation.save': { response: () => value({ id: 1 }, { effects: { invalidations } }) } } });

    const body = await run('mutation { save { id } }');

    expect(passed.map(({ payload }) => payload)).toEqual([1, 2, 3, 4, 5].map((n) => ({ n })));
    expect(body).toMatchObject({ data: { save: { id: '1' } }, errors: [{ message: 'At most 5 invalidateSubscriptions calls are allowed in one request.' }] });
  });

  test('passes no invalidation of a mutation that failed', async () => {
    const effects = { invalidations: [{ subscriptionField: 'onSave', payload: {} }] };
    const failing: FakeCode = { request: () => ({}), response: () => value(null, { effects }) };
    const { run, invalidations } = harness({ schema, resolvers: { 'Mutation.save': failing } });

    await run('mutation { save { id } }');

    expect(invalidations).toEqual([]);
  });

  test('carries response headers up to 4 KB', async () => {
    const big = 'x'.repeat(4_080);
    const { executor } = harness({
      schema,
      resolvers: { 'Query.text': { response: () => value('t', { effects: { responseHeaders: { 'x-big': big } } }) }, 'Query.other': { response: () => value('o', { effects: { responseHeaders: { 'x-much': 'y'.repeat(10) } } }) } },
    });

    const { responseHeaders, body } = await executor.execute({ query: '{ text other }' }, { caller: { mode: 'API_KEY', identity: null, groups: [] }, headers: {}, requestId: 'r' });

    expect(responseHeaders).toEqual({ 'x-big': big });
    expect(body).toMatchObject({ data: { text: 't', other: 'o' }, errors: [{ path: ['other'], errorType: 'ResponseHeaderError' }] });
  });

  test('has extensions only when a resolver evicted from the cache', async () => {
    const effects = { evictions: [{ typeName: 'Query', fieldName: 'post', keys: {} }] };
    const { run } = harness({ schema, resolvers: { 'Mutation.boom': { response: () => value('x', { effects }) } } });

    expect(await run('mutation { boom }')).toEqual({ data: { boom: 'x' }, extensions: { apiCacheEntriesDeleted: 0 } });
  });

  test('is answered after 30 seconds, whatever its resolvers do', async () => {
    jest.useFakeTimers();
    try {
      const { run } = harness({ schema, resolvers: { 'Query.text': { request: () => ({ hang: true }) } } });
      const answer = run('{ text }');
      await jest.advanceTimersByTimeAsync(30_000);

      expect(await answer).toEqual({
        data: null,
        errors: [{ path: null, data: null, errorType: 'ExecutionTimeout', errorInfo: null, locations: null, message: 'Execution timed out.' }],
      });
    } finally {
      jest.useRealTimers();
    }
  });
});
