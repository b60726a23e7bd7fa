import type { TableStore } from '../../../lib/local/data-sources/table-store';
import { failure, orders, pages, storeOf, table } from './tables-fixture';

const order = (customer: string, name: string, status: string, amount: number) => ({
  customer: { S: customer },
  order: { S: name },
  status: { S: status },
  amount: { N: String(amount) },
  note: { S: `note of ${name}` },
});
const key = (customer: string, name: string) => ({ customer: { S: customer }, order: { S: name } });

async function put(store: TableStore, TableName: string, ...items: object[]): Promise<void> {
  await Promise.all(items.map((Item) => store.call('PutItem', { TableName, Item })));
}

describe('single items', () => {
  it('gives back what was put, with numbers in their normal form', async () => {
    const store = await storeOf(table('Things'));

    await put(store, 'Things', { id: { S: 'a' }, n: { N: '1.50' }, tags: { SS: ['x', 'y'] }, deep: { M: { list: { L: [{ NULL: true }, { BOOL: false }] } } } });

    expect(await store.call('GetItem', { TableName: 'Things', Key: { id: { S: 'a' } } })).toEqual({
      Item: { id: { S: 'a' }, n: { N: '1.5' }, tags: { SS: ['x', 'y'] }, deep: { M: { list: { L: [{ NULL: true }, { BOOL: false }] } } } },
    });
    expect(await store.call('GetItem', { TableName: 'Things', Key: { id: { S: 'b' } } })).toEqual({});
  });

  it('projects nested paths', async () => {
    const store = await storeOf(table('Things'));
    await put(store, 'Things', { id: { S: 'a' }, deep: { M: { steps: { L: [{ S: 'zero' }, { S: 'one' }] }, other: { S: 'x' } } } });

    const answer = await store.call('GetItem', { TableName: 'Things', Key: { id: { S: 'a' } }, ProjectionExpression: '#d.steps[1]', ExpressionAttributeNames: { '#d': 'deep' } });

    expect(answer).toEqual({ Item: { deep: { M: { steps: { L: [{ S: 'one' }] } } } } });
  });

  it('updates with every clause and returns the new item', async () => {
    const store = await storeOf(table('Things'));
    await put(store, 'Things', { id: { S: 'a' }, n: { N: '2' }, l: { L: [{ S: '0' }, { S: '1' }, { S: '2' }, { S: '3' }] }, ss: { SS: ['a', 'b'] }, former: { S: 'x' } });

    const { Attributes } = await store.call('UpdateItem', {
      TableName: 'Things',
      Key: { id: { S: 'a' } },
      UpdateExpression: 'SET n = n + :one, made = if_not_exists(made, :text), l[3] = :text REMOVE former, l[0], l[1] ADD hits :one DELETE ss :gone',
      ExpressionAttributeValues: { ':one': { N: '1' }, ':text': { S: 't' }, ':gone': { SS: ['a'] } },
      ReturnValues: 'ALL_NEW',
    });

    expect(Attributes).toEqual({
      id: { S: 'a' },
      n: { N: '3' },
      made: { S: 't' },
      l: { L: [{ S: '2' }, { S: 't' }] },
      hits: { N: '1' },
      ss: { SS: ['b'] },
    });
  });

  it('returns the deleted item', async () => {
    const store = await storeOf(table('Things'));
    await put(store, 'Things', { id: { S: 'a' }, n: { N: '1' } });

    expect(await store.call('DeleteItem', { TableName: 'Things', Key: { id: { S: 'a' } }, ReturnValues: 'ALL_OLD' })).toEqual({ Attributes: { id: { S: 'a' }, n: { N: '1' } } });
    expect(await store.call('GetItem', { TableName: 'Things', Key: { id: { S: 'a' } } })).toEqual({});
  });

  it('compares lists and maps by value in conditions', async () => {
    const store = await storeOf(table('Things'));
    await put(store, 'Things', { id: { S: 'a' }, tags: { L: [{ S: 'x' }, { N: '1' }] }, shape: { M: { b: { N: '2' }, a: { S: 'x' } } } });
    const write = (ConditionExpression: string, values: object) =>
      store.call('UpdateItem', { TableName: 'Things', Key: { id: { S: 'a' } }, UpdateExpression: 'SET seen = :t', ConditionExpression, ExpressionAttributeValues: { ':t': { BOOL: true }, ...values } });

    await write('tags = :l AND shape IN (:m)', { ':l': { L: [{ S: 'x' }, { N: '1.0' }] }, ':m': { M: { a: { S: 'x' }, b: { N: '2' } } } });
    expect((await failure(write('tags <> :l', { ':l': { L: [{ S: 'x' }, { N: '1' }] } }))).code).toBe('ConditionalCheckFailedException');
    expect((await failure(write('shape = :m', { ':m': { M: { a: { S: 'y' } } } }))).code).toBe('ConditionalCheckFailedException');
  });

  it('hands over the stored item on a failed condition only when asked', async () => {
    const store = await storeOf(table('Things'));
    await put(store, 'Things', { id: { S: 'a' }, n: { N: '7' } });
    const write = { TableName: 'Things', Item: { id: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(id)' };

    const silent = await failure(store.call('PutItem', write));
    const telling = await failure(store.call('PutItem', { ...write, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));

    expect([silent.name, silent.message, silent.item]).toEqual(['ConditionalCheckFailedException', 'The conditional request failed', undefined]);
    expect(telling.item).toEqual({ id: { S: 'a' }, n: { N: '7' } });
  });

  it.each([
    ['a missing table', 'GetItem', { TableName: 'Nowhere', Key: { id: { S: 'a' } } }, 'ResourceNotFoundException', 'Requested resource not found'],
    ['a missing table in a batch', 'BatchGetItem', { RequestItems: { Things: { Keys: [{ id: { S: 'a' } }] }, Nowhere: { Keys: [{ id: { S: 'a' } }] } } }, 'ResourceNotFoundException', 'Requested resource not found'],
    ['a missing table in a scan', 'Scan', { TableName: 'Nowhere' }, 'ResourceNotFoundException', 'Requested resource not found'],
    ['a wrong key', 'GetItem', { TableName: 'Things', Key: { name: { S: 'a' } } }, 'ValidationException', 'The provided key element does not match the schema'],
    ['a missing key', 'PutItem', { TableName: 'Things', Item: { n: { N: '1' } } }, 'ValidationException', 'One or more parameter values were invalid: Missing the key id in the item'],
    [
      'an empty key',
      'PutItem',
      { TableName: 'Things', Item: { id: { S: '' } } },
      'ValidationException',
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id',
    ],
    [
      'an unused placeholder',
      'PutItem',
      { TableName: 'Things', Item: { id: { S: 'a' } }, ConditionExpression: 'attribute_exists(id)', ExpressionAttributeNames: { '#x': 'x' } },
      'ValidationException',
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}',
    ],
    ['a number that is none', 'PutItem', { TableName: 'Things', Item: { id: { S: 'a' }, n: { N: 'x' } } }, 'ValidationException', 'The parameter cannot be converted to a numeric value: x'],
    ['a number with a plus sign', 'PutItem', { TableName: 'Things', Item: { id: { S: 'a' }, n: { N: '+7' } } }, 'ValidationException', 'The parameter cannot be converted to a numeric value: +7'],
    ['a wrong JSON type', 'PutItem', { TableName: 'Things', Item: { id: { S: 5 } } }, 'SerializationException', 'NUMBER_VALUE cannot be converted to String'],
    ['an item over 400 KB', 'PutItem', { TableName: 'Things', Item: { id: { S: 'a' }, x: { S: 'x'.repeat(410_000) } } }, 'ValidationException', 'Item size has exceeded the maximum allowed size'],
  ] as const)('rejects %s in the words of DynamoDB', async (_, operation, parameters, code, message) => {
    const store = await storeOf(table('Things'));

    const error = await failure(store.call(operation, parameters));

    expect([error.code, error.message]).toEqual([code, message]);
  });

  it('rejects an empty index key', async () => {
    const store = await storeOf(orders);

    const error = await failure(store.call('PutItem', { TableName: 'Orders', Item: { ...key('c', '1'), status: { S: '' } } }));

    expect(error.message).toBe(
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
        'The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byStatus, IndexKey: status',
    );
    expect(await store.call('Scan', { TableName: 'Orders', IndexName: 'byStatus' })).toMatchObject({ Count: 0 });
  });

  it('leaves the parameters of the caller alone', async () => {
    const store = await storeOf(table('Things'));
    const parameters = { TableName: 'Things', Item: { id: { S: 'a' }, n: { N: '1.0' } }, ConditionExpression: undefined, Unknown: 1 };

    await store.call('PutItem', parameters);

    expect(parameters).toStrictEqual({ TableName: 'Things', Item: { id: { S: 'a' }, n: { N: '1.0' } }, ConditionExpression: undefined, Unknown: 1 });
  });

  it('refuses calls after it was closed', async () => {
    const store = await storeOf(table('Things'));
    const last = store.call('PutItem', { TableName: 'Things', Item: { id: { S: 'a' } } });

    await store.close();

    await expect(last).resolves.toEqual({});
    await expect(store.call('Scan', { TableName: 'Things' })).rejects.toThrow('Scan after the table store was closed');
  });
});

describe('Query and Scan', () => {
  it('sorts numbers as numbers and reads backwards', async () => {
    const store = await storeOf(orders);
    await put(store, 'Orders', ...[100, -5, 9, -0.5, 20].map((amount, i) => order('c', `o${i}`, 'NEW', amount)));
    const query = { TableName: 'Orders', IndexName: 'byStatusAndAmount', KeyConditionExpression: '#s = :s', ExpressionAttributeNames: { '#s': 'status' }, ExpressionAttributeValues: { ':s': { S: 'NEW' } } };

    const amounts = async (more: object) => (await pages(store, 'Query', { ...query, ...more })).flat().map((item) => Number(item.amount!.N));

    expect(await amounts({})).toEqual([-5, -0.5, 9, 20, 100]);
    expect(await amounts({ ScanIndexForward: false, Limit: 2 })).toEqual([100, 20, 9, -0.5, -5]);
  });

  it.each([
    ['begins_with(#o, :v)', { ':v': { S: 'o1' } }, ['o1', 'o10', 'o11']],
    ['#o BETWEEN :v AND :w', { ':v': { S: 'o10' }, ':w': { S: 'o3' } }, ['o10', 'o11', 'o2', 'o3']],
    ['#o < :v', { ':v': { S: 'o10' } }, ['o0', 'o1']],
    ['#o > :v', { ':v': { S: 'o8' } }, ['o9']],
  ])('finds the range %s page by page', async (range, values, expected) => {
    const store = await storeOf(orders);
    await put(store, 'Orders', ...Array.from({ length: 12 }, (_, i) => order('c', `o${i}`, 'NEW', i)), order('d', 'o1', 'NEW', 1));

    const found = await pages(store, 'Query', {
      TableName: 'Orders',
      KeyConditionExpression: `customer = :c AND ${range}`,
      ExpressionAttributeNames: { '#o': 'order' },
      ExpressionAttributeValues: { ':c': { S: 'c' }, ...values },
      Limit: 2,
    });

    expect(found.flat().map((item) => item.order!.S)).toEqual(expected);
  });

  it.each([true, false])('pages through items with one and the same index key, none lost and none twice (forward: %s)', async (ScanIndexForward) => {
    const store = await storeOf(orders);
    // The index keys that dynalite makes for o2441 and o3352 are the same.
    const names = ['o2441', 'o3352', ...Array.from({ length: 18 }, (_, i) => `o${i}`)];
    await put(store, 'Orders', ...names.map((name) => ({ ...key('c', name), status: { S: 'NEW' } })));

    const found = await pages(store, 'Query', {
      TableName: 'Orders',
      IndexName: 'byStatus',
      KeyConditionExpression: '#s = :s',
      ExpressionAttributeNames: { '#s': 'status' },
      ExpressionAttributeValues: { ':s': { S: 'NEW' } },
      Limit: 3,
      ScanIndexForward,
    });

    expect(found.map((page) => page.length)).toEqual([3, 3, 3, 3, 3, 3, 2]);
    expect(found.flat().map((item) => item.order!.S).sort()).toEqual(names.sort());
  });

  it('keeps indexes in step with puts, updates and deletes', async () => {
    const store = await storeOf(orders);
    await put(store, 'Orders', order('c', '1', 'NEW', 1), order('c', '2', 'NEW', 2), order('c', '3', 'NEW', 3));

    await store.call('UpdateItem', { TableName: 'Orders', Key: key('c', '1'), UpdateExpression: 'SET #s = :s', ExpressionAttributeNames: { '#s': 'status' }, ExpressionAttributeValues: { ':s': { S: 'SENT' } } });
    await store.call('DeleteItem', { TableName: 'Orders', Key: key('c', '2') });
    await put(store, 'Orders', { ...key('c', '3') });

    const inIndex = (await pages(store, 'Scan', { TableName: 'Orders', IndexName: 'byStatus' })).flat();
    expect(inIndex).toEqual([order('c', '1', 'SENT', 1)]);
  });

  it('projects what an index holds, and fetches the rest through a local index only', async () => {
    const store = await storeOf(orders);
    await put(store, 'Orders', order('c', '1', 'NEW', 1));
    const query = { TableName: 'Orders', IndexName: 'byAmount', KeyConditionExpression: 'customer = :c', ExpressionAttributeValues: { ':c': { S: 'c' } } };

    expect((await store.call('Query', query)).Items).toEqual([{ ...key('c', '1'), amount: { N: '1' } }]);
    expect((await store.call('Query', { ...query, Select: 'ALL_ATTRIBUTES' })).Items).toEqual([order('c', '1', 'NEW', 1)]);
    expect((await store.call('Query', { ...query, ProjectionExpression: 'note' })).Items).toEqual([{ note: { S: 'note of 1' } }]);
  });

  it('filters after counting, and compares lists by value', async () => {
    const store = await storeOf(table('Things'));
    await put(store, 'Things', { id: { S: 'a' }, tags: { L: [{ S: 'x' }] } }, { id: { S: 'b' }, tags: { L: [] } }, { id: { S: 'c' } });

    const answer = await store.call('Scan', { TableName: 'Things', FilterExpression: 'tags = :l', ExpressionAttributeValues: { ':l': { L: [{ S: 'x' }] } } });

    expect(answer).toEqual({ Items: [{ id: { S: 'a' }, tags: { L: [{ S: 'x' }] } }], Count: 1, ScannedCount: 3 });
  });

  it('scans one table only, in segments that cover it', async () => {
    const store = await storeOf(table('Things'), table('Things.more'), table('Thing'));
    const ids = Array.from({ length: 40 }, (_, i) => `t${i}`);
    await put(store, 'Things', ...ids.map((id) => ({ id: { S: id } })));
    await put(store, 'Things.more', { id: { S: 'other' } });
    await put(store, 'Thing', { id: { S: 'other' } });

    const segments = await Promise.all([0, 1, 2].map((Segment) => pages(store, 'Scan', { TableName: 'Things', TotalSegments: 3, Segment, Limit: 4 })));

    expect(segments.flat(2).map((item) => item.id!.S).sort()).toEqual(ids.sort());
  });

  it('stops a page at one megabyte', async () => {
    const store = await storeOf(table('Things'));
    await put(store, 'Things', ...Array.from({ length: 5 }, (_, i) => ({ id: { S: `t${i}` }, x: { S: 'x'.repeat(300_000) } })));

    expect((await pages(store, 'Scan', { TableName: 'Things' })).map((page) => page.length)).toEqual([4, 1]);
  });

  it.each([
    ['an unknown index', { IndexName: 'byNothing' }, 'The table does not have the specified index: byNothing'],
    ['a consistent read of a global index', { IndexName: 'byStatus', ConsistentRead: true }, 'Consistent reads are not supported on global secondary indexes'],
  ])('rejects %s', async (_, more, message) => {
    const store = await storeOf(orders);

    const error = await failure(store.call('Scan', { TableName: 'Orders', ...more }));

    expect([error.code, error.message]).toEqual(['ValidationException', message]);
  });
});

describe('batches', () => {
  it('writes and reads several tables', async () => {
    const store = await storeOf(table('Left'), table('Right'));
    await put(store, 'Right', { id: { S: 'old' } });

    await store.call('BatchWriteItem', { RequestItems: { Left: [{ PutRequest: { Item: { id: { S: 'a' } } } }], Right: [{ DeleteRequest: { Key: { id: { S: 'old' } } } }] } });

    expect(await store.call('BatchGetItem', { RequestItems: { Left: { Keys: [{ id: { S: 'a' } }, { id: { S: 'b' } }] }, Right: { Keys: [{ id: { S: 'old' } }] } } })).toEqual({
      Responses: { Left: [{ id: { S: 'a' } }], Right: [] },
      UnprocessedKeys: {},
    });
  });

  it.each([
    ['the same item twice', ['a', 'a'], 'Provided list of item keys contains duplicates'],
    ['26 items in two tables', Array.from({ length: 13 }, (_, i) => `i${i}`), 'Too many items requested for the BatchWriteItem call'],
  ])('rejects %s, and writes nothing', async (_, ids, message) => {
    const store = await storeOf(table('Left'), table('Right'));
    const puts = ids.map((id) => ({ PutRequest: { Item: { id: { S: id } } } }));

    const error = await failure(store.call('BatchWriteItem', { RequestItems: { Left: puts, Right: puts } }));

    expect([error.code, error.message]).toEqual(['ValidationException', message]);
    expect(await store.call('Scan', { TableName: 'Left' })).toMatchObject({ Count: 0 });
  });

  it('rejects 101 keys', async () => {
    const store = await storeOf(table('Left'), table('Right'));
    const keys = (count: number) => ({ Keys: Array.from({ length: count }, (_, i) => ({ id: { S: `i${i}` } })) });

    const error = await failure(store.call('BatchGetItem', { RequestItems: { Left: keys(51), Right: keys(50) } }));

    expect(error.message).toBe('Too many items requested for the BatchGetItem call');
  });
});
