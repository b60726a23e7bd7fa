import { expectClean, findingsIn, markAndFix } from './harness';

describe('new', () => {
  it('accepts object and array literals', () => {
    expectClean(`const made = { list: [1, 2], nested: {} };
console.log(made);`);
  });

  it('accepts a member named new', () => {
    expectClean(`function f(o) {
  return o.new;
}`);
  });

  it('rejects Date once', () => {
    expect(findingsIn(`function now() {
  return new Date().toISOString();
}`)).toEqual([
      { code: 'RES_NEW', at: '2:10', message: '"new Date" is not available' },
    ]);
  });

  it('rejects Promise and does not go on about its callback', () => {
    expect(findingsIn(`function f() {
  return new Promise((resolve) => resolve(1));
}`)).toEqual([
      { code: 'RES_NEW', at: '2:10', message: '"new Promise" is not available' },
    ]);
  });

  it('rejects an instance of anything else', () => {
    expect(findingsIn(`function f(o) {
  return [new o.Thing(), new Foo()];
}`)).toEqual([
      { code: 'RES_NEW', at: '2:11', message: '"new" is not available' },
      { code: 'RES_NEW', at: '2:26', message: '"new Foo" is not available' },
    ]);
  });

  it('rejects new.target', () => {
    expect(findingsIn(`function f() {
  return new.target;
}`)).toEqual([
      { code: 'RES_NEW', at: '2:10', message: '"new.target" is not available' },
    ]);
  });

  it('names the replacement for the class', () => {
    expect(markAndFix(`const seen = new Set();
console.log(seen);`)).toEqual({ marked: 'new Set', fix: 'use an array, or a plain object with the members as keys' });
  });

  it('points from Date to util.time', () => {
    expect(markAndFix(`const now = new Date();
console.log(now);`)).toEqual({ marked: 'new Date', fix: 'use util.time.nowISO8601() instead of Date, or another helper of util.time' });
  });
});
