import { matchesPattern } from '../../lib/local/event-pattern';

const event = {
  source: 'shop.orders',
  'detail-type': 'Order Placed',
  resources: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
  detail: { total: 42, state: 'PLACED', customer: { tier: 'gold', note: null }, ip: '10.1.2.3', lines: [{ sku: 'a', count: 1 }, { sku: 'b', count: 5 }], tags: [] },
};

it.each([
  [{}],
  [{ source: ['shop.orders'] }],
  [{ source: ['other', 'shop.orders'], 'detail-type': ['Order Placed'] }],
  [{ resources: ['arn:aws:s3:::b'] }],
  [{ detail: { total: [42] } }],
  [{ detail: { customer: { note: [null] } } }],
  [{ source: [{ prefix: 'shop.' }] }],
  [{ source: [{ prefix: { 'equals-ignore-case': 'SHOP' } }] }],
  [{ source: [{ suffix: 'orders' }] }],
  [{ source: [{ 'equals-ignore-case': 'Shop.Orders' }] }],
  [{ source: [{ wildcard: 'sh*p.*' }] }],
  [{ source: [{ wildcard: '*' }] }],
  [{ source: [{ wildcard: '*.orders' }] }],
  [{ source: [{ wildcard: 'shop.*orders' }] }],
  [{ source: [{ wildcard: '*o*.*e*' }] }],
  [{ source: [{ wildcard: 'shop\\.orders' }] }],
  [{ source: [{ 'anything-but': 'a' }] }],
  [{ source: [{ 'anything-but': ['a', 'b'] }] }],
  [{ source: [{ 'anything-but': { prefix: 'bank.' } }] }],
  [{ source: [{ 'anything-but': { suffix: ['x', 'y'] } }] }],
  [{ detail: { total: [{ numeric: ['>', 0, '<=', 42] }] } }],
  [{ detail: { total: [{ numeric: ['=', 42] }] } }],
  [{ detail: { state: [{ exists: true }], gone: [{ exists: false }] } }],
  [{ detail: { gone: { deeper: [{ exists: false }] } } }],
  [{ detail: { ip: [{ cidr: '10.1.0.0/16' }] } }],
  [{ detail: { lines: { sku: ['b'] } } }],
  [{ detail: { $or: [{ total: [1] }, { state: ['PLACED'] }] } }],
  [{ $or: [{ source: ['x'] }, { detail: { total: [{ numeric: ['>', 40] }] } }] }],
])('%j matches', (pattern) => expect(matchesPattern(pattern, event)).toBe(true));

it.each([
  [{ source: ['shop'] }],
  [{ source: [] }],
  [{ source: ['shop.orders'], 'detail-type': ['Order Cancelled'] }],
  [{ detail: { total: ['42'] } }],
  [{ detail: { customer: ['gold'] } }],
  [{ source: [{ prefix: 'orders' }] }],
  [{ source: [{ suffix: 'shop' }] }],
  [{ source: [{ wildcard: 'shop' }] }],
  [{ source: [{ wildcard: 'shop\\*' }] }],
  [{ source: [{ wildcard: 'shop?orders' }] }],
  [{ source: [{ wildcard: 'shop.*orders.*' }] }],
  [{ source: [{ wildcard: '*s*s*s*s' }] }],
  // Both ends are there, but not one after the other.
  [{ source: [{ wildcard: 'shop.orders*orders' }] }],
  [{ source: [{ 'anything-but': ['a', 'shop.orders'] }] }],
  [{ source: [{ 'anything-but': { prefix: 'shop' } }] }],
  [{ detail: { gone: [{ 'anything-but': 'a' }] } }],
  [{ detail: { total: [{ numeric: ['>', 42] }] } }],
  [{ detail: { total: [{ numeric: ['>'] }] } }],
  [{ detail: { state: [{ numeric: ['>', 0] }] } }],
  [{ detail: { state: [{ exists: false }] } }],
  [{ detail: { customer: [{ exists: true }] } }],
  [{ detail: { ip: [{ cidr: '10.2.0.0/16' }] } }],
  [{ detail: { ip: [{ cidr: '::/0' }] } }],
  [{ detail: { tags: ['a'] } }],
  [{ source: [{ unknown: 'shop.orders' }] }],
  [{ constructor: ['x'] }],
  ['text'],
  [null],
])('%j does not match', (pattern) => expect(matchesPattern(pattern, event)).toBe(false));

it('compares IPv6 addresses by their bits', () => {
  const pattern = { ip: [{ cidr: '2001:db8::/32' }] };

  expect(matchesPattern(pattern, { ip: '2001:db8:0:1::7' })).toBe(true);
  expect(matchesPattern(pattern, { ip: '2001:db9::' })).toBe(false);
});

it('comes to an end with wildcards that nearly match', () => {
  expect(matchesPattern({ text: [{ wildcard: `${'*a'.repeat(60)}b` }] }, { text: 'a'.repeat(100_000) })).toBe(false);
  expect(matchesPattern({ text: [{ wildcard: `${'*a'.repeat(60)}*` }] }, { text: 'a'.repeat(100_000) })).toBe(true);
});
