/** Lambda functions as data sources: what is made, what is refused, and that the same template runs. */
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoTableSource, LambdaSource, type LambdaSourceProps } from '../../lib';
import { startLocalApi, userPool } from '../../lib/local';
import { project, schema, withoutChecks } from './project';

const handler = `import { note } from './note';
export async function handler(event: { arguments?: { id: string } }): Promise<unknown> {
  return { id: event.arguments?.id ?? 'none', name: note(process.env.GREETING ?? 'hello') };
}
`;
const files = { 'schema.graphql': schema, 'functions/items.ts': handler, 'functions/note.ts': 'export const note = (text: string): string => `${text}!`;\n', 'resolvers/.keep': '' };

function made(props: (folder: string) => LambdaSourceProps = (folder) => ({ entry: join(folder, 'functions/items.ts') }), more: Record<string, string> = {}) {
  const stage = project({ ...files, ...more });
  const api = stage.api();
  return { ...stage, api, source: new LambdaSource(api, 'Items', props(stage.folder)) };
}

const entryOf = (folder: string) => ({ entry: join(folder, 'functions/items.ts') });
const only = (template: ReturnType<ReturnType<typeof project>['template']>, type: string) => Object.values(template.findResources(type)).map(({ Properties }) => Properties as Record<string, unknown>);

test('a function from a file: current, traced, logged for a while, allowed nothing but that', () => {
  const { source, template } = made();
  source.resolve('Query.getItem');
  const result = template();

  expect(only(result, 'AWS::Lambda::Function')).toMatchObject([
    { Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler', Timeout: 10, MemorySize: 512, TracingConfig: { Mode: 'Active' }, Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } } },
  ]);
  expect(only(result, 'AWS::Logs::LogGroup')).toContainEqual({ RetentionInDays: 90 });
  const policies = only(result, 'AWS::IAM::Policy').map(({ Roles, PolicyDocument }) => [JSON.stringify(Roles), (PolicyDocument as { Statement: { Action: unknown }[] }).Statement.map(({ Action }) => Action)] as const);
  expect(policies.find(([roles]) => roles.includes('ApiItemsRole'))?.[1]).toEqual([['logs:CreateLogStream', 'logs:PutLogEvents'], ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']]);
  expect(policies.find(([roles]) => roles.includes('ApiItemsDataSource'))?.[1]).toEqual(['lambda:InvokeFunction']);
});

test('a field without a resolver file is answered directly', () => {
  const { source, template } = made();
  source.resolve('Query.getItem');

  const [resolver] = only(template(), 'AWS::AppSync::Resolver');
  expect(resolver).toMatchObject({ TypeName: 'Query', FieldName: 'getItem', DataSourceName: 'Items', Kind: 'UNIT' });
  expect(Object.keys(resolver ?? {})).not.toEqual(expect.arrayContaining(['Runtime']));
  expect(resolver).not.toHaveProperty('MaxBatchSize');
});

const invoke = (operation: string) => `export function request(ctx) {
  return { operation: '${operation}', payload: ctx.args };
}
export function response(ctx) {
  return ctx.result;
}
`;

test.each([
  ['directly', undefined, 20],
  ['by code that asks for a batch', invoke('BatchInvoke'), 20],
  ['by code that asks for one call', invoke('Invoke'), undefined],
])('the batch size holds for a field that is answered %s', (_, code, expected) => {
  const { source, template } = made((folder) => ({ ...entryOf(folder), maxBatchSize: 20 }), code === undefined ? {} : { 'resolvers/Query.getItem.ts': code });
  source.resolve('Query.getItem');

  expect(only(template(), 'AWS::AppSync::Resolver')[0]?.MaxBatchSize).toBe(expected);
});

test('the batch size holds for a step of a pipeline', () => {
  const { api, source, template } = made((folder) => ({ ...entryOf(folder), maxBatchSize: 20 }), { 'resolvers/Query.getItem/1-load.ts': invoke('BatchInvoke') });
  api.pipeline('Query.getItem', [source]);

  expect(only(template(), 'AWS::AppSync::FunctionConfiguration')[0]?.MaxBatchSize).toBe(20);
});

test('an existing function is used as it is', () => {
  const { api, template } = made();
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:items:live';
  new LambdaSource(api, 'Existing', { function: lambda.Function.fromFunctionAttributes(api, 'F', { functionArn: arn, sameEnvironment: true }) }).resolve('Query.getItem');

  expect(only(template(), 'AWS::AppSync::DataSource').find(({ Name }) => Name === 'Existing')).toMatchObject({ Type: 'AWS_LAMBDA', LambdaConfig: { LambdaFunctionArn: arn } });
});

test('a table that is granted: its name in the environment, and the permissions', () => {
  const { api, source, template } = made();
  const orders = new DynamoTableSource(api, 'CustomerOrders', { partitionKey: 'id' });
  source.grantTable(orders, { write: false });
  const result = template();

  const [fn] = only(result, 'AWS::Lambda::Function') as { Environment: { Variables: Record<string, unknown> } }[];
  expect(Object.keys(fn?.Environment.Variables ?? {})).toContain('CUSTOMER_ORDERS_TABLE');
  const text = JSON.stringify(only(result, 'AWS::IAM::Policy'));
  expect(text).toContain('dynamodb:GetItem');
  expect(text).not.toContain('dynamodb:PutItem');
});

test.each<[string, (folder: string) => LambdaSourceProps, string]>([
  ['neither file nor function', () => ({}), 'Stack/Api/Items: give either "entry", the file of a function, or "function", one that is there'],
  [
    'a timeout that AppSync does not wait for',
    (folder) => ({ ...entryOf(folder), timeout: Duration.seconds(30) }),
    'Stack/Api/Items: the timeout of the function must be below the 30 seconds that AppSync waits, got 30 seconds; answer at once and let a mutation tell the result of longer work',
  ],
  ['a batch of none', (folder) => ({ ...entryOf(folder), maxBatchSize: 0 }), 'Stack/Api/Items: "maxBatchSize" must be a whole number from 1 to 2000, got 0'],
  ['a batch of too many', (folder) => ({ ...entryOf(folder), maxBatchSize: 2001 }), 'Stack/Api/Items: "maxBatchSize" must be a whole number from 1 to 2000, got 2001'],
])('refuses %s', (_, props, message) => {
  expect(() => made(props)).toThrow(new Error(message));
});

test('refuses settings for a function that is there', () => {
  const { api } = made();
  const existing = lambda.Function.fromFunctionName(api, 'F', 'items');

  expect(() => new LambdaSource(api, 'A', { function: existing, memorySize: 256, environment: { A: '1' } })).toThrow('Stack/Api/A: "memorySize", "environment" cannot be set on a "function" that is there; set them where it is made');
  expect(() => new LambdaSource(api, 'B', { function: existing }).grantTable(new DynamoTableSource(api, 'T', { partitionKey: 'id' }))).toThrow('Stack/Api/B: the environment of an imported function cannot be changed here; grant it the table where it is made');
});

test('code that does not compile is a finding at its place, and no exception', () => {
  const { app } = made(undefined, { 'functions/items.ts': "import { gone } from './gone';\nexport const handler = gone;\n" });

  expect(() => app.synth()).toThrow(/functions\/items\.ts:1:\d+ - error RES_BUNDLE: could not resolve "\.\/gone"/);
});

test('the function of the template answers locally, with its environment', async () => {
  const { source, app } = made((folder) => ({ ...entryOf(folder), environment: { GREETING: 'good day' } }));
  source.resolve('Query.getItem');
  await using api = await startLocalApi(withoutChecks(() => app.synth()));

  expect((await api.as(userPool({ username: 'alice' })).query('query ($id: ID!) { getItem(id: $id) { id name } }', { id: '7' }))).toEqual({ id: '7', name: 'good day!' });
});
