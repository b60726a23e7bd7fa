import { expectClean, findingsIn, markAndFix } from './harness';

describe('methods', () => {
  it('accepts the documented methods', () => {
    expectClean(`function f(list, text, o) {
  const parts = text.trim().split(",").map((p) => p.toUpperCase().slice(1)).flat();
  return [Object.entries(o), Object.assign({}, o), Object.hasOwn(o, "a"), Math.floor(1.5), Number.isNaN(1), list.concat(parts).reverse().indexOf("a"), list.includes("x"), text.replaceAll("a", "b")];
}`);
  });

  it('leaves methods of an own or imported object alone, whatever their name', () => {
    expect(findingsIn(`import * as ddb from "@aws-appsync/utils/dynamodb";
const store = {
  search: (q) => q,
  keys() {
    return [];
  },
};
export function request(ctx) {
  return [store.search("a"), store.keys(), ddb.call(1)];
}
export function response(ctx) {
  return ctx.result;
}`)).toEqual([{ code: 'RES_HELPER', at: '9:48', message: '"@aws-appsync/utils/dynamodb" has no member "call"' }]);
  });

  it('accepts data named like methods', () => {
    expectClean(`function f(o) {
  return [o.repeat, o.call, o.keys, o.values.length];
}`);
  });

  it('accepts toString of a number and unlisted members that nobody denies', () => {
    expectClean(`function f(n, o) {
  return [n.toString(), Object.fromEntries(o), "abc".substring(1), Math.PI];
}`);
  });

  it('rejects static methods that are denied', () => {
    expect(findingsIn(`function f(o) {
  return [Object.freeze(o), Array.from(o, (x) => x), String.fromCharCode(1)];
}`)).toEqual([
      { code: 'RES_METHOD', at: '2:11', message: '"Object.freeze" is not available' },
      { code: 'RES_METHOD', at: '2:29', message: '"Array.from" is not available' },
      { code: 'RES_METHOD', at: '2:54', message: '"String.fromCharCode" is not available' },
    ]);
  });

  it('rejects functions of Math and Number outside the list', () => {
    expect(findingsIn(`function f(n) {
  return Math.abs(n) + Number.parseInt(n);
}`)).toEqual([
      { code: 'RES_METHOD', at: '2:10', message: '"Math.abs" is not available' },
      { code: 'RES_METHOD', at: '2:24', message: '"Number.parseInt" is not available' },
    ]);
  });

  it('rejects methods that only strings, objects or arrays have', () => {
    expect(findingsIn(`function f(s, o, list) {
  return [s.padStart(2), s["localeCompare"]("b"), o?.hasOwnProperty("a"), list.entries()];
}`)).toEqual([
      { code: 'RES_METHOD', at: '2:13', message: 'the method "padStart" is not available' },
      { code: 'RES_METHOD', at: '2:28', message: 'the method "localeCompare" is not available' },
      { code: 'RES_METHOD', at: '2:54', message: 'the method "hasOwnProperty" is not available' },
      { code: 'RES_METHOD', at: '2:80', message: 'the method "entries" is not available' },
    ]);
  });

  it('rejects apply, bind and call once, without their function arguments', () => {
    expect(findingsIn(`function f(g) {
  return g.call(null, () => 1);
}`)).toEqual([
      { code: 'RES_METHOD', at: '2:12', message: 'the method "call" is not available' },
    ]);
  });

  it('names the replacement', () => {
    expect(markAndFix(`function f(o) {
  return o.hasOwnProperty("a");
}`)).toEqual({ marked: 'hasOwnProperty', fix: 'use Object.hasOwn(object, key)' });
  });

  it('lists what a namespace does have', () => {
    expect(markAndFix(`const x = Math.sin(1);
console.log(x);`)).toEqual({ marked: 'Math.sin', fix: 'use Math.random, Math.min, Math.max, Math.round, Math.floor, Math.ceil' });
  });
});
