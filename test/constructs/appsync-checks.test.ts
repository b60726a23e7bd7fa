import { join, relative } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import { AppSyncChecks, DynamoTableSource, NoneSource } from '../../lib';
import { getHandlers, project, schema } from './project';

/** What a failed synth tells; empty when it succeeds. */
function report(app: App): string {
  try {
    app.synth();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const broken = {
  'schema.graphql': `type Item {
  id: ID!
  owner: Persn
}
type Query {
  getItem(id: ID!): Item @aws_iam
  unanswered: String
}
type Mutation {
  putItem(id: ID!): Item
}
type Subscription {
  onPut: Item @aws_subscribe(mutations: ["putItm"])
}
`,
  'resolvers/Query.getItm.ts': getHandlers,
  'resolvers/Mutation.putItem.ts': `export function request(ctx) {
  let n = 0;
  while (n < 3) {
    n += 1;
  }
  return { payload: ctx.args };
}
export function response(ctx) {
  return ctx.result;
}
`,
};

test('all problems of an API are reported together, each at its place in the user’s files', () => {
  const { app, api, folder } = project({ ...broken, 'schema.graphql': broken['schema.graphql'].replace('Persn', 'String') });
  const made = api();
  new NoneSource(made, 'Local').resolve('Mutation.putItem');
  const found = report(app);

  const at = (path: string, line: number, column: number, severity = 'error') => `${relative(process.cwd(), join(folder, path))}:${line}:${column} - ${severity}`;
  expect(found).toContain(`${at('schema.graphql', 6, 26)} API_AUTH_MODE`);
  expect(found).toContain(`${at('schema.graphql', 6, 3, 'warning')} API_FIELD_UNANSWERED`);
  expect(found).toContain(`${at('schema.graphql', 7, 3, 'warning')} API_FIELD_UNANSWERED`);
  expect(found).toContain(`${at('schema.graphql', 13, 42)} SDL_SUBSCRIPTION_MUTATION`);
  expect(found).toContain(`${at('resolvers/Mutation.putItem.ts', 3, 3)} RES_`);
  expect(found).toContain(`${at('resolvers/Query.getItm.ts', 1, 1)} RES_UNATTACHED`);
});

test('what is about a resource points at the call in the stack, and a slip in a name is told there alone', () => {
  const { app, api } = project({ 'schema.graphql': 'type Query { getItem(id: ID!): String }', 'resolvers/Query.getItem.ts': getHandlers });
  const items = new DynamoTableSource(api(), 'Items', { partitionKey: 'id' });
  items.resolve('Query.getItm');
  const { line } = /:(?<line>\d+):\d+\)?$/m.exec(new Error().stack!.split('\n')[1]!)!.groups!;
  const found = report(app);

  const places = [...found.matchAll(/^ERROR (\S+):(\d+):\d+ - error (\w+)/gm)].map(([, file, at, code]) => `${file}:${at} ${code}`);
  const here = `test/constructs/appsync-checks.test.ts:${Number(line) - 1}`;
  expect(places.sort()).toEqual([`${here} API_RESOLVER_FIELD`, `${here} RES_NO_SOURCE`]);
  expect(found).toContain("items.resolve('Query.getItm');");
});

test('a folder or file that is missing is told once', () => {
  const codes = (text: string) => [...text.matchAll(/^ERROR .*error (\w+)/gm)].map(([, code]) => code);
  const { app, api } = project({ 'schema.graphql': 'type Query { a: Int b: Int }' });
  const made = api();
  new NoneSource(made, 'Local').resolve('Query.a');
  made.pipeline('Query.b', []);
  expect(codes(report(app))).toEqual(['RES_FOLDER_MISSING']);

  const other = project({ 'resolvers/Query.getItem.ts': getHandlers });
  new DynamoTableSource(other.api(), 'Items', { partitionKey: 'id' }).resolve('Query.getItem');
  expect(codes(report(other.app))).toEqual(['SDL_NO_FILE']);
});

test('an unknown type stops nothing else from being reported', () => {
  const { app, api } = project(broken);
  new NoneSource(api(), 'Local').resolve('Mutation.putItem');
  const found = report(app);

  expect(found).toContain('SDL_UNKNOWN_TYPE');
  expect(found).toContain('RES_UNATTACHED');
  expect(found).toMatch(/Mutation\.putItem\.ts:3:3 - error RES_/);
});

test('a finding that is acknowledged with a reason fails nothing', () => {
  const files = { 'schema.graphql': schema.replace('name: String): Item', 'name: String): Item!'), 'resolvers/Query.getItem.ts': getHandlers };
  const build = () => {
    const made = project(files);
    const api = made.api();
    new DynamoTableSource(api, 'Items', { partitionKey: 'id' }).resolve('Query.getItem');
    return { ...made, made: api };
  };
  expect(report(build().app)).toContain('API_FIELD_UNANSWERED');

  const { app, made } = build();
  Validations.of(made).acknowledge({ id: 'AppSync::API_FIELD_UNANSWERED', reason: 'the mutation comes next week' });
  expect(report(app)).toBe('');
});

test('any app with the L2 constructs is checked by adding the plugin', () => {
  const { folder } = project({ 'schema.graphql': schema });
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Plain');
  const api = new appsync.GraphqlApi(stack, 'Api', { name: 'plain', definition: appsync.Definition.fromFile(join(folder, 'schema.graphql')) });
  api.addNoneDataSource('Local').createResolver('Getter', {
    typeName: 'Query',
    fieldName: 'getItm',
    runtime: appsync.FunctionRuntime.JS_1_0_0,
    code: appsync.Code.fromInline('export const request = async () => ({});\nexport const response = (ctx) => ctx.result;\n'),
  });
  Validations.of(app).addPlugins(new AppSyncChecks());
  const found = report(app);

  expect(found).toContain('API_RESOLVER_FIELD');
  expect(found).toContain('did you mean "getItem"?');
  expect(found).toContain('RES_');
  expect(found).toContain('async');
});

test('two APIs of one stage are checked once', () => {
  const { app, api, stack } = project();
  api();
  AppSyncChecks.registerOn(stack);
  AppSyncChecks.registerOn(app);

  expect(report(app).match(/error RES_UNATTACHED/g)).toHaveLength(1);
});

test('with CDK’s own template validation on, a sound API passes both', () => {
  const { app, api } = project({ 'schema.graphql': 'type Query { getItem(id: ID!): String }', 'resolvers/Query.getItem.ts': getHandlers });
  new DynamoTableSource(api(), 'Items', { partitionKey: 'id' }).resolve('Query.getItem');

  process.env.CDK_VALIDATION = 'true';
  try {
    expect(report(app)).toBe('');
  } finally {
    process.env.CDK_VALIDATION = 'false';
  }
});
