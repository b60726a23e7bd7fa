import type { InvocationOutcome } from '../../../lib/local/lambda';
import type { AuthorizationModeModel } from '../../../lib/model';
import { lambdaMode } from '../../../lib/local/auth/lambda';
import { authentication, failure, nowMs, request } from './fixture';

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:authorize';
const refused = failure('You are not authorized to make this call.');
type Mode = Extract<AuthorizationModeModel, { type: 'AWS_LAMBDA' }>;

/** An API whose authorizer replies so; `events` are what it was called with. */
function authorizer(reply: unknown | ((event: unknown) => InvocationOutcome), more: Partial<Mode> = {}) {
  const events: unknown[] = [];
  const clock = { ms: nowMs };
  const api = authentication([{ type: 'AWS_LAMBDA', functionArn, resultTtlSeconds: 0, ...more }], {
    now: () => clock.ms,
    invokeFunction: async (arn, event) => {
      expect(arn).toBe(functionArn);
      events.push(event);
      return typeof reply === 'function' ? (reply as (event: unknown) => InvocationOutcome)(event) : { kind: 'value', value: reply };
    },
  });
  return { ...api, events, clock };
}

const caller = (more: object = {}) => ({ mode: 'AWS_LAMBDA', identity: { resolverContext: {} }, groups: [], deniedFields: [], ...more });

describe('what the function gets', () => {
  test('the token, the operation and the headers of a request', async () => {
    const { authenticate, events } = authorizer({ isAuthorized: true });
    await authenticate(request({ headers: { authorization: 'custom 7', 'x-tenant': 'a' }, body: JSON.stringify({ query: 'query Q($id: ID) { a(id: $id) }', operationName: 'Q', variables: { id: 1 } }) }));

    expect(events).toEqual([
      {
        authorizationToken: 'custom 7',
        requestContext: { apiId: 'abc', accountId: '123456789012', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), queryString: 'query Q($id: ID) { a(id: $id) }', operationName: 'Q', variables: { id: 1 } },
        requestHeaders: { authorization: 'custom 7', 'x-tenant': 'a' },
      },
    ]);
  });

  test('the name that AppSync gives to the connect of a WebSocket', async () => {
    const { authenticate, events } = authorizer({ isAuthorized: true });
    await authenticate(request({ path: '/graphql/connect', headers: { authorization: 't' }, body: '{}' }));

    expect(events).toMatchObject([{ requestContext: { operationName: 'DeepDish:Connect', queryString: '', variables: {} } }]);
  });

  test('what there is of a body that is no operation', async () => {
    const { authenticate, events } = authorizer({ isAuthorized: true });
    for (const body of ['', 'nonsense', 'null', '[]']) await authenticate(request({ headers: { authorization: 't' }, body }));

    expect(events).toEqual(Array(4).fill(expect.objectContaining({ requestContext: expect.objectContaining({ queryString: '', operationName: null, variables: {} }) })));
  });
});

describe('what its reply means', () => {
  test.each<[string, unknown, unknown]>([
    ['yes', { isAuthorized: true }, caller()],
    ['no', { isAuthorized: false, resolverContext: { a: 1 } }, refused],
    ['a context', { isAuthorized: true, resolverContext: { tenant: 'a', admin: true, level: 3, note: null } }, caller({ identity: { resolverContext: { tenant: 'a', admin: true, level: 3, note: null } } })],
    [
      'denied fields, by name and by ARN, of this API',
      { isAuthorized: true, deniedFields: ['Query.salaries', 'arn:aws:appsync:eu-west-1:123456789012:apis/abc/types/User/fields/email', 'arn:aws:appsync:eu-west-1:123456789012:apis/other/types/User/fields/name'] },
      caller({ deniedFields: ['Query.salaries', 'User.email'] }),
    ],
  ])('%s', async (_, reply, expected) => {
    expect(await authorizer(reply).with({ authorization: 't' })).toEqual(expected);
  });

  test.each<[unknown, string]>([
    [{}, 'gave no boolean "isAuthorized"'],
    [{ isAuthorized: 'true' }, 'gave no boolean "isAuthorized"'],
    [null, 'replied with no object'],
    ['yes', 'replied with no object'],
    [{ isAuthorized: true, resolverContext: { a: { b: 1 } } }, 'gave a "resolverContext" that is no object, or has objects or lists in it'],
    [{ isAuthorized: true, resolverContext: ['a'] }, 'gave a "resolverContext" that is no object, or has objects or lists in it'],
    [{ isAuthorized: true, resolverContext: { a: 'x'.repeat(5 * 1024 * 1024) } }, 'gave a "resolverContext" of more than 5 MB'],
    [{ isAuthorized: true, deniedFields: 'Query.a' }, 'gave "deniedFields" that are no list of texts'],
    [{ isAuthorized: true, ttlOverride: '5' }, 'gave a "ttlOverride" that is no number'],
  ])('no permission and a line in the log: reply %#', async (reply, reason) => {
    const api = authorizer(reply);

    expect(await api.with({ authorization: 't' })).toEqual(refused);
    expect(api.log).toEqual([`request refused: the Lambda authorizer authorize ${reason}`]);
  });

  test.each<[InvocationOutcome, string]>([
    [{ kind: 'error', errorType: 'TypeError', errorMessage: 'no user' }, 'failed with TypeError: no user'],
    [{ kind: 'unavailable', reason: 'it is Python' }, 'cannot be asked: it is Python'],
  ])('no permission when it fails: %j', async (outcome, reason) => {
    const api = authorizer(() => outcome);

    expect(await api.with({ authorization: 't' })).toEqual(refused);
    expect(api.log).toEqual([`request refused: the Lambda authorizer authorize ${reason}`]);
  });

  test('no permission when it takes too long', async () => {
    const log: string[] = [];
    const mode = lambdaMode({
      mode: { type: 'AWS_LAMBDA', functionArn, resultTtlSeconds: 0 },
      api: { apiId: 'abc', accountId: '1' },
      invoke: () => new Promise(() => undefined),
      now: () => nowMs,
      log: (line) => log.push(line),
      timeoutMs: 10,
    });
    const keepAlive = setTimeout(() => undefined, 10_000);

    expect(await mode.authenticate(request({ headers: { authorization: 't' } }))).toEqual(refused);
    clearTimeout(keepAlive);
    expect(log).toEqual(['request refused: the Lambda authorizer authorize gave no answer within 0.01 seconds']);
  });
});

describe('when it is called', () => {
  test('for every request when nothing is cached', async () => {
    const { with: send, events } = authorizer({ isAuthorized: true });
    await send({ authorization: 't' });
    await send({ authorization: 't' });

    expect(events).toHaveLength(2);
  });

  test('once per token until its time is over, also for a token it refuses', async () => {
    const { with: send, events, clock } = authorizer((event: unknown) => ({ kind: 'value', value: { isAuthorized: (event as { authorizationToken: string }).authorizationToken === 'good' } }), { resultTtlSeconds: 60 });
    for (const authorization of ['good', 'bad', 'good', 'bad']) expect(await send({ authorization })).toEqual(authorization === 'good' ? caller() : refused);
    expect(events).toHaveLength(2);

    clock.ms += 60_000;
    await send({ authorization: 'good' });
    expect(events).toHaveLength(3);
  });

  test.each([
    ['longer than the API says', 0, { isAuthorized: true, ttlOverride: 60 }, 1],
    ['not again, against what the API says', 60, { isAuthorized: true, ttlOverride: 0 }, 2],
    ['again after a reply of a megabyte', 60, { isAuthorized: true, resolverContext: { a: 'x'.repeat(1_048_576) } }, 2],
    ['again after a reply that does not count', 60, {}, 2],
  ])('%s', async (_, resultTtlSeconds, reply, times) => {
    const { with: send, events } = authorizer(reply, { resultTtlSeconds });
    await send({ authorization: 't' });
    await send({ authorization: 't' });

    expect(events).toHaveLength(times);
  });

  test('not for a token that the API’s expression refuses', async () => {
    const { with: send, events } = authorizer({ isAuthorized: true }, { identityValidationExpression: '^tok-[0-9]+$' });

    expect(await send({ authorization: 'Bearer x' })).toEqual(refused);
    expect(events).toEqual([]);
    expect(await send({ authorization: 'tok-7' })).toEqual(caller());
  });

  test('never with an expression that is none', async () => {
    const { with: send, events, log } = authorizer({ isAuthorized: true }, { identityValidationExpression: '(' });

    expect(await send({ authorization: 't' })).toEqual(refused);
    expect(events).toEqual([]);
    expect(log).toEqual(['IdentityValidationExpression "(" is not a regular expression: every token is refused']);
  });

  test('not without a token', async () => {
    expect(await authorizer({ isAuthorized: true }).with({})).toEqual(failure('Valid authorization header not provided.'));
  });
});
