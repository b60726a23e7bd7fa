import { expectClean, findingsIn } from './harness';

describe('sort', () => {
  it('accepts sort() of an array', () => {
    expectClean(`function f(list) {
  return list.sort();
}`);
  });

  it('accepts a sort of data', () => {
    expectClean(`function f(o) {
  return o.sort(o.sort.direction);
}`);
  });

  it('rejects a comparator written in place', () => {
    expect(findingsIn(`function f(list) {
  return list.sort((a, b) => a.price - b.price);
}`)).toEqual([
      { code: 'RES_SORT', at: '2:15', message: '"sort" takes no comparator' },
    ]);
  });

  it('rejects a comparator by name', () => {
    expect(findingsIn(`const byPrice = (a, b) => a.price - b.price;
function f(list) {
  return list.slice().sort(byPrice);
}`)).toEqual([
      { code: 'RES_SORT', at: '3:23', message: '"sort" takes no comparator' },
    ]);
  });
});
