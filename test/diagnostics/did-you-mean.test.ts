import { didYouMean } from '../../lib/diagnostics';

describe('didYouMean', () => {
  it('offers the nearest names first, three at most', () => {
    expect(didYouMean('product', ['products', 'produce', 'product1', 'prodigal', 'order'])).toBe('did you mean "produce", "product1" or "products"?');
  });

  it('joins two with "or", and gives one alone', () => {
    expect(didYouMean('getOrdr', ['getOrder', 'getOrders', 'listProducts'])).toBe('did you mean "getOrder" or "getOrders"?');
    expect(didYouMean('listProduct', ['getOrder', 'listProducts'])).toBe('did you mean "listProducts"?');
  });

  it('counts swapped neighbours as one edit and capitals as none', () => {
    expect(didYouMean('di', ['id'])).toBe('did you mean "id"?');
    expect(didYouMean('GETORDER', ['getOrder'])).toBe('did you mean "getOrder"?');
  });

  it('is silent when nothing is near', () => {
    expect(didYouMean('basket', ['getOrder', 'listProducts'])).toBeUndefined();
    expect(didYouMean('basket', [])).toBeUndefined();
  });

  it('names a candidate once, in an order that does not depend on theirs', () => {
    expect(didYouMean('ab', new Set(['ac', 'aa']))).toBe('did you mean "aa" or "ac"?');
    expect(didYouMean('ab', ['ac', 'aa', 'ac'])).toBe('did you mean "aa" or "ac"?');
  });
});
