import { apiKey, type RequestTrace, startLocal, startLocalApi, type TestApi, userPool } from '../../../lib/local';
import { readApis } from '../../../lib/model';
import { writeNotesTemplate } from '../testing/notes-template';

const template = writeNotesTemplate();
afterAll(() => template.remove());

let api: TestApi;
beforeEach(async () => {
  api = await startLocalApi(template.path);
  api.clock.set('2030-01-02T03:04:05Z');
});
afterEach(() => api.close());

/** Durations differ from run to run. */
const text = (trace: RequestTrace | undefined) => String(trace).replace(/ +\d+\.\d ms$/gm, '  T ms');

test('a trace holds what each resolver sent, got, gave and logged, in the order they began', async () => {
  const alice = api.as(userPool({ username: 'alice' }));
  api.stub('Prices', () => ({ price: 2 }));

  const { trace } = await alice.execute('mutation Add { addNote(id: "1", text: "a") { id } }');
  const { trace: prices } = await alice.execute('{ a: price(sku: "a") note(id: "1") { text } }');

  expect(trace).toMatchObject({ caller: 'alice (user pool)', errors: [] });
  expect(trace.resolvers).toEqual([
    {
      field: 'Mutation.addNote',
      path: ['addNote'],
      steps: [
        {
          name: 'Mutation.addNote',
          dataSource: 'Notes',
          request: expect.objectContaining({ operation: 'PutItem', key: { id: { S: '1' } } }),
          response: { result: { id: '1', text: 'a', author: 'alice', at: '2030-01-02T03:04:05.000Z' } },
          startMs: expect.any(Number),
          dataSourceMs: expect.any(Number),
        },
      ],
      logs: ['INFO - code.js:4:3: "adding" "1"'],
      errors: [],
      value: { id: '1', text: 'a', author: 'alice', at: '2030-01-02T03:04:05.000Z' },
      startMs: expect.any(Number),
      durationMs: expect.any(Number),
    },
  ]);
  expect(prices.resolvers.map(({ field, path, value }) => [field, path, value])).toEqual([
    ['Query.price', ['a'], 2],
    ['Query.note', ['note'], expect.objectContaining({ text: 'a' })],
  ]);
  expect(api.lastTrace).toBe(prices);
});

test('a trace prints a line per resolver, exchange, log line and error', async () => {
  const alice = api.as(userPool({ username: 'alice' }));
  api.stub('Prices', () => {
    throw new Error('sold out');
  });

  expect(text((await alice.execute('mutation Add { addNote(id: "1") { id } failTwice { id } }')).trace)).toBe(`
mutation Add  alice (user pool)  T ms
  Mutation.addNote → Notes  T ms
    > { operation: 'PutItem', key: { id: { S: '1' } }, attributeValues: { id: { S: '1' }, author: { S: 'alice…
    < { id: '1', author: 'alice', at: '2030-01-02T03:04:05.000Z' }
    # INFO - code.js:4:3: "adding" "1"
  Mutation.failTwice → Computed  T ms
    (not asked)
    ! Minor: first
    ! Major: second`.trimStart());

  expect(text((await alice.execute('{ price(sku: "a") }')).trace)).toBe(`
query { price }  alice (user pool)  T ms
  Query.price → Prices  T ms
    > { operation: 'Invoke', payload: { sku: 'a' } }
    < ! Lambda:Unhandled: sold out
    ! Lambda:Unhandled: sold out`.trimStart());
});

test('a trace prints what failed outside of resolvers', async () => {
  const guest = api.as(apiKey());

  expect(text((await guest.execute('{ price(sku: "a") }')).trace)).toBe('query { price }  API key  T ms\n  ! Unauthorized: Not Authorized to access price on type Query at price');
  expect(text((await guest.execute('{ nothing }')).trace)).toBe("query { nothing }  API key  T ms\n  ! Validation error of type FieldUndefined: Field 'nothing' in type 'Query' is undefined @ 'nothing'");
  expect(text((await guest.execute('{ nothing')).trace)).toBe("'{ nothing'  API key  T ms\n  ! MalformedHttpRequestException: Unable to parse GraphQL query.");
});

test('an assembly with a trace tells of every request and every start of a subscription', async () => {
  const told: string[] = [];
  await using local = await startLocal(readApis(template.path), { trace: (trace, { name }) => told.push(`${name}: ${text(trace)}`) });
  const [served] = local.apis;
  const headers = { 'x-api-key': served?.model.apiKeys[0]?.key ?? '' };

  await served?.fetch(new Request('http://localhost/graphql', { method: 'POST', headers, body: JSON.stringify({ query: '{ tenant }' }) }));
  expect(told).toEqual(['Notes: query { tenant }  API key  T ms\n  Query.tenant → Computed  T ms\n    > {}\n    < null']);

  const authorization = { host: 'localhost', ...headers };
  const acknowledged = new Promise<void>((resolve) => {
    const socket = { send: (frame: string) => void (frame.includes('start_ack') && resolve()), close: () => undefined };
    const connection = served?.realtime.connect(socket, { headerQuery: Buffer.from(JSON.stringify(authorization)).toString('base64'), protocols: ['graphql-ws'], headers: {}, query: {}, sourceIp: '127.0.0.1' });
    connection?.message(JSON.stringify({ id: '1', type: 'start', payload: { data: JSON.stringify({ query: 'subscription { onNote { id } }' }), extensions: { authorization } } }));
  });
  await acknowledged;
  expect(told).toHaveLength(2);
  expect(told[1]).toMatch(/^Notes: subscription \{ onNote \} {2}API key/);
});
