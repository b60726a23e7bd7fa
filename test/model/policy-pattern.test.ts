import { matchesPolicyPattern } from '../../lib/model';

test.each<[string, string, boolean]>([
  ['abc', 'abc', true],
  ['abc', 'ABC', false],
  ['abc', 'ab', false],
  ['ab', 'abc', false],
  ['a/b/c', '*', true],
  ['', '*', true],
  ['', '', true],
  ['', '?', false],
  ['a/b/c', 'a/*', true],
  ['a/b/c', 'a/*/c', true],
  ['a/b/c', 'a/*/d', false],
  ['abab', '*ab', true],
  ['abac', 'a*a?', true],
  ['abc', 'a**c', true],
  ['abc', 'a?c', true],
  ['abbc', 'a?c', false],
  ['a\nb', 'a?b', true],
  ['a\nb', '*b', true],
  ['abc', 'a.c', false],
  ['a.c', 'a.c', true],
  ['a(b', 'a(b', true],
  ['a[b]\\', 'a[b]\\', true],
])('%j against %j', (text, pattern, matches) => {
  expect(matchesPolicyPattern(text, pattern)).toBe(matches);
});

// A regular expression would not come back from these.
test('is done with patterns made to be slow', () => {
  expect(matchesPolicyPattern('a'.repeat(5_000), `${'*a'.repeat(50)}*b`)).toBe(false);
  expect(matchesPolicyPattern('a'.repeat(5_000), `${'*'.repeat(5_000)}b`)).toBe(false);
});
