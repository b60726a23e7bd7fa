import { CacheStore } from '../../../lib/local/execution/cache-store';

test('gives back what is not too old, null included', () => {
  let nowMs = 0;
  const store = new CacheStore({ now: () => nowMs });
  store.set('a', { n: 1 }, 10);
  store.set('b', null, 20);

  nowMs = 9_999;
  expect([store.get('a'), store.get('b'), store.get('c')]).toEqual([{ n: 1 }, null, undefined]);
  nowMs = 10_000;
  expect([store.get('a'), store.get('b')]).toEqual([undefined, null]);
});

test('tells whether what it deletes was still good', () => {
  let nowMs = 0;
  const store = new CacheStore({ now: () => nowMs });
  store.set('a', 1, 10);
  store.set('b', 1, 10);

  expect([store.delete('a'), store.delete('a')]).toEqual([true, false]);
  nowMs = 10_000;
  expect(store.delete('b')).toBe(false);
});

test('forgets what was used longest ago when it is full', () => {
  // Each entry: a key of one character, a value of ten.
  const store = new CacheStore({ now: () => 0, maxCharacters: 33 });
  for (const key of ['a', 'b', 'c']) store.set(key, 'x'.repeat(8), 10);
  store.get('a');
  store.set('d', 'x'.repeat(8), 10);

  expect(['a', 'b', 'c', 'd'].map((key) => store.get(key) !== undefined)).toEqual([true, false, true, true]);
});

test('counts a value that is replaced once', () => {
  const store = new CacheStore({ now: () => 0, maxCharacters: 22 });
  store.set('a', 'x'.repeat(8), 10);
  for (let i = 0; i < 10; i++) store.set('b', 'y'.repeat(8), 10);

  expect(store.get('a')).toBe('xxxxxxxx');
});

test('keeps nothing that is larger than it may be, nor what it was before', () => {
  const store = new CacheStore({ now: () => 0 });
  store.set('a', 'small', 10, 10);
  store.set('a', 'much too large', 10, 10);

  expect(store.get('a')).toBeUndefined();
});

test('is empty after a clear', () => {
  const store = new CacheStore({ now: () => 0 });
  store.set('a', 1, 10);
  store.clear();

  expect(store.get('a')).toBeUndefined();
});
