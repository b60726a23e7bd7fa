import { expectClean, findingsIn, markAndFix } from './harness';

describe('loops', () => {
  it('accepts for…of over entries', () => {
    expectClean(`function total(o) {
  let sum = 0;
  for (const [key, value] of Object.entries(o)) {
    sum += value;
    console.log(key);
  }
  return sum;
}`);
  });

  it('accepts for…in with break', () => {
    expectClean(`function first(o) {
  let found = null;
  for (const key in o) {
    found = key;
    break;
  }
  return found;
}`);
  });

  it('rejects for (;;) once, without its counter', () => {
    expect(findingsIn(`function f(list) {
  for (let i = 0; i < list.length; i++) console.log(list[i]);
}`)).toEqual([
      { code: 'RES_LOOP', at: '2:3', message: '"for (;;)" loops are not available' },
    ]);
  });

  it('rejects while once, without the counter in its body', () => {
    expect(findingsIn(`function f(n) {
  while (n > 0) {
    n--;
  }
}`)).toEqual([
      { code: 'RES_LOOP', at: '2:3', message: '"while" loops are not available' },
    ]);
  });

  it('rejects do…while and reports a separate counter in it', () => {
    expect(findingsIn(`function f(n) {
  let other = 0;
  do {
    n -= 1;
    other++;
  } while (n > 0);
  return other;
}`)).toEqual([
      { code: 'RES_LOOP', at: '3:3', message: '"do…while" loops are not available' },
      { code: 'RES_OPERATOR', at: '5:10', message: 'the operator "++" is not available' },
    ]);
  });

  it('underlines the keyword and names the replacement', () => {
    expect(markAndFix(`function f() {
  while (true) {
    break;
  }
}`)).toEqual({ marked: 'while', fix: 'use for…of over an array, or an array method such as map' });
  });
});
