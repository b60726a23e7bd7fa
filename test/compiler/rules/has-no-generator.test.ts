import { expectClean, findingsIn, markAndFix } from './harness';

describe('generators', () => {
  it('accepts a member named yield', () => {
    expectClean(`function f(o) {
  return o.yield * 2;
}`);
  });

  it('accepts multiplication next to function', () => {
    expectClean(`function f(a) {
  return a * a;
}`);
  });

  it('rejects a generator once, with its yields', () => {
    expect(findingsIn(`function* ids() {
  yield 1;
  yield 2;
}
console.log(ids());`)).toEqual([
      { code: 'RES_GENERATOR', at: '1:1', message: 'generator functions are not available' },
    ]);
  });

  it('rejects a generator method', () => {
    expect(findingsIn(`const o = {
  *ids() {
    yield 1;
  },
};
console.log(o);`)).toEqual([
      { code: 'RES_GENERATOR', at: '2:3', message: 'generator functions are not available' },
    ]);
  });

  it('underlines up to the star', () => {
    expect(markAndFix(`function* ids() {
  yield 1;
}`)).toEqual({ marked: 'function*', fix: 'return an array' });
  });
});
