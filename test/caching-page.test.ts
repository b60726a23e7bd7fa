/** The snippets of docs/caching.md and docs/large-apis.md: their stacks have no findings, and the API of the first one does what its test says. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { transformSync } from 'esbuild';
import * as library from '../lib';
import { checkAssembly } from '../lib/checks';
import { iam as iamCaller, startLocalApi } from '../lib/local';
import { readApis } from '../lib/model';
import { getHandlers, type Project, project, withoutChecks } from './constructs/project';

const snippetsOf = (page: string) => [...readFileSync(join(__dirname, '../docs', page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);

/** Runs statements of a stack's constructor in a project. */
function build({ stack, folder }: Project, snippet: string): void {
  const scope: Readonly<Record<string, unknown>> = { ...library, ...cdk, ...iam, readFileSync: (name: string) => readFileSync(join(folder, name), 'utf8') };
  const names = Object.keys(scope).filter((name) => snippet.includes(name));
  const { code } = transformSync(snippet.replace(/'(schema\.graphql|resolvers)'/g, (_all, path: string) => JSON.stringify(join(folder, path))), { loader: 'ts' });
  (new Function(...names, code) as (...values: unknown[]) => void).call(stack, ...names.map((name) => scope[name]));
}

function findings({ app }: Project): string[] {
  return checkAssembly(readApis(withoutChecks(() => app.synth()).directory)).map(({ code, message }) => `${code}: ${message}`);
}

test('the API of docs/caching.md has no findings, and caches as its test says', async () => {
  const [stack = '', resolver = '', steps = '', ...others] = snippetsOf('caching.md');
  expect(others).toEqual([]);
  const made = project({
    'schema.graphql': 'type Note { id: ID! text: String }\ntype Query { note(id: ID!): Note }\ntype Mutation { updateNote(id: ID!, text: String!): Note }\n',
    'resolvers/Query.note.ts': getHandlers,
    'resolvers/Mutation.updateNote.ts': resolver,
  });
  build(made, stack);
  expect(findings(made)).toEqual([]);

  await using api = await startLocalApi(made.app.outdir);
  const run = new Function('api', 'iam', 'expect', `return (async () => {${transformSync(steps, { loader: 'ts' }).code}})()`) as (...values: unknown[]) => Promise<void>;
  await run(api, iamCaller, expect);
});

test('the stacks of docs/large-apis.md have no findings', () => {
  const [stack = '', grown = '', ...others] = snippetsOf('large-apis.md');
  expect(others).toEqual([]);
  const files = { 'schema.graphql': 'type Query { listProducts(id: ID!): ID  listOrders(id: ID!): ID }\n', 'resolvers/Query.listProducts.ts': getHandlers, 'resolvers/Query.listOrders.ts': getHandlers };
  const made = project(files);
  build(made, stack);
  expect(findings(made)).toEqual([]);

  const later = project(files);
  writeFileSync(join(later.folder, 'resolver-stacks.json'), JSON.stringify({ 'Query.listProducts': 0, 'Query.listOrders': 3 }));
  build(later, `${grown}\nfor (const id of ['Products', 'Orders']) new DynamoTableSource(grown, id, { partitionKey: 'id' }).resolve('Query.list' + id);`);
  expect(findings(later)).toEqual([]);
});
