import { expectClean, findingsIn } from './harness';

describe('functions as arguments', () => {
  it('accepts callbacks of array methods, in place and by name', () => {
    expectClean(`const isOpen = (o) => o.open;
function f(list) {
  return list.filter(isOpen).map((o) => o.id).reduce((all, id) => [...all, id], [])?.flatMap(function (x) {
    return [x];
  });
}`);
  });

  it('accepts calling a function to get an argument', () => {
    expectClean(`const id = (o) => o.id;
function f(o) {
  return util.base64Encode(id(o));
}`);
  });

  it('accepts a function that is called in place', () => {
    expectClean(`const x = (() => 1)();
console.log(x);`);
  });

  it('rejects a function given to a function of the module', () => {
    expect(findingsIn(`const apply = (list, g) => list.map(g);
function f(list) {
  return apply(list, (x) => x.id);
}`)).toEqual([
      { code: 'RES_FUNCTION_ARGUMENT', at: '3:22', message: 'a function is passed as an argument' },
    ]);
  });

  it('rejects a named function and a replacer', () => {
    expect(findingsIn(`function sum(a) {
  return a;
}
function f(g) {
  g(sum);
  return JSON.stringify({}, (key, value) => value);
}`)).toEqual([
      { code: 'RES_FUNCTION_ARGUMENT', at: '5:5', message: 'the function "sum" is passed as an argument' },
      { code: 'RES_FUNCTION_ARGUMENT', at: '6:29', message: 'a function is passed as an argument' },
    ]);
  });
});
