/** Functions that decide what becomes of a write whose condition failed. */
import { createDataSource, type DataSourceCall } from '../../../lib/local/data-sources';
import type { InvocationOutcome } from '../../../lib/local/lambda';
import { call as plainCall, resource, storeOf, table } from './tables-fixture';

const call: DataSourceCall = { ...plainCall, resolution: { parentTypeName: 'Mutation', fieldName: 'putThing', arguments: { id: 'a' }, outputType: 'Thing' } };
const handler = { strategy: 'Custom', lambdaArn: 'arn:aws:lambda:eu-west-1:123456789012:function:decide' };
const stored = { id: 'a', n: 1 };
const failedCheck = { type: 'DynamoDB:ConditionalCheckFailedException', message: expect.any(String) };

/** A table with one item, and a handler that replies so. */
async function things(reply: unknown) {
  const events: unknown[] = [];
  const outcome = (typeof reply === 'object' && reply !== null && 'kind' in reply ? reply : { kind: 'value', value: reply }) as InvocationOutcome;
  const source = createDataSource(
    { name: 'Things', type: 'AMAZON_DYNAMODB', tableName: 'Things', region: 'eu-west-1', versioned: false, resource },
    {
      tables: await storeOf(table('Things')),
      invokeFunction: async (arn, event) => {
        events.push([arn, event]);
        return outcome;
      },
    },
  );
  const ask = (document: object) => source.invoke({ key: { id: { S: 'a' } }, ...document }, call);
  await ask({ operation: 'PutItem', attributeValues: { n: { N: 1 } } });
  return { ask, events };
}

const condition = { expression: 'attribute_not_exists(id)', conditionalCheckFailedHandler: handler };
const put = { operation: 'PutItem', attributeValues: { n: { N: 2 } }, condition };
const update = { operation: 'UpdateItem', update: { expression: 'SET n = :n', expressionValues: { ':n': { N: 2 } } }, condition };
const remove = { operation: 'DeleteItem', condition };
const read = { operation: 'GetItem' };

it('gets the request, what is stored, and who asks for what', async () => {
  const { ask, events } = await things({ action: 'reject' });
  await ask(put);

  expect(events).toEqual([
    [
      handler.lambdaArn,
      {
        arguments: { id: 'a' },
        requestMapping: { key: { id: { S: 'a' } }, ...put },
        currentValue: { id: { S: 'a' }, n: { N: '1' } },
        resolver: { tableName: 'Things', awsRegion: 'eu-west-1', parentType: 'Mutation', field: 'putThing', outputType: 'Thing' },
        identity: null,
      },
    ],
  ]);
});

it('is not asked when the condition holds, or the write has nothing left to do', async () => {
  const { ask, events } = await things({ action: 'reject' });
  expect(await ask({ ...put, key: { id: { S: 'b' } } })).toEqual({ result: { id: 'b', n: 2 } });
  expect(await ask({ ...put, attributeValues: { n: { N: 1 } } })).toEqual({ result: stored });
  expect(events).toEqual([]);
});

it.each([
  ['reject', put, { result: stored, error: failedCheck }],
  ['discard', put, { result: stored }],
  ['discard', remove, { result: stored }],
])('can %s', async (action, document, expected) => {
  const { ask } = await things({ action });

  expect(await ask(document)).toEqual(expected);
  expect(await ask(read)).toEqual({ result: stored });
});

it.each<[string, object, object, unknown, unknown]>([
  ['put other values', put, { attributeValues: { n: { N: 7 } } }, { id: 'a', n: 7 }, { id: 'a', n: 7 }],
  ['update otherwise', update, { update: { expression: 'SET n = n + :n', expressionValues: { ':n': { N: 10 } } } }, { id: 'a', n: 11 }, { id: 'a', n: 11 }],
  ['delete after all', remove, {}, stored, null],
])('can %s', async (_, document, retryMapping, result, after) => {
  const { ask } = await things({ action: 'retry', retryMapping });

  expect(await ask(document)).toEqual({ result });
  expect(await ask(read)).toEqual({ result: after });
});

it('is asked once: a retry whose condition fails is rejected', async () => {
  const { ask, events } = await things({ action: 'retry', retryMapping: { attributeValues: { n: { N: 7 } }, condition: { expression: 'attribute_not_exists(id)' } } });

  expect(await ask(put)).toEqual({ result: stored, error: failedCheck });
  expect(events).toHaveLength(1);
});

it.each<[unknown, string]>([
  [null, 'The reply of the conditional check failed handler is not valid: it must be { action: "reject" }, { action: "discard" } or { action: "retry", retryMapping: {…} }.'],
  [{ action: 'retry' }, 'The reply of the conditional check failed handler is not valid: it must be { action: "reject" }, { action: "discard" } or { action: "retry", retryMapping: {…} }.'],
  [{ action: 'retry', retryMapping: { condition } }, 'The reply of the conditional check failed handler is not valid: the condition of a retry has no handler.'],
  [{ kind: 'error', errorType: 'Error', errorMessage: 'down' }, 'The conditional check failed handler failed: down'],
  [{ kind: 'unavailable', reason: 'it is Python' }, 'it is Python'],
])('fails the field with the reply %j', async (reply, message) => {
  const { ask } = await things(reply);

  await expect(ask(put)).rejects.toThrow(new Error(message));
  expect(await ask(read)).toEqual({ result: stored });
});
