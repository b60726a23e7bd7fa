import { expectClean, findingsIn } from './harness';

describe('functions as results', () => {
  it('accepts the result of a function', () => {
    expectClean(`const id = (o) => o.id;
function f(o) {
  return id(o);
}`);
  });

  it('accepts an object that holds functions', () => {
    expectClean(`function f() {
  const g = (x) => x;
  return { g };
}`);
  });

  it('rejects a returned function, also behind a condition', () => {
    expect(findingsIn(`const one = () => 1;
function f(x) {
  return x ? one : null;
}`)).toEqual([
      { code: 'RES_FUNCTION_RETURN', at: '3:14', message: 'the function "one" is returned from a function' },
    ]);
  });

  it('rejects an arrow that gives an arrow', () => {
    expect(findingsIn(`const add = (a) => (b) => a + b;
console.log(add(1));`)).toEqual([
      { code: 'RES_FUNCTION_RETURN', at: '1:20', message: 'a function is returned from a function' },
    ]);
  });

  it('rejects a function expression', () => {
    expect(findingsIn(`function f() {
  return function () {
    return 1;
  };
}`)).toEqual([
      { code: 'RES_FUNCTION_RETURN', at: '2:10', message: 'a function is returned from a function' },
    ]);
  });
});
