/** Fields that Lambda functions answer: what a function gets, how calls are gathered, and what becomes of its failures. */
import type { RequestTrace } from '../../lib/local';
import { type RunningAssembly, startLocal } from '../../lib/local/local-api';
import type { ApiModel, EventRuleModel, FunctionModel, HandlerModel, LambdaFunctionModel, ResolverModel } from '../../lib/model';
import { apiModel, resource } from './executor-fixture';
import { arnOf, inline } from './lambda/functions-fixture';

const sdl = `
  type Author { id: ID! name: String books: [Book] }
  type Book { id: ID! title: String author: Author rating: Int }
  type Query { authors: [Author] author(id: ID): Author slow: String answer(id: ID): AWSJSON }
  type Mutation { add(id: ID): AWSJSON }
  schema { query: Query mutation: Mutation }
`;

const js = (text: string): HandlerModel => ({ kind: 'APPSYNC_JS', code: { path: 'code.js', text } });
const direct: HandlerModel = { kind: 'DIRECT' };

/** Asks with a request document, and gives what came of it. */
const asking = (document: string): HandlerModel => js(`
  export const request = (ctx) => (${document});
  export const response = (ctx) => ctx.error ? JSON.stringify({ error: ctx.error, result: ctx.result }) : ctx.result;`);
const of = (field: string, handler: HandlerModel, more: Partial<ResolverModel> = {}): ResolverModel => {
  const [typeName = '', fieldName = ''] = field.split('.');
  return { typeName, fieldName, kind: 'UNIT', dataSourceName: 'Books', functionIds: [], handler, resource, ...more };
};
const constant = (field: string, value: unknown) => of(field, js(`export const request = () => ({ payload: ${JSON.stringify(value)} }); export const response = (ctx) => ctx.result;`), { dataSourceName: 'none' });

interface Setup {
  /** The body of the function `Books`. */
  readonly code?: string;
  readonly functions?: readonly LambdaFunctionModel[];
  readonly resolvers: readonly ResolverModel[];
  readonly steps?: readonly FunctionModel[];
  readonly model?: Partial<ApiModel>;
  readonly eventRules?: readonly EventRuleModel[];
}

interface Running extends AsyncDisposable {
  readonly local: RunningAssembly;
  readonly log: string[];
  readonly traces: RequestTrace[];
  ask(query: string, variables?: Record<string, unknown>): Promise<unknown>;
  /** What a function of `printing` was called with so far. */
  calls(): unknown[];
  /** Once the log has such a line. */
  logged(line: RegExp): Promise<void>;
}

/** A function that prints the events it gets. */
const printing = (answer: string) => `exports.handler = async (event) => { console.log(JSON.stringify(event)); ${answer} }`;

async function running({ code = '', functions = [inline(code, { functionName: 'Books' })], resolvers, steps = [], model = {}, eventRules = [] }: Setup): Promise<Running> {
  const log: string[] = [];
  const traces: RequestTrace[] = [];
  let heard = () => {};
  const note = (line: string) => {
    log.push(line);
    heard();
  };
  const api = apiModel({
    schema: [{ path: 'schema.graphql', text: sdl }],
    authorization: [{ type: 'API_KEY' }],
    apiKeys: [{ key: 'da2-books', resource }],
    dataSources: [
      { name: 'Books', type: 'AWS_LAMBDA', functionArn: arnOf('Books'), resource },
      { name: 'none', type: 'NONE', resource },
    ],
    resolvers,
    functions: steps,
    ...model,
  });
  const local = await startLocal({ apis: [api], tables: [], userPools: [], lambdaFunctions: functions, eventRules, diagnostics: [] }, { log: note, trace: (trace) => traces.push(trace) });
  return {
    local,
    log,
    traces,
    async ask(query, variables = {}) {
      const request = new Request('http://localhost:4000/graphql', { method: 'POST', headers: { 'x-api-key': 'da2-books' }, body: JSON.stringify({ query, variables }) });
      return (await local.apis[0]?.fetch(request))?.json();
    },
    calls: () => log.flatMap((line) => (line.startsWith(printed) ? [JSON.parse(line.slice(printed.length)) as unknown] : [])),
    async logged(wanted) {
      while (!log.some((line) => wanted.test(line))) await new Promise<void>((resolve) => (heard = resolve));
    },
    [Symbol.asyncDispose]: () => local[Symbol.asyncDispose](),
  };
}

const printed = 'function Books: INFO ';

describe('Invoke', () => {
  const answered = async (document: string, code: string, more: Partial<LambdaFunctionModel> = {}) => {
    await using api = await running({ functions: [inline(code, { functionName: 'Books', ...more })], resolvers: [of('Query.answer', asking(document))] });
    const body = (await api.ask('{ answer(id: 7) }')) as { data: { answer: string } | null; errors?: unknown[] };
    return body.errors ? body.errors : typeof body.data?.answer === 'string' ? JSON.parse(body.data.answer) : body.data?.answer;
  };

  it('hands over the payload alone, and gives what comes back', async () => {
    expect(await answered(`{ operation: 'Invoke', payload: { id: ctx.args.id } }`, 'exports.handler = async (event) => ({ event })')).toEqual({ event: { id: '7' } });
  });

  it('hands over null without a payload', async () => {
    expect(await answered(`{ operation: 'Invoke' }`, 'exports.handler = async (event) => ({ event })')).toEqual({ event: null });
  });

  it('shows a failure to the response handler', async () => {
    expect(await answered(`{ operation: 'Invoke' }`, 'exports.handler = async () => { throw new RangeError("too far"); }')).toBe(
      JSON.stringify({ error: { type: 'Lambda:Unhandled', message: 'too far', unhandledErrorType: 'RangeError' }, result: null }),
    );
  });

  it('shows a timeout as Lambda names it', async () => {
    const answer = JSON.parse(await answered(`{ operation: 'Invoke' }`, 'exports.handler = () => { for (;;); }', { timeoutSeconds: 1 })) as { error: unknown };
    expect(answer.error).toEqual({ type: 'Lambda:Unhandled', message: expect.stringMatching(/Task timed out after 1\.00 seconds$/), unhandledErrorType: 'Sandbox.Timedout' });
  });

  it.each([
    [`{ payload: 1 }`, `Value for field '$[operation]' not found.`],
    [`{ operation: 'invoke' }`, `Unsupported operation 'invoke'.`],
    [`{ operation: 'Invoke', invocationType: 'Later' }`, `Unsupported value 'Later' for field '$[invocationType]'.`],
  ])('refuses the document %s', async (document, message) => {
    expect(await answered(document, 'exports.handler = async () => 1')).toMatchObject([{ errorType: 'MappingTemplate', message }]);
  });

  it('fails the field alone when its function cannot run here', async () => {
    expect(await answered(`{ operation: 'Invoke' }`, '', { runtime: 'python3.12' })).toMatchObject([
      { path: ['answer'], errorType: 'NotEmulatedLocally', message: 'function "Books" (python3.12) runs only when deployed; run it elsewhere and give its address: --lambda Books=URL' },
    ]);
  });

  it('is what several fields do at the same time', async () => {
    await using api = await running({ code: 'exports.handler = async (event) => ({ event })', resolvers: [of('Query.answer', asking(`{ operation: 'Invoke', payload: ctx.args.id }`))] });

    expect(await api.ask('{ a: answer(id: 1) b: answer(id: 2) c: answer(id: 3) }')).toEqual({ data: { a: '{"event":"1"}', b: '{"event":"2"}', c: '{"event":"3"}' } });
  });
});

describe('Event', () => {
  it('does not wait, gives null, and runs no response handler', async () => {
    const handler = js(`
      export const request = (ctx) => ({ operation: 'Invoke', invocationType: 'Event', payload: { id: ctx.args.id } });
      export const response = (ctx) => 'never';`);
    await using api = await running({ code: printing('return 1;'), resolvers: [of('Mutation.add', handler)] });

    expect(await api.ask('mutation { add(id: 1) }')).toEqual({ data: { add: null } });
    await api.logged(/INFO {"id":"1"}/);
  });

  it('writes into the log what nobody waits for', async () => {
    const handler = asking(`{ operation: 'Invoke', invocationType: 'Event' }`);
    await using failing = await running({ code: 'exports.handler = async () => { throw new Error("late"); }', resolvers: [of('Mutation.add', handler)] });
    await failing.ask('mutation { add }');
    await failing.logged(/^function Books: Error: late$/);

    await using gone = await running({ functions: [], resolvers: [of('Mutation.add', handler)] });
    expect(await gone.ask('mutation { add }')).toEqual({ data: { add: null } });
    await gone.logged(/an event was lost: function "Books" is not in the templates/);
  });

  it('is refused with more than 1 MB', async () => {
    const handler = asking(`{ operation: 'Invoke', invocationType: 'Event', payload: [ctx.args.id, ctx.args.id] }`);
    await using api = await running({ code: 'exports.handler = async () => 1', resolvers: [of('Query.answer', handler)] });
    const { data } = (await api.ask('query ($id: ID) { answer(id: $id) }', { id: 'x'.repeat(600_000) })) as { data: { answer: string } };

    expect(JSON.parse(JSON.parse(data.answer) as string)).toEqual({ error: { type: 'Lambda:RequestTooLargeException', message: '1200007 byte payload is too large for the Event invocation type (limit 1048576 bytes)' }, result: null });
  });
});

describe('BatchInvoke', () => {
  const authors = (count: number) => constant('Query.authors', Array.from({ length: count }, (_, i) => ({ id: String(i), name: `A${i}` })));
  const batched = asking(`{ operation: 'BatchInvoke', payload: ctx.source.id }`);
  const booksOf = printing('return event.map((id) => [{ id: "b" + id, title: "Book of " + id }]);');
  const query = '{ authors { id books { title } } }';

  it('gathers what siblings ask, in batches of five when nothing else is said', async () => {
    await using api = await running({ code: booksOf, resolvers: [authors(7), of('Author.books', batched)] });

    expect(await api.ask(query)).toEqual({ data: { authors: Array.from({ length: 7 }, (_, i) => ({ id: String(i), books: [{ title: `Book of ${i}` }] })) } });
    // Each batch has an environment of its own: which prints first is open.
    expect(api.calls()).toHaveLength(2);
    expect(api.calls()).toEqual(expect.arrayContaining([['0', '1', '2', '3', '4'], ['5', '6']]));
  });

  it.each([
    [0, [['0', '1', '2', '3', '4'], ['5', '6']]],
    [1, [['0'], ['1'], ['2'], ['3'], ['4'], ['5'], ['6']]],
    [3, [['0', '1', '2'], ['3', '4', '5'], ['6']]],
    [2000, [['0', '1', '2', '3', '4', '5', '6']]],
  ])('keeps to a MaxBatchSize of %d', async (maxBatchSize, expected) => {
    // One environment at a time would be asked in any order.
    await using api = await running({ code: 'exports.handler = async (event) => event.map((id) => [{ id: "b", title: event.join() }])', resolvers: [authors(7), of('Author.books', batched, { maxBatchSize })] });

    const { data } = (await api.ask(query)) as { data: { authors: { books: { title: string }[] }[] } };
    expect([...new Set(data.authors.map(({ books }) => books[0]?.title))]).toEqual(expected.map((batch) => batch.join()));
  });

  it('gathers on every level, across the items of all parents', async () => {
    const code = printing('return event.map(({ id, of }) => of === "books" ? [{ id: id + "x" }, { id: id + "y" }] : { id, name: "Author of " + id });');
    await using api = await running({
      code,
      resolvers: [
        authors(2),
        of('Author.books', asking(`{ operation: 'BatchInvoke', payload: { id: ctx.source.id, of: 'books' } }`), { maxBatchSize: 100 }),
        of('Book.author', asking(`{ operation: 'BatchInvoke', payload: { id: ctx.source.id, of: 'author' } }`), { maxBatchSize: 100 }),
      ],
    });

    expect(await api.ask('{ authors { books { author { name } } } }')).toMatchObject({ data: { authors: [{ books: [{ author: { name: 'Author of 0x' } }, {}] }, { books: [{}, { author: { name: 'Author of 1y' } }] }] } });
    expect(api.calls()).toEqual([
      [{ id: '0', of: 'books' }, { id: '1', of: 'books' }],
      [{ id: '0x', of: 'author' }, { id: '0y', of: 'author' }, { id: '1x', of: 'author' }, { id: '1y', of: 'author' }],
    ]);
  });

  it('waits for parents that answer one after the other, and not for fields elsewhere', async () => {
    const code = `exports.handler = async (event) => {
      if (event.wait !== undefined) return new Promise((resolve) => setTimeout(resolve, event.wait, [{ id: 'of' + event.wait }]));
      console.log(JSON.stringify(event));
      return event.map((id) => ({ id, name: id }));
    }`;
    await using api = await running({
      code,
      resolvers: [
        constant('Query.authors', [{ id: '1' }, { id: '40' }]),
        of('Author.books', js(`export const request = (ctx) => ({ operation: 'Invoke', payload: { wait: Number(ctx.source.id) } }); export const response = (ctx) => ctx.result;`)),
        of('Book.author', asking(`{ operation: 'BatchInvoke', payload: ctx.source.id }`)),
        of('Query.slow', js(`export const request = (ctx) => ({ operation: 'Invoke', payload: { wait: 2500 } }); export const response = (ctx) => 'done';`)),
      ],
    });

    const slow = api.ask('{ slow authors { books { author { name } } } }');
    await api.logged(/INFO \["of/);
    expect(api.calls()).toEqual([['of1', 'of40']]);
    expect(await Promise.race([slow, 'still slow'])).toBe('still slow');
    expect(await slow).toEqual({ data: { slow: 'done', authors: [{ books: [{ author: { name: 'of1' } }] }, { books: [{ author: { name: 'of40' } }] }] } });
  });

  it('waits for siblings that are busy with an earlier step of a pipeline', async () => {
    const code = `exports.handler = async (event) => {
      if (event.wait !== undefined) return new Promise((resolve) => setTimeout(resolve, event.wait * 20, null));
      console.log(JSON.stringify(event));
      return event.map((id) => [{ id, title: 'T' + id }]);
    }`;
    const step = (functionId: string, handler: HandlerModel): FunctionModel => ({ functionId, name: functionId, dataSourceName: 'Books', handler, maxBatchSize: 10, resource });
    await using api = await running({
      code,
      resolvers: [authors(4), of('Author.books', js(`export const request = (ctx) => ({}); export const response = (ctx) => ctx.prev.result;`), { kind: 'PIPELINE', functionIds: ['first', 'second'] })],
      steps: [
        // The last author leaves the pipeline before the second step.
        step('first', js(`import { runtime } from '@aws-appsync/utils';
          export const request = (ctx) => { if (ctx.source.id === '3') runtime.earlyReturn([{ id: '3', title: 'early' }], { skipTo: 'END' }); return { operation: 'Invoke', payload: { wait: Number(ctx.source.id) } }; };
          export const response = (ctx) => ctx.result;`)),
        step('second', asking(`{ operation: 'BatchInvoke', payload: ctx.source.id }`)),
      ],
    });

    expect(await api.ask(query)).toMatchObject({ data: { authors: [{ books: [{ title: 'T0' }] }, { books: [{ title: 'T1' }] }, { books: [{ title: 'T2' }] }, { books: [{ title: 'early' }] }] } });
    const [first, ...further] = api.calls();
    expect([...(first as string[])].sort()).toEqual(['0', '1', '2']);
    expect(further).toEqual([]);
  });

  it('runs the response handler for each item, null or not', async () => {
    await using api = await running({ code: 'exports.handler = async (event) => event.map((id) => id === "1" ? null : [{ id, title: id }])', resolvers: [authors(3), of('Author.books', batched)] });

    expect(await api.ask(query)).toMatchObject({ data: { authors: [{ books: [{ title: '0' }] }, { books: null }, { books: [{ title: '2' }] }] } });
  });

  const failing = js(`
    import { util } from '@aws-appsync/utils';
    export const request = (ctx) => ({ operation: 'BatchInvoke', payload: ctx.source.id });
    export const response = (ctx) => { if (ctx.error) util.error(ctx.error.message, ctx.error.type); return ctx.result; };`);

  it.each([
    ['too short', 'return event.slice(1);', 'Lambda:IllegalArgument', 'The Lambda function must return a list of 2 items for a BatchInvoke of that size, but returned a list of 1.'],
    ['no list', 'return { 0: [], 1: [] };', 'Lambda:IllegalArgument', 'The Lambda function must return a list of 2 items for a BatchInvoke of that size, but returned no list.'],
    ['an exception', 'throw new Error("down");', 'Lambda:Unhandled', 'down'],
  ])('fails for all with an answer that is %s', async (_, answer, errorType, message) => {
    await using api = await running({ code: `exports.handler = async (event) => { ${answer} }`, resolvers: [authors(2), of('Author.books', failing)] });

    expect(await api.ask(query)).toMatchObject({
      data: { authors: [{ books: null }, { books: null }] },
      errors: [
        { path: ['authors', 0, 'books'], errorType, message },
        { path: ['authors', 1, 'books'], errorType, message },
      ],
    });
  });

  it('never gathers the root fields of a mutation, which run one after the other', async () => {
    await using api = await running({ code: printing('return event;'), resolvers: [of('Mutation.add', asking(`{ operation: 'BatchInvoke', payload: ctx.args.id }`))] });

    expect(await api.ask('mutation { a: add(id: 1) b: add(id: 2) }')).toEqual({ data: { a: '"1"', b: '"2"' } });
    expect(api.calls()).toEqual([['1'], ['2']]);
  });

  it('keeps requests apart', async () => {
    await using api = await running({ code: 'exports.handler = async (event) => event.map(() => [{ id: "b", title: String(event.length) }])', resolvers: [authors(2), of('Author.books', batched)] });

    const both = await Promise.all([api.ask(query), api.ask(query)]);
    expect(both).toEqual(Array(2).fill({ data: { authors: [{ id: '0', books: [{ title: '2' }] }, { id: '1', books: [{ title: '2' }] }] } }));
  });

  it('shows in the trace what each item asked and got', async () => {
    await using api = await running({ code: 'exports.handler = async (event) => event.map((id) => [{ id }])', resolvers: [authors(2), of('Author.books', batched)] });
    await api.ask(query);

    expect(api.traces[0]?.resolvers.slice(1).map(({ path, steps }) => [path[1], steps[0]?.request, steps[0]?.response])).toEqual([
      [0, { operation: 'BatchInvoke', payload: '0' }, { result: [{ id: '0' }] }],
      [1, { operation: 'BatchInvoke', payload: '1' }, { result: [{ id: '1' }] }],
    ]);
  });

  it('can announce a batch without waiting', async () => {
    await using api = await running({ code: printing(''), resolvers: [authors(3), of('Author.books', asking(`{ operation: 'BatchInvoke', invocationType: 'Event', payload: ctx.source.id }`))] });

    expect(await api.ask('{ authors { books { id } } }')).toEqual({ data: { authors: [{ books: null }, { books: null }, { books: null }] } });
    await api.logged(/INFO \["0","1","2"\]/);
  });
});

describe('a direct resolver', () => {
  it('hands over the whole context', async () => {
    await using api = await running({ code: 'exports.handler = async (event) => event', resolvers: [of('Query.answer', direct)] });
    const { data } = (await api.ask('query ($id: ID) { answer(id: $id) }', { id: 'x' })) as { data: { answer: string } };

    expect(JSON.parse(data.answer)).toEqual({
      arguments: { id: 'x' },
      identity: null,
      source: null,
      request: { headers: expect.objectContaining({ 'x-api-key': 'da2-books' }), domainName: null },
      prev: null,
      info: { selectionSetList: [], selectionSetGraphQL: '', parentTypeName: 'Query', fieldName: 'answer', variables: { id: 'x' } },
      stash: {},
    });
  });

  it.each([
    ['Error', 'Error', 'down', 'down'],
    ['a class of its own', 'StockError', 'sold out', 'sold out'],
    ['one that AppSync keeps for itself', 'UnauthorizedException', 'secret reason', 'You are not authorized to make this call.'],
  ])('reports an exception by name: %s', async (_, errorType, thrown, message) => {
    await using api = await running({ code: `exports.handler = async () => { throw Object.assign(new Error("${thrown}"), { name: "${errorType}" }); }`, resolvers: [of('Query.answer', direct)] });

    expect(await api.ask('{ answer }')).toMatchObject({ data: { answer: null }, errors: [{ path: ['answer'], errorType, message, data: null }] });
  });

  it('is gathered with a MaxBatchSize, each item with its own data and error', async () => {
    const code = `exports.handler = async (events) => events.map(({ source: { id } }) => ({
      0: { data: [{ id: 'a', title: String(events.length) }], more: 'ignored' },
      1: { errorMessage: 'sold out', errorType: 'StockError', data: [{ id: 'b', title: 'partial', secret: 1 }] },
      2: { errorMessage: 'odd' },
      3: null,
    })[id]);`;
    await using api = await running({ code, resolvers: [constant('Query.authors', [{ id: '0' }, { id: '1' }, { id: '2' }, { id: '3' }]), of('Author.books', direct, { maxBatchSize: 10 })] });

    expect(await api.ask('{ authors { books { title } } }')).toMatchObject({
      data: { authors: [{ books: [{ title: '4' }] }, { books: null }, { books: null }, { books: null }] },
      errors: [
        { path: ['authors', 1, 'books'], errorType: 'StockError', message: 'sold out', data: [{ title: 'partial' }] },
        { path: ['authors', 2, 'books'], errorType: null, message: 'odd', data: null },
      ],
    });
  });

  it('is not gathered with a MaxBatchSize of 0', async () => {
    await using api = await running({
      code: 'exports.handler = async (event) => [{ id: "b", title: Array.isArray(event) ? "list" : "single" }]',
      resolvers: [constant('Query.authors', [{ id: '0' }, { id: '1' }]), of('Author.books', direct, { maxBatchSize: 0 })],
    });

    expect(await api.ask('{ authors { books { title } } }')).toEqual({ data: { authors: [{ books: [{ title: 'single' }] }, { books: [{ title: 'single' }] }] } });
  });
});

it('hears of events that a rule of EventBridge hands over, and tells the log of a failure', async () => {
  const busArn = 'arn:aws:events:eu-west-1:123456789012:event-bus/shop';
  const announce = js(`
    export const request = (ctx) => ({ operation: 'PutEvents', events: [{ source: 'shop', detailType: ctx.args.id, detail: { id: ctx.args.id } }] });
    export const response = (ctx) => ctx.result.FailedEntryCount;`);
  await using api = await running({
    code: printing('if (event.fail) throw new Error("not now");'),
    resolvers: [of('Mutation.add', announce, { dataSourceName: 'Bus' })],
    model: { dataSources: [{ name: 'Bus', type: 'OTHER', awsType: 'AMAZON_EVENTBRIDGE', config: { EventBridgeConfig: { EventBusArn: busArn } }, resource }] },
    eventRules: [
      { name: 'hear', busName: 'shop', pattern: { 'detail-type': ['1'] }, targets: [{ arn: arnOf('Books'), inputPath: '$.detail' }], resource },
      { name: 'fail', busName: 'shop', pattern: { 'detail-type': ['2'] }, targets: [{ arn: arnOf('Books'), input: '{"fail":true}' }, { arn: arnOf('Gone') }], resource },
    ],
  });

  expect(await api.ask('mutation { a: add(id: 1) b: add(id: 2) }')).toEqual({ data: { a: '0', b: '0' } });
  await api.local.buses.settled();

  expect(api.calls()).toEqual(expect.arrayContaining([{ id: '1' }, { fail: true }]));
  expect(api.log).toContain(`rule fail: its target ${arnOf('Books')} failed: Error: not now`);
  expect(api.log).toContain(`rule fail: its target ${arnOf('Gone')} failed: function "Gone" is not in the templates; run it elsewhere and give its address: --lambda Gone=URL`);
});

it('lets a Lambda authorizer decide on the request, and refuses the fields it denies', async () => {
  const authorize = inline(
    `exports.handler = async ({ authorizationToken }) => ({ isAuthorized: authorizationToken === 'open', deniedFields: ['Author.name'], resolverContext: { tenant: 'a' } })`,
    { functionName: 'authorize' },
  );
  await using api = await running({
    functions: [authorize],
    resolvers: [of('Query.author', js(`export const request = (ctx) => ({ payload: { id: ctx.identity.resolverContext.tenant, name: 'secret' } }); export const response = (ctx) => ctx.result;`), { dataSourceName: 'none' })],
    model: { authorization: [{ type: 'AWS_LAMBDA', functionArn: arnOf('authorize'), resultTtlSeconds: 0 }] },
  });
  const ask = async (authorization: string) => {
    const response = await api.local.apis[0]?.fetch(new Request('http://localhost:4000/graphql', { method: 'POST', headers: { authorization }, body: JSON.stringify({ query: '{ author { id name } }' }) }));
    return [response?.status, await response?.json()];
  };

  expect(await ask('open')).toMatchObject([200, { data: { author: { id: 'a', name: null } }, errors: [{ path: ['author', 'name'], errorType: 'Unauthorized', message: 'Not Authorized to access name on type Author' }] }]);
  expect(await ask('shut')).toEqual([401, { errors: [{ errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' }] }]);
});
