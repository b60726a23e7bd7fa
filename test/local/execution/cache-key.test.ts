import { type CacheContext, cacheKeyReader } from '../../../lib/local/execution/cache-key';

const context: CacheContext = {
  arguments: { id: 'a', page: 2, all: false, input: { city: 'Bern', tags: ['x'] }, note: null },
  source: { id: 's', tags: ['x'] },
  identity: { sub: 'u-1', claims: { 'https://example.com/tenant': 't-1', 'cognito:username': 'alice' } },
};

const text = (keys: string[], changes: Partial<CacheContext> = {}) => {
  const key = cacheKeyReader('Query.note', keys).read({ ...context, ...changes });
  return 'text' in key ? key.text : undefined;
};

test('takes arguments, members of inputs, the source and claims of any name', () => {
  const keys = ['$context.arguments.id', '$context.args.input.city', '$context.source.id', '$context.identity.claims.https://example.com/tenant', '$context.identity.claims.cognito:username'];

  expect(text(keys)).toBe('["Query.note","a","Bern","s","t-1","alice"]');
});

test('takes numbers and booleans by their text', () => {
  expect(text(['$context.arguments.page', '$context.arguments.all'])).toBe('["Query.note","2","false"]');
});

test.each(['$context.arguments.missing', '$context.arguments.note', '$context.arguments.input.tags', '$context.source.tags', '$context.arguments.id.length', '$context.arguments.toString'])('has no key when %s has no value, or no plain one', (key) => {
  expect(cacheKeyReader('Query.note', ['$context.arguments.id', key]).read(context)).toEqual({ missing: key });
});

test('takes whole maps whatever the order of their members, also when there is no source and nobody known', () => {
  const keys = ['$context.arguments', '$context.source', '$context.identity'];

  expect(text(keys, { arguments: { a: 1, b: { c: 2, d: 3 } } })).toBe(text(keys, { arguments: { b: { d: 3, c: 2 }, a: 1 } }));
  expect(text(['$context.identity', '$context.source'], { identity: null, source: null })).toBe('["Query.note","null","null"]');
});

test('takes the whole context when no keys are declared', () => {
  expect(cacheKeyReader('Query.note', []).names).toEqual(['context.arguments', 'context.source', 'context.identity']);
  expect(text([])).toBe(text(['$context.arguments', '$context.source', '$context.identity']));
});

test('keeps values apart that look alike side by side', () => {
  const keys = ['$context.arguments.a', '$context.arguments.b'];

  expect(text(keys, { arguments: { a: 'x","y', b: 'z' } })).not.toBe(text(keys, { arguments: { a: 'x', b: 'y","z' } }));
});

describe('an eviction', () => {
  const keys = cacheKeyReader('Query.note', ['$context.arguments.id', '$context.identity.username']);

  test('hits what its values are the key of, in either spelling', () => {
    const entry = keys.read({ arguments: { id: 'a' }, source: null, identity: { username: 'alice' } });

    for (const values of [
      { 'context.arguments.id': 'a', 'context.identity.username': 'alice' },
      { 'ctx.args.id': 'a', 'ctx.identity.username': 'alice' },
    ])
      expect({ text: keys.ofEviction(values) }).toEqual(entry);
  });

  test('hits whole maps by an object, and not by its text', () => {
    const whole = cacheKeyReader('Query.notes', ['$context.arguments']);
    const entry = whole.read({ arguments: { first: 10, after: 'x' }, source: null, identity: null });

    expect({ text: whole.ofEviction({ 'context.arguments': { after: 'x', first: 10 } }) }).toEqual(entry);
    expect({ text: whole.ofEviction({ 'context.arguments': '{"first":10,"after":"x"}' }) }).not.toEqual(entry);
  });

  test.each([
    ['in another order', { 'context.identity.username': 'alice', 'context.arguments.id': 'a' }],
    ['with fewer', { 'context.arguments.id': 'a' }],
    ['with more', { 'context.arguments.id': 'a', 'context.identity.username': 'alice', 'context.source': null }],
    ['with the dollar of the declaration', { '$context.arguments.id': 'a', '$context.identity.username': 'alice' }],
  ])('can hit nothing when it names the keys %s', (_how, values) => {
    expect(keys.ofEviction(values)).toBeUndefined();
  });
});
