import { createDataSource, type DataSource, type TableStore } from '../../../lib/local/data-sources';
import { TableError } from '../../../lib/local/data-sources/table-store';
import { itEmbedded } from './embedded-only';
import { call, orders, resource, storeOf, table } from './tables-fixture';

const sourceOn = (tables: TableStore): DataSource => createDataSource({ name: 'Things', type: 'AMAZON_DYNAMODB', tableName: 'Things', region: 'eu-west-1', versioned: false, resource }, { tables });
const key = (id: string) => ({ id: { S: id } });

it('puts, gets and deletes in lists that keep the order of the request', async () => {
  const source = sourceOn(await storeOf(table('Left'), table('Right')));

  expect(await source.invoke({ operation: 'BatchPutItem', tables: { Left: [{ ...key('a'), n: { N: 1 } }, key('b')], Right: [key('c')] } }, call)).toEqual({
    result: { data: { Left: [{ id: 'a', n: 1 }, { id: 'b' }], Right: [{ id: 'c' }] }, unprocessedItems: { Left: [], Right: [] } },
  });
  expect(await source.invoke({ operation: 'BatchGetItem', tables: { Left: [key('b'), key('x'), key('a')], Right: { keys: [key('c')], consistentRead: true } } }, call)).toEqual({
    result: { data: { Left: [{ id: 'b' }, null, { id: 'a', n: 1 }], Right: [{ id: 'c' }] }, unprocessedKeys: { Left: [], Right: [] } },
  });
  expect(await source.invoke({ operation: 'BatchDeleteItem', tables: { Left: [key('b'), key('a')], Right: [key('never')] } }, call)).toEqual({
    result: { data: { Left: [{ id: 'b' }, { id: 'a' }], Right: [{ id: 'never' }] }, unprocessedKeys: { Left: [], Right: [] } },
  });
});

it.each([
  ['without any key attribute', { expression: 'amount' }, [{ amount: 2 }, null, { amount: 1 }]],
  ['with one of two, by a placeholder', { expression: 'amount, #o', expressionNames: { '#o': 'order' } }, [{ order: 'o2', amount: 2 }, null, { order: 'o1', amount: 1 }]],
])('keeps the order under a projection %s', async (_, projection, expected) => {
  const source = sourceOn(await storeOf(orders));
  const keyOf = (order: string) => ({ customer: { S: 'c' }, order: { S: order } });
  await source.invoke({ operation: 'BatchPutItem', tables: { Orders: [1, 2].map((n) => ({ ...keyOf(`o${n}`), amount: { N: n } })) } }, call);

  const { result } = await source.invoke({ operation: 'BatchGetItem', tables: { Orders: { keys: ['o2', 'o3', 'o1'].map(keyOf), projection } } }, call);

  expect(result).toEqual({ data: { Orders: expected }, unprocessedKeys: { Orders: [] } });
});

it('finds items whose number key is spelt differently', async () => {
  const source = sourceOn(await storeOf(table('Things', { partitionKey: { name: 'n', type: 'N' } })));
  await source.invoke({ operation: 'BatchPutItem', tables: { Things: [{ n: { N: '1' } }, { n: { N: 120 } }] } }, call);

  const { result } = await source.invoke({ operation: 'BatchGetItem', tables: { Things: [{ n: { N: '1.20e2' } }, { n: { N: '01.0' } }] } }, call);

  expect(result).toMatchObject({ data: { Things: [{ n: 120 }, { n: 1 }] } });
});

itEmbedded('gives null for every entry when the call fails', async () => {
  const source = sourceOn(await storeOf(table('Left')));

  const answer = await source.invoke({ operation: 'BatchGetItem', tables: { Left: [key('a'), { name: { S: 'x' } }] } }, call);

  expect(answer).toEqual({
    result: { data: { Left: [null, null] }, unprocessedKeys: { Left: [] } },
    error: { type: 'DynamoDB:DynamoDbException', message: expect.stringMatching(/^The provided key element does not match the schema \(Service: DynamoDb/) },
  });
});

itEmbedded.each([
  ['BatchGetItem', 101, 'Member must have length less than or equal to 100'],
  ['BatchPutItem', 26, 'Member must have length less than or equal to 25'],
  ['BatchDeleteItem', 26, 'Member must have length less than or equal to 25'],
])('%s takes no more than DynamoDB does', async (operation, count, message) => {
  const source = sourceOn(await storeOf(table('Left')));

  const { error } = await source.invoke({ operation, tables: { Left: Array.from({ length: count }, (_, i) => key(`i${i}`)) } }, call);

  expect(error!.type).toBe('DynamoDB:DynamoDbException');
  expect(error!.message).toContain(message);
});

it('reports what DynamoDB left undone', async () => {
  const store: TableStore = {
    ...(await storeOf(table('Left'))),
    call: async (operation) =>
      operation === 'BatchWriteItem'
        ? { UnprocessedItems: { Left: [{ PutRequest: { Item: { id: { S: 'b' }, n: { N: '1' } } } }] } }
        : { Responses: { Left: [key('a')] }, UnprocessedKeys: { Left: { Keys: [key('b')] } } },
  };
  const source = sourceOn(store);

  expect((await source.invoke({ operation: 'BatchPutItem', tables: { Left: [key('a'), { ...key('b'), n: { N: 1 } }] } }, call)).result).toEqual({
    data: { Left: [{ id: 'a' }, null] },
    unprocessedItems: { Left: [{ id: 'b', n: 1 }] },
  });
  expect((await source.invoke({ operation: 'BatchGetItem', tables: { Left: [key('a'), key('b')] } }, call)).result).toEqual({
    data: { Left: [{ id: 'a' }, null] },
    unprocessedKeys: { Left: [{ id: 'b' }] },
  });
});

it('names throttling, and lets a bug of ours through', async () => {
  const failing = (error: Error) => sourceOn({ call: () => Promise.reject(error), ensureTables: async () => undefined, close: async () => undefined });
  const request = { operation: 'BatchGetItem', tables: { Left: [key('a')] } };

  const throttled = await failing(new TableError('ProvisionedThroughputExceededException', 'Too fast')).invoke(request, call);

  expect(throttled.error!.type).toBe('DynamoDB:ProvisionedThroughputExceededException');
  await expect(failing(new RangeError('ours')).invoke(request, call)).rejects.toThrow(RangeError);
});
