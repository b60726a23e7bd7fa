/** `dev` on a CDK app that is edited while it runs. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appCopy, ask, cleanUp, type Dev, edit, fixtures, start, startDev, temporaryFolder } from './cli-process';

describe('an app', () => {
  let app: string;
  let dev: Dev;

  beforeAll(async () => {
    app = appCopy();
    // A ready file and a state folder inside the project are no edits of it.
    mkdirSync(join(app, 'state'));
    dev = await startDev(['--state', 'state'], { cwd: app, readyFile: join(app, 'ready.json') });
  });
  beforeEach(() => dev.clear());
  afterAll(cleanUp);

  const greet = () => ask(dev, '{ greet(name: "you") }');
  const resolver = () => join(app, 'resolvers', 'Query.greet.ts');

  test('serves an edited resolver from the next request on', async () => {
    edit(resolver(), '${ctx.args.name}', '${ctx.args.name}!');

    await dev.printed(/^resolvers\/Query\.greet\.ts served after \d+ ms$/m);
    expect(await greet()).toEqual({ data: { greet: 'Hello you!' } });
    expect(dev.output).not.toContain('Synthesizing');
  });

  test('serves an edited module that a resolver imports', async () => {
    edit(join(app, 'resolvers', 'words.ts'), 'Hello', 'Hi');

    await dev.printed(/^resolvers\/Query\.greet\.ts served after \d+ ms$/m);
    expect(await greet()).toEqual({ data: { greet: 'Hi you!' } });
  });

  test.each(['Query.getNote.ts', 'outcome.ts'])('compiles one resolver alone when %s changes, though both files import AppSync helpers', async (name) => {
    edit(join(app, 'resolvers', name), ' {\n', ' {\n  // edited\n');

    await dev.printed(/^resolvers\/Query\.getNote\.ts served after \d+ ms$/m);
    expect(dev.output).not.toContain('Synthesizing');
    expect(await ask(dev, '{ getNote(id: "none") { id } }')).toEqual({ data: { getNote: null } });
  });

  test('serves an edit that an editor makes by renaming a new file', async () => {
    const draft = join(app, 'resolvers', '.Query.greet.ts.swp');
    writeFileSync(draft, readFileSync(resolver(), 'utf8').replace('!`', '?`'));
    renameSync(draft, resolver());

    await dev.printed('Query.greet.ts served after');
    expect(await greet()).toEqual({ data: { greet: 'Hi you?' } });
  });

  test('reports a resolver that AWS would refuse, and goes on with the last good version', async () => {
    const good = readFileSync(resolver(), 'utf8');
    edit(resolver(), 'return { payload', 'try {} finally {}\n  return { payload: 1 + 1 } && { payload');

    await dev.printed('Not served: resolvers/Query.greet.ts. The last good version goes on.');
    expect(dev.output).toContain('resolvers/Query.greet.ts:5:3 - error RES_TRY: "try/finally" is not available');
    expect(await greet()).toEqual({ data: { greet: 'Hi you?' } });

    dev.clear();
    writeFileSync(resolver(), good);
    await dev.printed('Query.greet.ts served after');
  });

  test('reports a resolver that does not compile, and goes on', async () => {
    const good = readFileSync(resolver(), 'utf8');
    edit(resolver(), 'return {', 'return {{');

    await dev.printed('Not served: resolvers/Query.greet.ts. The last good version goes on.');
    expect(dev.output).toMatch(/resolvers\/Query\.greet\.ts:5:\d+ - error RES_BUNDLE: /);
    expect(await greet()).toEqual({ data: { greet: 'Hi you?' } });

    dev.clear();
    writeFileSync(resolver(), good);
    await dev.printed('Query.greet.ts served after');
  });

  test('does not serve a schema that breaks, and serves it mended, with the data and the URL it had', async () => {
    await ask(dev, 'mutation { addNote(id: "n1", text: "milk") { id } }');
    const schema = join(app, 'schema.graphql');
    edit(schema, 'text: String!\n}', 'text: Strin!\n  size: Int\n}');

    await dev.printed('Not served, because of new errors. What was served before goes on.');
    expect(dev.output).toMatch(/schema\.graphql:3:9 - error SDL_\w+: /);
    expect(await ask(dev, '{ getNote(id: "n1") { text } }')).toEqual({ data: { getNote: { text: 'milk' } } });

    dev.clear();
    edit(schema, 'Strin!', 'String!');
    await dev.printed(/^Served after /m);
    expect(await ask(dev, '{ getNote(id: "n1") { text size } }')).toEqual({ data: { getNote: { text: 'milk', size: null } } });
  });

  test('reports an app that breaks, goes on, and serves a new API once the app is mended', async () => {
    const stack = join(app, 'app.ts');
    const good = readFileSync(stack, 'utf8');
    edit(stack, 'app.synth();', "throw new Error('not today');");

    await dev.printed('What was served before goes on.');
    expect(dev.output).toContain('Error: not today');
    expect(dev.output).not.toMatch(/^\s+at .*node_modules/m);
    expect(await greet()).toEqual({ data: { greet: 'Hi you?' } });

    dev.clear();
    const secondApi = `new NoneSource(new EnterpriseGraphqlApi(stack, 'Echo', { schema: 'echo.graphql', resolvers: 'echo', defaultAuthorization: Authorization.apiKey({ expires: '2027-10-01' }) }), 'Local').resolve('Query.greet');`;
    mkdirSync(join(app, 'echo'));
    writeFileSync(join(app, 'echo.graphql'), 'type Query { greet(name: String!): String }');
    writeFileSync(join(app, 'echo', 'Query.greet.ts'), readFileSync(resolver(), 'utf8').replace('./words', '../resolvers/words'));
    writeFileSync(stack, good.replace('app.synth();', `${secondApi}\napp.synth();`));
    await dev.printed(/^ {2}Echo$[^]*^Served after /m);
    const { apis } = JSON.parse(readFileSync(join(app, 'ready.json'), 'utf8')) as Dev['ready'];
    expect(apis.map(({ name, url }) => [name, new URL(url).pathname])).toEqual([
      ['Notes', '/notes/graphql'],
      ['Echo', '/echo/graphql'],
    ]);
    const answer = await fetch(apis[1]!.url, { method: 'POST', headers: { 'x-api-key': apis[1]!.apiKeys[0]! }, body: '{"query":"{ greet(name: \\"echo\\") }"}' });
    expect(await answer.json()).toEqual({ data: { greet: 'Hi echo?' } });
  });
});

describe('without an app to run', () => {
  afterEach(cleanUp);

  test('follows a template outside the working directory', async () => {
    const template = join(temporaryFolder(), 'notes.yaml');
    writeFileSync(template, readFileSync(join(fixtures, 'notes.yaml'), 'utf8'));
    const dev = await startDev(['--template', template, '--state', temporaryFolder()]);

    edit(template, 'Hello', 'Hi');

    await dev.printed(/^Served after /m);
    expect(await ask(dev, '{ greet(name: "you") }')).toEqual({ data: { greet: 'Hi you' } });
    dev.clear();
    edit(template, 'Resources:', 'Resources: [');
    await dev.printed('What was served before goes on.');
    expect(dev.output).toContain('error MAN_UNREADABLE: the file is not valid YAML');
    expect(await ask(dev, '{ greet(name: "you") }')).toEqual({ data: { greet: 'Hi you' } });
  });

  test('serves an assembly, and follows it and the resolvers it was made from', async () => {
    const app = appCopy();
    const synth = start(process.execPath, ['--import', 'tsx', 'app.ts'], { cwd: app, env: { CDK_OUTDIR: join(app, 'cdk.out') } });
    expect(await synth.finished()).toEqual({ code: 0, stdout: '', stderr: '' });
    const dev = await startDev(['--assembly', 'cdk.out'], { cwd: app });
    expect(dev.output).toMatch(/^Reading cdk\.out …\n/);

    edit(join(app, 'resolvers', 'words.ts'), 'Hello', 'Hi');

    await dev.printed('resolvers/Query.greet.ts served after');
    expect(await ask(dev, '{ greet(name: "you") }')).toEqual({ data: { greet: 'Hi you' } });
    dev.clear();
    edit(join(app, 'cdk.out', 'NotesStack.template.json'), '"Name": "Notes"', '"Name": "Memos"');
    await dev.printed(/^ {2}Memos$[^]*^Served after /m);
  });
});
