import type { ApiModel, ResolverModel } from '../../../lib/model';
import { pipelineFunction, ref, resolver } from '../fixtures';
import { finder, js, lambdaSource, schema, tableSource, vtl } from './api-harness';

const cache: ApiModel['cache'] = { behavior: 'PER_RESOLVER_CACHING', ttlSeconds: 300, resource: ref('Cache') };
const cached = (field: string, keys: string[], changes: Partial<ResolverModel> = {}) => resolver(field, { caching: { ttlSeconds: 60, keys }, ...changes });

describe('cached-resolver-has-cache', () => {
  const found = finder('API_CACHE_MISSING');
  const resolvers = [cached('Query.ping', [])];

  it('accepts a cache per resolver, and no caching at all', () => {
    expect(found({ cache, resolvers })).toEqual([]);
    expect(found({})).toEqual([]);
  });

  it('warns without a cache, and of a cache of another behavior', () => {
    expect(found({ resolvers })).toEqual([
      { message: 'the resolver of Query.ping is to be cached, but the API "Shop" has no cache', fix: 'add a cache with the behavior PER_RESOLVER_CACHING, or remove "CachingConfig"', resource: 'QuerypingResolver' },
    ]);
    expect(found({ resolvers, cache: { ...cache, behavior: 'FULL_REQUEST_CACHING' } })).toEqual([
      {
        message: 'the resolver of Query.ping is to be cached, but the cache of the API "Shop" is for FULL_REQUEST_CACHING',
        fix: 'set its behavior to PER_RESOLVER_CACHING, or remove "CachingConfig"',
        resource: 'QuerypingResolver',
      },
    ]);
  });

  it('warns of a cached mutation, under any name of the root type', () => {
    const text = 'schema { query: Query mutation: Writes } type Query { ping: Int } type Writes { hit: Int }';

    expect(found({ cache, schema: schema(text), resolvers: [...resolvers, cached('Writes.hit', [])] })).toEqual([
      { message: 'the resolver of Writes.hit is to be cached, but mutations and subscriptions are never cached', fix: 'remove "CachingConfig"', resource: 'WriteshitResolver' },
    ]);
  });
});

describe('cache-entry-lives-up-to-an-hour', () => {
  const found = finder('API_CACHE_TTL');

  it('accepts 1 and 3,600 seconds', () => {
    for (const ttlSeconds of [1, 3600]) expect(found({ cache: { ...cache, ttlSeconds }, resolvers: [resolver('Query.ping', { caching: { ttlSeconds, keys: [] } })] })).toEqual([]);
  });

  it.each([0, 3601])('reports %i seconds, of a cache and of a resolver', (ttlSeconds) => {
    expect(found({ cache: { ...cache, ttlSeconds }, resolvers: [resolver('Query.ping', { caching: { ttlSeconds, keys: [] } })] })).toEqual([
      { message: `"Ttl" of the cache of the API "Shop" must be 1 to 3,600 seconds, got ${ttlSeconds}`, fix: 'choose a number from 1 to 3,600', resource: 'Cache' },
      { message: `"Ttl" of the resolver of Query.ping must be 1 to 3,600 seconds, got ${ttlSeconds}`, fix: 'choose a number from 1 to 3,600', resource: 'QuerypingResolver' },
    ]);
  });
});

describe('cache-keys-are-of-the-context', () => {
  const found = finder('API_CACHE_KEYS');

  it('accepts whole maps, members, the short name of arguments, and odd claims', () => {
    const keys = ['$context.arguments', '$context.args.id', '$context.source.a.b', '$context.identity.claims.cognito:username', '$context.identity.claims.https://example.com/tenant'];

    expect(found({ cache, resolvers: [cached('Query.ping', keys)] })).toEqual([]);
    expect(found({ cache, resolvers: [cached('Query.ping', ['R.Key'])] }, { standIns: ['R.Key'] })).toEqual([]);
    expect(found({ cache, resolvers: [cached('Query.ping', Array.from({ length: 25 }, (_, i) => `$context.arguments.a${i}`))] })).toEqual([]);
  });

  it('reports keys of nothing in the context', () => {
    const fix = 'start it with $context.arguments, $context.source or $context.identity';

    expect(found({ cache, resolvers: [cached('Query.ping', ['id', '$context.request.headers.x', '$context.argumentsid', '$context.source.'])] })).toEqual(
      ['id', '$context.request.headers.x', '$context.argumentsid', '$context.source.'].map((key) => ({ message: `"${key}" is no caching key of the resolver of Query.ping`, fix, resource: 'QuerypingResolver' })),
    );
  });

  it('reports more than 25 keys', () => {
    expect(found({ cache, resolvers: [cached('Query.ping', Array.from({ length: 26 }, (_, i) => `$context.arguments.a${i}`))] })).toEqual([
      { message: 'the resolver of Query.ping has 26 caching keys; AppSync takes at most 25', fix: 'use fewer keys, or a whole map such as $context.arguments', resource: 'QuerypingResolver' },
    ]);
  });
});

describe('cache-key-names-existing-value', () => {
  const found = finder('API_CACHE_KEY_VALUE');
  const text = 'type Query { product(id: ID!, filter: Filter): Product }\ninput Filter { brand: String }\ntype Product { name: String category: String }';
  const api = (field: string, key: string, changes: Partial<ApiModel> = {}): Partial<ApiModel> => ({ cache, schema: schema(text), resolvers: [cached(field, [key])], ...changes });

  it('accepts arguments, members of input types, fields of the source, and whole maps', () => {
    for (const key of ['$context.arguments.id', '$context.args.filter.brand', '$context.arguments', '$context.identity.sub']) expect(found(api('Query.product', key))).toEqual([]);
    for (const key of ['$context.source.name', '$context.source', '$context.source.name.length']) expect(found(api('Product.category', key))).toEqual([]);
  });

  it('accepts a value of the source that is no field but that something in the API knows', () => {
    const handler = js('export const request = (ctx) => ({ payload: ctx.source.categoryId });');

    expect(found(api('Product.category', '$context.source.categoryId', { resolvers: [cached('Product.category', ['$context.source.categoryId'], { handler })] }))).toEqual([]);
    expect(found(api('Product.category', '$context.source.categoryId', { dataSources: [lambdaSource('Nothing')] }))).toEqual([]);
  });

  it('warns of arguments that are not there', () => {
    expect(found(api('Query.product', '$context.arguments.idd'))).toEqual([
      { message: 'the caching key "$context.arguments.idd" of Query.product names "idd", which Query.product does not have', fix: 'did you mean "id"?', resource: 'QueryproductResolver' },
    ]);
    expect(found(api('Query.product', '$context.arguments.filter.colour'))).toEqual([
      { message: 'the caching key "$context.arguments.filter.colour" of Query.product names "colour", which input "Filter" does not have', fix: 'use an argument that input "Filter" has', resource: 'QueryproductResolver' },
    ]);
  });

  it('warns of values that no source has', () => {
    expect(found(api('Query.product', '$context.source.id'))).toEqual([
      { message: 'the caching key "$context.source.id" of Query.product names a value of the source, but "Query" is a root type and has none', fix: 'use $context.arguments or $context.identity', resource: 'QueryproductResolver' },
    ]);
    expect(found(api('Product.category', '$context.source.nane'))).toEqual([
      { message: 'the caching key "$context.source.nane" of Product.category names "nane", which nothing in the API gives a "Product"', fix: 'did you mean "name"?', resource: 'ProductcategoryResolver' },
    ]);
  });
});

describe('cached-identity-is-in-the-key', () => {
  const found = finder('API_CACHE_IDENTITY');
  const fix = 'add $context.identity.sub, or another part of the identity, to the keys; acknowledge the finding if every caller may see the same answer';
  const reader = js('export function request(ctx) {\n  return { payload: ctx.identity.sub };\n}');
  const text = (directives: string) => schema(`type Query { ping(id: ID): String ${directives} }`);

  it('accepts keys with a part of the identity, and no keys, which are all of it', () => {
    for (const keys of [['$context.arguments.id', '$context.identity.sub'], ['$context.identity'], []]) expect(found({ cache, resolvers: [cached('Query.ping', keys, { handler: reader })] })).toEqual([]);
  });

  it('accepts answers for everybody, also when groups are one way in of several', () => {
    const handler = js('export const request = (ctx) => ({ payload: { identity: ctx.args.identity } });');

    expect(found({ cache, resolvers: [cached('Query.ping', ['$context.arguments.id'], { handler })] })).toEqual([]);
    expect(found({ cache, schema: text('@aws_cognito_user_pools(cognito_groups: ["a"]) @aws_api_key'), resolvers: [cached('Query.ping', ['$context.arguments.id'])] })).toEqual([]);
  });

  it('says nothing when nothing is cached', () => {
    expect(found({ resolvers: [cached('Query.ping', ['$context.arguments.id'], { handler: reader })] })).toEqual([]);
  });

  it('warns when code, a function or a template reads the identity', () => {
    const message = 'Query.ping is cached without the identity in its key, but its code reads the identity: one caller may get the answer of another';
    const keys = ['$context.arguments.id'];
    const inFunction = cached('Query.ping', keys, { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['read-id'] });

    expect(found({ cache, resolvers: [cached('Query.ping', keys, { handler: reader })] })).toEqual([{ message, fix, resource: 'QuerypingResolver' }]);
    expect(found({ cache, resolvers: [inFunction], functions: [pipelineFunction('read', { handler: js('export const request = ({ identity }) => ({ payload: identity });') })] })).toEqual([{ message, fix, resource: 'QuerypingResolver' }]);
    expect(found({ cache, resolvers: [cached('Query.ping', keys, { handler: vtl('{ "payload": "$ctx.identity.sub" }') })] })).toEqual([{ message, fix, resource: 'QuerypingResolver' }]);
  });

  it('accepts fields of a group, which are authorized before the cache', () => {
    expect(found({ cache, schema: text('@aws_cognito_user_pools(cognito_groups: ["admins"])'), resolvers: [cached('Query.ping', ['$context.arguments.id'])] })).toEqual([]);
  });

  const of = (handler: ResolverModel['handler']) => found({ cache, resolvers: [cached('Query.ping', ['$context.arguments.id'], { handler })] }).length;

  it.each([
    ['an identity that is only printed', js('export function request(ctx) {\n  console.log(`asked by ${ctx.identity.sub}`);\n  return { payload: ctx.args.id };\n}')],
    ['an item with a member of that name', js('export const request = (ctx) => ({ payload: ctx.args.id });', 'export const response = (ctx) => ctx.result.map((device) => device.identity);')],
    ['an argument of that name', js('export const request = ({ args: { identity } }) => ({ payload: identity });')],
    ['a comment', vtl('## by $ctx.identity.sub\n#* $ctx.identity *#{ "payload": "$ctx.args.id" }')],
    ['a template that only logs it', vtl('$util.log.info("asked by {}", $ctx.identity.sub)$util.log.error("$ctx.identity"){ "payload": "$ctx.args.id" }')],
    ['text that is no reference', vtl('{ "payload": "ctx.identity is \\$ctx.identity" }')],
  ])('accepts %s', (_what, handler) => {
    expect(of(handler)).toBe(0);
  });

  it.each([
    ['a refusal, which a hit goes past', js("export function request(ctx) {\n  if (!ctx.identity.groups.includes('admins')) util.unauthorized();\n  return { payload: ctx.args.id };\n}")],
    ['a response that picks what is the caller’s', js('export const request = (ctx) => ({ payload: ctx.args.id });', 'export const response = ({ result, identity }) => (result.owner === identity.sub ? result : null);')],
    ['a function that is given the context', js('function owner(context) {\n  return context.identity.sub;\n}\nexport const request = (ctx) => ({ payload: owner(ctx) });')],
    ['a refusal in a template', vtl('#if($ctx.identity.sub != $ctx.args.id)$util.unauthorized()#end{ "payload": 1 }')],
    ['a template that gets it by name', vtl('#set($who = $context.get("identity")){ "payload": "$who.sub" }')],
  ])('warns of %s', (_what, handler) => {
    expect(of(handler)).toBe(1);
  });
});

describe('cached-answer-has-its-inputs-in-the-key', () => {
  const found = finder('API_CACHE_INPUT');
  const code = (read: string) => js(`export function request(ctx) {\n  return { payload: ${read} };\n}`);
  const text = 'type Query { note(id: ID): Note }\ntype Note { id: ID author: String }\ntype Mutation { touch(id: ID): String }';
  const api = (field: string, keys: string[], handler: ResolverModel['handler'], changes: Partial<ApiModel> = {}): Partial<ApiModel> => ({ cache, schema: schema(text), resolvers: [cached(field, keys, { handler })], ...changes });

  it('accepts keys of what the code reads, a part of it, and no keys, which are all of it', () => {
    for (const keys of [['$context.source.id'], ['$context.source'], []]) expect(found(api('Note.author', keys, code('ctx.source.id')))).toEqual([]);
    for (const keys of [['$context.arguments.id'], ['$context.args.id'], ['$context.arguments'], []]) expect(found(api('Query.note', keys, code('ctx.args.id')))).toEqual([]);
    expect(found(api('Query.note', ['R.Key'], code('ctx.args.id')), { standIns: ['R.Key'] })).toEqual([]);
  });

  it('accepts code that reads nothing, and words that only look like it', () => {
    expect(found(api('Note.author', ['$context.identity.sub'], code('ctx.identity.source')))).toEqual([]);
    expect(found(api('Query.note', ['$context.identity.sub'], code('{ args: 1, request: 2 }')))).toEqual([]);
  });

  it('says nothing of what is not cached, nor of whole answers, nor of the source of a root field', () => {
    expect(found(api('Query.note', ['$context.identity.sub'], code('ctx.request.headers.host'), { cache: undefined }))).toEqual([]);
    expect(found(api('Query.note', ['$context.identity.sub'], code('ctx.request.headers.host'), { cache: { ...cache, behavior: 'OPERATION_LEVEL_CACHING' } }))).toEqual([]);
    expect(found(api('Mutation.touch', ['$context.identity.sub'], code('ctx.args.id')))).toEqual([]);
    expect(found(api('Query.note', ['$context.identity.sub'], code('ctx.source')))).toEqual([]);
  });

  it('warns when the source or the arguments are read and in no key', () => {
    expect(found(api('Note.author', ['$context.identity.sub'], code('ctx.source.id')))).toEqual([
      { message: 'Note.author is cached without the source in its key, but its code reads the source: one "Note" may get the answer of another', fix: 'add the value that the code reads, such as $context.source.id, to the keys', resource: 'NoteauthorResolver' },
    ]);
    for (const handler of [code('ctx.args.id'), code('ctx.arguments.id'), vtl('{ "payload": "$ctx.args.id" }')])
      expect(found(api('Query.note', ['$context.identity.sub'], handler))).toEqual([
        { message: 'Query.note is cached without an argument in its key, but its code reads the arguments: whatever is asked gets the same answer', fix: 'add $context.arguments, or those arguments that count, to the keys', resource: 'QuerynoteResolver' },
      ]);
  });

  it('warns when headers are read, with every key, also where full requests are cached', () => {
    const finding = { message: 'Query.note is cached, but its code reads request headers, which are in no key: one caller may get the answer of another', fix: 'take the value from the identity or from an argument, or leave the field out of the cache', resource: 'QuerynoteResolver' };

    expect(found(api('Query.note', [], code("ctx.request.headers['x-tenant']")))).toEqual([finding]);
    expect(found(api('Query.note', ['$context.identity'], vtl('{ "payload": "$context.request.headers.tenant" }')))).toEqual([finding]);
    expect(found({ ...api('Query.note', [], code('ctx.request.headers.host')), cache: { ...cache, behavior: 'FULL_REQUEST_CACHING' }, resolvers: [resolver('Query.note', { handler: code('ctx.request.headers.host') })] })).toEqual([finding]);
  });

  describe('with some of its arguments in the key', () => {
    const paged = 'type Query { notes(owner: ID, page: Int, input: Page): String }\ninput Page { size: Int from: Int }';
    const with1 = (keys: string[], ...handlers: ResolverModel['handler'][]) =>
      handlers.map((handler) => found({ cache, schema: schema(paged), resolvers: [cached('Query.notes', keys, { handler })] }).map(({ message, fix: said }) => `${message}. ${said}`));
    const missing = 'Query.notes is cached without "page" in its key, but its code reads that argument: whatever is asked there gets the same answer. add $context.arguments.page, or $context.arguments as a whole, to the keys';

    it('accepts all that is read, in whole or in part, and reads that may be of anything', () => {
      expect(with1(['$context.arguments.owner', '$context.args.page'], code('[ctx.args.owner, ctx.args.page]'), vtl('{ "payload": "$ctx.args.owner $ctx.args.page" }'))).toEqual([[], []]);
      expect(with1(['$context.arguments'], code('[ctx.args.owner, ctx.args.page]'))).toEqual([[]]);
      expect(with1(['$context.arguments.input.size'], code('ctx.args.input'), code('ctx.args.input.from'))).toEqual([[], []]);
      expect(with1(['$context.arguments.owner'], code('ctx.args'), code('ctx.args[ctx.stash.name]'), vtl('{ "payload": $util.toJson($ctx.args) }'))).toEqual([[], [], []]);
    });

    it('accepts arguments of other fields with the same code, and those that are only printed', () => {
      const printing = js('export function request(ctx) {\n  console.log(ctx.args.page);\n  return { payload: ctx.args.owner };\n}');
      expect(with1(['$context.arguments.owner'], code("ctx.info.fieldName === 'notes' ? ctx.args.owner : ctx.args.author"), printing, vtl('$util.log.info($ctx.args.page){ "payload": "$ctx.args.owner" }'))).toEqual([[], [], []]);
    });

    it('warns of those that are read and in no key', () => {
      const destructured = js('export function request(ctx) {\n  const { owner, page = 1 } = ctx.args;\n  return { payload: [owner, page] };\n}');
      expect(with1(['$context.arguments.owner', '$context.identity.sub'], code('[ctx.args.owner, ctx.args.page]'), destructured, vtl('{ "payload": "$ctx.args.owner $ctx.arguments.page" }'), vtl('#set($page = $context.args.get("page")){}'))).toEqual([[missing], [missing], [missing], [missing]]);
      expect(with1(['$context.arguments.owner'], code('[ctx.args.page, ctx.args.input.size]'))).toEqual([
        ['Query.notes is cached without "page", "input" in its key, but its code reads those arguments: whatever is asked there gets the same answer. add $context.arguments.page, $context.arguments.input, or $context.arguments as a whole, to the keys'],
      ]);
    });

    it('warns of those that only a function of the pipeline reads', () => {
      const pipeline = cached('Query.notes', ['$context.arguments.owner'], { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['read-id'] });
      expect(found({ cache, schema: schema(paged), resolvers: [pipeline], functions: [pipelineFunction('read', { handler: code('ctx.args.page') })] })).toMatchObject([{ resource: 'QuerynotesResolver' }]);
    });
  });
});

describe('eviction-names-the-keys-of-its-field', () => {
  const found = finder('API_CACHE_EVICTION');
  const text = schema('type Query { note(id: ID, page: Int): Note  count: Int }\ntype Note { id: ID author: String }\ntype Mutation { write(id: ID): Note }');
  const evicting = (call: string, before = '') => js('export const request = (ctx) => ({ payload: ctx.args });', `import { extensions } from '@aws-appsync/utils';\nexport function response(ctx) {\n${before}${call}\nreturn ctx.result;\n}`);
  const inTemplate = (call: string) => vtl('{ "payload": 1 }', `${call}\n$util.toJson($ctx.result)`);
  const at = (handler: ResolverModel['handler'], keys: string[] = ['$context.arguments.id'], changes: Partial<ApiModel> = {}) =>
    found({ cache, schema: text, resolvers: [cached('Query.note', keys), cached('Note.author', ['$context.source.id']), resolver('Mutation.write', { handler })], ...changes });
  const both = (members: string, field = 'note', type = 'Query') => [evicting(`extensions.evictFromApiCache('${type}', '${field}', { ${members.replace(/"/g, "'")} });`), inTemplate(`$extensions.evictFromApiCache("${type}", "${field}", { ${members} })`)];

  it('accepts the keys in their order, in both spellings, and for fields of other types', () => {
    for (const handler of [...both('"context.arguments.id": 1'), ...both('"ctx.args.id": 1'), ...both('"context.source.id": 1', 'author', 'Note')]) expect(at(handler)).toEqual([]);
    for (const handler of both('"ctx.identity.sub": 1, "ctx.args.id": 2')) expect(at(handler, ['$context.identity.sub', '$context.args.id'])).toEqual([]);
    for (const handler of both('"context.arguments": 1')) expect(at(handler, ['$context.arguments'])).toEqual([]);
    for (const handler of both('"context.arguments": 1, "context.source": 2, "context.identity": 3')) expect(at(handler, [])).toEqual([]);
  });

  it('accepts keys that are not written out', () => {
    for (const call of ["extensions.evictFromApiCache('Query', 'note', ctx.stash.keys);", "extensions.evictFromApiCache('Query', 'note', { [ctx.stash.key]: 1 });", "extensions.evictFromApiCache('Query', 'note', { ...ctx.stash.keys });", "extensions.evictFromApiCache('Query', ctx.stash.field, {});"]) expect(at(evicting(call))).toEqual([]);
    expect(at(evicting("extensions.evictFromApiCache('Query', 'note', keys);", "const keys = {};\nkeys['context.arguments.id'] = ctx.args.id;\n"))).toEqual([]);
    const changed = '#set($keys = {})#if($ctx.args.id)$util.qr($keys.put("context.arguments.id", 1))#end';
    for (const before of [changed, '#set($keys = $ctx.stash.keys)', '#set($keys = {})$util.qr($keys.put($ctx.stash.key, 1))', '#set($keys = {})$util.qr($keys.putAll($ctx.stash.keys))', '#set($keys = {"a": 1})#set($keys = $ctx.stash.keys)']) expect(at(inTemplate(`${before}$extensions.evictFromApiCache("Query", "note", $keys)`))).toEqual([]);
  });

  it('follows a map that is filled in the open', () => {
    const filled = (key: string) => inTemplate(`#set($keys = {})\n$util.qr($keys.put("${key}", $ctx.args.id))\n$extensions.evictFromApiCache("Query", "note", $keys)`);
    expect(at(filled('context.arguments.id'))).toEqual([]);
    expect(at(filled('id'))).toMatchObject([{ message: '"evictFromApiCache" of Query.note does nothing: it names "id", and the field is cached by context.arguments.id', at: '3:1' }]);
    expect(at(evicting("extensions.evictFromApiCache('Query', 'note', keys);", "const keys = { id: ctx.args.id };\n"))).toHaveLength(1);
  });

  it.each([
    ['"id": 1', '"id"'],
    ['"context.argument.id": 1', '"context.argument.id"'],
    ['"arguments.id": 1', '"arguments.id"'],
    ['"context.arguments.idd": 1', '"context.arguments.idd"'],
    ['"context.arguments": 1', '"context.arguments"'],
    ['"context.arguments.id": 1, "context.arguments.page": 2', '"context.arguments.id", "context.arguments.page"'],
    ['', 'no key'],
  ])('warns of keys that are not those of the field: %s', (members, named) => {
    for (const handler of both(members)) expect(at(handler)).toMatchObject([{ message: `"evictFromApiCache" of Query.note does nothing: it names ${named}, and the field is cached by context.arguments.id`, fix: 'name "context.arguments.id"', resource: 'MutationwriteResolver' }]);
  });

  it('warns of a dollar sign', () => {
    expect(at(evicting("extensions.evictFromApiCache('Query', 'note', { '$context.arguments.id': ctx.args.id });"))).toEqual([
      { message: '"evictFromApiCache" of Query.note does nothing: it names "$context.arguments.id", and the field is cached by context.arguments.id', fix: 'name "context.arguments.id"', resource: 'MutationwriteResolver', at: '4:1' },
    ]);
  });

  it('warns of another order', () => {
    for (const handler of both('"ctx.args.id": 2, "ctx.identity.sub": 1'))
      expect(at(handler, ['$context.identity.sub', '$context.args.id'])).toMatchObject([
        { message: '"evictFromApiCache" of Query.note does nothing: it names the caching keys in another order', fix: 'name "context.identity.sub", "context.arguments.id", in this order' },
      ]);
  });

  it('warns of single values where whole maps are the key', () => {
    const finding = { message: '"evictFromApiCache" of Query.note does nothing: it names "context.arguments.id", and the field is cached by context.arguments, context.source, context.identity, each as a whole', fix: 'cache the field by keys of its own, and name those' };
    for (const handler of both('"context.arguments.id": 1')) {
      expect(at(handler, [])).toMatchObject([finding]);
      expect(at(handler, undefined, { cache: { ...cache, behavior: 'FULL_REQUEST_CACHING' } })).toMatchObject([finding]);
    }
  });

  it('warns of fields that are not cached, and of a cache of whole operations', () => {
    for (const handler of both('"context.arguments.id": 1', 'count')) expect(at(handler)).toMatchObject([{ message: '"evictFromApiCache" of Query.count does nothing: the field is not cached', fix: 'give its resolver caching keys, or remove the call' }]);
    for (const handler of both('"context.arguments.id": 1'))
      expect(at(handler, undefined, { cache: { ...cache, behavior: 'OPERATION_LEVEL_CACHING' } })).toMatchObject([
        { message: '"evictFromApiCache" of Query.note does nothing: the cache of the API "Shop" keeps answers of whole operations', fix: 'set its behavior to PER_RESOLVER_CACHING, or remove the call' },
      ]);
  });

  it('says nothing where a stage has no cache, where something is not known, and where other rules speak', () => {
    for (const handler of both('"id": 1')) {
      expect(at(handler, undefined, { cache: undefined })).toEqual([]);
      expect(at(handler, undefined, { unread: [{ kind: 'RESOLVER', identity: 'Query.note' }] })).toEqual([]);
      expect(found({ cache, schema: text, resolvers: [cached('Query.note', ['R.Key']), resolver('Mutation.write', { handler })] }, { standIns: ['R.Key'] })).toEqual([]);
      expect(found({ cache, schema: text, resolvers: [cached('Query.note', ['$context.arguments.id'], { handler })] })).toEqual([]);
    }
    for (const handler of both('"id": 1', 'notes')) expect(at(handler)).toEqual([]);
  });

  it('looks into the functions of pipelines', () => {
    const [handler] = both('"id": 1');
    const pipeline = resolver('Mutation.write', { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['evict-id'] });
    expect(found({ cache, schema: text, functions: [pipelineFunction('evict', { handler: handler! })], resolvers: [cached('Query.note', ['$context.arguments.id']), pipeline] })).toMatchObject([{ resource: 'evictFunction' }]);
  });
});

describe('abstract-answer-names-its-type', () => {
  const found = finder('API_ABSTRACT_TYPE');
  const text = 'type Query {\n  node: Node\n  nodes: [Node!]\n  book: Book\n}\ninterface Node { id: ID }\ntype Book implements Node { id: ID }\ntype Film implements Node { id: ID }';
  const silent = js('export const request = (ctx) => ({ payload: ctx.args });');
  const naming = js(`export const request = (ctx) => ({ payload: { __typename: 'Book' } });`);
  const found1 = (resolvers: ResolverModel[], changes: Partial<ApiModel> = {}) => found({ schema: schema(text), resolvers, ...changes });
  const fix = 'give the answer a member "__typename" with one of "Book", "Film"';

  it('accepts code, functions and templates that set it, and object types', () => {
    expect(found1([resolver('Query.node', { handler: naming }), resolver('Query.book', { handler: silent })])).toEqual([]);
    expect(found1([resolver('Query.node', { handler: vtl('{ "payload": { "__typename": "Book" } }') })])).toEqual([]);
    expect(found1([resolver('Query.node', { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['read-id'], handler: silent })], { functions: [pipelineFunction('read', { handler: naming })] })).toEqual([]);
  });

  it('leaves alone what may answer with the type by itself: functions, and tables whose items hold it', () => {
    expect(found1([resolver('Query.node', { handler: silent, dataSourceName: 'Call' })], { dataSources: [lambdaSource('Call')] })).toEqual([]);
    expect(found1([resolver('Query.node', { handler: silent, dataSourceName: 'Items' }), resolver('Mutation.put', { handler: naming, dataSourceName: 'Items' })], { dataSources: [tableSource('Items')] })).toEqual([]);
  });

  it('warns of one value and of a list', () => {
    expect(found1([resolver('Query.node', { handler: silent }), resolver('Query.nodes', { handler: silent, dataSourceName: 'Items' })], { dataSources: [{ type: 'NONE', name: 'Nothing', resource: ref('Nothing') }, tableSource('Items')] })).toEqual([
      { message: 'Query.node returns "Node", and no code behind it sets "__typename", so AppSync cannot tell the type of the answer', fix, resource: 'QuerynodeResolver' },
      { message: 'Query.nodes returns "Node", and no code behind it sets "__typename", so AppSync cannot tell the type of the answer', fix, resource: 'QuerynodesResolver' },
    ]);
  });
});
