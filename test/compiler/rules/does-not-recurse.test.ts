import { expectClean, findingsIn } from './harness';

describe('recursion', () => {
  it('accepts calls that only go down', () => {
    expectClean(`function a() {
  return b() + c();
}
function b() {
  return c();
}
function c() {
  return 1;
}
console.log(a());`);
  });

  it('accepts a method and a shadowing parameter of the same name', () => {
    expectClean(`const get = (o) => o.get();
function put(put) {
  return put(get({}));
}
console.log(put({}));`);
  });

  it('rejects a function that calls itself', () => {
    expect(findingsIn(`function factorial(n) {
  return n < 2 ? 1 : n * factorial(n - 1);
}`)).toEqual([
      { code: 'RES_RECURSION', at: '2:26', message: 'the function "factorial" calls itself' },
    ]);
  });

  it('rejects a cycle once, with its way', () => {
    expect(findingsIn(`const a = (n) => b(n);
function b(n) {
  return [n].map((x) => c(x));
}
var c = function (n) {
  return a(n);
};`)).toEqual([
      { code: 'RES_RECURSION', at: '6:10', message: 'the function "a" calls itself through "b", "c"' },
    ]);
  });

  it('rejects a function that hands itself to an array method', () => {
    expect(findingsIn(`function walk(node) {
  return node.children.map(walk);
}`)).toEqual([
      { code: 'RES_RECURSION', at: '2:28', message: 'the function "walk" calls itself' },
    ]);
  });

  it('rejects a named function expression that calls itself', () => {
    expect(findingsIn(`const f = function g(n) {
  return g(n);
};
console.log(f(1));`)).toEqual([
      { code: 'RES_RECURSION', at: '2:10', message: 'the function "g" calls itself' },
    ]);
  });
});
