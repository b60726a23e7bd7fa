import { expectClean, findingsIn } from './harness';

describe('regular expressions', () => {
  it('accepts patterns as strings', () => {
    expectClean(`function f(s) {
  return util.matches("^[a-z]+$", s) ? s.replaceAll("[0-9]", "") : s;
}`);
  });

  it('accepts division', () => {
    expectClean(`function f(a, b, g) {
  return a / b / g;
}`);
  });

  it('rejects a literal', () => {
    expect(findingsIn(`function f(s) {
  return s.replace(/a/g, "b");
}`)).toEqual([
      { code: 'RES_REGEX', at: '2:20', message: 'regular expression literals are not available' },
    ]);
  });

  it('rejects test on a literal once', () => {
    expect(findingsIn(`function f(s) {
  return /^a$/.test(s);
}`)).toEqual([
      { code: 'RES_REGEX', at: '2:10', message: 'regular expression literals are not available' },
    ]);
  });
});
