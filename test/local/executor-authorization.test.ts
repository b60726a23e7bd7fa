import type { ApiModel } from '../../lib/model';
import { apiKeyCaller, cognitoCaller, harness, iamCaller } from './executor-fixture';

const pool = { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: 'eu-west-1_A', region: 'eu-west-1' } as const;
const types = (more: string) => `type Secret @aws_iam { value: String note: String @aws_api_key } ${more} schema { query: Query }`;

async function ask(schema: string, authorization: ApiModel['authorization'], query: string, caller = apiKeyCaller) {
  const response = { response: () => ({ value: 'v', note: 'n', name: 'x' }) };
  const { run } = harness({ schema, model: { authorization }, resolvers: { 'Query.open': response, 'Query.staff': response, 'Query.guarded': response } });
  const { data, errors } = (await run(query, {}, caller)) as { data: unknown; errors?: { path: unknown; message: string }[] };
  return { data, refused: (errors ?? []).map(({ message }) => message.replace('Not Authorized to access ', '')) };
}

describe('with several modes', () => {
  const modes = [{ type: 'API_KEY' }, { type: 'AWS_IAM' }, { ...pool, defaultAction: 'ALLOW' }] as const;
  const schema = types(`
    type Plain { name: String }
    type Query { open: Plain staff: Plain @aws_cognito_user_pools(cognito_groups: ["staff"]) @aws_iam guarded: Secret @aws_api_key @aws_iam legacy: String @aws_auth(cognito_groups: ["staff"]) }`);

  test('a field without directives is for the default mode alone', async () => {
    expect(await ask(schema, modes, '{ open { name } }')).toEqual({ data: { open: { name: 'x' } }, refused: [] });
    expect(await ask(schema, modes, '{ open { name } __typename }', iamCaller)).toEqual({ data: { open: null, __typename: 'Query' }, refused: ['open on type Query'] });
  });

  test('a field with directives is for their modes and groups, and what it returns is judged again', async () => {
    expect(await ask(schema, modes, '{ staff { name } open { name } }', cognitoCaller(['staff']))).toEqual({
      data: { staff: { name: null }, open: null },
      refused: ['open on type Query', 'name on type Plain'],
    });
    expect((await ask(schema, modes, '{ staff { __typename } __typename }', cognitoCaller(['guests']))).refused).toEqual(['staff on type Query']);
    expect((await ask(schema, modes, '{ staff { __typename } __typename }')).refused).toEqual(['staff on type Query']);
  });

  test('a directive on a field replaces those of its type', async () => {
    expect(await ask(schema, modes, '{ guarded { value note } }')).toEqual({ data: { guarded: { value: null, note: 'n' } }, refused: ['value on type Secret'] });
    expect(await ask(schema, modes, '{ guarded { value note } }', iamCaller)).toEqual({ data: { guarded: { value: 'v', note: null } }, refused: ['note on type Secret'] });
  });

  test('@aws_auth is not enforced', async () => {
    expect(await ask(schema, modes, '{ legacy }')).toEqual({ data: { legacy: null }, refused: [] });
  });

  test('data is null as a whole when every root field is refused', async () => {
    expect(await ask(schema, modes, '{ staff { name } }')).toEqual({ data: null, refused: ['staff on type Query'] });
  });
});

describe('with Cognito as the single mode', () => {
  const schema = `type Plain { name: String } type Query { open: Plain staff: Plain @aws_auth(cognito_groups: ["staff"]) guarded: Plain @aws_cognito_user_pools } schema { query: Query }`;
  const fields = '{ open { __typename } staff { __typename } guarded { __typename } }';

  test.each([
    ['ALLOW', ['guests'], ['staff on type Query']],
    ['ALLOW', ['staff'], []],
    ['DENY', ['guests'], ['open on type Query', 'staff on type Query']],
    ['DENY', ['staff'], ['open on type Query']],
  ] as const)('%s and groups %p leave out what has no matching directive', async (defaultAction, groups, refused) => {
    expect((await ask(schema, [{ ...pool, defaultAction }], fields, cognitoCaller(groups, defaultAction))).refused).toEqual(refused);
  });
});

test('a refused field looks like any other field error, and its resolver does not run', async () => {
  let calls = 0;
  const { run } = harness({
    schema: 'type Query { f: String @aws_iam g: String } schema { query: Query }',
    model: { authorization: [{ type: 'API_KEY' }, { type: 'AWS_IAM' }] },
    resolvers: { 'Query.f': { request: () => calls++ } },
  });

  expect(JSON.stringify(await run('{ f g }'))).toBe(
    '{"data":{"f":null,"g":null},"errors":[{"path":["f"],"data":null,"errorType":"Unauthorized","errorInfo":null,"locations":[{"line":1,"column":3,"sourceName":null}],"message":"Not Authorized to access f on type Query"}]}',
  );
  expect(calls).toBe(0);
});
