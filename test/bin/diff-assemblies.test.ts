/** `diff` of what is deployed and what is about to be. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { diffCommand } from '../../bin/commands/diff';
import { Authorization, EnterpriseGraphqlApi, NoneSource, type ResolverStacks } from '../../lib';
import { cleanUp, runCli, temporaryFolder } from './cli-process';

afterEach(cleanUp);

/** The CDK's own validation takes seconds to load, and nothing here is about it, nor about the checks. */
const environment = { CDK_VALIDATION: 'false', CDK_ENTERPRISE_APPSYNC_CHECKS: 'off' };
const before = { ...process.env };
beforeAll(() => Object.assign(process.env, environment));
afterAll(() => {
  process.env = before;
});

const fields = Array.from({ length: 12 }, (_, i) => `field${i}`);
const sdl = (names: readonly string[]) => `type Query {\n${names.map((name) => `  ${name}: ID`).join('\n')}\n}\n`;
const echo = 'export const request = () => ({ payload: null });\nexport const response = (ctx) => ctx.result;\n';

/** The assembly of an API with these fields, below the project. */
function synth(project: string, name: string, names: readonly string[], resolverStacks: ResolverStacks): void {
  writeFileSync(join(project, `${name}.graphql`), sdl(names));
  writeFileSync(join(project, 'echo.ts'), echo);
  const app = new App({ outdir: join(project, name) });
  const api = new EnterpriseGraphqlApi(new Stack(app, 'Shop'), 'Shop', { schema: join(project, `${name}.graphql`), defaultAuthorization: Authorization.iam(), resolverStacks });
  const source = new NoneSource(api, 'Echo');
  for (const field of names) source.resolve(`Query.${field}`, { file: join(project, 'echo.ts') });
  app.synth();
}

test('tells which resolvers move with another number of nested stacks; the file it writes keeps them where they are', async () => {
  const cwd = temporaryFolder();
  synth(cwd, 'live', fields, { count: 4 });
  synth(cwd, 'next', [...fields, 'late'], { count: 5 });
  const { code, stdout, stderr } = await runCli(['diff', '--baseline', 'live', '--assembly', 'next', '--placed', 'placed.json'], { cwd });

  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  for (const line of [
    'error API_RESOLVER_MOVED: 4 resolvers of the API "Shop" change their stack: Query.field5, Query.field6, Query.field7, Query.field10\n',
    '    3 from Shop/ShopResolverStack2 to Shop/ShopResolverStack5: Query.field6, Query.field7, Query.field10\n',
    '    1 from Shop/ShopResolverStack3 to Shop/ShopResolverStack5: Query.field5\n',
    'fix: keep "resolverStacks" as it was, or pin the fields by its "placed", which `--placed FILE` writes; or deploy twice, first without these resolvers\n',
  ])
    expect(stdout).toContain(line);
  expect(stdout).toMatch(/next\.graphql:14:3 - safe: Query\.late was added\n\n1 breaking, 0 dangerous, 1 safe\n$/);

  const placed = JSON.parse(readFileSync(join(cwd, 'placed.json'), 'utf8')) as Record<string, number>;
  synth(cwd, 'pinned', [...fields, 'late'], { count: 5, placed });
  expect(await runCli(['diff', '--baseline', 'live', '--assembly', 'pinned'], { cwd })).toMatchObject({ code: 0, stdout: expect.stringMatching(/safe: Query\.late was added\n\n0 breaking, 0 dangerous, 1 safe\n$/) as string });
});

/** A template without CDK. */
function template(project: string, name: string, logicalId: string): void {
  const ApiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
  const Resources = {
    Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'Shop', AuthenticationType: 'AWS_IAM' } },
    Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId, Definition: sdl(['a']) } },
    Nothing: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId, Name: 'Nothing', Type: 'NONE' } },
    [logicalId]: { Type: 'AWS::AppSync::Resolver', Properties: { ApiId, TypeName: 'Query', FieldName: 'a', DataSourceName: 'Nothing' } },
  };
  writeFileSync(join(project, name), JSON.stringify({ Resources }, null, 1));
}

test('JSON has a row for every resource that moves', async () => {
  const cwd = temporaryFolder();
  template(cwd, 'live.json', 'GetA');
  template(cwd, 'template.json', 'ReadA');
  const { code, stdout } = await runCli(['diff', '--baseline', 'live.json', '--template', 'template.json', '--format', 'json'], { cwd });

  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    diagnostics: [{ code: 'API_RESOLVER_MOVED', severity: 'error', file: 'template.json' }],
    safe: [],
    moved: [{ kind: 'resolver', name: 'Query.a', before: { stack: '', logicalId: 'GetA' }, after: { stack: '', logicalId: 'ReadA' } }],
  });
});

describe('bad input', () => {
  function inputs(): string {
    const cwd = temporaryFolder();
    template(cwd, 'live.json', 'GetA');
    writeFileSync(join(cwd, 'live.graphql'), sdl(['a']));
    writeFileSync(join(cwd, 'none.json'), '{ "Resources": {} }');
    writeFileSync(join(cwd, 'broken.json'), '{ "Resources": ');
    mkdirSync(join(cwd, 'empty'));
    mkdirSync(join(cwd, 'cut'));
    writeFileSync(join(cwd, 'cut', 'manifest.json'), JSON.stringify({ artifacts: { Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } } } }));
    return cwd;
  }

  test('is told in one line and exits with 2', async () => {
    const cwd = inputs();

    expect(await runCli(['diff', '--baseline', 'gone', '--template', 'live.json'], { cwd })).toEqual({ code: 2, stdout: '', stderr: `error MAN_UNREADABLE: there is no file or folder "${join(cwd, 'gone')}"\nfix: run \`cdk synth\` first, or correct the path\n` });
  });

  test.each<[Readonly<Record<string, string>>, string]>([
    [{ template: 'live.json' }, '--baseline is needed: what is deployed, to compare with; usage: appsync-local diff --baseline PATH '],
    [{ baseline: 'empty', template: 'live.json' }, 'MAN_UNREADABLE: the folder "CWD/empty" is not a cloud assembly: it has no manifest.json'],
    [{ baseline: 'cut', template: 'live.json' }, 'MAN_UNREADABLE: cannot read "CWD/cut/Shop.template.json": there is no such file or folder'],
    [{ baseline: 'broken.json', template: 'live.json' }, 'MAN_UNREADABLE: the file is not valid JSON: flow map must end with a }'],
    [{ baseline: 'live.json', template: 'broken.json' }, 'MAN_UNREADABLE: the file is not valid JSON: flow map must end with a }'],
    [{ baseline: 'none.json', template: 'none.json' }, 'there is no AWS::AppSync::GraphQLApi in CWD/none.json, nor in CWD/none.json'],
    [{ baseline: 'live.graphql', template: 'live.json' }, '--baseline "CWD/live.graphql" is a schema: give --schema to compare with it, or a cloud assembly as the baseline'],
    [{ baseline: 'cut', schema: 'live.graphql' }, '--baseline "CWD/cut" is a cloud assembly: leave out --schema, and give --assembly, --template or --app to compare with it'],
    [{ baseline: 'live.graphql', schema: 'live.graphql', template: 'live.json' }, 'give --schema or --template, not both: a template names its own schema'],
    [{ baseline: 'live.graphql', schema: 'live.graphql', placed: 'placed.json' }, '--placed goes with assemblies and templates: a schema has no stacks'],
    [{ baseline: 'live.json', template: 'live.json', 'default-authorization': 'live.json' }, '--default-authorization goes with --schema: a template names the mode itself'],
    [{ baseline: 'live.json', template: 'live.json', placed: 'placed.json' }, '--placed: no API has "resolverStacks", neither in the baseline nor now'],
  ])('%j is refused', async (names, message) => {
    const cwd = inputs();
    const values = Object.fromEntries(Object.entries(names).map(([option, name]) => [option, option === 'schema' ? [join(cwd, name)] : join(cwd, name)]));

    const told = await diffCommand.run(values, []).then(String, (error: Error) => error.message);
    expect(told.replaceAll(cwd, 'CWD').slice(0, message.length)).toBe(message);
  });
});
