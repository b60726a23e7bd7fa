import { connectHeaders, headerObject } from '../../lib/local/connect-headers';

const upgrade = { protocols: ['graphql-ws'], headers: {}, query: {}, sourceIp: '127.0.0.1' };
/** Encodes with `+` and `/` in plain base64. */
const object = { Host: 'api.example', 'x-api-key': 'da2-?>?>~~' };
const base64 = Buffer.from(JSON.stringify(object)).toString('base64');
const base64url = Buffer.from(JSON.stringify(object)).toString('base64url');
const decoded = { host: 'api.example', 'x-api-key': 'da2-?>?>~~' };

test.each([
  ['base64 in the query', { headerQuery: base64 }],
  ['base64url in the query', { headerQuery: base64url }],
  ['base64 in the query whose "+" was not escaped', { headerQuery: base64.replaceAll('+', ' ') }],
  ['base64url in a subprotocol', { protocols: ['graphql-ws', `header-${base64url}`] }],
  ['base64 in a subprotocol', { protocols: ['graphql-ws', `header-${base64}`] }],
])('reads %s, with names in lower case', (_, changes) => {
  expect(base64).toMatch(/\+/);
  expect(connectHeaders({ ...upgrade, ...changes })).toEqual(decoded);
});

test('takes the HTTP headers when they hold credentials', () => {
  expect(connectHeaders({ ...upgrade, headers: { 'x-api-key': 'k', host: 'h' } })).toEqual({ 'x-api-key': 'k', host: 'h' });
  expect(connectHeaders({ ...upgrade, headers: { authorization: 't' } })).toEqual({ authorization: 't' });
});

test('prefers the header object to the HTTP headers', () => {
  expect(connectHeaders({ ...upgrade, headerQuery: base64, headers: { authorization: 't' } })).toEqual(decoded);
});

test('finds nothing when there are no credentials, or they cannot be decoded', () => {
  expect(connectHeaders({ ...upgrade, headers: { host: 'h' } })).toBeUndefined();
  expect(connectHeaders({ ...upgrade, headerQuery: 'not base64 of JSON' })).toBeUndefined();
  expect(connectHeaders({ ...upgrade, headerQuery: Buffer.from('["a"]').toString('base64') })).toBeUndefined();
  expect(connectHeaders({ ...upgrade, headerQuery: '' })).toBeUndefined();
});

test('keeps strings and numbers of a header object only', () => {
  expect(headerObject({ A: 'x', b: 1, c: null, d: { e: 1 }, f: true })).toEqual({ a: 'x', b: '1' });
  expect(headerObject('text')).toBeUndefined();
});
