/** Eviction from end to end: calls in code and in templates, in unit resolvers and in pipelines, against each kind of cache. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiKey, startLocalApi, type TestApi } from '../../lib/local';

const folder = mkdtempSync(join(tmpdir(), 'api-cache-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const schema = `
type Query { word(id: ID!): ID  words: [Word]  ask: ID }
type Word { id: ID! text: ID }
type Mutation { byTemplate(id: ID!): ID  byCode(id: ID!): ID  several(id: ID!): ID  piped(id: ID!): ID  failing(id: ID!): ID }
type Subscription { onByCode: ID @aws_subscribe(mutations: ["byCode"]) }`;

const byTemplate = `#set($keys = {})
$util.qr($keys.put("context.arguments.id", $ctx.args.id))
$extensions.evictFromApiCache("Query", "word", $keys)
$util.toJson($ctx.result)`;
const evictWord = "extensions.evictFromApiCache('Query', 'word', { 'ctx.args.id': ctx.args.id });";
const imports = "import { extensions, util } from '@aws-appsync/utils';\n";
const none = 'export const request = (ctx) => ({ payload: util.autoId() });\n';
const responding = (statements: string) => `${imports}${none}export function response(ctx) {\n${statements}\nreturn ctx.result;\n}\n`;

const ref = { 'Fn::GetAtt': ['Api', 'ApiId'] };
const runtime = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };
const template = (request: string, response: string) => ({ DataSourceName: 'Nothing', RequestMappingTemplate: request, ResponseMappingTemplate: response });
const coded = (Code: string) => ({ DataSourceName: 'Nothing', Runtime: runtime, Code });
const fresh = '{ "version": "2018-05-29", "payload": "$util.autoId()" }';
const cachedBy = (...keys: string[]) => ({ CachingConfig: { Ttl: 60, CachingKeys: keys } });

function write(behavior?: string): string {
  const resolvers: Readonly<Record<string, object>> = {
    'Query.word': { ...template(fresh, '$util.toJson($ctx.result)'), ...cachedBy('$context.arguments.id') },
    'Query.words': coded(`${imports}export const request = () => ({ payload: [{ id: 'a' }, { id: 'b' }] });\nexport const response = (ctx) => ctx.result;\n`),
    'Query.ask': template(fresh, '$extensions.evictFromApiCache("Query", "word", {"context.arguments.id": "a"})\n$util.toJson($ctx.result)'),
    'Word.text': { ...template(fresh, '$util.toJson($ctx.result)'), ...cachedBy('$context.source.id') },
    'Mutation.byTemplate': template(fresh, byTemplate),
    'Mutation.byCode': coded(responding(evictWord)),
    'Mutation.several': coded(responding(`for (const id of ['a', 'b', 'none']) extensions.evictFromApiCache('Query', 'word', { 'context.arguments.id': id });\nextensions.evictFromApiCache('Word', 'text', { 'context.source.id': 'a' });`)),
    'Mutation.piped': { Kind: 'PIPELINE', PipelineConfig: { Functions: [{ 'Fn::GetAtt': ['First', 'FunctionId'] }, { 'Fn::GetAtt': ['Second', 'FunctionId'] }] }, RequestMappingTemplate: '{}', ResponseMappingTemplate: byTemplate },
    'Mutation.failing': coded(responding(`${evictWord}\nutil.error('no');`)),
  };
  const step = (name: string, code: object) => ({ Type: 'AWS::AppSync::FunctionConfiguration', Properties: { ApiId: ref, Name: name, ...code } });
  const Resources = {
    Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'Words', AuthenticationType: 'API_KEY' } },
    Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: ref } },
    Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: ref, Definition: schema } },
    Nothing: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: ref, Name: 'Nothing', Type: 'NONE' } },
    ...(behavior && { Cache: { Type: 'AWS::AppSync::ApiCache', Properties: { ApiId: ref, ApiCachingBehavior: behavior, Ttl: 3_600, Type: 'SMALL' } } }),
    First: step('first', coded(`${imports}${none}export function response(ctx) {\nextensions.evictFromApiCache('Query', 'word', { 'context.arguments.id': 'b' });\nreturn ctx.result;\n}\n`)),
    Second: step('second', template('$extensions.evictFromApiCache("Word", "text", {"ctx.source.id": "b"}){ "version": "2018-05-29", "payload": 1 }', '$util.toJson($ctx.result)')),
    ...Object.fromEntries(
      Object.entries(resolvers).map(([field, properties]) => {
        const [TypeName, FieldName] = field.split('.');
        return [field.replace('.', ''), { Type: 'AWS::AppSync::Resolver', Properties: { ApiId: ref, TypeName, FieldName, ...properties } }];
      }),
    ),
  };
  const path = join(folder, `${behavior ?? 'none'}.json`);
  writeFileSync(path, JSON.stringify({ Resources }));
  return path;
}

const everything = '{ a: word(id: "a") b: word(id: "b") words { id text } }';
const run = (api: TestApi, query: string) => api.as(apiKey()).execute(query);

describe('with caching per resolver', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startLocalApi(write('PER_RESOLVER_CACHING'));
  });
  beforeEach(() => api.reset());
  afterAll(() => api.close());

  const values = async () => {
    const { a, b, words } = (await run(api, everything)).data as unknown as { a: string; b: string; words: { text: string }[] };
    return { 'word a': a, 'word b': b, 'text of a': words[0]!.text, 'text of b': words[1]!.text };
  };
  /** What a mutation made run again, and how many entries it said are gone. */
  async function evictedBy(mutation: string): Promise<{ readonly changed: readonly string[]; readonly extensions: object | undefined }> {
    const before = await values();
    expect(await values()).toEqual(before);
    const { extensions } = await run(api, mutation);
    const after = await values();
    return { changed: (Object.keys(before) as (keyof typeof before)[]).filter((name) => before[name] !== after[name]), extensions };
  }

  it.each([
    ['a template with a map', 'mutation { byTemplate(id: "a") }', ['word a'], 1],
    ['code', 'mutation { byCode(id: "b") }', ['word b'], 1],
    ['several calls of one resolver', 'mutation { several(id: "a") }', ['word a', 'word b', 'text of a'], 3],
    ['several fields of one request', 'mutation { x: byCode(id: "a") y: byTemplate(id: "b") z: byCode(id: "a") }', ['word a', 'word b'], 2],
    ['every part of a pipeline', 'mutation { piped(id: "a") }', ['word a', 'word b', 'text of b'], 3],
    ['a mutation that hits nothing', 'mutation { byCode(id: "c") }', [], 0],
    ['a mutation that fails after the call', 'mutation { failing(id: "a") }', ['word a'], 1],
  ])('%s takes out what it names', async (_what, mutation, changed, apiCacheEntriesDeleted) => {
    expect(await evictedBy(mutation)).toEqual({ changed, extensions: { apiCacheEntriesDeleted } });
  });

  it('a query takes out nothing, and does not speak of it', async () => {
    expect(await evictedBy('{ ask }')).toEqual({ changed: [], extensions: undefined });
  });

  it('what is taken out lives for its full time again', async () => {
    await values();
    api.clock.advance({ seconds: 59 });
    await run(api, 'mutation { byTemplate(id: "a") }');
    const before = await values();
    api.clock.advance({ seconds: 59 });
    const after = await values();

    expect([after['word a'] === before['word a'], after['word b'] === before['word b']]).toEqual([true, false]);
  });
});

describe.each([
  ['without a cache', undefined, 0],
  ['with caching of whole operations', 'OPERATION_LEVEL_CACHING', 0],
  ['with caching of full requests, by keys that are not its own', 'FULL_REQUEST_CACHING', 0],
])('%s', (_what, behavior, apiCacheEntriesDeleted) => {
  it('a mutation takes out nothing, and says so', async () => {
    await using api = await startLocalApi(write(behavior));
    const first = await run(api, '{ word(id: "a") }');

    expect((await run(api, 'mutation { byTemplate(id: "a") }')).extensions).toEqual({ apiCacheEntriesDeleted });
    const isKept = behavior !== undefined;
    expect((await run(api, '{ word(id: "a") }')).data?.word === first.data?.word).toBe(isKept);
  });
});
