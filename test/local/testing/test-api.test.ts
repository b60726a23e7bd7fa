import { parse } from 'graphql';
import { apiKey, type GraphqlRequestError, iam, lambdaAuthorizer, oidc, startLocalApi, type TestApi, userPool } from '../../../lib/local';
import type { TypedDocument } from '../../../lib/local/testing/operation-document';
import { writeNotesTemplate } from './notes-template';

const template = writeNotesTemplate();
afterAll(() => template.remove());

let api: TestApi;
beforeAll(async () => {
  api = await startLocalApi(template.path);
});
afterEach(() => api.reset());
afterAll(() => api.close());

const addNote = 'mutation ($id: ID!, $text: String) { addNote(id: $id, text: $text) { id text author } }';
const onNote = 'subscription ($author: String) { onNote(author: $author) { id author } }';

describe('a client', () => {
  test('gives the value of the only root field, or the data of several', async () => {
    const alice = api.as(userPool({ username: 'alice' }));

    expect(await alice.mutate(addNote, { id: '1', text: 'first' })).toEqual({ id: '1', text: 'first', author: 'alice' });
    expect(await alice.query('{ found: note(id: 1) { text } }')).toEqual({ text: 'first' });
    expect(await alice.query('{ note(id: 1) { text } other: note(id: 2) { text } }')).toEqual({ note: { text: 'first' }, other: null });
    expect(await alice.query('query ($id: ID!) { ...Both } fragment Both on Query { note(id: $id) { text } }', { id: '1' })).toEqual({ note: { text: 'first' } });
  });

  test('takes parsed documents and documents that know their types', async () => {
    type AddNote = TypedDocument<{ __typename?: 'Mutation'; addNote: { id: string } | null }, { id: string; text?: string }>;
    const typed = Object.assign(new String('mutation ($id: ID!) { addNote(id: $id) { id } }')) as AddNote;
    const alice = api.as(userPool({ username: 'alice' }));

    const added = await alice.mutate(typed, { id: '7' });
    expect(added?.id).toBe('7');
    expect(await alice.query(parse('{ note(id: 7) { author } }'))).toEqual({ author: 'alice' });
    // @ts-expect-error the variable has to be given
    await expect(alice.mutate(typed)).rejects.toThrow("Variable 'id' has coerced Null value for NonNull type 'ID!'");
  });

  test('throws the errors of an answer, one on a line', async () => {
    const failure = await api.as(userPool({ username: 'alice' })).mutate('mutation { failTwice { id } }').catch((error: GraphqlRequestError) => error);

    expect(failure).toMatchObject({
      name: 'GraphqlRequestError',
      message: 'the mutation was answered with 2 errors\n  Minor: first (at failTwice)\n  Major: second (at failTwice)',
      errorType: 'Minor',
      data: { failTwice: null },
      errors: [{ message: 'first' }, { message: 'second', data: { id: '1' } }],
    });
  });

  test('gives the whole answer to whoever expects it to fail', async () => {
    const { data, errors } = await api.as(apiKey()).execute('{ price(sku: "a") note(id: 1) { id } }');

    expect(data).toEqual({ price: null, note: null });
    expect(errors).toMatchObject([{ errorType: 'Unauthorized', message: 'Not Authorized to access price on type Query' }]);
    expect(await api.as(apiKey()).execute('{ note(id: 1) { id } }')).not.toHaveProperty('errors');
  });

  test('is told what AppSync says of a document that is wrong', async () => {
    const alice = api.as(userPool({ username: 'alice' }));

    await expect(alice.query('{ notes { id } }')).rejects.toThrow("the query was answered with an error\n  Validation error of type FieldUndefined: Field 'notes' in type 'Query' is undefined @ 'notes'");
    await expect(alice.query('{ note(')).rejects.toThrow('the query was answered with an error\n  MalformedHttpRequestException: Unable to parse GraphQL query.');
    await expect(alice.query(undefined as never)).rejects.toThrow('error RUN_TEST_VALUE: undefined is not a GraphQL document\nfix: give the text of an operation, or a parsed document');
  });

  test('sends its headers', async () => {
    expect(await api.as(apiKey(), { headers: { 'X-Tenant': 'acme' } }).query('{ tenant }')).toBe('acme');
  });
});

describe('an identity', () => {
  const me = async (identity: Parameters<TestApi['as']>[0]) => JSON.parse((await api.as(identity).query<string | null>('{ me }')) ?? 'null');

  test('of a user pool user is what a token would make of him', async () => {
    const alice = api.as(userPool({ username: 'alice', groups: ['staff'], claims: { email: 'a@b.c' } }));

    expect(alice.identity).toMatchObject({ username: 'alice', groups: ['staff'], sub: alice.sub, claims: { email: 'a@b.c', 'cognito:groups': ['staff'], token_use: 'id' }, defaultAuthStrategy: 'ALLOW' });
    expect(JSON.parse(await alice.query<string>('{ me }'))).toEqual(alice.identity);
    expect(alice.sub).toBe(api.as(userPool({ username: 'alice' })).sub);
    expect(api.as(userPool({ username: 'alice', sub: 'me' })).sub).toBe('me');
  });

  test('of every other mode is that mode’s', async () => {
    expect(await me(apiKey())).toBeNull();
    expect(await me(iam({ cognitoIdentityId: 'us-east-1:1' }))).toMatchObject({ accountId: '123456789012', cognitoIdentityId: 'us-east-1:1', cognitoIdentityPoolId: null });
    expect(await me(oidc({ sub: 'u1', claims: { email: 'a@b.c' } }))).toEqual({ sub: 'u1', issuer: 'https://id.example.com', claims: { iss: 'https://id.example.com', sub: 'u1', email: 'a@b.c' } });
    expect(await me(lambdaAuthorizer({ resolverContext: { tier: 'gold' } }))).toEqual({ resolverContext: { tier: 'gold' } });
  });

  test('of a Lambda authorizer loses the fields it is denied, by name or by ARN', async () => {
    await api.table('Notes').put({ id: '1', text: 'a', secret: 's' });
    const guest = api.as(lambdaAuthorizer({ deniedFields: ['Note.secret', 'arn:aws:appsync:us-east-1:123456789012:apis/abc/types/Note/fields/text'] }));

    const { data, errors } = await guest.execute('{ note(id: 1) { id text secret } }');

    expect(data).toEqual({ note: { id: '1', text: null, secret: null } });
    expect(errors).toMatchObject([{ message: 'Not Authorized to access text on type Note' }, { message: 'Not Authorized to access secret on type Note' }]);
    expect((await api.as(lambdaAuthorizer()).execute('{ note(id: 1) { secret } }')).data).toEqual({ note: { secret: 's' } });
  });

  test('that the API has no mode, pool or issuer for is refused with those it has', async () => {
    const other = writeNotesTemplate({ isUserPoolOnly: true });
    await using members = await startLocalApi(other.path);
    other.remove();

    expect(() => members.as(iam())).toThrow('error RUN_TEST_IDENTITY: API "Notes" has no authorization mode AWS_IAM\nfix: call it as userPool({ … }), or add the mode to the API');
    expect(() => api.as(oidc({ sub: 'u', issuer: 'https://other' }))).toThrow('API "Notes" has no user pool or issuer "https://other"\nfix: name "https://id.example.com", or leave it out');
    expect(() => api.as(userPool({ username: 'a', pool: 'us-east-1_x' }))).toThrow(/has no user pool or issuer "us-east-1_x"\nfix: name "us-east-1_/);
  });
});

describe('a subscription', () => {
  test('is live for whatever is sent after it, awaited or not', async () => {
    const alice = api.as(userPool({ username: 'alice' }));
    const feed = alice.subscribe<{ id: string }>(onNote, { author: 'alice' });

    await Promise.all(['1', '2', '3'].map((id) => alice.mutate(addNote, { id })));
    await api.as(userPool({ username: 'bob' })).mutate(addNote, { id: '4' });

    expect([await feed.next(), await feed.next(), await feed.next()].map((event) => event.id)).toEqual(['1', '2', '3']);
    expect((await feed).arrived).toEqual([]);
  });

  test('gives its events to those who wait, in order, and to a loop', async () => {
    const alice = api.as(userPool({ username: 'alice' }));
    const feed = await alice.subscribe<{ id: string }>(onNote);
    const first = feed.next();
    const second = feed.next();
    for (const id of ['1', '2', '3', '4']) await alice.mutate('mutation ($id: ID!) { addNote(id: $id) { id author } }', { id });

    expect([await first, await second]).toEqual([{ id: '1', author: 'alice' }, { id: '2', author: 'alice' }]);
    const ids: string[] = [];
    for await (const { id } of feed) {
      ids.push(id);
      if (id === '4') break;
    }
    expect(ids).toEqual(['3', '4']);
    expect(feed.isLive).toBe(false);
  });

  test('that is refused rejects with AppSync’s errors', async () => {
    await expect(api.as(apiKey()).subscribe('subscription { onPrivateNote { id } }')).rejects.toMatchObject({
      message: 'the subscription was answered with an error\n  Unauthorized: Not Authorized to access onPrivateNote on type Subscription (at onPrivateNote)',
      errorType: 'Unauthorized',
    });
    await expect(api.as(userPool({ username: 'alice' })).subscribe('subscription { onBadFilter { id } }')).rejects.toThrow('BadRequestException: Invalid subscription filter: ');
    await expect(api.as(apiKey()).subscribe('{ me }').next()).rejects.toThrow('UnsupportedOperation');
  });

  test('that hears nothing says what it waits for', async () => {
    const feed = await api.as(userPool({ username: 'alice' })).subscribe(onNote, { author: 'alice' });

    await expect(feed.next({ timeoutMs: 0 })).rejects.toThrow(
      'Subscription.onNote had no event for 0 ms\nit is fired by the mutation "addNote", and wants its result to pass the filter [{"filters":[{"fieldName":"author","operator":"eq","value":"alice"}]}]; the mutation has to select the fields that are compared',
    );
    await api.as(userPool({ username: 'alice' })).mutate(addNote, { id: '1' });
    expect(await feed.next()).toEqual({ id: '1', author: 'alice' });
  });

  test('ends when it is invalidated, returned, or its token runs out', async () => {
    const alice = api.as(userPool({ username: 'alice' }));
    const [invalidated, returned, expired] = await Promise.all([alice.subscribe(onNote, { author: 'alice' }), alice.subscribe(onNote), alice.subscribe(onNote)]);

    await alice.mutate('mutation { closeNotes(author: "alice") { id } }');
    await returned.return();
    api.clock.advance({ hours: 25 });

    await expect(invalidated.next()).rejects.toThrow('Subscription.onNote gives no more events: it was invalidated (extensions.invalidateSubscriptions)');
    await expect(returned.next()).rejects.toThrow('Subscription.onNote gives no more events: the test has ended it');
    await expect(expired.next()).rejects.toThrow('Subscription.onNote was answered with an error\n  UnauthorizedException: Token has expired.');
    for await (const event of invalidated) expect(event).toBe('nothing');
  });
});

describe('the clock', () => {
  test('stops where it is set, and moves on from there', async () => {
    api.clock.set('2030-05-06T07:08:09.123Z');
    const alice = api.as(userPool({ username: 'alice' }));

    await alice.mutate(addNote, { id: '1' });
    api.clock.advance({ minutes: 5, seconds: 1 });
    await alice.mutate(addNote, { id: '2' });

    expect(await alice.query('{ a: note(id: 1) { at } b: note(id: 2) { at } }')).toEqual({ a: { at: '2030-05-06T07:08:09.123Z' }, b: { at: '2030-05-06T07:13:10.123Z' } });
  });

  test('decides when tokens and API keys are good', async () => {
    const alice = api.as(userPool({ username: 'alice' }));
    const guest = api.as(apiKey());

    api.clock.advance({ days: 2 });
    await expect(alice.query('{ me }')).rejects.toThrow('UnauthorizedException: Token has expired.');
    expect(await guest.query('{ me }')).toBeNull();

    api.clock.set(new Date('2100-01-01'));
    await expect(guest.query('{ me }')).rejects.toThrow('UnauthorizedException: You are not authorized to make this call.');
  });

  test('refuses what is no time', () => {
    expect(() => api.clock.set('tomorrow')).toThrow('RUN_TEST_VALUE: "tomorrow" is not a time');
    expect(() => api.clock.advance({ minute: 1 } as never)).toThrow('the clock cannot advance by minute: 1\nfix: give numbers of days, hours, minutes, seconds, milliseconds');
  });
});

describe('a table', () => {
  test('is found by data source, by name and by logical id', async () => {
    await api.table('Notes').put({ id: '1', text: 'a' }, { id: '2', tags: ['x'], deep: { n: 1.5, none: null } });

    expect(await api.table('notes').get({ id: '2' })).toEqual({ id: '2', tags: ['x'], deep: { n: 1.5, none: null } });
    expect(await api.table('NotesTable').items()).toHaveLength(2);
    expect(await api.as(apiKey()).query('{ note(id: 1) { text } }')).toEqual({ text: 'a' });
  });

  test('holds what resolvers wrote, and can be emptied', async () => {
    await Promise.all(Array.from({ length: 120 }, (_, i) => api.as(apiKey()).mutate(addNote, { id: `n${i}`, text: 'x'.repeat(10_000) })));

    expect(await api.table('Notes').items()).toHaveLength(120);
    await api.table('Notes').clear();
    expect(await api.table('Notes').items()).toEqual([]);
    expect(await api.table('Notes').get({ id: 'n1' })).toBeUndefined();
  });

  test('that is not there, or takes no such item, says so', async () => {
    expect(() => api.table('Note')).toThrow('error RUN_TEST_NAME: there is no data source or table "Note"\nfix: did you mean "Notes" or "notes"?');
    expect(() => api.table('Customers')).toThrow('there is no data source or table "Customers"\nfix: name one of "Notes", "notes"');
    expect(() => api.table('Prices')).toThrow('data source "Prices" has no table, it is of type AWS_LAMBDA\nfix: name a DynamoDB data source');
    await expect(api.table('Notes').put({ text: 'no key' })).rejects.toThrow(/RUN_TEST_VALUE: table "notes" refuses this: .*\nfix: its key is "id" \(S\)/);
    await expect(api.table('Notes').put({ id: '1', f: () => 1 })).rejects.toThrow('table "notes" cannot hold this: a function cannot be stored in DynamoDB');
  });
});

describe('a replaced data source', () => {
  test('answers what the stub returns, and sees what the resolver sent and who asked', async () => {
    const stub = jest.fn(async (request: unknown) => ({ price: (request as { payload: { sku: string } }).payload.sku.length }));
    api.stub('Prices', stub);
    const alice = api.as(userPool({ username: 'alice' }));

    expect(await alice.query('{ price(sku: "abc") }')).toBe(3);
    expect(stub).toHaveBeenCalledWith({ operation: 'Invoke', payload: { sku: 'abc' } }, { identity: alice.identity, resolver: 'Query.price' });
  });

  test('fails as the stub does', async () => {
    const alice = api.as(userPool({ username: 'alice' }));
    api.stub('Prices', () => {
      throw new Error('sold out');
    });
    await expect(alice.query('{ price(sku: "a") }')).rejects.toThrow('Lambda:Unhandled: sold out');

    api.stub('Prices', async () => {
      throw Object.assign(new Error('slow down'), { type: 'Lambda:TooManyRequestsException' });
    });
    await expect(alice.query('{ price(sku: "a") }')).rejects.toMatchObject({ errorType: 'Lambda:TooManyRequestsException' });
  });

  test('answers again as before when the stub is taken back, and after a reset', async () => {
    const alice = api.as(userPool({ username: 'alice' }));
    const restore = api.stub('Prices', () => ({ price: 1 }));
    const restoreSecond = api.stub('Prices', () => ({ price: 2 }));

    expect(await alice.query('{ price(sku: "a") }')).toBe(2);
    restoreSecond();
    expect(await alice.query('{ price(sku: "a") }')).toBe(1);
    restore();
    expect((await alice.execute('{ price(sku: "a") }')).errors).toHaveLength(1);
  });

  test('is one the API has, and a function', async () => {
    expect(() => api.stub('Price', () => 1)).toThrow('error RUN_TEST_NAME: there is no data source "Price" to replace\nfix: did you mean "Prices"?');
    expect(() => api.stub('Prices', { price: 1 } as never)).toThrow('data source "Prices" is to be replaced by a value of type object\nfix: give a function: async (request) => result');
    await expect(startLocalApi(template.path, { dataSources: { Payments: () => 1 } })).rejects.toThrow('there is no data source "Payments" to replace\nfix: name one of "Notes", "Computed", "Prices"');
  });
});

describe('a reset', () => {
  test('leaves nothing of what was, but the clients and the stubs of the start', async () => {
    await using own = await startLocalApi(template.path, { dataSources: { Prices: () => ({ price: 5 }) } });
    own.clock.set('2030-01-01');
    const alice = own.as(userPool({ username: 'alice' }));
    own.stub('Prices', () => ({ price: 6 }));
    await alice.mutate(addNote, { id: '1' });
    const feed = await alice.subscribe(onNote);

    await own.reset();

    expect(own.lastTrace).toBeUndefined();
    expect(own.clock.now()).toBeLessThan(Date.parse('2030-01-01'));
    expect(feed.isLive).toBe(false);
    expect(await own.table('Notes').items()).toEqual([]);
    expect(await alice.query('{ price(sku: "a") }')).toBe(5);
    await alice.mutate(addNote, { id: '2' });
    expect(feed.arrived).toEqual([]);
  });

  test('is not possible any more after the end', async () => {
    const own = await startLocalApi(template.path);
    const alice = own.as(userPool({ username: 'alice' }));
    await own.close();
    await own.close();

    await expect(alice.query('{ me }')).rejects.toThrow('API "Notes" was closed');
    await expect(own.table('Notes').items()).rejects.toThrow('API "Notes" was closed');
  });
});
