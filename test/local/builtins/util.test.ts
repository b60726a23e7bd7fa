import { evaluate, failure, fixedNow, runBody, runModule } from './run-handler';

describe('identifiers', () => {
  it('autoId is a random UUID', () => {
    const [a, b] = evaluate('[util.autoId(), util.autoId()]') as string[];

    expect(a).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(a).not.toBe(b);
  });

  it('autoUlid starts with the time', () => {
    const ulid = evaluate('util.autoUlid()') as string;
    const time = [...ulid.slice(0, 10)].reduce((sum, char) => sum * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(char), 0);

    expect(ulid).toMatch(/^[\dA-HJKMNP-TV-Z]{26}$/);
    expect(time).toBe(fixedNow);
  });

  it('autoKsuid starts with the seconds since 2014-05-13', () => {
    const ksuid = evaluate('util.autoKsuid()') as string;
    const value = [...ksuid].reduce((sum, char) => sum * 62n + BigInt('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.indexOf(char)), 0n);

    expect(ksuid).toHaveLength(27);
    expect(Number(value >> 128n)).toBe(Math.floor(fixedNow / 1000) - 1_400_000_000);
  });
});

/** Recorded from AWS EvaluateCode (localstack/appsync-utils, authType.test.js.snap). */
describe('util.authType', () => {
  const iam = { accountId: '1', cognitoIdentityPoolId: null, cognitoIdentityId: null, sourceIp: ['1.2.3.4'], username: 'u', userArn: 'arn', cognitoIdentityAuthType: null, cognitoIdentityAuthProvider: null };
  const oidc = { sub: 's', issuer: 'i', claims: {} };
  const pool = { ...oidc, sourceIp: ['1.2.3.4'], username: 'u', defaultAuthStrategy: 'ALLOW' };

  it.each([
    ['no identity', null, 'API Key Authorization'],
    ['IAM keys', iam, 'IAM Authorization'],
    ['user pool keys', { ...pool, groups: ['a'] }, 'User Pool Authorization'],
    ['user pool keys without groups', pool, 'User Pool Authorization'],
    ['OIDC keys', oidc, 'Open ID Connect Authorization'],
    ['a resolver context', { resolverContext: { a: 1 } }, 'Lambda Authorization'],
    ['no keys', {}, 'Lambda Authorization'],
    ['IAM keys with a null source IP', { ...iam, sourceIp: null }, 'API Key Authorization'],
    ['OIDC keys beside a username', { ...oidc, username: 'u' }, 'API Key Authorization'],
    ['claims only', { claims: {} }, 'API Key Authorization'],
  ])('%s', (_what, identity, expected) => {
    expect(evaluate('util.authType()', { identity })).toBe(expected);
  });
});

describe('encoders', () => {
  it.each([
    [`urlEncode('a b&c=ü/~*')`, 'a+b%26c%3D%C3%BC%2F%7E*'],
    [`urlDecode('a+b%26c')`, 'a b&c'],
    [`base64Encode('grüße')`, 'Z3LDvMOfZQ=='],
    [`base64Decode('Z3LDvMOfZQ==')`, 'grüße'],
    [`escapeJavaScript('a"b\\n/ü')`, 'a\\"b\\n\\/\\u00FC'],
    [`str.normalize('é', 'nfd')`, 'e\u0301'],
  ])('util.%s', (call, expected) => {
    expect(evaluate(`util.${call}`)).toBe(expected);
  });

  it('refuse what they cannot read', () => {
    expect(failure(`util.urlDecode('%zz')`)).toBe('code.js:3:13: Unable to decode "%zz".');
    expect(failure(`util.str.normalize('a', 'nfx')`)).toBe('code.js:3:17: Unknown normalization type: nfx');
  });
});

describe('Java patterns', () => {
  it.each([
    ['a*b', 'aaaaab', true],
    ['a*b', 'xaab', false],
    ['\\d{3}-\\w+', '123-abc', true],
    ['(?i)ABC', 'abc', true],
    ['\\p{Alpha}+[\\p{Digit}_]', 'ab_', true],
    ['\\Qa.b\\E', 'axb', false],
    ['\\Aab\\z', 'ab', true],
    ['a++b', 'aab', true],
    ['(?>a|ab)c', 'abc', true],
    ['[^@]+@[^@]+\\.[a-z]{2,}', 'me@example.com', true],
  ])('%s against %s is %s', (pattern, value, expected) => {
    expect(evaluate(`util.matches(${JSON.stringify(pattern)}, ${JSON.stringify(value)})`)).toBe(expected);
  });

  it.each([
    [`'a.b.c'.replaceAll('.', '-')`, '-----'],
    [`'a.b.c'.replaceAll('\\\\.', '-')`, 'a-b-c'],
    [`'a.b.c'.replace('\\\\.', '-')`, 'a-b.c'],
    [`'2024-05'.replace('(\\\\d+)-(\\\\d+)', '$2/$1')`, '05/2024'],
    [`'  a   b '.replaceAll('\\\\s+\\\\b', '_')`, '_a_b '],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression)).toBe(expected);
  });

  it.each(['(', '[a-z&&[^x]]', '\\\\Ga'])('%s is refused', (pattern) => {
    expect(failure(`util.matches('${pattern}', 'a')`)).toMatch(/^code\.js:3:13: Invalid regular expression: /);
  });

  it('do not backtrack for ever', () => {
    expect(failure(`util.matches('(a+)+b', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac')`)).toBe('code.js:3:13: Regular expression took too long to match.');
  });
});

describe('util.math', () => {
  it.each([
    ['roundNum(10.5)', 11],
    ['minVal(2, 1)', 1],
    ['maxVal(2, 1)', 2],
    ['randomWithinRange(3, 4)', 3],
  ])('%s', (call, expected) => {
    expect(evaluate(`util.math.${call}`)).toBe(expected);
  });

  it('randomDouble is between 0 and 1', () => {
    expect(evaluate('util.math.randomDouble()')).toBeGreaterThanOrEqual(0);
    expect(evaluate('util.math.randomDouble()')).toBeLessThan(1);
  });
});

describe('util.xml', () => {
  const xml = '<?xml version="1.0" encoding="UTF-8"?><!-- c --><posts><post id="7"><id>1</id><title>A &amp; B</title></post><post/><ok>true</ok><raw><![CDATA[<x>]]></raw></posts>';
  const expected = { posts: { post: [{ id: [7, 1], title: 'A & B' }, ''], ok: true, raw: '<x>' } };

  it('reads elements, attributes and text', () => {
    expect(evaluate('util.xml.toMap(ctx.args.xml)', { args: { xml } })).toEqual(expected);
    expect(evaluate('util.xml.toMap(ctx.args.xml)', { args: { xml: '<a>  <b>01</b> </a>' } })).toEqual({ a: { b: '01' } });
    expect(evaluate('JSON.parse(util.xml.toJsonString(ctx.args.xml))', { args: { xml } })).toEqual(expected);
    expect(evaluate('util.xml.toJsonString(ctx.args.xml, true)', { args: { xml: '<a>1</a>' } })).toBe('"{\\"a\\":1}"');
  });

  it.each(['', 'text', '<a>', '<a></b>', '<a/><b/>', '<a', '<a>1</a>x'])('%s is no document', (text) => {
    expect(evaluate('util.xml.toMap(ctx.args.xml)', { args: { xml: text } })).toBeNull();
  });

  it('keeps a member named __proto__ a member', () => {
    expect(JSON.stringify(evaluate('util.xml.toMap(ctx.args.xml)', { args: { xml: '<a><__proto__>1</__proto__></a>' } }))).toBe('{"a":{"__proto__":1}}');
  });
});

describe('util.http', () => {
  it('copies headers without those of the connection', () => {
    expect(evaluate(`util.http.copyHeaders({ Host: 'a', authorization: 'b', 'content-length': '1', 'x-a': ['1', '2'] })`)).toEqual({ authorization: 'b', 'x-a': ['1', '2'] });
  });

  it('adds response headers, the last definition winning', () => {
    expect(runBody(`util.http.addResponseHeader('a', 1); util.http.addResponseHeaders({ a: 'x', b: { c: 1 } });`).effects.responseHeaders).toEqual({ a: 'x', b: '{"c":1}' });
  });

  it.each([
    [`'x-amz-a', 'v'`, 'Response header x-amz-a is restricted.'],
    [`'Content-Type', 'v'`, 'Response header Content-Type is restricted.'],
    [`'', 'v'`, 'Response header name "" is not valid.'],
    [`'a', null`, 'Response header a has no value.'],
    [`'a', 'b\\r\\nc: d'`, 'The value of response header a is not valid.'],
    [`'a', [...Array(5000).fill('x')].join('')`, 'Custom response headers exceed 4096 bytes.'],
  ])('addResponseHeader(%s) drops the header and reports it', (args, message) => {
    const { effects, appendedErrors } = runBody(`util.http.addResponseHeader(${args});`);

    expect(effects.responseHeaders).toEqual({});
    expect(appendedErrors).toEqual([{ message, errorType: 'ResponseHeaderError', data: null, errorInfo: null }]);
  });
});

it('the ai module names the Bedrock operation', () => {
  const code = `import { invokeModel, converse } from '@aws-appsync/utils/ai';
export const request = () => [invokeModel({ modelId: 'm', body: {} }), converse({ modelId: 'm', messages: [] })];`;

  expect(runModule(code).outcome).toEqual({ kind: 'value', value: [{ operation: 'InvokeModel', modelId: 'm', body: {} }, { operation: 'Converse', modelId: 'm', messages: [] }] });
});
