import { expectClean, findingsIn } from './harness';

describe('continue', () => {
  it('accepts break', () => {
    expectClean(`for (const x of [1, 2]) {
  if (x > 1) break;
}`);
  });

  it('accepts a member of that name', () => {
    expectClean(`function f(o) {
  return o.continue;
}`);
  });

  it('rejects continue', () => {
    expect(findingsIn(`for (const x of [1, 2]) {
  if (x > 1) continue;
  console.log(x);
}`)).toEqual([
      { code: 'RES_CONTINUE', at: '2:14', message: '"continue" is not available' },
    ]);
  });

  it('rejects continue inside a refused loop as well', () => {
    expect(findingsIn(`function f(o) {
  while (o.more) {
    continue;
  }
}`)).toEqual([
      { code: 'RES_LOOP', at: '2:3', message: '"while" loops are not available' },
      { code: 'RES_CONTINUE', at: '3:5', message: '"continue" is not available' },
    ]);
  });
});
