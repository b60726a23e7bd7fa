/** Where resolvers stand: what moves them, and what must not. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CfnResolver } from 'aws-cdk-lib/aws-appsync';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type ApiDataSource, Authorization, DynamoTableSource, type EnterpriseGraphqlApi, type EnterpriseGraphqlApiProps, EventBridgeSource, HttpSource, NoneSource } from '../../lib';
import { checkAssembly } from '../../lib/checks';
import { iam as iamCaller, startLocalApi } from '../../lib/local';
import { readApis } from '../../lib/model';
import { type Project, project, withoutChecks } from './project';

/** The CDK's own validation takes seconds to load, and nothing here is about it. */
const { CDK_VALIDATION } = process.env;
beforeAll(() => {
  process.env.CDK_VALIDATION = 'false';
});
afterAll(() => {
  if (CDK_VALIDATION === undefined) delete process.env.CDK_VALIDATION;
  else process.env.CDK_VALIDATION = CDK_VALIDATION;
});

const echo = 'export const request = (ctx) => ({ payload: ctx.args.id });\nexport const response = (ctx) => ctx.result;\n';
const fieldsOf = (count: number) => Array.from({ length: count }, (_, i) => `Query.field${i}`);

function projectOf(fields: readonly string[], more: Readonly<Record<string, string>> = {}): Project {
  const schema = `type Query {\n${fields.map((field) => `  ${field.split('.')[1]}(id: ID): ID`).join('\n')}\n}\n`;
  return project({ 'schema.graphql': schema, ...Object.fromEntries(fields.map((field) => [`resolvers/${field}.ts`, echo])), ...more });
}

/** `Api.template.json ApiResolversQueryfield0AB12` by `Type.field`; needs no synth, of which each would take a second. */
function placesOf({ resolvers }: EnterpriseGraphqlApi): Record<string, string> {
  return Object.fromEntries(
    [...resolvers].map(([field, { node }]) => {
      const resource = node.defaultChild as CfnResolver;
      return [field, `${resource.stack.templateFile} ${resource.stack.getLogicalId(resource)}`];
    }),
  );
}

function placed(fields: readonly string[], resolverStacks: EnterpriseGraphqlApiProps['resolverStacks'], source: (made: Project, field: string, echo: NoneSource) => ApiDataSource = (_made, _field, none) => none): Record<string, string> {
  const made = projectOf(fields);
  const api = made.api({ resolverStacks });
  const none = new NoneSource(api, 'Echo');
  for (const field of fields) source(made, field, none).resolve(field);
  return placesOf(api);
}

const stackNumber = (place = '') => Number(/ResolverStack(\d+)[0-9A-F]{8}\.nested/.exec(place)?.[1] ?? 0);

const fields = fieldsOf(12);

test('without options they stand in the stack of the API', () => {
  expect(placed(fields.slice(0, 2), undefined)).toEqual({ 'Query.field0': 'Stack.template.json ApiResolversQueryfield0B3F9E98B', 'Query.field1': 'Stack.template.json ApiResolversQueryfield1D8C95C1B' });
});

test('the draw of the names is what it always was', () => {
  const numbers = Object.fromEntries(Object.entries(placed(fields, { count: 8 })).map(([field, place]) => [field, stackNumber(place)]));

  expect(fields.map((field) => numbers[field])).toEqual([6, 6, 6, 7, 4, 5, 7, 5, 4, 4, 5, 2]);
});

test('nothing moves when fields come, go, change their order or their data source', () => {
  const before = placed(fields, { count: 4 });

  expect(placed([...fieldsOf(24)].reverse(), { count: 4 })).toMatchObject(before);
  expect(before).toMatchObject(placed(fields.slice(5), { count: 4 }));
  let other: NoneSource | undefined;
  expect(placed(fields, { count: 4 }, (_made, field, none) => (field === 'Query.field3' ? (other ??= new NoneSource(none.api, 'Other')) : none))).toEqual(before);
});

test('one stack more takes its share and leaves the rest where it is', () => {
  const [before, after] = [placed(fields, { count: 4 }), placed(fields, { count: 5 })];
  const moved = fields.filter((field) => stackNumber(before[field]) !== stackNumber(after[field]));

  expect(moved.length).toBeGreaterThan(0);
  expect(moved.map((field) => stackNumber(after[field]))).toEqual(moved.map(() => 5));
});

test('fields that are placed stay there, whatever the number of stacks', () => {
  const made = projectOf(fields);
  const api = made.api({ resolverStacks: { count: 4 } });
  const none = new NoneSource(api, 'Echo');
  for (const field of fields) none.resolve(field);
  const before = placesOf(api);

  expect(placed([...fields, 'Query.late'], { count: 9, placed: api.resolverPlacement })).toMatchObject(before);
  const single = placed(fields, undefined);
  const grown = placed([...fields, 'Query.late'], { count: 2, placed: Object.fromEntries(fields.map((field) => [field, 0])) });
  expect(grown).toMatchObject(single);
  expect(stackNumber(grown['Query.late'])).toBeGreaterThan(0);
});

test('the functions of a pipeline stand beside it', () => {
  const made = projectOf([], { 'schema.graphql': 'type Query { pipe: ID }', 'resolvers/Query.pipe/1-first.ts': echo, 'resolvers/Query.pipe/2-second.ts': echo });
  const api = made.api({ resolverStacks: { count: 4 } });
  const none = new NoneSource(api, 'Echo');
  api.pipeline('Query.pipe', [none, none]);
  const [model] = readApis(withoutChecks(() => made.app.synth()).directory).apis;

  expect(new Set([...model!.resolvers, ...model!.functions].map(({ resource }) => stackNumber(resource.templatePath)))).toEqual(new Set([[...api.resolverStacks.keys()][0]]));
});

test('a nested stack takes the id of the API and nothing else, and comes after the schema and the data sources it uses', () => {
  const made = projectOf(fields);
  const api = made.api({ resolverStacks: { count: 1 } });
  const none = new NoneSource(api, 'Echo');
  new NoneSource(api, 'Unused');
  for (const field of fields) none.resolve(field);
  const stack = Object.values(made.template().findResources('AWS::CloudFormation::Stack'))[0] as { Properties: { Parameters: object }; DependsOn: string[] };

  expect(Object.values(stack.Properties.Parameters)).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^Api/), 'ApiId'] }]);
  expect(stack.DependsOn).toEqual([expect.stringMatching(/^ApiEcho/), expect.stringMatching(/^ApiSchema/)]);
});

test.each([
  [{ count: 0 }, 'Stack/Api: "resolverStacks.count" must be a whole number from 1 to 50, got 0'],
  [{ count: 51 }, 'Stack/Api: "resolverStacks.count" must be a whole number from 1 to 50, got 51'],
  [{ count: 1.5 }, 'Stack/Api: "resolverStacks.count" must be a whole number from 1 to 50, got 1.5'],
  [{ count: 2, placed: { 'Query.a': 3 } }, 'Stack/Api: "resolverStacks.placed" must give a stack from 0 to 2 for Query.a, got 3'],
  [{ count: 2, placed: { 'Query.a': -1 } }, 'Stack/Api: "resolverStacks.placed" must give a stack from 0 to 2 for Query.a, got -1'],
])('refuses %j', (resolverStacks, message) => {
  expect(() => project().api({ resolverStacks })).toThrow(message);
});

describe('an API of 1,000 fields over 40 tables, 20 HTTP endpoints and 20 event buses', () => {
  const many = fieldsOf(1_000);
  const read = "import { get } from '@aws-appsync/utils/dynamodb';\nexport const request = (ctx) => get({ key: { id: ctx.args.id } });\nexport const response = (ctx) => ctx.result?.id;\n";
  const call = "export const request = (ctx) => ({ method: 'GET', resourcePath: '/' + ctx.args.id });\nexport const response = (ctx) => ctx.result.body;\n";
  const put = "export const request = (ctx) => ({ operation: 'PutEvents', events: [{ source: 'shop', detailType: 'asked', detail: { id: ctx.args.id } }] });\nexport const response = (ctx) => ctx.args.id;\n";
  const codeOf = (i: number) => (i % 80 < 40 ? read : i % 80 < 60 ? call : put);
  const made = projectOf(many, Object.fromEntries(many.map((field, i) => [`resolvers/${field}.ts`, codeOf(i)])));
  let directory: string;

  beforeAll(() => {
    const dataSourceRole = new iam.Role(made.stack, 'SourceRole', { assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com') });
    const api = made.api({ defaultAuthorization: Authorization.iam(), resolverStacks: { count: 8 }, dataSourceRole });
    const sources = [
      ...Array.from({ length: 40 }, (_, i) => new DynamoTableSource(api, `Items${i}`, { partitionKey: 'id' })),
      ...Array.from({ length: 20 }, (_, i) => new HttpSource(api, `Service${i}`, { endpoint: `https://service${i}.example.com` })),
      ...Array.from({ length: 20 }, (_, i) => new EventBridgeSource(api, `Events${i}`)),
    ];
    many.forEach((field, i) => sources[i % 80]!.resolve(field));
    directory = withoutChecks(() => made.app.synth()).directory;
  });

  test('keeps far from the limits of CloudFormation', () => {
    const files = new Set([...readApis(directory).apis[0]!.resolvers.map(({ resource }) => resource.templatePath), join(directory, 'Stack.template.json')]);
    const sizes = [...files].map((file) => {
      const { Resources, Outputs = {}, Parameters = {} } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>;
      return { resources: Object.keys(Resources!).length, outputs: Object.keys(Outputs).length, parameters: Object.keys(Parameters).length, bytes: statSync(file).size };
    });

    expect(sizes).toHaveLength(9);
    for (const { resources, outputs, parameters, bytes } of sizes) {
      expect(resources).toBeLessThan(200);
      expect(outputs).toBe(0);
      expect(parameters).toBeLessThanOrEqual(1);
      expect(bytes).toBeLessThan(200_000);
    }
  });

  test('is one API to the checks and to the local runtime', async () => {
    const assembly = readApis(directory);
    expect(assembly.apis).toHaveLength(1);
    expect(assembly.apis[0]!.resolvers).toHaveLength(1_000);
    expect(checkAssembly(assembly)).toEqual([]);

    await using api = await startLocalApi(directory);
    await api.table('Items39').put({ id: 'x' });
    await api.table('Items0').put({ id: 'y' });
    expect(await api.as(iamCaller()).query('{ a: field999(id: "x") b: field0(id: "y") c: field500(id: "x") d: field60(id: "z") }')).toEqual({ a: 'x', b: 'y', c: null, d: 'z' });
  });
});
