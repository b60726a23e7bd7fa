import { expectClean, findingsIn } from './harness';

describe('labels', () => {
  it('accepts keys that look like labels', () => {
    expectClean(`const o = { outer: 1 };
console.log(o.outer);`);
  });

  it('accepts switch cases', () => {
    expectClean(`function f(x) {
  switch (x) {
    case 1:
      return 2;
    default:
      return 3;
  }
}`);
  });

  it('rejects a label once, without the jump to it', () => {
    expect(findingsIn(`outer: for (const x of [1]) {
  for (const y of [2]) {
    if (x === y) break outer;
  }
}`)).toEqual([
      { code: 'RES_LABEL', at: '1:1', message: 'labels are not available: "outer"' },
    ]);
  });

  it('rejects each label', () => {
    expect(findingsIn(`a: for (const x of [1]) {
  b: for (const y of [x]) console.log(y);
}`)).toEqual([
      { code: 'RES_LABEL', at: '1:1', message: 'labels are not available: "a"' },
      { code: 'RES_LABEL', at: '2:3', message: 'labels are not available: "b"' },
    ]);
  });
});
