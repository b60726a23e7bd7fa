/** Conditions and variables of policies, row by row, as the IAM user guide documents them. */
import type { PolicyConditionModel, PolicyStatementModel } from '../../../lib/model';
import { statementsInForce } from '../../../lib/local/auth/policy-conditions';
import { contextOf } from '../../../lib/local/auth/policy-context';

const nowMs = Date.parse('2026-03-01T12:00:00Z');
const principal = {
  'aws:principalarn': 'arn:aws:iam::123456789012:role/team/reader',
  'aws:principaltag/team': 'red',
  'aws:principaltag/odd': 'a*',
  'aws:userid': 'AROAX:local',
  'cognito-identity.amazonaws.com:amr': 'authenticated',
};
const lookup = contextOf(principal, { headers: { 'user-agent': 'curl/8' }, sourceIp: '10.1.2.3', nowMs }, { region: 'eu-west-1', accountId: '123456789012' });
const manyValued = (key: string) => (key === 'several' ? ['a', 'b'] : lookup(key));

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

function statement(condition: Condition, effect: 'Allow' | 'Deny' = 'Allow'): PolicyStatementModel {
  const conditions = Object.entries(condition).flatMap(([operator, tests]) => Object.entries(tests).map(([key, values]): PolicyConditionModel => ({ operator, key, values: [values].flat() })));
  return { effect, actions: ['appsync:GraphQL'], resources: ['*'], isConditional: true, conditions };
}

const ignore = () => undefined;
const counts = (one: PolicyStatementModel) => statementsInForce([one], manyValued, ignore).length === 1;

test.each<[Condition, boolean]>([
  [{ StringEquals: { 'aws:PrincipalTag/team': 'red' } }, true],
  [{ StringEquals: { 'AWS:principaltag/TEAM': ['blue', 'red'] } }, true],
  [{ StringEquals: { 'aws:PrincipalTag/team': 'RED' } }, false],
  [{ StringEquals: { 'aws:PrincipalTag/team': 'r*' } }, false],
  [{ StringEquals: { 'aws:PrincipalTag/none': '' } }, false],
  [{ StringEqualsIgnoreCase: { 'aws:PrincipalTag/team': 'RED' } }, true],
  [{ StringNotEquals: { 'aws:PrincipalTag/team': ['blue', 'green'] } }, true],
  [{ StringNotEquals: { 'aws:PrincipalTag/team': ['blue', 'red'] } }, false],
  [{ StringNotEquals: { 'aws:PrincipalTag/none': 'red' } }, true],
  [{ StringNotEqualsIgnoreCase: { 'aws:PrincipalTag/team': 'Red' } }, false],
  [{ StringLike: { 'aws:PrincipalTag/team': 'r?d' } }, true],
  [{ StringLike: { 'aws:UserAgent': ['wget*', 'curl*'] } }, true],
  [{ StringLike: { 'aws:PrincipalTag/odd': 'a${*}' } }, true],
  [{ StringLike: { 'aws:PrincipalTag/team': 'r${*}' } }, false],
  [{ StringNotLike: { 'aws:PrincipalTag/team': 'r*' } }, false],
  [{ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/team/reader' } }, true],
  [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/team/*' } }, true],
  [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:*:role/team/reader' } }, false],
  [{ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/other/*' } }, true],
  [{ ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/team/reader' } }, false],
  [{ IpAddress: { 'aws:SourceIp': ['192.168.0.0/16', '10.0.0.0/8'] } }, true],
  [{ IpAddress: { 'aws:SourceIp': '10.1.2.3' } }, true],
  [{ IpAddress: { 'aws:SourceIp': '10.1.2.4' } }, false],
  [{ IpAddress: { 'aws:SourceIp': 'ten' } }, false],
  [{ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, false],
  [{ NotIpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, true],
  [{ IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } }, false],
  [{ Bool: { 'aws:SecureTransport': 'true' } }, true],
  [{ Bool: { 'aws:SecureTransport': 'False' } }, false],
  [{ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, false],
  [{ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, true],
  [{ DateLessThan: { 'aws:CurrentTime': '2026-03-01T12:00:01Z' } }, true],
  [{ DateLessThan: { 'aws:CurrentTime': '2026-03-01T12:00:00Z' } }, false],
  [{ DateLessThanEquals: { 'aws:CurrentTime': '2026-03-01T12:00:00Z' } }, true],
  [{ DateGreaterThan: { 'aws:EpochTime': '1772366399' } }, true],
  [{ DateGreaterThanEquals: { 'aws:CurrentTime': '2026-04-01' } }, false],
  [{ DateEquals: { 'aws:CurrentTime': 'some day' } }, false],
  [{ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' }, DateLessThan: { 'aws:CurrentTime': '2026-02-01T00:00:00Z' } }, false],
  [{ NumericLessThan: { 'aws:EpochTime': '9999999999' } }, true],
  [{ NumericGreaterThanEquals: { 'aws:EpochTime': '1e99' } }, false],
  [{ Null: { 'aws:PrincipalTag/none': 'true' } }, true],
  [{ Null: { 'aws:PrincipalTag/none': 'false' } }, false],
  [{ Null: { 'aws:PrincipalTag/team': 'false' } }, true],
  [{ StringEqualsIfExists: { 'aws:PrincipalTag/none': 'red' } }, true],
  [{ StringEqualsIfExists: { 'aws:PrincipalTag/team': 'blue' } }, false],
  [{ 'ForAllValues:StringEquals': { several: ['a', 'b', 'c'] } }, true],
  [{ 'ForAllValues:StringEquals': { several: ['a'] } }, false],
  [{ 'ForAllValues:StringEquals': { 'aws:PrincipalTag/none': ['a'] } }, true],
  [{ 'ForAllValues:StringNotEquals': { several: ['c'] } }, true],
  [{ 'ForAllValues:StringNotEquals': { several: ['b'] } }, false],
  [{ 'ForAnyValue:StringEquals': { several: ['b', 'c'] } }, true],
  [{ 'ForAnyValue:StringEquals': { several: ['c'] } }, false],
  [{ 'ForAnyValue:StringEquals': { 'aws:PrincipalTag/none': ['c'] } }, false],
  [{ 'ForAnyValue:StringNotEquals': { several: ['a'] } }, true],
  [{ 'ForAnyValue:StringNotLike': { 'aws:PrincipalTag/none': ['a'] } }, false],
  [{ 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'auth*' } }, true],
  [{ StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:PrincipalTag/team': 'red' } }, true],
  [{ StringEquals: { 'aws:RequestedRegion': 'us-east-1', 'aws:PrincipalTag/team': 'red' } }, false],
  [{ StringLike: { 'aws:userid': '*:${aws:PrincipalTag/none, \'local\'}' } }, true],
  [{ StringEquals: { 'aws:PrincipalTag/team': '${aws:PrincipalTag/none}' } }, false],
  [{ StringNotEquals: { 'aws:PrincipalTag/team': '${aws:PrincipalTag/odd}' } }, true],
])('%j holds: %s', (condition, holds) => {
  expect(counts(statement(condition))).toBe(holds);
  expect(counts(statement(condition, 'Deny'))).toBe(holds);
});

describe('in doubt nobody is let in', () => {
  test.each<[string, PolicyStatementModel]>([
    ['an operator that IAM does not have', statement({ StringMatches: { 'aws:PrincipalTag/team': 'red' } })],
    ['an operator of another spelling', statement({ 'ForEach:StringEquals': { 'aws:PrincipalTag/team': 'red' } })],
    ['a member that every object has', statement({ toString: { 'aws:PrincipalTag/team': 'red' } })],
    ['a key that is not known here', statement({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })],
    ['a key of another service', statement({ StringNotEquals: { 's3:prefix': 'x' } })],
    ['a key that is not known here, if it exists', statement({ StringEqualsIfExists: { 'aws:ResourceTag/a': 'b' } })],
    ['a variable that is not known here', statement({ StringEquals: { 'aws:PrincipalTag/team': ['red', '${aws:PrincipalOrgID}'] } })],
    ['a value without a local value', { ...statement({}), conditions: [{ operator: 'StringEquals', key: 'aws:PrincipalTag/team' }] }],
    ['conditions that were not read', { effect: 'Allow', actions: ['*'], resources: ['*'], isConditional: true }],
  ])('%s: an Allow does not count, a Deny does', (_what, one) => {
    expect(counts(one)).toBe(false);
    expect(counts({ ...one, effect: 'Deny' })).toBe(true);
  });

  test('a condition that fails makes up for one that is not known', () => {
    expect(counts(statement({ StringEquals: { 'aws:PrincipalOrgID': 'o-1', 'aws:PrincipalTag/team': 'blue' } }, 'Deny'))).toBe(false);
  });
});

test('a doubt is told of what is not known, and of what keeps an Allow away', () => {
  const heard: unknown[] = [];
  const listen = ({ operator }: PolicyConditionModel, verdict: string, actual: readonly string[]) => heard.push([operator, verdict, actual]);
  const fails = { StringEquals: { 'aws:PrincipalTag/team': 'blue' } };

  statementsInForce([statement(fails), statement(fails, 'Deny'), statement({ Strange: { 'aws:SourceIp': '' } }, 'Deny'), statement({ Bool: { 'aws:SecureTransport': 'true' } })], lookup, listen);

  expect(heard).toEqual([
    ['StringEquals', 'FAILS', ['red']],
    ['Strange', 'UNKNOWN', ['10.1.2.3']],
  ]);
});

describe('variables in resources', () => {
  const resources = (effect: 'Allow' | 'Deny', ...patterns: string[]) => statementsInForce([{ effect, resources: patterns, isConditional: false }], lookup, ignore)[0]?.resources;

  test('are filled in', () => {
    expect(resources('Allow', 'a/${aws:PrincipalTag/team}/*', "b/${aws:PrincipalTag/none, 'x'}", 'c/${$}')).toEqual(['a/red/*', 'b/x', 'c/$']);
  });

  test('that the request does not have make a pattern that matches nothing', () => {
    expect(resources('Allow', '${aws:PrincipalTag/none}*', 'b')).toEqual(['b']);
    expect(resources('Deny', '${aws:PrincipalTag/none}*', 'b')).toEqual(['b']);
  });

  test('that are not known allow nothing and deny everything', () => {
    expect(resources('Allow', '${saml:sub}*')).toEqual([]);
    expect(resources('Deny', '${saml:sub}*')).toEqual(['*']);
  });
});
