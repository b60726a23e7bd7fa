import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readApis } from '../../lib/model';
import { files, messages, onlyApi, temporaryFolder } from './harness';

const location = (name: string) => ({ 'Fn::Sub': `s3://assets-\${AWS::AccountId}/${name}` });
const apiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };

/** An assembly as CDK writes it, with a schema asset and a code asset; `extra` files lie beside them. */
function assembly(extra: Readonly<Record<string, string>> = {}): string {
  const template = {
    Resources: {
      Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'shop', AuthenticationType: 'API_KEY' } },
      Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: apiId, DefinitionS3Location: location('prefix/schema.graphql') } },
      Step: { Type: 'AWS::AppSync::FunctionConfiguration', Properties: { ApiId: apiId, Name: 'step', DataSourceName: 'None', CodeS3Location: location('code.js'), Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' } } },
    },
  };
  const published = (path: string, objectKey: string) => ({ source: { path, packaging: 'file' }, destinations: { current: { bucketName: 'assets-${AWS::AccountId}', objectKey } } });
  return files({
    'manifest.json': JSON.stringify({
      artifacts: {
        'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'Shop.assets.json' } },
        Shop: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'Shop.template.json' } },
      },
    }),
    'Shop.assets.json': JSON.stringify({ files: { schema: published('asset.1.graphql', 'prefix/schema.graphql'), code: published('asset.2.js', 'code.js') } }),
    'Shop.template.json': JSON.stringify(template),
    'asset.1.graphql': 'type Query { a: A }\ntype A { b: Int }',
    'asset.2.js': 'code',
    ...extra,
  });
}

test('finds assets through the manifest, by the key without its bucket', () => {
  const folder = assembly();

  const result = readApis(folder);

  expect(messages(result)).toEqual([]);
  expect(onlyApi(result).schema).toEqual([{ path: join(folder, 'asset.1.graphql'), text: 'type Query { a: A }\ntype A { b: Int }' }]);
  expect(onlyApi(result).functions[0]?.handler).toEqual({ kind: 'APPSYNC_JS', code: { path: join(folder, 'asset.2.js'), text: 'code' } });
});

test('gives the files a schema was made of, when the map beside the asset names them', () => {
  const folder = assembly({ 'asset.1.graphql.map': JSON.stringify({ version: 3, sources: ['../schema/query.graphql', '/else/a.graphql'], sourcesContent: ['type Query { a: A }', 'type A { b: Int }'], mappings: '' }) });

  const api = onlyApi(readApis(folder));
  // Our constructs merged them into what is uploaded.
  expect(api.schemaIsMerged).toBe(true);
  expect(api.schema).toEqual([
    { path: join(folder, '../schema/query.graphql'), text: 'type Query { a: A }' },
    { path: '/else/a.graphql', text: 'type A { b: Int }' },
  ]);
});

test.each([
  ['lacks a text', { version: 3, sources: ['a.graphql', 'b.graphql'], sourcesContent: ['type Query { a: A }', null] }],
  ['names no files', { version: 3, sources: [], sourcesContent: [] }],
])('gives the asset itself when the map %s', (_, map) => {
  const folder = assembly({ 'asset.1.graphql.map': JSON.stringify(map) });

  const api = onlyApi(readApis(folder));
  expect(api.schemaIsMerged).toBeUndefined();
  expect(api.schema.map(({ path }) => path)).toEqual([join(folder, 'asset.1.graphql')]);
});

test('hands on the source map of code with absolute sources', () => {
  const folder = assembly({ 'asset.2.js.map': JSON.stringify({ version: 3, sources: ['../resolvers/step.ts'], sourcesContent: ['ts'], names: ['n'], mappings: 'AAAA' }) });

  const handler = onlyApi(readApis(folder)).functions[0]?.handler;

  expect(handler?.kind === 'APPSYNC_JS' && JSON.parse(handler.sourceMap ?? '')).toEqual({ version: 3, sources: [join(folder, '../resolvers/step.ts')], sourcesContent: ['ts'], names: ['n'], mappings: 'AAAA' });
});

test('refuses a map that does not parse, with its place', () => {
  const folder = assembly({ 'asset.2.js.map': '{"version": 3,' });

  expect(() => readApis(folder)).toThrow(/^MAN_UNREADABLE: the file is not valid JSON: /);
});

test('reads what a plain template names beside itself', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'schema.graphql'), 'type Query { a: Int }');
  writeFileSync(join(folder, 'api.yaml'), 'Resources:\n  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: a, AuthenticationType: API_KEY } }\n  Schema: { Type: AWS::AppSync::GraphQLSchema, Properties: { ApiId: !GetAtt Api.ApiId, DefinitionS3Location: ./schema.graphql } }');

  expect(onlyApi(readApis(join(folder, 'api.yaml'))).schema).toEqual([{ path: join(folder, 'schema.graphql'), text: 'type Query { a: Int }' }]);
});

test('refuses a folder where AppSync needs a single file', () => {
  const folder = files({ 'api.yaml': 'Resources:\n  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: a, AuthenticationType: API_KEY } }\n  Schema: { Type: AWS::AppSync::GraphQLSchema, Properties: { ApiId: !GetAtt Api.ApiId, DefinitionS3Location: ./schema } }', 'schema/a.graphql': '' });

  expect(messages(readApis(join(folder, 'api.yaml')))).toEqual(['error MAN_ASSET: "DefinitionS3Location" of "Schema" names ./schema, which is a folder']);
});
