import { expectClean, findingsIn } from './harness';

describe('async', () => {
  it('accepts names that only look asynchronous', () => {
    expectClean(`function f(async) {
  const awaited = async.await;
  return awaited;
}`);
  });

  it('accepts plain for…of', () => {
    expectClean(`for (const x of [1]) console.log(x);`);
  });

  it('rejects an async function once, with its awaits', () => {
    expect(findingsIn(`async function f(g) {
  const x = await g;
  for await (const y of g) console.log(y);
  return x;
}`)).toEqual([
      { code: 'RES_ASYNC', at: '1:1', message: 'async functions are not available' },
    ]);
  });

  it('rejects async arrows and methods where the keyword stands', () => {
    expect(findingsIn(`const f = async (x) => x;
const o = {
  async load() {
    return f;
  },
};
console.log(o);`)).toEqual([
      { code: 'RES_ASYNC', at: '1:11', message: 'async functions are not available' },
      { code: 'RES_ASYNC', at: '3:3', message: 'async functions are not available' },
      { code: 'RES_FUNCTION_RETURN', at: '4:12', message: 'the function "f" is returned from a function' },
    ]);
  });

  it('rejects await at the top level', () => {
    expect(findingsIn(`const x = await 1;
console.log(x);`)).toEqual([
      { code: 'RES_ASYNC', at: '1:11', message: '"await" is not available' },
    ]);
  });

  it('rejects for await at the top level', () => {
    expect(findingsIn(`for await (const x of [1]) console.log(x);`)).toEqual([
      { code: 'RES_ASYNC', at: '1:1', message: '"await" is not available' },
    ]);
  });
});
