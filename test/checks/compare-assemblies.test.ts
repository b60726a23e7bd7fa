/** What CloudFormation would make twice between two assemblies, and what would pass. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type AssemblyDiff, compareAssemblies } from '../../lib/checks';
import { readApis } from '../../lib/model';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>>;

interface Written {
  /** Resources by stack; `Shop/Nested` is nested in `Shop` and gets its `ApiId` as a parameter. */
  readonly stacks: Readonly<Record<string, Resources>>;
  readonly environment?: string;
}

/** A cloud assembly as the CDK writes one. @returns its folder */
function assembly({ stacks, environment = 'aws://unknown-account/unknown-region' }: Written): string {
  const fileOf = (stack: string) => `${stack.replaceAll('/', '')}.template.json`;
  const nestedIn = (stack: string) => Object.keys(stacks).filter((other) => dirname(other) === stack);
  const files = Object.entries(stacks).map(([stack, resources]) => {
    const nested = nestedIn(stack).map((path) => [path.slice(stack.length + 1), { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: fileOf(path), Parameters: { ApiId: apiIdIn(stack) } } }] as const);
    return [fileOf(stack), JSON.stringify({ ...(stack.includes('/') && { Parameters: { ApiId: { Type: 'String' } } }), Resources: { ...resources, ...Object.fromEntries(nested) } })] as const;
  });
  const roots = Object.keys(stacks).filter((stack) => !stack.includes('/'));
  const artifacts = Object.fromEntries(roots.map((stack) => [stack, { type: 'aws:cloudformation:stack', environment, properties: { templateFile: fileOf(stack), stackName: stack } }]));
  return written(Object.fromEntries([...files, ['manifest.json', JSON.stringify({ version: '48.0.0', artifacts })]]));
}

function written(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'appsync-compare-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const apiIdIn = (stack: string) => (stack.includes('/') ? { Ref: 'ApiId' } : { 'Fn::GetAtt': ['Api', 'ApiId'] });

function api(name = 'Shop', logicalId = 'Api', sdl = 'type Query { a: ID b: ID c: ID }'): Resources {
  return {
    [logicalId]: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: name, AuthenticationType: 'API_KEY' } },
    [`${logicalId}Schema`]: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: { 'Fn::GetAtt': [logicalId, 'ApiId'] }, Definition: sdl } },
  };
}

function source(name: string, logicalId = name): Resources {
  return { [logicalId]: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: apiIdIn(''), Name: name, Type: 'NONE' } } };
}

function resolver(fieldName: string, stack = '', logicalId = `Query${fieldName}`, ApiId: unknown = apiIdIn(stack)): Resources {
  return { [logicalId]: { Type: 'AWS::AppSync::Resolver', Properties: { ApiId, TypeName: 'Query', FieldName: fieldName, DataSourceName: 'Echo', Code: 'export const request = () => ({});', Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' } } } };
}

function diff(before: Written | string, after: Written | string): AssemblyDiff {
  const [old, now] = [before, after].map((written) => readApis(typeof written === 'string' ? written : assembly(written)));
  return compareAssemblies(old!, now!);
}

/** Finding, notes and fix, as people read them. */
function told(before: Written | string, after: Written | string): string[][] {
  return diff(before, after).diagnostics.map(({ severity, code, message, notes, fix = '' }) => [`${severity} ${code}: ${message}`, ...notes.map((note) => note.message), `fix: ${fix}`]);
}

const shop = (resources: Resources): Written => ({ stacks: { Shop: { ...api(), ...source('Echo'), ...resources } } });
const twice = 'CloudFormation makes the new resolver before it deletes the old one, and AppSync answers "Only one resolver is allowed per field."';

test('finds nothing where nothing is elsewhere: fields that come, go, change their order, their code or their data source', () => {
  const before = shop({ ...resolver('a'), ...resolver('b') });
  const { b, ...rest } = { b: resolver('b'), a: resolver('a'), c: resolver('c') };
  const other: Resources = Object.fromEntries(Object.entries(resolver('a')).map(([id, { Type, Properties }]) => [id, { Type, Properties: { ...Properties, Code: 'export const request = () => null;', DataSourceName: 'Other' } }]));

  expect(diff(before, shop({ ...b, ...rest.a }))).toMatchObject({ diagnostics: [], moves: [] });
  expect(diff(before, shop({ ...rest.c, ...rest.a }))).toMatchObject({ diagnostics: [], moves: [] });
  expect(diff(before, shop({ ...other, ...source('Other'), ...b }))).toMatchObject({ diagnostics: [], moves: [] });
});

test('refuses a field whose resolver gets another logical id in the same stack', () => {
  expect(told(shop({ ...resolver('a'), ...resolver('b') }), shop({ ...resolver('a', '', 'GetA'), ...resolver('b') }))).toEqual([
    ['error API_RESOLVER_MOVED: 1 resolver of the API "Shop" changes its logical id: Query.a', '1 in Shop: Query.a ("Querya" is now "GetA")', twice, 'fix: keep the logical id "Querya", by the old path of the construct or by overrideLogicalId(); or deploy twice, first without this resolver'],
  ]);
});

test('refuses two fields that swap their resolvers', () => {
  const { diagnostics, moves } = diff(shop({ ...resolver('a', '', 'One'), ...resolver('b', '', 'Two') }), shop({ ...resolver('b', '', 'One'), ...resolver('a', '', 'Two') }));

  expect(diagnostics.map(({ message }) => message)).toEqual(['2 resolvers of the API "Shop" change their logical id: Query.b, Query.a']);
  expect(moves).toMatchObject([{ kind: 'resolver', name: 'Query.b', changes: 'logical id', before: { stack: 'Shop', resource: { logicalId: 'Two' } }, after: { stack: 'Shop', resource: { logicalId: 'One' } } }, { name: 'Query.a' }]);
});

test('refuses resolvers that move into a nested stack, out of it, and to another one', () => {
  const root: Written = { stacks: { Shop: { ...api(), ...source('Echo'), ...resolver('a') } } };
  const nested = (name: string): Written => ({ stacks: { Shop: { ...api(), ...source('Echo') }, [`Shop/${name}`]: resolver('a', 'Shop/Nested') } });

  expect(told(root, nested('Nested'))).toEqual([
    ['error API_RESOLVER_MOVED: 1 resolver of the API "Shop" changes its stack: Query.a', '1 from Shop to Shop/Nested: Query.a', twice, 'fix: keep this resolver in the stack as before; or deploy twice, first without this resolver'],
  ]);
  expect(told(nested('Nested'), root)).toMatchObject([[expect.stringContaining('changes its stack: Query.a'), '1 from Shop/Nested to Shop: Query.a', twice, expect.any(String)]]);
  expect(told(nested('Nested'), nested('Renamed'))).toMatchObject([[expect.stringContaining('changes its stack: Query.a'), '1 from Shop/Nested to Shop/Renamed: Query.a', twice, expect.any(String)]]);
});

test('refuses a data source of the same name under another logical id, and takes one that is renamed altogether', () => {
  const before: Written = { stacks: { Shop: { ...api(), ...source('Echo', 'EchoSource') } } };

  expect(told(before, { stacks: { Shop: { ...api(), ...source('Echo', 'Renamed') } } })).toEqual([
    [
      'error API_DATA_SOURCE_MOVED: 1 data source of the API "Shop" changes its logical id: Echo',
      '1 in Shop: Echo ("EchoSource" is now "Renamed")',
      'CloudFormation makes the new data source before it deletes the old one, and AppSync answers "Data source with name Echo already exists"',
      'fix: keep the logical id "EchoSource", by the old path of the construct or by overrideLogicalId(); or deploy twice, first without this data source',
    ],
  ]);
  expect(told(before, { stacks: { Shop: { ...api(), ...source('Loud', 'LoudSource') } } })).toEqual([]);
  expect(told(before, { stacks: { Shop: { ...api(), ...source('Loud', 'EchoSource') } } })).toEqual([]);
});

test('takes functions that move: AppSync knows them by id, not by name', () => {
  const fn = (logicalId: string): Resources => ({ [logicalId]: { Type: 'AWS::AppSync::FunctionConfiguration', Properties: { ApiId: apiIdIn(''), Name: 'step', DataSourceName: 'Echo', FunctionVersion: '2018-05-29' } } });

  expect(told(shop(fn('One')), shop(fn('Two')))).toEqual([]);
});

describe('between stacks that are deployed one after the other', () => {
  const inOther = (...fields: string[]): Resources => Object.assign({}, ...fields.map((field) => resolver(field, 'Other', `Query${field}`, { 'Fn::ImportValue': 'ShopApiId' }))) as Resources;
  const stacks = (own: Resources, other: Resources): string => {
    const made = assembly({ stacks: { Shop: { ...api(), ...source('Echo'), ...own }, Other: { Nothing: { Type: 'AWS::CloudFormation::WaitConditionHandle', Properties: {} }, ...other } } });
    const file = join(made, 'Shop.template.json');
    const template = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...template, Outputs: { ApiId: { Value: apiIdIn(''), Export: { Name: 'ShopApiId' } } } }));
    return made;
  };

  test('warns of what leaves the stack of the API, which comes first', () => {
    expect(told(stacks(resolver('a'), {}), stacks({}, inOther('a')))).toEqual([
      ['warning API_RESOLVER_MOVED: 1 resolver of the API "Shop" moves to another deployment: Query.a', '1 from Shop to Other: Query.a', 'until both stacks are deployed, the API lacks this resolver', 'fix: deploy Shop before Other'],
    ]);
  });

  test('refuses what returns to it', () => {
    expect(told(stacks({}, inOther('a')), stacks(resolver('a'), {}))).toMatchObject([[expect.stringMatching(/^error API_RESOLVER_MOVED: /), '1 from Other to Shop: Query.a', twice, expect.any(String)]]);
  });
});

describe('an API', () => {
  test('that gets another logical id is a new one, and nothing of it counts as moved', () => {
    const renamed = JSON.parse(JSON.stringify({ ...api('Shop', 'Store'), ...source('Echo', 'Other'), ...resolver('a', '', 'GetA') }).replaceAll('["Api","ApiId"]', '["Store","ApiId"]')) as Resources;

    expect(told(shop(resolver('a')), { stacks: { Shop: renamed } })).toEqual([
      ['error API_REMOVED: the API "Shop" is made anew, and its clients know the address and the keys of the old one', '"Api" is now "Store"', 'fix: keep the logical id "Api", by the old path of the construct or by overrideLogicalId()'],
    ]);
  });

  test('that goes is told, also to another stack; one that comes is not', () => {
    expect(told(shop({}), { stacks: { Shop: {} } })).toEqual([['error API_REMOVED: the API "Shop" is no longer there, and its clients lose it', 'fix: keep the API, "Api", until nobody uses it']]);
    expect(told(shop({}), { stacks: { Store: shop({}).stacks.Shop! } })).toEqual([
      ['error API_REMOVED: the API "Shop" is made anew, and its clients know the address and the keys of the old one', 'it was in the stack "Shop" and is now in "Store"', 'fix: keep the stack and its name'],
    ]);
    expect(told({ stacks: { Shop: {} } }, shop({}))).toEqual([]);
  });

  test('is the same when an account is named for the first time, and another one in another region', () => {
    const here: Written = { ...shop(resolver('a', '', 'GetA')), environment: 'aws://111122223333/eu-west-1' };

    expect(told(shop(resolver('a')), here)).toMatchObject([[expect.stringContaining('API_RESOLVER_MOVED'), expect.any(String), twice, expect.any(String)]]);
    expect(told({ ...here, environment: 'aws://111122223333/us-west-2' }, here)).toEqual([]);
  });
});

describe('a template file, whose stack has no name', () => {
  const template = (resources: Resources, name: string) => join(written({ [name]: JSON.stringify({ Resources: { ...api(), ...resources } }) }), name);

  test('is compared with another one, whatever the files are called', () => {
    expect(told(template(resolver('a'), 'live.json'), template(resolver('a', '', 'GetA'), 'template.json'))).toMatchObject([[expect.stringContaining('changes its logical id: Query.a'), '1 in the template: Query.a ("Querya" is now "GetA")', twice, expect.any(String)]]);
    expect(told(template(resolver('a'), 'live.json'), template(resolver('a'), 'template.json'))).toEqual([]);
  });

  test('is compared with an assembly', () => {
    expect(told(template({ ...resolver('a'), ...source('Echo') }, 'live.json'), shop(resolver('a')))).toEqual([]);
    expect(told(template(resolver('a'), 'live.json'), { stacks: { Shop: { ...api(), ...source('Echo') }, 'Shop/Nested': resolver('a', 'Shop/Nested') } })).toMatchObject([[expect.stringContaining('changes its stack: Query.a'), '1 from the template to Shop/Nested: Query.a', twice, expect.any(String)]]);
  });

  test('needs no code on disk: resolvers and data sources are compared all the same', () => {
    const elsewhere = (logicalId: string): Resources => ({ [logicalId]: { Type: 'AWS::AppSync::Resolver', Properties: { ApiId: apiIdIn(''), TypeName: 'Query', FieldName: 'a', DataSourceName: 'Echo', CodeS3Location: 's3://gone/code.js', Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' } } } });

    expect(told(template(elsewhere('Old'), 'live.json'), shop(elsewhere('New')))).toMatchObject([[expect.stringContaining('error API_RESOLVER_MOVED: '), '1 in Shop: Query.a ("Old" is now "New")', twice, expect.any(String)]]);
  });
});

describe('the schemas', () => {
  const withSchema = (sdl: string, more: Resources = {}): Written => ({ stacks: { Shop: { ...api('Shop', 'Api', sdl), ...more } } });

  test('are compared in the same report, by the mode of the API', () => {
    const { diagnostics, safe } = diff(withSchema('type Query { a: ID b: ID }', resolver('a')), withSchema('type Query { a: ID @aws_api_key c: ID }', resolver('a', '', 'GetA')));

    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual(['API_RESOLVER_MOVED: 1 resolver of the API "Shop" changes its logical id: Query.a', 'SDL_BREAKING_FIELD_REMOVED: Query.b was removed']);
    expect(safe.map(({ message }) => message)).toEqual(['Query.c was added']);
  });

  test('that cannot be read are told, and resolvers are still compared', () => {
    expect(told(withSchema('type Query {', resolver('a')), withSchema('type Query { a: ID }', resolver('a', '', 'GetA'))).map(([first]) => first)).toEqual([
      'error API_RESOLVER_MOVED: 1 resolver of the API "Shop" changes its logical id: Query.a',
      'error SDL_BASELINE: the baseline schema of the API "Shop" cannot be read: expected Name, found <EOF>',
    ]);
    expect(told(withSchema('type Query { a: ID }'), withSchema('type Query { a: Gone }')).map(([first]) => first)).toEqual([expect.stringMatching(/^error SDL_UNKNOWN_TYPE: /)]);
  });

  test('that are not on disk are not compared, with a word about it', () => {
    const gone: Written = { stacks: { Shop: { ...api(), ApiSchema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: apiIdIn(''), DefinitionS3Location: 's3://gone/schema.graphql' } } } } };

    expect(told(gone, withSchema('type Query { z: ID }'))).toEqual([['warning MAN_ASSET: the baseline: "DefinitionS3Location" of "ApiSchema" names s3://gone/schema.graphql, which is not on disk here', 'fix: synthesize again so that the asset is staged, or put the text inline']]);
  });
});

test('says that a nested stack was not seen', () => {
  const hidden = shop({ Lost: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3.amazonaws.com/gone/lost.json' } } });

  expect(told(hidden, shop({}))).toMatchObject([['warning MAN_NESTED_STACK: the baseline: the template of nested stack "Lost" is not among the files here, so its resources are not seen', expect.any(String)]]);
});
