import { expectClean, findingsIn } from './harness';

describe('this', () => {
  it('accepts functions of their parameters', () => {
    expectClean(`function f(self) {
  return self.x;
}`);
  });

  it('accepts a member named this', () => {
    expectClean(`function f(o) {
  return o["this"];
}`);
  });

  it('rejects this in a function', () => {
    expect(findingsIn(`function f() {
  return this.x;
}`)).toEqual([
      { code: 'RES_THIS', at: '2:10', message: '"this" is not available' },
    ]);
  });

  it('rejects super in an object method', () => {
    expect(findingsIn(`const o = {
  f() {
    return super.g();
  },
};
console.log(o);`)).toEqual([
      { code: 'RES_THIS', at: '3:12', message: '"super" is not available' },
    ]);
  });
});
