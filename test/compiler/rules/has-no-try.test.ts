import { expectClean, findingsIn, markAndFix } from './harness';

describe('try', () => {
  it('accepts a test of ctx.error', () => {
    expectClean(`export function request(ctx) {
  return {};
}
export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result;
}`);
  });

  it('accepts members named like the keywords', () => {
    expectClean(`function f(o) {
  return o.try ?? o.catch ?? o.finally;
}`);
  });

  it('rejects try with catch', () => {
    expect(findingsIn(`function f(o) {
  try {
    return o.a;
  } catch (e) {
    return e;
  }
}`)).toEqual([
      { code: 'RES_TRY', at: '2:3', message: '"try/catch" is not available' },
    ]);
  });

  it('rejects try with finally', () => {
    expect(findingsIn(`function f(o) {
  try {
    return o.a;
  } finally {
    console.log(o);
  }
}`)).toEqual([
      { code: 'RES_TRY', at: '2:3', message: '"try/finally" is not available' },
    ]);
  });

  it('says what to do instead', () => {
    expect(markAndFix(`function f(o) {
  try {
    return o.a;
  } catch {
    return null;
  }
}`)).toEqual({ marked: 'try', fix: 'test for the bad case with if; a failed data source shows in ctx.error of the response handler' });
  });
});
