/** `appsync-local dev`, served over real ports: what it prints and writes, and that nothing a client sends ends it. */
import { execFile } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import { ask, cleanUp, type Dev, fixtures, root, runCli, startCli, startDev, temporaryFolder } from './cli-process';

const notes = join(fixtures, 'notes.yaml');

describe('a template', () => {
  let dev: Dev;
  let state: string;

  beforeAll(async () => {
    state = temporaryFolder();
    dev = await startDev(['--template', notes, '--state', state]);
  });
  afterAll(cleanUp);

  const api = () => dev.ready.apis[0]!;
  const post = (body: string, path = '/notes/graphql') => fetch(new URL(path, api().url), { method: 'POST', headers: { 'x-api-key': api().apiKeys[0]! }, body });
  const expectAlive = async () => expect(await ask(dev, '{ greet(name: "you") }')).toEqual({ data: { greet: 'Hello you' } });

  test('describes every API in the ready file, and in nothing more', () => {
    const port = new URL(api().url).port;

    expect(dev.ready).toEqual({
      apis: [
        {
          name: 'Notes',
          url: `http://localhost:${port}/notes/graphql`,
          realtimeUrl: `wss://localhost:${port}/notes/graphql/realtime`,
          httpsUrl: `https://localhost:${port}/notes/graphql`,
          apiKeys: [expect.stringMatching(/^da2-[a-z0-9]{26}$/)],
          userPools: [],
        },
      ],
    });
    expect(Number(port)).toBeGreaterThan(0);
  });

  test('prints where the API is, and a first query', () => {
    const { url, httpsUrl, realtimeUrl, apiKeys } = api();

    expect(dev.output).toBe(`Reading ${notes} …

  Notes
    GraphQL    ${url}
               ${httpsUrl}
    real time  ${realtimeUrl}
    API key    ${apiKeys[0]}

    A first query:
      curl -s ${url} -H 'x-api-key: ${apiKeys[0]}' -d '{"query":"{ greet(name: \\"1\\") }"}'

  Clients that need https or wss (Amplify): export NODE_EXTRA_CA_CERTS=${join(state, 'ca.pem')}
  Edits are followed. Ctrl-C ends.

`);
  });

  test('prints a query that answers when it is pasted into a shell', async () => {
    const [command = ''] = /curl .*/.exec(dev.output) ?? [];

    const { stdout } = await promisify(execFile)('bash', ['-c', command]);

    expect(JSON.parse(stdout)).toEqual({ data: { greet: 'Hello 1' } });
  });

  test('answers over https to a client that trusts the printed authority', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['-e', `fetch(${JSON.stringify(api().httpsUrl)}, { method: 'POST', headers: { 'x-api-key': '${api().apiKeys[0]}' }, body: '{"query":"{ __typename }"}' }).then((r) => r.text()).then(console.log)`],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: join(state, 'ca.pem') } },
    );

    expect(JSON.parse(stdout)).toEqual({ data: { __typename: 'Query' } });
  });

  test('keeps its secrets to their owner', () => {
    for (const file of ['apis.json', 'signing-key.pem', 'aws-credentials']) expect(statSync(join(state, file)).mode & 0o077).toBe(0);
  });

  test('reads and writes the tables of the template', async () => {
    await ask(dev, 'mutation { addNote(id: "n1", text: "milk") { id } }');

    expect(await ask(dev, '{ getNote(id: "n1") { id text } }')).toEqual({ data: { getNote: { id: 'n1', text: 'milk' } } });
  });

  test.each([
    ['no JSON', '{"query": '],
    ['an array', '[{"query":"{ __typename }"}]'],
    ['a bare string', '"{ __typename }"'],
    ['nothing', ''],
    ['a query that is no text', '{"query": 7}'],
    ['deeply nested JSON', '['.repeat(100_000)],
  ])('refuses a body that holds %s, and answers the next request', async (_what, body) => {
    const response = await post(body);

    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('errors');
    await expectAlive();
  });

  test('refuses a body that is too large, and answers the next request', async () => {
    expect((await post(JSON.stringify({ query: `# ${'x'.repeat(2_000_000)}` }))).status).toBe(413);
    await expectAlive();
  });

  test('names its APIs at an unknown path, and answers the next request', async () => {
    const response = await post('{}', '/shop/graphql');

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'no API at "/shop/graphql"', urls: [api().url] });
    await expectAlive();
  });

  test('lives through garbage on a WebSocket', async () => {
    const socket = new WebSocket(`${api().url.replace('http', 'ws')}/realtime`, 'graphql-ws');
    const closed = new Promise((settle) => socket.on('close', settle).on('error', () => undefined));
    await new Promise((settle) => socket.on('open', settle));

    for (const text of ['', 'no json', '[]', 'null', '{"type":"start"}', '{"type":1}']) socket.send(text);
    socket.send(Buffer.from([0xff, 0xfe, 0x00]));
    socket.close();

    await closed;
    await expectAlive();
  });

  test('lives through bytes that are neither HTTP nor TLS', async () => {
    await new Promise<void>((settle) => {
      const socket = connect(Number(new URL(api().url).port), 'localhost', () => socket.write(Buffer.from([0x00, 0xff, 0x0a, 0x0d, 0x0a])));
      socket.on('close', () => settle()).on('error', () => undefined).resume();
    });
    await expectAlive();
  });

  test('refuses a second process on the same state folder', async () => {
    const second = await runCli(['dev', '--template', notes, '--state', state, '--port', '0']);

    expect(second).toEqual({ code: 2, stdout: '', stderr: `appsync-local: the state folder ${state} is in use by process ${dev.child.pid}: end that one, or give another --state\n` });
    await expectAlive();
  });

  test('names a free port when its own is taken', async () => {
    const port = Number(new URL(api().url).port);

    const { code, stderr } = await runCli(['dev', '--template', notes, '--state', temporaryFolder(), '--port', String(port)]);

    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`^error RUN_PORT_IN_USE: port ${port} of "127.0.0.1" is in use\nfix: use port \\d+, or stop the program that listens on ${port}\n$`));
  });
});

describe('what it keeps', () => {
  afterEach(cleanUp);

  test('is there after a restart with --state: items, keys and URLs', async () => {
    const state = temporaryFolder();
    const first = await startDev(['--template', notes, '--state', state]);
    await ask(first, 'mutation { addNote(id: "n1", text: "milk") { id } }');
    const ca = readFileSync(join(state, 'ca.pem'), 'utf8');
    expect((await first.stop()).code).toBe(0);

    const second = await startDev(['--template', notes, '--state', state]);

    expect(await ask(second, '{ getNote(id: "n1") { text } }')).toEqual({ data: { getNote: { text: 'milk' } } });
    expect(second.ready.apis[0]?.apiKeys).toEqual(first.ready.apis[0]?.apiKeys);
    expect(readFileSync(join(state, 'ca.pem'), 'utf8')).toBe(ca);
  });

  test('includes everything that was answered when the process is killed', async () => {
    const state = temporaryFolder();
    const dev = await startDev(['--template', notes, '--state', state]);
    const answered: string[] = [];
    const write = async (writer: number) => {
      for (let n = 0; ; n++) {
        const id = `${writer}-${n}`;
        const answer = await ask(dev, `mutation { addNote(id: "${id}", text: "t") { id } }`).catch(() => undefined);
        if (!answer) return;
        answered.push(id);
        if (answered.length === 200) dev.child.kill('SIGKILL');
      }
    };
    await Promise.all([1, 2, 3, 4].map(write));
    expect((await dev.finished()).code).toBeNull();

    const again = await startDev(['--template', notes, '--state', state]);

    const fields = answered.map((id, i) => `n${i}: getNote(id: "${id}") { id }`);
    const { data } = (await ask(again, `{ ${fields.join(' ')} }`)) as { data: Record<string, { id: string }> };
    expect(answered.length).toBeGreaterThanOrEqual(200);
    expect(Object.values(data).map((note) => note?.id)).toEqual(answered);
  });

  test('is new for each start without --state', async () => {
    const cwd = temporaryFolder();
    const first = await startDev(['--template', notes], { cwd });
    await ask(first, 'mutation { addNote(id: "n1", text: "milk") { id } }');
    await first.stop();

    const second = await startDev(['--template', notes], { cwd });

    expect(await ask(second, '{ getNote(id: "n1") { text } }')).toEqual({ data: { getNote: null } });
  });
});

describe('a second process in the same folder', () => {
  afterEach(cleanUp);

  test('serves beside the first when neither keeps data', async () => {
    const cwd = temporaryFolder();
    const first = await startDev(['--template', notes], { cwd });

    const second = await startDev(['--template', notes], { cwd });

    expect(second.output).toContain(`Process ${first.child.pid} serves from this folder too: "request" talks to that one.`);
    expect(await ask(second, '{ greet(name: "b") }')).toEqual({ data: { greet: 'Hello b' } });
    expect(await ask(first, '{ greet(name: "a") }')).toEqual({ data: { greet: 'Hello a' } });
    expect(JSON.parse(readFileSync(join(cwd, '.appsync-local', 'apis.json'), 'utf8'))).toEqual(first.ready);
  });
});

describe('two APIs in one template', () => {
  afterEach(cleanUp);

  test('are served side by side, each with its own credentials', async () => {
    const state = temporaryFolder();
    const dev = await startDev(['--template', join(fixtures, 'two-apis.yaml'), '--state', state]);

    expect(dev.ready.apis.map(({ name, url, apiKeys, userPools }) => ({ name, path: new URL(url).pathname, keys: apiKeys.length, pools: userPools }))).toEqual([
      {
        name: 'Chat rooms',
        path: '/chat-rooms/graphql',
        keys: 0,
        pools: [{ id: expect.stringMatching(/^us-east-1_\w{9}$/), issuer: `https://cognito-idp.us-east-1.amazonaws.com/${dev.ready.apis[0]?.userPools[0]?.id}`, name: 'Users' }],
      },
      { name: 'Status', path: '/status/graphql', keys: 1, pools: [] },
    ]);
    // The quote in the group's name is a trap for the printed commands.
    const [rooms = '', status = ''] = [...dev.output.matchAll(/curl .*/g)].map(([command]) => command);
    expect(rooms).toContain(`--groups 'it'\\''s us'`);
    const pasted = async (command: string) => JSON.parse((await promisify(execFile)('bash', ['-c', command], { cwd: root })).stdout) as unknown;
    expect(await pasted(rooms)).toEqual({ data: { whoAmI: "alice (it's us) of undefined" } });
    expect(await pasted(status)).toEqual({ data: { up: true } });
  });
});

describe('input that cannot be used ends with one message and exit code 2:', () => {
  afterEach(cleanUp);

  const file = (name: string, text: string) => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, text);
    return path;
  };
  const refusal = async (args: readonly string[], cwd = temporaryFolder()) => {
    const { code, stderr } = await runCli(['dev', '--port', '0', ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).not.toMatch(/^\s+at .*node:/m);
    return stderr;
  };

  test('a folder without cdk.json', async () => {
    expect(await refusal([])).toBe('appsync-local: there is no cdk.json in this folder: run this in a CDK project, or give --app, --assembly or --template\n');
  });

  test('a template that is no YAML, with its place', async () => {
    const path = file('broken.yaml', 'Resources:\n  Api: [unclosed\n');

    expect(await refusal(['--template', path])).toMatch(/broken\.yaml:3:1 - error MAN_UNREADABLE: the file is not valid YAML: /);
  });

  test('a template without an API', async () => {
    const path = file('empty.yaml', 'Resources:\n  Topic: { Type: AWS::SNS::Topic }\n');

    expect(await refusal(['--template', path])).toBe(`appsync-local: there is no AWS::AppSync::GraphQLApi in ${path}\n`);
  });

  test('an app that throws, with its message and the place in its own code', async () => {
    const path = file('app.cjs', "function stage(name) {\n  throw new Error(`no such stage: ${name}`);\n}\nstage('prod');\n");

    const message = await refusal(['--app', `node ${path}`]);

    expect(message).toContain(`appsync-local: the CDK app failed (node ${path}, exit code 1):`);
    expect(message).toContain('Error: no such stage: prod');
    expect(message.match(/^\s+at .*/gm)).toEqual([`    at stage (${path}:2:9)`]);
  });

  test('an app that synthesizes nothing', async () => {
    expect(await refusal(['--app', 'true'])).toBe('appsync-local: the CDK app wrote no assembly (true): it has to create an App and call app.synth()\n');
  });

  test('a cdk.json that is no JSON, or has no app', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'cdk.json'), '{');
    expect(await refusal([], cwd)).toMatch(/^appsync-local: .*cdk\.json is not JSON: .*\n$/);
    writeFileSync(join(cwd, 'cdk.json'), '{}');
    expect(await refusal([], cwd)).toBe('appsync-local: cdk.json has no "app": add the command that runs your CDK app, or give --app\n');
  });

  test('more than one source', async () => {
    expect(await refusal(['--app', 'x', '--template', 'y'])).toBe('appsync-local: give one of --app, --assembly and --template, not --app and --template\n');
  });

  test('an assembly that is not there', async () => {
    expect(await refusal(['--assembly', '/no/such/folder'])).toBe('error MAN_UNREADABLE: there is no file or folder "/no/such/folder"\nfix: run `cdk synth` first, or correct the path\n');
  });

  test('a state folder that is a file', async () => {
    const path = file('state', '');

    expect(await refusal(['--template', notes, '--state', path])).toBe(`error RUN_STATE_FOLDER: the state folder "${path}" cannot be made: a file is where a folder should be\nfix: give a folder you may write to with \`--state\`\n`);
  });

  test('seeds that are no JSON, or of another shape', async () => {
    const path = file('seeds.json', '{ "Notes": ');
    expect(await refusal(['--template', notes, '--seed', path])).toMatch(/^appsync-local: cannot use the seeds in .*seeds\.json: .*JSON.*\n$/);
    writeFileSync(path, '{ "Notes": [] }');
    expect(await refusal(['--template', notes, '--seed', path])).toBe(`appsync-local: cannot use the seeds in ${path}: expected { "<api>": { "<data source>": [items] } }\n`);
    expect(await refusal(['--template', notes, '--seed', '/no/seeds.json'])).toBe('appsync-local: cannot use the seeds in /no/seeds.json: there is no such file or folder\n');
  });

  test('seeds that a table does not take', async () => {
    const path = file('seeds.json', '{ "Notes": { "Notes": [{ "text": "no id" }] } }');

    expect(await refusal(['--template', notes, '--seed', path])).toContain('error RUN_SEED: data source "Notes" does not take its seed data: ');
  });

  test('a ready file in a folder that is not there', async () => {
    expect(await refusal(['--template', notes, '--ready-file', '/no/such/ready.json'])).toBe('appsync-local: cannot write the ready file /no/such/ready.json: there is no folder /no/such\n');
  });

  test.each(['x', '65536', ''])('port "%s"', async (port) => {
    expect(await refusal([`--port=${port}`])).toBe(`appsync-local: --port is a number from 0 to 65535, not "${port}"\n`);
  });
});

test('seeds fill empty tables, and leave others alone', async () => {
  const folder = temporaryFolder();
  const seeds = join(folder, 'seeds.json');
  writeFileSync(seeds, '{ "Notes": { "Notes": [{ "id": "s1", "text": "seed" }], "Noted": [] }, "Shop": {} }');
  const args = ['--template', notes, '--state', join(folder, 'state'), '--seed', seeds];

  const first = await startDev(args);
  expect(first.output).toContain('Seeded Notes.Notes with 1 items\nSeeds for Notes.Noted are left out: there is no such table\nSeeds for Shop are left out: there is no such API here\n');
  expect(await ask(first, '{ getNote(id: "s1") { text } }')).toEqual({ data: { getNote: { text: 'seed' } } });
  await first.stop();

  const second = await startDev(args);
  expect(second.output).toContain('Notes.Notes has items already\n');
  await cleanUp();
});

test('Ctrl-C right after the ready file ends with exit code 0', async () => {
  const state = temporaryFolder();
  const dev = startCli(['dev', '--template', notes, '--port', '0', '--state', state]);
  await dev.printed('Notes');

  const { code } = await dev.stop();

  expect(code).toBe(0);
  await cleanUp();
});
