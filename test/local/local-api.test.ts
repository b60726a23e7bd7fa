import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalApi, type LocalAssembly, openStateFolder, startLocal } from '../../lib/local';
import type { ApiModel, Assembly, ResolverModel, TableModel } from '../../lib/model';
import { apiModel, resource } from './executor-fixture';

const sdl = `
  type Note { id: ID! body: String }
  type Query { note(id: ID!): Note hello(name: String): String }
  type Mutation { addNote(id: ID!, body: String): Note }
  type Subscription { onNote(id: ID): Note @aws_subscribe(mutations: ["addNote"]) }
  schema { query: Query mutation: Mutation subscription: Subscription }
`;
const table: TableModel = { tableName: 'notes', partitionKey: { name: 'id', type: 'S' }, globalIndexes: [], localIndexes: [], resource };
const pool = 'eu-west-1_Abcdefghi';

const put = `
  import { put } from '@aws-appsync/utils/dynamodb';
  export const request = (ctx) => put({ key: { id: ctx.args.id }, item: { id: ctx.args.id, body: ctx.args.body } });
  export const response = (ctx) => ctx.result;`;
const get = `
  import { get } from '@aws-appsync/utils/dynamodb';
  export const request = (ctx) => get({ key: { id: ctx.args.id } });
  export const response = (ctx) => ctx.result;`;
const greet = (word: string) => `
  export const request = (ctx) => ({ payload: '${word} ' + ctx.args.name });
  export const response = (ctx) => ctx.result;`;

function unit(coordinate: string, dataSourceName: string, code: string): ResolverModel {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  return { typeName, fieldName, kind: 'UNIT', dataSourceName, functionIds: [], handler: { kind: 'APPSYNC_JS', code: { path: `${coordinate}.js`, text: code } }, resource };
}

function assembly(more: Partial<ApiModel> = {}, word = 'Hello'): Assembly {
  const api = apiModel({
    name: 'Notes',
    schema: [{ path: '/app/notes.graphql', text: sdl }],
    authorization: [{ type: 'API_KEY' }, { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: pool, region: 'eu-west-1', defaultAction: 'ALLOW' }],
    apiKeys: [{ key: 'da2-notes', resource }],
    dataSources: [
      { name: 'Notes', type: 'AMAZON_DYNAMODB', tableName: 'notes', region: 'eu-west-1', versioned: false, resource },
      { name: 'none', type: 'NONE', resource },
    ],
    resolvers: [unit('Query.note', 'Notes', get), unit('Mutation.addNote', 'Notes', put), unit('Query.hello', 'none', greet(word))],
    ...more,
  });
  return { apis: [api], tables: [table], userPools: [{ userPoolId: pool, issuer: `https://cognito-idp.eu-west-1.amazonaws.com/${pool}`, clientIds: ['web'] }], diagnostics: [] };
}

async function ask(api: LocalApi | undefined, query: string, headers: Record<string, string> = { 'x-api-key': 'da2-notes' }): Promise<unknown> {
  const response = await api?.fetch(new Request('http://localhost:4000/notes/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) }));
  return response?.json();
}

/** Frames of one subscription; `next` waits for the frame of a type. */
function subscribe(api: LocalApi, query: string): { next(type: string): Promise<{ payload?: unknown }> } {
  const frames: { type: string; payload?: unknown }[] = [];
  let wake = () => {};
  const headers = { host: 'localhost', 'x-api-key': 'da2-notes' };
  const connection = api.realtime.connect(
    { send: (text) => (frames.push(JSON.parse(text) as { type: string }), wake()), close: () => undefined },
    { headerQuery: Buffer.from(JSON.stringify(headers)).toString('base64'), protocols: ['graphql-ws'], headers: {}, query: {}, sourceIp: '127.0.0.1' },
  );
  connection.message(JSON.stringify({ id: '1', type: 'start', payload: { data: JSON.stringify({ query }), extensions: { authorization: headers } } }));
  return {
    async next(type) {
      for (;;) {
        const index = frames.findIndex((frame) => frame.type === type);
        const [frame] = index < 0 ? [] : frames.splice(index, 1);
        if (frame) return frame;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

describe('a running assembly', () => {
  let local: LocalAssembly;
  const log: string[] = [];
  beforeEach(async () => {
    log.length = 0;
    local = await startLocal(assembly(), { log: (line) => log.push(line) });
  });
  afterEach(() => local[Symbol.asyncDispose]());

  test('runs resolver code against its tables', async () => {
    const [api] = local.apis;

    expect(await ask(api, 'mutation { addNote(id: 1, body: "first") { id body } }')).toEqual({ data: { addNote: { id: '1', body: 'first' } } });
    expect(await ask(api, '{ note(id: 1) { body } hello(name: "you") }')).toEqual({ data: { note: { body: 'first' }, hello: 'Hello you' } });
  });

  test('delivers what a mutation selected to its subscribers', async () => {
    const [api] = local.apis;
    const feed = subscribe(api as LocalApi, 'subscription { onNote(id: "1") { id text: body } }');
    await feed.next('start_ack');

    await ask(api, 'mutation { other: addNote(id: 2) { id } addNote(id: 1, body: "x") { id } }');

    expect((await feed.next('data')).payload).toEqual({ data: { onNote: { id: '1', text: null } } });
  });

  test('takes the tokens it makes, and no others', async () => {
    const [api] = local.apis;
    const token = (await api?.token({ username: 'alice', groups: ['staff'], claims: { email: 'a@b.c' } })) ?? '';
    const caller = await api?.authenticate({ method: 'POST', path: '/graphql', headers: { authorization: `Bearer ${token}` }, body: '', sourceIp: '10.0.0.1' });

    expect(caller).toMatchObject({ mode: 'AMAZON_COGNITO_USER_POOLS', groups: ['staff'], identity: { username: 'alice', claims: { aud: 'web', email: 'a@b.c' } } });
    expect(await ask(api, '{ hello }', { authorization: `${token.slice(0, -4)}AAAA` })).toEqual({
      errors: [{ errorType: 'UnauthorizedException', message: 'Valid authorization header not provided.' }],
    });
    await expect(api?.token({ username: 'alice', pool: 'eu-west-1_Abcdefghj' })).rejects.toMatchObject({
      diagnostics: [{ code: 'RUN_NO_USER_POOL', message: `API "Notes" has no user pool "eu-west-1_Abcdefghj"`, fix: `did you mean "${pool}"?` }],
    });
  });

  test('seeds an empty table once', async () => {
    const items = Array.from({ length: 30 }, (_, i) => ({ id: String(i), body: `b${i}` }));

    expect(await local.seed('Notes', 'Notes', items)).toBe(30);
    expect(await local.seed('Notes', 'Notes', items)).toBe(0);
    expect(await ask(local.apis[0], '{ note(id: 29) { body } }')).toEqual({ data: { note: { body: 'b29' } } });
  });

  test('says what is wrong with seed data', async () => {
    await expect(local.seed('Note', 'Notes', [])).rejects.toMatchObject({
      diagnostics: [{ code: 'RUN_SEED', message: 'seed data names API "Note", which does not exist', fix: 'did you mean "Notes"?' }],
    });
    await expect(local.seed('Notes', 'none', [])).rejects.toMatchObject({
      diagnostics: [{ code: 'RUN_SEED', message: 'seed data names DynamoDB data source "none", which does not exist', fix: 'did you mean "Notes"?' }],
    });
    await expect(local.seed('Notes', 'Notes', [{ body: 'no key' }])).rejects.toMatchObject({ diagnostics: [{ code: 'RUN_SEED' }] });
  });

  test('reloads changed code from the next request on, and keeps data, subscriptions and the API itself', async () => {
    const [api] = local.apis;
    await ask(api, 'mutation { addNote(id: 1, body: "kept") { id } }');
    const feed = subscribe(api as LocalApi, 'subscription { onNote { id } }');
    await feed.next('start_ack');
    const token = await api?.token({ username: 'alice' });

    await local.reload(assembly({}, 'Goodbye'));

    expect(local.apis[0]).toBe(api);
    expect(await ask(api, '{ hello(name: "you") note(id: 1) { body } }')).toEqual({ data: { hello: 'Goodbye you', note: { body: 'kept' } } });
    expect(await ask(api, '{ hello }', { authorization: token ?? '' })).toMatchObject({ data: null, errors: [{ message: 'Not Authorized to access hello on type Query' }] });
    await ask(api, 'mutation { addNote(id: 7) { id } }');
    expect((await feed.next('data')).payload).toEqual({ data: { onNote: { id: '7' } } });
  });

  test('answers with a schema error while the schema is broken, and recovers', async () => {
    await local.reload(assembly({ schema: [{ path: '/app/notes.graphql', text: 'type Query {' }] }));

    expect(await ask(local.apis[0], '{ hello }')).toEqual({ errors: [{ message: 'No schema definition exists.', errorType: 'GraphQLSchemaException' }] });
    expect(log.join('\n')).toMatch(/^Notes: its schema cannot be used\n.*notes\.graphql:1:13 - error SDL_SYNTAX/s);

    await local.reload(assembly());
    expect(await ask(local.apis[0], '{ hello(name: "again") }')).toEqual({ data: { hello: 'Hello again' } });
  });

  test('adds and drops APIs with the assembly', async () => {
    const { apis, ...rest } = assembly();
    const second = { ...(apis[0] as ApiModel), name: 'Second', apiId: 'b'.repeat(26) };

    await local.reload({ ...rest, apis: [second] });

    expect(local.apis.map((api) => api.model.name)).toEqual(['Second']);
    expect(await ask(local.apis[0], '{ hello(name: "2") }')).toEqual({ data: { hello: 'Hello 2' } });
  });
});

test('a state folder keeps data, tokens and subjects between starts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'appsync-local-'));
  try {
    const first = await startLocal(assembly(), { state: await openStateFolder(folder, { keepData: true }) });
    await first.seed('Notes', 'Notes', [{ id: '1', body: 'kept' }]);
    const token = await first.apis[0]?.token({ username: 'alice' });
    await first[Symbol.asyncDispose]();

    const second = await startLocal(assembly(), { state: await openStateFolder(folder, { keepData: true }) });
    expect(await ask(second.apis[0], '{ note(id: 1) { body } }')).toEqual({ data: { note: { body: 'kept' } } });
    expect(second.credentials).toEqual(first.credentials);
    const request = { method: 'POST', path: '/graphql', headers: { authorization: token ?? '' }, body: '', sourceIp: '' };
    expect(await second.apis[0]?.authenticate(request)).toMatchObject({ identity: { username: 'alice' } });
    await second[Symbol.asyncDispose]();
  } finally {
    await rm(folder, { recursive: true });
  }
});
