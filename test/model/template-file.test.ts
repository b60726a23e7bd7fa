import { join } from 'node:path';
import { formatDiagnostics } from '../../lib/diagnostics';
import { readApis } from '../../lib/model';
import { apiTemplate, evaluated, files, messages, onlyApi, readTemplate, refusal } from './harness';

const shop = join(__dirname, '../fixtures/templates/shop.yaml');

test('reads a hand-written YAML template with short forms', () => {
  const assembly = readApis(shop);
  const api = onlyApi(assembly);

  expect(messages(assembly)).toEqual([]);
  expect(api).toMatchObject({
    name: 'shop-dev',
    authorization: [{ type: 'API_KEY' }, { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: 'eu-west-1_Abc123456', region: 'eu-west-1', defaultAction: 'ALLOW' }],
    schema: [{ path: `${shop}#Schema`, text: expect.stringContaining('type Query') }],
    apiKeys: [{ key: expect.stringMatching(/^da2-[0-9a-z]{26}$/), expires: 1893456000 }],
    dataSources: [{ name: 'Items', type: 'AMAZON_DYNAMODB', tableName: 'shop-Items', region: 'us-east-1', versioned: false }],
    resolvers: [
      {
        typeName: 'Query',
        fieldName: 'item',
        kind: 'UNIT',
        dataSourceName: 'Items',
        handler: {
          kind: 'VTL',
          request: { path: `${shop}#GetItem.RequestMappingTemplate`, text: expect.stringContaining('"GetItem"') },
          response: { path: `${shop}#GetItem.ResponseMappingTemplate`, text: '$util.toJson($ctx.result)' },
        },
        resource: { templatePath: shop, logicalId: 'GetItem' },
      },
    ],
  });
  expect(assembly.userPools).toEqual([{ userPoolId: 'eu-west-1_Abc123456', issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc123456', clientIds: [] }]);
});

test.each([
  ['a short form inside a short form', "!Join ['-', [!Select [0, !Split [',', 'a,b']], !Sub '${AWS::Region}']]", 'a-us-east-1'],
  ['!GetAtt as a list', '!GetAtt [Api, GraphQLDns]', expect.stringMatching(/^[0-9a-z]{26}\.appsync-api\.us-east-1\.amazonaws\.com$/)],
  ['!Sub on a block text', '!Sub |-\n      ${AWS::StackName}\n', 'Shop'],
  ['an unquoted date as text', '2018-05-29', '2018-05-29'],
])('reads %s', (_, expression, value) => {
  expect(evaluated(expression)).toEqual({ value, problems: [] });
});

test('follows anchors and merge keys', () => {
  const assembly = readTemplate(
    apiTemplate(`
A: { Type: AWS::AppSync::DataSource, Properties: &source { ApiId: !GetAtt Api.ApiId, Type: NONE, Name: A } }
B: { Type: AWS::AppSync::DataSource, Properties: { <<: *source, Name: B } }`),
  );

  expect(onlyApi(assembly).dataSources.map(({ name }) => name)).toEqual(['A', 'B']);
});

test('points at the place where a YAML template breaks', () => {
  const folder = files({ 'broken.yaml': 'Resources:\n  Api:\n    Type: "AWS::AppSync::GraphQLApi\n' });

  expect(formatDiagnostics(refusal(join(folder, 'broken.yaml')), { cwd: folder })).toMatch(/^broken\.yaml:4:1 - error MAN_UNREADABLE: the file is not valid YAML: missing closing "quote/);
});

test('points at the place where a JSON template breaks', () => {
  const folder = files({ 'broken.json': '{\n  "Resources": {\n    "Api": { "Type": "A" "Properties": {} }\n  }\n}\n' });

  const [problem] = refusal(join(folder, 'broken.json'));

  expect(problem).toMatchObject({ code: 'MAN_UNREADABLE', location: { file: join(folder, 'broken.json'), line: 3 }, fix: 'correct the file at this place' });
});

test.each([
  ['a missing file', {}, 'Shop.yaml', /^there is no file or folder ".*Shop\.yaml"$/],
  ['an empty file', { 'Shop.yaml': '' }, 'Shop.yaml', /^".*Shop\.yaml" holds nothing where a template or manifest was expected$/],
  ['a list', { 'Shop.yaml': '- a' }, 'Shop.yaml', /^".*Shop\.yaml" holds no object where a template or manifest was expected$/],
  ['a file that is no template', { 'package.json': '{ "name": "shop" }' }, 'package.json', /^".*package\.json" is not a CloudFormation template: it has no "Resources"$/],
  ['an empty folder', { 'out/x': '' }, 'out', /^the folder ".*out" is not a cloud assembly: it has no manifest\.json$/],
  ['an alias to nothing', { 'Shop.yaml': 'Resources: { A: *b }' }, 'Shop.yaml', /is not valid YAML: unresolved alias \(the anchor must be set before the alias\): b$/],
  ['an anchor that contains itself', { 'Shop.yaml': 'Resources: &all\n  A: { Type: AWS::AppSync::GraphQLApi, Properties: *all }' }, 'Shop.yaml', /is not valid YAML: converting circular structure to JSON$/],
  ['a broken manifest', { 'out/manifest.json': '{' }, 'out', /^the file is not valid JSON: /],
  ['a manifest whose template is gone', { 'out/manifest.json': '{"artifacts":{"S":{"type":"aws:cloudformation:stack","properties":{"templateFile":"S.json"}}}}' }, 'out', /^cannot read ".*S\.json": there is no such file or folder$/],
])('refuses %s with MAN_UNREADABLE and a fix', (_, contents, path, message) => {
  const diagnostics = refusal(join(files(contents), path));

  expect(diagnostics).toEqual([expect.objectContaining({ code: 'MAN_UNREADABLE', severity: 'error', message: expect.stringMatching(message), fix: expect.any(String) })]);
});

test('points into the folder that was meant', () => {
  const folder = files({ 'cdk.out/manifest.json': '{}' });

  expect(refusal(folder)[0]?.fix).toBe(`give "${join(folder, 'cdk.out')}" instead`);
});

test('reports a resource without a type, and resources made by a loop, and reads the others', () => {
  const assembly = readTemplate(apiTemplate("Typo: { Properties: {} }\nFn::ForEach::Tables: [T, [a, b], {}]"));

  expect(onlyApi(assembly).name).toBe('shop');
  expect(messages(assembly)).toEqual([
    'error MAN_RESOURCE: resource "Typo" has no "Type"',
    'warning MAN_RESOURCE: "Fn::ForEach::Tables" makes resources only when CloudFormation runs it, so they are not seen here',
  ]);
});
