import { expectClean, findingsIn, markAndFix } from './harness';

describe('operators', () => {
  it('accepts arithmetic, bit, logical and assignment operators', () => {
    expectClean(`function f(a, b) {
  let x = (a & b) | (a ^ b) | (a << 2) | (b >> 1);
  x += 1;
  x -= 2;
  x ??= 3;
  delete a.b;
  return typeof x === "number" && a?.b !== void 0 ? x % 2 : -x;
}`);
  });

  it('accepts for…in, which is not the operator', () => {
    expectClean(`function f(o) {
  for (const index in o) console.log(index);
}`);
  });

  it('rejects ++ and -- before and after', () => {
    expect(findingsIn(`function f(n) {
  n++;
  --n;
}`)).toEqual([
      { code: 'RES_OPERATOR', at: '2:4', message: 'the operator "++" is not available' },
      { code: 'RES_OPERATOR', at: '3:3', message: 'the operator "--" is not available' },
    ]);
  });

  it('rejects ~, in and instanceof at the operator', () => {
    expect(findingsIn(`function f(index, o) {
  return ~index || index in o || o instanceof Object;
}`)).toEqual([
      { code: 'RES_OPERATOR', at: '2:10', message: 'the operator "~" is not available' },
      { code: 'RES_OPERATOR', at: '2:26', message: 'the operator "in" is not available' },
      { code: 'RES_OPERATOR', at: '2:36', message: 'the operator "instanceof" is not available' },
    ]);
  });

  it('writes the replacement out', () => {
    expect(markAndFix(`function f(ctx) {
  ctx.stash.count++;
}`)).toEqual({ marked: '++', fix: 'write ctx.stash.count += 1' });
  });
});
