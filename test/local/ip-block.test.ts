import { isInBlock } from '../../lib/local/ip-block';

test.each([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.0.0.129/25', '10.0.0.200', true],
  ['10.0.0.129/25', '10.0.0.100', false],
  ['192.0.2.7/32', '192.0.2.7', true],
  ['0.0.0.0/0', '203.0.113.9', true],
  ['2001:db8::/32', '2001:db8:1::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['::ffff:10.0.0.0/104', '::ffff:10.9.9.9', true],
])('%s and %s: %s', (block, address, isIn) => {
  expect(isInBlock(block, address)).toBe(isIn);
});

test.each([
  ['10.0.0.0', '10.0.0.0'],
  ['10.0.0.0/33', '10.0.0.0'],
  ['10.0.0.0/-1', '10.0.0.0'],
  ['10.0.0/8', '10.0.0.0'],
  ['10.0.0.0/8', 'localhost'],
  ['10.0.0.0/8', '::1'],
  ['2001:db8::/129', '2001:db8::'],
  ['', ''],
])('nothing is in what is no block, and no address is in no block: %s and %s', (block, address) => {
  expect(isInBlock(block, address)).toBe(false);
});
