import { expectClean, findingsIn, markAndFix } from './harness';

describe('globals', () => {
  it('accepts what AppSync provides', () => {
    expectClean(`function f(x) {
  console.log(util.autoId(), extensions, runtime, undefined, NaN, Infinity);
  return [JSON.stringify(x), Math.max(1, 2), Object.keys(x), String(x), Array.isArray(x), [1, 0].filter(Boolean)];
}`);
  });

  it('accepts declarations that share a name with a global', () => {
    expectClean(`import { util as Map } from "@aws-appsync/utils";
export function request({ process }) {
  const Date = process.x;
  function Set(fetch) {
    return fetch;
  }
  return { d: Date, s: Set(Map), Symbol: 1 };
}
export function response(ctx) {
  return ctx.Promise;
}`);
  });

  it('accepts a question for the type of a name', () => {
    expectClean(`function f() {
  return typeof process === "undefined";
}`);
  });

  it('accepts arguments inside a function', () => {
    expectClean(`function f() {
  return arguments.length;
}`);
  });

  it('accepts names declared later, in patterns and by var', () => {
    expectClean(`function f(o) {
  const { a: { b = c }, ...rest } = o;
  if (b) var hoisted = rest;
  return [hoisted, later(b)];
}
const c = 1;
function later(x) {
  return x;
}`);
  });

  it('rejects Date, Promise and other built-ins once each', () => {
    expect(findingsIn(`function f() {
  return [Date.now(), Promise.resolve(1), Symbol("a")];
}`)).toEqual([
      { code: 'RES_GLOBAL', at: '2:11', message: '"Date" is not available' },
      { code: 'RES_GLOBAL', at: '2:23', message: '"Promise" is not available' },
      { code: 'RES_GLOBAL', at: '2:43', message: '"Symbol" is not available' },
    ]);
  });

  it('rejects timers and promise chains without their callbacks', () => {
    expect(findingsIn(`function f() {
  setTimeout(() => 1, 10);
  Promise.all([]).then(() => 2).catch(() => 3);
}`)).toEqual([
      { code: 'RES_GLOBAL', at: '2:3', message: '"setTimeout" is not available' },
      { code: 'RES_GLOBAL', at: '3:3', message: '"Promise" is not available' },
    ]);
  });

  it('rejects a misspelt name', () => {
    expect(findingsIn(`function f() {
  return utill.autoId();
}`)).toEqual([
      { code: 'RES_GLOBAL', at: '2:10', message: '"utill" is neither declared nor provided by AppSync' },
    ]);
  });

  it('rejects number conversions that AppSync refuses', () => {
    expect(findingsIn(`function f(s) {
  return Number(s) + parseInt(s) + parseFloat(s);
}`)).toEqual([
      { code: 'RES_GLOBAL', at: '2:22', message: '"parseInt" is not available' },
      { code: 'RES_GLOBAL', at: '2:36', message: '"parseFloat" is not available' },
      { code: 'RES_GLOBAL', at: '2:10', message: '"Number" cannot be called' },
    ]);
  });

  it('rejects a name that is declared in another scope only', () => {
    expect(findingsIn(`function f() {
  if (true) {
    const inner = 1;
    console.log(inner);
  }
  return inner;
}`)).toEqual([
      { code: 'RES_GLOBAL', at: '6:10', message: '"inner" is neither declared nor provided by AppSync' },
    ]);
  });

  it('rejects import.meta and process.env', () => {
    expect(findingsIn(`console.log(import.meta.url, process.env.X);`)).toEqual([
      { code: 'RES_GLOBAL', at: '1:30', message: '"process" is not available' },
      { code: 'RES_GLOBAL', at: '1:13', message: '"import.meta" is not available' },
    ]);
  });

  it('points from process to ctx.env', () => {
    expect(markAndFix(`console.log(process.env.TABLE);`)).toEqual({ marked: 'process', fix: 'read environment variables of the API from ctx.env' });
  });
});
