import { assertScalarType, type GraphQLScalarType, parseConstValue } from 'graphql';
import { loadSchema } from '../../lib/sdl';

const { value: model } = loadSchema([{ path: '/app/schema.graphql', text: 'type Query { a: AWSDate }' }]);
const scalar = (name: string): GraphQLScalarType => assertScalarType(model?.schema.getType(name));

function accepts(type: GraphQLScalarType, value: unknown): boolean {
  try {
    return type.parseValue(value) === value && type.serialize(value) === value;
  } catch {
    return false;
  }
}

describe('the scalars of AppSync', () => {
  it.each([
    ['AWSDate', ['1970-01-01', '1970-01-01Z', '1970-01-01-07:00', '1970-01-01+05:30:15', '2024-02-29'], ['2023-02-29', '2023-13-01', '70-01-01', '1970-01-01 ', '', 19700101, '1970-01-01T00:00:00Z']],
    ['AWSTime', ['12:00:34', '12:00:34.', '12:00:34.123', '00:00:00Z', '23:59:59.999-07:00'], ['24:00:00', '12:60:00', '12:00', '12:00:00+25:00', 5]],
    ['AWSDateTime', ['1970-01-01T12:00:00Z', '1970-01-01T12:00:00.123456789+05:30', '1970-01-01T12:00:00.000-07:00'], ['1970-01-01T12:00:00', '1970-01-01', '1970-02-30T12:00:00Z', '1970-01-01 12:00:00Z', 0]],
    ['AWSTimestamp', [0, -1, 1714564800, 1714564800000], [1.5, NaN, 2 ** 60, true, 'now']],
    ['AWSEmail', ['alice@example.com', 'a.b+c@mail.example.co.uk', 'root@localhost', '"a b"@example.com'], ['alice', '@example.com', 'a@', 'a@@b', 'a..b@example.com', 'a@example..com', 'a b@example.com']],
    ['AWSPhone', ['2065550100', '206-555-0100', '1 206 555 0100', '+44 20 7946 0958'], ['555-0100', '123-456-7890', '+0123456789', '206--555-0100', '(206) 555-0100', 2065550100]],
    ['AWSURL', ['https://example.com', 'https://example.com/a/b?x=//y', 'mailto:alice@example.com', 'ftp://example.com/a'], ['example.com', '/a', 'https://example.com/a//b', 'https://exa mple.com', '']],
    ['AWSIPAddress', ['192.0.2.1', '192.0.2.0/24', '2001:db8::1', '2001:db8::/128', '::'], ['192.0.2.256', '192.0.2.0/33', '[::1]', '::/129', '192.0.2.1/', '192.0.2.1/8/8', 'fe80::1%eth0']],
  ] as const)('%s takes the forms of the manual and no others', (name, good, bad) => {
    expect(good.filter((value) => !accepts(scalar(name), value))).toEqual([]);
    expect(bad.filter((value) => accepts(scalar(name), value))).toEqual([]);
  });

  it('read literals of their own kind only', () => {
    expect(scalar('AWSTimestamp').parseLiteral(parseConstValue('12'))).toBe(12);
    expect(() => scalar('AWSTimestamp').parseLiteral(parseConstValue('"12"'))).toThrow('Unable to parse `undefined` as a valid timestamp.');
    expect(scalar('AWSURL').parseLiteral(parseConstValue('"https://example.com"'))).toBe('https://example.com');
    expect(() => scalar('AWSURL').parseLiteral(parseConstValue('mailto'))).toThrow('Unable to parse `undefined` as a valid URL.');
  });

  it('turn JSON text into a value on the way in and a value into text on the way out', () => {
    expect(scalar('AWSJSON').parseValue('{"a":[1,null]}')).toEqual({ a: [1, null] });
    expect(scalar('AWSJSON').parseLiteral(parseConstValue(String.raw`"{\"a\":1}"`))).toEqual({ a: 1 });
    expect(scalar('AWSJSON').serialize({ a: [1, null] })).toBe('{"a":[1,null]}');
    expect(scalar('AWSJSON').serialize('text')).toBe('"text"');
  });

  it('refuse JSON that is no text, and text that is no JSON', () => {
    expect(() => scalar('AWSJSON').parseValue({ a: 1 })).toThrow('Unable to parse `{"a":1}` as a valid JSON.');
    expect(() => scalar('AWSJSON').parseValue('{a:1}')).toThrow('Unable to parse `{a:1}` as a valid JSON.');
  });

  it('complain about results in the words of the service', () => {
    expect(() => scalar('AWSDateTime').serialize('2026-05-06T00:00:00.000')).toThrow('Unable to serialize `2026-05-06T00:00:00.000` as a valid DateTime Object.');
    expect(() => scalar('AWSTimestamp').serialize('2026-01-22T17:48:30.032Z')).toThrow('Unable to serialize `2026-01-22T17:48:30.032Z` as a valid timestamp.');
  });

  it('take a timestamp that a resolver returns as digits', () => {
    expect(scalar('AWSTimestamp').serialize('1714564800')).toBe(1714564800);
  });
});
