import { createDataSource, type DataSource } from '../../../lib/local/data-sources';
import { itEmbedded } from './embedded-only';
import { call, resource, storeOf, table } from './tables-fixture';

const key = (id: string) => ({ id: { S: id } });
const put = (tableName: string, id: string, more: object = {}) => ({ table: tableName, operation: 'PutItem', key: key(id), ...more });

async function source(): Promise<DataSource> {
  const tables = await storeOf(table('Left'), table('Right'));
  return createDataSource({ name: 'Things', type: 'AMAZON_DYNAMODB', tableName: 'Left', region: 'eu-west-1', versioned: false, resource }, { tables });
}

it('writes all entries and gives their keys', async () => {
  const things = await source();
  await things.invoke({ operation: 'BatchPutItem', tables: { Left: [key('old'), key('checked')] } }, call);

  const answer = await things.invoke(
    {
      operation: 'TransactWriteItems',
      transactItems: [
        put('Right', 'a', { attributeValues: { n: { N: 1 } } }),
        { table: 'Right', operation: 'UpdateItem', key: key('b'), update: { expression: 'SET n = :n', expressionValues: { ':n': { N: 2 } } } },
        { table: 'Left', operation: 'DeleteItem', key: key('old') },
        { table: 'Left', operation: 'ConditionCheck', key: key('checked'), condition: { expression: 'attribute_exists(id)' } },
      ],
    },
    call,
  );

  expect(answer).toEqual({ result: { keys: [{ id: 'a' }, { id: 'b' }, { id: 'old' }, { id: 'checked' }], cancellationReasons: null } });
  expect(
    await things.invoke(
      { operation: 'TransactGetItems', transactItems: [{ table: 'Right', key: key('a') }, { table: 'Left', key: key('old') }, { table: 'Right', key: key('b'), projection: { expression: 'n' } }] },
      call,
    ),
  ).toEqual({ result: { items: [{ id: 'a', n: 1 }, null, { n: 2 }], cancellationReasons: null } });
});

it('gives a reason per entry when one is refused, with the stored item unless it is not wanted', async () => {
  const things = await source();
  await things.invoke({ operation: 'BatchPutItem', tables: { Left: [{ ...key('a'), n: { N: 1 } }, { ...key('b'), n: { N: 2 } }] } }, call);
  const isNew = { expression: 'attribute_not_exists(id)' };

  const { result, error } = await things.invoke(
    {
      operation: 'TransactWriteItems',
      transactItems: [
        put('Right', 'r'),
        put('Left', 'a', { condition: isNew }),
        put('Left', 'b', { condition: { ...isNew, returnValuesOnConditionCheckFailure: false } }),
        { table: 'Right', operation: 'ConditionCheck', key: key('c'), condition: { expression: 'attribute_exists(id)' } },
      ],
    },
    call,
  );

  expect(result).toEqual({
    keys: null,
    cancellationReasons: [
      { type: 'None', message: 'None' },
      { type: 'ConditionCheckFailed', message: 'The condition check failed.', item: { id: 'a', n: 1 } },
      { type: 'ConditionCheckFailed', message: 'The condition check failed.' },
      { type: 'ConditionCheckFailed', message: 'The condition check failed.' },
    ],
  });
  expect(error!.type).toBe('DynamoDB:TransactionCanceledException');
  expect(error!.message).toMatch(
    /^Transaction cancelled, please refer cancellation reasons for specific reasons \[None, ConditionalCheckFailed, ConditionalCheckFailed, ConditionalCheckFailed\] \(Service: DynamoDb, Status Code: 400, Request ID: \w{52}\)$/,
  );
});

it.each([
  ['TransactWriteItems', 'keys'],
  ['TransactGetItems', 'items'],
])('%s reports an error of the whole request without reasons', async (operation, member) => {
  const things = await source();
  const transactItems = Array.from({ length: 101 }, (_, i) => put('Left', `i${i}`));

  const { result, error } = await things.invoke({ operation, transactItems }, call);

  expect(result).toEqual({ [member]: null, cancellationReasons: null });
  expect(error!.type).toBe('DynamoDB:DynamoDbException');
  expect(error!.message).toContain('Member must have length less than or equal to 100');
});

// DynamoDB Local refuses the request as a whole.
itEmbedded('passes on why an entry could not be applied', async () => {
  const things = await source();

  const { result } = await things.invoke({ operation: 'TransactWriteItems', transactItems: [{ table: 'Left', operation: 'DeleteItem', key: { name: { S: 'x' } } }] }, call);

  expect(result).toEqual({ keys: null, cancellationReasons: [{ type: 'ValidationError', message: 'The provided key element does not match the schema' }] });
});
