import { apiTemplate, messages, onlyApi, readTemplate } from './harness';

const resolver = (rest: string) => apiTemplate(`R: { Type: AWS::AppSync::Resolver, Properties: { ApiId: !GetAtt Api.ApiId, TypeName: Query, FieldName: a, DataSourceName: D, ${rest} } }`);
const runtime = 'Runtime: { Name: APPSYNC_JS, RuntimeVersion: 1.0.0 }';

test('takes a resolver without code and templates for a direct one', () => {
  expect(onlyApi(readTemplate(resolver('MaxBatchSize: 5'))).resolvers[0]).toMatchObject({ kind: 'UNIT', dataSourceName: 'D', handler: { kind: 'DIRECT' }, maxBatchSize: 5, functionIds: [] });
});

test('reads a resolver with one mapping template', () => {
  const assembly = readTemplate(resolver("RequestMappingTemplate: '{}'"));

  expect(onlyApi(assembly).resolvers[0]?.handler).toEqual({ kind: 'VTL', request: { path: expect.stringMatching(/Shop\.yaml#R\.RequestMappingTemplate$/), text: '{}' } });
});

test.each([
  ['code without a runtime', 'Code: x', 'error MAN_HANDLER: "R" has code but no "Runtime"'],
  ['a runtime without code', runtime, 'error MAN_HANDLER: "R" has a "Runtime" but no code'],
  ['code beside a template', `Code: x, ${runtime}, ResponseMappingTemplate: y`, 'error MAN_HANDLER: "R" has both code and mapping templates'],
  ['another runtime', 'Code: x, Runtime: { Name: NODEJS, RuntimeVersion: 1.0.0 }', 'error MAN_PROPERTY: "Runtime.Name" of "R" is "NODEJS"'],
  ['another version of the runtime', 'Code: x, Runtime: { Name: APPSYNC_JS, RuntimeVersion: 2.0.0 }', 'error MAN_PROPERTY: "Runtime.RuntimeVersion" of "R" is "2.0.0"'],
])('reports %s, which AWS refuses', (_, rest, message) => {
  expect(messages(readTemplate(resolver(rest)))).toEqual([message]);
});

test('accepts code with its runtime', () => {
  const assembly = readTemplate(resolver(`Code: x, ${runtime}`));

  expect(messages(assembly)).toEqual([]);
  expect(onlyApi(assembly).resolvers[0]?.handler).toEqual({ kind: 'APPSYNC_JS', code: { path: expect.stringMatching(/Shop\.yaml#R$/), text: 'x' } });
});
