import { fromItem, toItem } from '../../../lib/local/data-sources';
import { canonicalItem } from '../../../lib/local/data-sources/item-equality';

describe('plain values and items', () => {
  it('turn into each other', () => {
    const plain = { text: 'x', empty: '', n: -1.5, yes: true, nothing: null, list: [1, ['a'], {}], deep: { a: { b: 0 } } };

    expect(toItem(plain)).toEqual({
      text: { S: 'x' },
      empty: { S: '' },
      n: { N: '-1.5' },
      yes: { BOOL: true },
      nothing: { NULL: true },
      list: { L: [{ N: '1' }, { L: [{ S: 'a' }] }, { M: {} }] },
      deep: { M: { a: { M: { b: { N: '0' } } } } },
    });
    expect(fromItem(toItem(plain))).toEqual(plain);
  });

  it('leave undefined members out and take bytes for binary', () => {
    expect(toItem({ gone: undefined, bytes: new Uint8Array([104, 105]), big: 12345678901234567890n })).toEqual({ bytes: { B: 'aGk=' }, big: { N: '12345678901234567890' } });
  });

  it('refuse what has no type', () => {
    expect(() => toItem({ f: () => 1 })).toThrow(new TypeError('a function cannot be stored in DynamoDB'));
  });
});

describe('equality of items', () => {
  it.each([
    [{ n: { N: '100' } }, { n: { N: '1e2' } }],
    [{ n: { N: '-0.50' } }, { n: { N: '-5E-1' } }],
    [{ n: { N: '0' } }, { n: { N: '-0.00' } }],
    [{ s: { NS: ['1', '2'] } }, { s: { NS: ['2.0', '1'] } }],
    [{ a: { S: 'x' }, b: { M: { c: { NULL: true }, d: { BOOL: true } } } }, { b: { M: { d: { BOOL: true }, c: { NULL: true } } }, a: { S: 'x' } }],
  ])('%j equals %j', (left, right) => {
    expect(canonicalItem(left)).toBe(canonicalItem(right));
  });

  it.each([
    [{ n: { N: '9007199254740993' } }, { n: { N: '9007199254740992' } }],
    [{ n: { N: '1' } }, { n: { S: '1' } }],
    [{ n: { N: '1' } }, { n: { N: '-1' } }],
    [{ l: { L: [{ S: 'a' }, { S: 'b' }] } }, { l: { L: [{ S: 'b' }, { S: 'a' }] } }],
    [{ s: { SS: ['a,b'] } }, { s: { SS: ['a', 'b'] } }],
    [{ a: { S: 'x' } }, { a: { S: 'x' }, b: { NULL: true } }],
  ])('%j differs from %j', (left, right) => {
    expect(canonicalItem(left)).not.toBe(canonicalItem(right));
  });
});
