import { expectClean, findingsIn } from './harness';

describe('debugger', () => {
  it('accepts console.log', () => {
    expectClean(`console.log("here");`);
  });

  it('accepts a member of that name', () => {
    expectClean(`function f(o) {
  return o.debugger;
}`);
  });

  it('rejects the statement', () => {
    expect(findingsIn(`function f() {
  debugger;
}`)).toEqual([
      { code: 'RES_DEBUGGER', at: '2:3', message: '"debugger" is not available' },
    ]);
  });

  it('rejects it at the top level', () => {
    expect(findingsIn(`debugger;`)).toEqual([
      { code: 'RES_DEBUGGER', at: '1:1', message: '"debugger" is not available' },
    ]);
  });
});
