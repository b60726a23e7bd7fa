import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CfnGraphQLApi, CfnGraphQLSchema } from 'aws-cdk-lib/aws-appsync';
import type { Construct } from 'constructs';
import { apiKey, startLocalApi } from '../../../lib/local';
import { writeNotesTemplate } from './notes-template';

function addApi(scope: Construct, name: string): void {
  const { attrApiId } = new CfnGraphQLApi(scope, name, { name, authenticationType: 'API_KEY' });
  new CfnGraphQLSchema(scope, `${name}Schema`, { apiId: attrApiId, definition: `type Query { ${name.toLowerCase()}: String } schema { query: Query }` });
}

/** An app with an API in a stack of its own, one in a nested stack, and a stack without one. */
function twoApis() {
  const app = new App();
  const chat = new Stack(app, 'ChatStack');
  addApi(chat, 'Chat');
  const shop = new Stack(app, 'ShopStack');
  addApi(new NestedStack(shop, 'Api'), 'Shop');
  return { app, chat, shop, empty: new Stack(app, 'EmptyStack') };
}

describe('an API comes from', () => {
  test('a stack, also when it lies in a nested stack or the app has others', async () => {
    const { chat, shop } = twoApis();

    await using fromChat = await startLocalApi(chat);
    await using fromShop = await startLocalApi(shop);

    expect([fromChat.name, fromShop.name]).toEqual(['Chat', 'Shop']);
  });

  test('an app, an assembly or its folder, by name', async () => {
    const { app } = twoApis();
    const assembly = app.synth();

    await using fromApp = await startLocalApi(app, { api: 'Shop' });
    await using fromAssembly = await startLocalApi(assembly, { api: 'Chat' });
    await using fromFolder = await startLocalApi(assembly.directory, { api: 'Shop' });

    expect([fromApp.name, fromAssembly.name, fromFolder.name]).toEqual(['Shop', 'Chat', 'Shop']);
  });

  test('a stack in a stage, and the stage', async () => {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    const stack = new Stack(stage, 'ChatStack');
    addApi(stack, 'Chat');

    await using fromStack = await startLocalApi(stack);
    await using fromStage = await startLocalApi(stage);

    expect([fromStack.name, fromStage.name]).toEqual(['Chat', 'Chat']);
  });

  test('a template file', async () => {
    const template = writeNotesTemplate({ apis: ['A', 'B'] });
    await using api = await startLocalApi(template.path, { api: 'B' });

    expect(await api.as(apiKey()).query('{ tenant }')).toBeNull();
    template.remove();
  });
});

describe('what holds no API is refused:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-api-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const problem = (source: unknown, options?: object) => startLocalApi(source as string, options).then(
    () => 'started',
    (error: Error) => error.message.replaceAll(folder, 'FOLDER'),
  );

  test('several APIs and none named, or a name that is none of theirs', async () => {
    const { app, empty } = twoApis();

    expect(await problem(app)).toBe(`error RUN_TEST_SOURCE: there are 2 APIs: "Chat", "Shop"\nfix: say which one, as in startLocalApi(source, { api: 'Chat' })`);
    expect(await problem(app, { api: 'Shob' })).toBe('error RUN_TEST_NAME: there is no API "Shob"\nfix: did you mean "Shop"?');
    expect(await problem(empty)).toBe('error RUN_TEST_SOURCE: there is no AWS::AppSync::GraphQLApi in this stack\nfix: give the stack, assembly or template that holds the API');
  });

  test('a missing file, a template without an API, and a file that is no template', async () => {
    writeFileSync(join(folder, 'empty.json'), '{ "Resources": {} }');
    writeFileSync(join(folder, 'broken.json'), '{ "Resources": ');

    expect(await problem(join(folder, 'none.json'))).toBe('error MAN_UNREADABLE: there is no file or folder "FOLDER/none.json"\nfix: run `cdk synth` first, or correct the path');
    expect(await problem(join(folder, 'empty.json'))).toBe('error RUN_TEST_SOURCE: there is no AWS::AppSync::GraphQLApi in "FOLDER/empty.json"\nfix: give the stack, assembly or template that holds the API');
    expect(await problem(join(folder, 'broken.json'))).toContain('MAN_UNREADABLE');
  });

  test.each([[undefined], [null], [42], [{}], [() => 1]])('%p', async (source) => {
    expect(await problem(source)).toBe('error RUN_TEST_SOURCE: this is nothing that holds an API\nfix: give what app.synth() returns, an App, a Stack, or the path of an assembly folder or template');
  });
});

test('an app is synthesized without CDK’s own validation, and the setting is put back', async () => {
  const before = process.env.CDK_VALIDATION;
  delete process.env.CDK_VALIDATION;
  const seen: (string | undefined)[] = [];
  const { app } = twoApis();
  const synth = app.synth.bind(app);
  app.synth = () => (seen.push(process.env.CDK_VALIDATION), synth());

  await using api = await startLocalApi(app, { api: 'Chat' });

  expect([api.name, seen, process.env.CDK_VALIDATION]).toEqual(['Chat', ['false'], undefined]);
  process.env.CDK_VALIDATION = before;
});
