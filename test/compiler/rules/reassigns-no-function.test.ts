import { expectClean, findingsIn } from './harness';

describe('function names', () => {
  it('accepts a variable that gets its function later', () => {
    expectClean(`let f;
if (util.autoId()) f = () => 1;
else f = () => 2;
console.log(f());`);
  });

  it('accepts exporting under another name', () => {
    expectClean(`function load(ctx) {
  return {};
}
function done(ctx) {
  return ctx.result;
}
export { load as request, done as response };`);
  });

  it('rejects a new value for a function', () => {
    expect(findingsIn(`function f() {
  return 1;
}
f = 2;`)).toEqual([
      { code: 'RES_FUNCTION_REASSIGN', at: '4:1', message: 'the function "f" is re-assigned' },
    ]);
  });

  it('rejects a second name', () => {
    expect(findingsIn(`const a = () => 1;
const b = a;
let c;
c = a;
console.log(b(), c());`)).toEqual([
      { code: 'RES_FUNCTION_REASSIGN', at: '2:11', message: 'the function "a" is given a second name' },
      { code: 'RES_FUNCTION_REASSIGN', at: '4:5', message: 'the function "a" is given a second name' },
    ]);
  });
});
