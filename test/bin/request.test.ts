/** `token` and `request`, against APIs that run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, cleanUp, type Dev, fixtures, runCli, startCli, startDev, temporaryFolder } from './cli-process';

let notesFolder: string;
let notes: Dev;
let roomsFolder: string;
let rooms: Dev;

beforeAll(async () => {
  notesFolder = temporaryFolder();
  roomsFolder = temporaryFolder();
  [notes, rooms] = await Promise.all([
    // Without --state, as most people start it.
    startDev(['--template', join(fixtures, 'notes.yaml')], { cwd: notesFolder }),
    startDev(['--template', join(fixtures, 'two-apis.yaml'), '--state', roomsFolder]),
  ]);
});
afterAll(cleanUp);

const inNotes = (...args: string[]) => runCli(['request', ...args], { cwd: notesFolder });
const inRooms = (...args: string[]) => runCli(['request', '--state', roomsFolder, ...args]);

describe('token', () => {
  test('makes a token that the running API accepts, with groups and claims', async () => {
    const { code, stdout, stderr } = await runCli(['token', '--user', 'alice', '--groups', "it's us,b", '--claim', 'tenant=acme', '--state', roomsFolder]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answer = await fetch(rooms.ready.apis[0]!.url, { method: 'POST', headers: { authorization: stdout.trim() }, body: '{"query":"{ whoAmI secret }"}' });
    expect(await answer.json()).toEqual({ data: { whoAmI: "alice (it's us,b) of acme", secret: "alice (it's us,b) of acme" } });
  });

  test('takes a user pool by its name or its id', async () => {
    const { id, name } = rooms.ready.apis[0]!.userPools[0]!;
    const issuer = async (pool: string) => {
      const { stdout } = await runCli(['token', '--user', 'alice', '--pool', pool, '--state', roomsFolder]);
      return (JSON.parse(Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString()) as { iss: string }).iss;
    };

    expect(await Promise.all([issuer(id), issuer(name!)])).toEqual([rooms.ready.apis[0]!.userPools[0]!.issuer, rooms.ready.apis[0]!.userPools[0]!.issuer]);
  });

  test('gives the same user the same subject, another user another one', async () => {
    const subject = async (user: string) => {
      const { stdout } = await runCli(['token', '--user', user, '--state', roomsFolder]);
      return (JSON.parse(Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString()) as { sub: string }).sub;
    };
    const [first, again, other] = await Promise.all([subject('alice'), subject('alice'), subject('bob')]);

    expect(first).toBe(again);
    expect(first).not.toBe(other);
  });

  test('says what it lacks', async () => {
    const [user, claim, pool, none, nowhere] = await Promise.all([
      runCli(['token', '--state', roomsFolder]),
      runCli(['token', '--state', roomsFolder, '--user', 'a', '--claim', 'x']),
      runCli(['token', '--state', roomsFolder, '--user', 'a', '--pool', 'p']),
      runCli(['token', '--user', 'a'], { cwd: notesFolder }),
      runCli(['token', '--user', 'a'], { cwd: fixtures }),
    ]);

    expect(user.stderr).toBe('appsync-local: --user is needed; usage: appsync-local token --user NAME [--groups a,b] [--claim k=v]… [--pool NAME | --issuer URL] [--state DIR]\n');
    expect(claim.stderr).toBe('appsync-local: --claim is name=value, not "x"\n');
    expect(pool.stderr).toBe(`appsync-local: no user pool "p" is running; there is "Users"\n`);
    expect(none.stderr).toBe('appsync-local: the running APIs have no user pool\n');
    expect(nowhere.stderr).toBe(
      `appsync-local: no local API has been started from this folder (${join(fixtures, '.appsync-local', 'apis.json')} is missing): run "appsync-local dev" first, or name its folder with --state\n`,
    );
    expect([user, claim, pool, none, nowhere].map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
  });
});

describe('request', () => {
  test('prints what a query answers', async () => {
    const { code, stdout } = await inNotes('query Greet($name: String!) { greet(name: $name) }', '--variables', '{"name": "you"}');

    expect({ code, answer: JSON.parse(stdout) as unknown }).toEqual({ code: 0, answer: { data: { greet: 'Hello you' } } });
  });

  test('exits with 1 when there are errors', async () => {
    const [field, credential] = await Promise.all([inNotes('mutation { addNote(id: "x") { id } }'), inRooms('--user', 'mallory', '{ secret }')]);

    expect([field.code, credential.code]).toEqual([1, 1]);
    expect(JSON.parse(field.stdout)).toMatchObject({ errors: [{ message: expect.stringContaining('text') as string }] });
    expect(JSON.parse(credential.stdout)).toMatchObject({ errors: [{ errorType: 'Unauthorized' }] });
  });

  test('calls as a user, and the API it is told', async () => {
    const [user, status] = await Promise.all([inRooms('--user', 'alice', '--groups', 'a', '--groups', 'b', '{ whoAmI }'), inRooms('--api', 'Status', '{ up }')]);

    expect(JSON.parse(user.stdout)).toEqual({ data: { whoAmI: 'alice (a,b) of undefined' } });
    expect(JSON.parse(status.stdout)).toEqual({ data: { up: true } });
  });

  test('prints one line of JSON for each event of a subscription, until Ctrl-C', async () => {
    const subscription = startCli(['request', 'subscription { onNote(id: "n1") { id text } }'], { cwd: notesFolder });
    await subscription.printed('subscribed; Ctrl-C ends');

    for (const [id, text] of [['n1', 'milk'], ['n2', 'no'], ['n1', 'bread']]) await ask(notes, `mutation { addNote(id: "${id}", text: "${text}") { id text } }`);

    await subscription.printed('bread');
    expect(await subscription.stop()).toEqual({
      code: 0,
      stdout: '{"data":{"onNote":{"id":"n1","text":"milk"}}}\n{"data":{"onNote":{"id":"n1","text":"bread"}}}\n',
      stderr: 'subscribed; Ctrl-C ends\n',
    });
  });

  test('exits with 1 when a subscription is refused', async () => {
    const { code, stdout } = await inNotes('subscription { onNote(nope: 1) { id } }');

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toHaveProperty('errors');
  });

  test('says what it lacks', async () => {
    const [operation, two, json, list, api, key, nobody, both, iam] = await Promise.all([
      inNotes(),
      inNotes('{ greet }', '{ greet }'),
      inNotes('{ greet }', '--variables', '{'),
      inNotes('{ greet }', '--variables', '[]'),
      inRooms('{ up }', '--api', 'Stats'),
      inRooms('{ whoAmI }'),
      inNotes('{ greet }', '--user', 'a'),
      inNotes('{ greet }', '--user', 'a', '--role', 'r'),
      inNotes('{ greet }', '--iam'),
    ]);

    expect([operation, two, json, list, api, key, nobody, both, iam].map(({ stderr }) => stderr.replace(/^appsync-local: |\n$/g, ''))).toEqual([
      'an operation is needed; usage: appsync-local request [--user NAME [--groups a,b] | --iam | --role NAME] [--api NAME] [--variables JSON] [--state DIR] QUERY',
      'one operation is sent at a time: put it in quotes',
      `--variables is a JSON object such as '{"id": "1"}', not {`,
      `--variables is a JSON object such as '{"id": "1"}', not []`,
      'no API "Stats" is running, did you mean "Status"?; there is "Chat rooms", "Status"',
      'Chat rooms has no API key: say who is calling with --user',
      'the running APIs have no user pool',
      'one caller sends a request: give one of --user and --role',
      'Notes takes no IAM: call as a user with --user, or with the API key',
    ]);
    expect(new Set([operation, two, json, list, api, key, nobody, both, iam].map(({ code }) => code))).toEqual(new Set([2]));
  });

  test('says so when nothing runs any more', async () => {
    const folder = temporaryFolder();
    const gone = await startDev(['--template', join(fixtures, 'notes.yaml')], { cwd: folder });
    const watching = startCli(['request', 'subscription { onNote { id } }'], { cwd: folder });
    await watching.printed('subscribed');
    await gone.stop();

    expect(await watching.finished()).toMatchObject({ code: 2, stderr: expect.stringContaining('Notes closed the connection: "appsync-local dev" has ended') as string });
    const message = `appsync-local: nothing answers at ${gone.ready.apis[0]?.url}: is "appsync-local dev" still running?\n`;
    expect(await runCli(['request', '{ greet(name: "x") }'], { cwd: folder })).toEqual({ code: 2, stdout: '', stderr: message });
    expect(JSON.parse(readFileSync(join(folder, '.appsync-local', 'apis.json'), 'utf8'))).toEqual(gone.ready);
  });
});
