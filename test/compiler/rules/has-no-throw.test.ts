import { expectClean, findingsIn, markAndFix } from './harness';

describe('throw', () => {
  it('accepts util.error', () => {
    expectClean(`function f(o) {
  if (!o) util.error("missing", "BadRequest");
}`);
  });

  it('accepts the word in a string', () => {
    expectClean(`const word = "throw";
console.log(word);`);
  });

  it('rejects throw, and says nothing of the error it makes', () => {
    expect(findingsIn(`function f() {
  throw new Error("no");
}`)).toEqual([
      { code: 'RES_THROW', at: '2:3', message: '"throw" is not available' },
    ]);
  });

  it('rejects throw of a string', () => {
    expect(findingsIn(`function f() {
  throw "no";
}`)).toEqual([
      { code: 'RES_THROW', at: '2:3', message: '"throw" is not available' },
    ]);
  });

  it('points to util.error', () => {
    expect(markAndFix(`function f() {
  throw "no";
}`)).toEqual({ marked: 'throw', fix: 'use util.error(message, errorType) instead' });
  });
});
