/** Amplify JS v6, unmodified, against a local API over https and wss. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { issueToken } from '../../lib/local';
import { lambdaToken, NotesServer, oidcIssuer } from './notes-server';

type AuthMode = 'apiKey' | 'userPool' | 'iam' | 'oidc' | 'lambda';

interface Event {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

/** The process that runs Amplify. */
class Amplify {
  private readonly events = new Map<string, Event[]>();
  private readonly answers = new Map<number, (answer: Event) => void>();
  private wake = () => {};
  private nextId = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ id, answer, name, event }: { id: number; answer: Event; name?: string; event: Event }) => {
      if (name === undefined) this.answers.get(id)?.(answer);
      else {
        this.eventsOf(name).push(event);
        this.wake();
      }
    });
  }

  static async start(configuration: unknown, caPath: string): Promise<Amplify> {
    const child = fork(join(__dirname, 'amplify-client.mjs'), [JSON.stringify(configuration)], { env: { ...process.env, NODE_EXTRA_CA_CERTS: caPath }, execArgv: [] });
    await once(child, 'message');
    return new Amplify(child);
  }

  async ask(authMode: AuthMode, query: string, variables: object = {}): Promise<Event> {
    const id = this.nextId++;
    this.child.send({ id, call: 'ask', authMode, query, variables });
    return new Promise((resolve) => this.answers.set(id, resolve));
  }

  subscribe(name: string, authMode: AuthMode, query: string, variables: object = {}): void {
    this.child.send({ call: 'subscribe', name, authMode, query, variables });
  }

  unsubscribe(name: string): void {
    this.child.send({ call: 'unsubscribe', name });
  }

  eventsOf(name: string): Event[] {
    if (!this.events.has(name)) this.events.set(name, []);
    return this.events.get(name)!;
  }

  async received(name: string, count: number): Promise<Event[]> {
    while (this.eventsOf(name).length < count) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.eventsOf(name);
  }

  async stop(): Promise<void> {
    this.child.kill();
    await once(this.child, 'exit');
  }
}

let notes: NotesServer;
let amplify: Amplify;

beforeAll(async () => void (notes = await NotesServer.start()));
afterAll(() => notes.dispose());

beforeEach(async () => {
  amplify = await startAmplify(await notes.api.token({ username: 'alice' }));
});

/** @param token of the signed-in user, of the user pool or the OpenID Connect issuer: Amplify keeps one */
function startAmplify(token: string): Promise<Amplify> {
  const { apiKey, credentials } = notes;
  return Amplify.start({ endpoint: notes.url('https'), apiKey, credentials, token, lambdaToken }, notes.caPath);
}

afterEach(async () => {
  await amplify.stop();
  await notes.subscribed(0);
});

const add = 'mutation Add($id: ID!, $room: ID!) { addNote(id: $id, room: $room, body: "hello") { id room body author } }';
const onRoom = 'subscription OnNote($room: ID) { onNote(room: $room) { id author } }';

test.each<[authMode: AuthMode, author: string]>([
  ['apiKey', 'a guest'],
  ['userPool', 'alice'],
  ['iam', 'a backend'],
  ['oidc', 'olga'],
  ['lambda', 'a partner'],
])('queries, changes and hears of changes as %s', async (authMode, author) => {
  if (authMode === 'oidc') {
    await amplify.stop();
    amplify = await startAmplify(await issueToken(await notes.signingKey(), { issuer: oidcIssuer, isOidc: true }, { username: 'u1', claims: { nickname: 'olga' } }));
  }
  amplify.subscribe('a', authMode, onRoom, { room: 'a' });
  amplify.subscribe('all', authMode, onRoom);
  await notes.subscribed(2);

  expect(await amplify.ask(authMode, add, { id: '1', room: 'b' })).toMatchObject({ data: { addNote: { id: '1', author } } });
  await amplify.ask(authMode, add, { id: '2', room: 'a' });
  expect(await amplify.received('all', 2)).toMatchObject([{ data: { onNote: { id: '1', author } } }, { data: { onNote: { id: '2' } } }]);
  expect(await amplify.received('a', 1)).toMatchObject([{ data: { onNote: { id: '2' } } }]);
  expect(await amplify.ask(authMode, 'query Get { note(id: "2") { room body } }')).toMatchObject({ data: { note: { room: 'a', body: 'hello' } } });

  amplify.unsubscribe('a');
  await notes.subscribed(1);
  await amplify.ask(authMode, add, { id: '3', room: 'a' });
  await amplify.received('all', 3);
  expect(amplify.eventsOf('a')).toHaveLength(1);
});

test('carries subscriptions of three authorization modes, each with its own rights', async () => {
  amplify.subscribe('guest', 'apiKey', onRoom);
  amplify.subscribe('user', 'userPool', 'subscription Own { onNoteForUsers { id } }');
  amplify.subscribe('backend', 'iam', onRoom);
  await notes.subscribed(3);

  await amplify.ask('iam', add, { id: '1', room: 'a' });
  expect(await amplify.received('guest', 1)).toMatchObject([{ data: { onNote: { id: '1' } } }]);
  expect(await amplify.received('user', 1)).toMatchObject([{ data: { onNoteForUsers: { id: '1' } } }]);
  expect(await amplify.received('backend', 1)).toMatchObject([{ data: { onNote: { id: '1' } } }]);
});

test('subscribes again by itself when the server has been restarted', async () => {
  amplify.subscribe('all', 'userPool', onRoom);
  await notes.subscribed(1);
  await amplify.ask('apiKey', add, { id: '1', room: 'a' });
  await amplify.received('all', 1);

  await notes.restart();
  await notes.subscribed(1);
  await amplify.ask('apiKey', add, { id: '2', room: 'a' });

  expect(await amplify.received('all', 2)).toMatchObject([{ data: { onNote: { id: '1' } } }, { data: { onNote: { id: '2' } } }]);
  expect(await amplify.ask('userPool', 'query Get { note(id: "1") { body } }')).toMatchObject({ data: { note: { body: 'hello' } } });
});
