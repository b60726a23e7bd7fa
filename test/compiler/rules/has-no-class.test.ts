import { expectClean, findingsIn } from './harness';

describe('classes', () => {
  it('accepts plain objects with methods', () => {
    expectClean(`const shape = {
  area(size) {
    return size * size;
  },
};
console.log(shape.area(2));`);
  });

  it('accepts a member named class', () => {
    expectClean(`function f(o) {
  return o.class;
}`);
  });

  it('rejects a class once, with its this and its instances', () => {
    expect(findingsIn(`class Point {
  constructor(x) {
    this.x = x;
  }
}
function f() {
  return new Point(1);
}`)).toEqual([
      { code: 'RES_CLASS', at: '1:1', message: 'classes are not available: "Point"' },
    ]);
  });

  it('rejects a class expression', () => {
    expect(findingsIn(`const Shape = class {
  area() {
    return 1;
  }
};
console.log(Shape);`)).toEqual([
      { code: 'RES_CLASS', at: '1:15', message: 'classes are not available' },
    ]);
  });
});
