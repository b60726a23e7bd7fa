import { TableError, type TableStore } from '../../../lib/local/data-sources/table-store';
import { orders, storeOf, table } from './tables-fixture';

const id = (value: string) => ({ id: { S: value } });
const putOf = (TableName: string, value: string, more: object = {}) => ({ Put: { TableName, Item: id(value), ...more } });
const absent = { ConditionExpression: 'attribute_not_exists(id)' };

async function transactFailure(store: TableStore, operation: 'TransactWriteItems' | 'TransactGetItems', TransactItems: unknown): Promise<TableError> {
  const error = await store.call(operation, { TransactItems }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TableError);
  return error as TableError;
}

async function ids(store: TableStore, TableName: string): Promise<string[]> {
  const { Items } = await store.call('Scan', { TableName });
  return (Items as { id: { S: string } }[]).map((item) => item.id.S).sort();
}

describe('TransactWriteItems', () => {
  it('puts, updates, deletes and checks in several tables at once', async () => {
    const store = await storeOf(table('Left'), table('Right'));
    await store.call('BatchWriteItem', { RequestItems: { Left: [{ PutRequest: { Item: id('gone') } }, { PutRequest: { Item: id('checked') } }] } });

    const answer = await store.call('TransactWriteItems', {
      TransactItems: [
        putOf('Right', 'new', absent),
        { Update: { TableName: 'Right', Key: id('counter'), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } } },
        { Delete: { TableName: 'Left', Key: id('gone') } },
        { ConditionCheck: { TableName: 'Left', Key: id('checked'), ConditionExpression: 'attribute_exists(id)' } },
      ],
    });

    expect(answer).toEqual({});
    expect(await ids(store, 'Left')).toEqual(['checked']);
    expect(await ids(store, 'Right')).toEqual(['counter', 'new']);
  });

  it('writes nothing when one condition fails, and gives a reason per entry in request order', async () => {
    const store = await storeOf(table('Left'), table('Right'));
    await store.call('PutItem', { TableName: 'Left', Item: { ...id('a'), n: { N: '3' } } });

    const error = await transactFailure(store, 'TransactWriteItems', [
      putOf('Right', 'r'),
      putOf('Left', 'a', { ...absent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
      { Delete: { TableName: 'Left', Key: id('b'), ConditionExpression: 'attribute_exists(id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
      { Update: { TableName: 'Left', Key: id('c'), UpdateExpression: 'SET n = n + :one', ExpressionAttributeValues: { ':one': { N: '1' } } } },
    ]);

    expect(error.name).toBe('TransactionCanceledException');
    expect(error.message).toBe('Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed, ValidationError]');
    expect(error.cancellationReasons).toEqual([
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: { ...id('a'), n: { N: '3' } } },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      { Code: 'ValidationError', Message: 'The provided expression refers to an attribute that does not exist in the item' },
    ]);
    expect(await ids(store, 'Right')).toEqual([]);
  });

  it.each([
    ['no entries', [], `1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1`],
    [
      '101 entries',
      Array.from({ length: 101 }, (_, i) => putOf('Left', `i${i}`)),
      `1 validation error detected: Value '[101 entries]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100`,
    ],
    ['one item twice', [putOf('Left', 'a'), { Delete: { TableName: 'Left', Key: id('a') } }], 'Transaction request cannot include multiple operations on one item'],
    ['two actions in an entry', [{ ...putOf('Left', 'a'), Delete: { TableName: 'Left', Key: id('b') } }], 'TransactItems can only contain one of Check, Put, Update or Delete'],
    ['null for an entry', [null], 'TransactItems can only contain one of Check, Put, Update or Delete'],
    [
      'a check without a condition',
      [{ ConditionCheck: { TableName: 'Left', Key: id('a') } }],
      `1 validation error detected: Value null at 'transactItems.1.member.conditionCheck.conditionExpression' failed to satisfy constraint: Member must not be null`,
    ],
  ])('rejects %s', async (_, TransactItems, message) => {
    const store = await storeOf(table('Left'));

    const error = await transactFailure(store, 'TransactWriteItems', TransactItems);

    expect([error.code, error.message]).toEqual(['ValidationException', message]);
    expect(await ids(store, 'Left')).toEqual([]);
  });

  it('takes 100 entries, and the same key in two tables', async () => {
    const store = await storeOf(table('Left'), table('Right'));

    await store.call('TransactWriteItems', { TransactItems: Array.from({ length: 50 }, (_, i) => [putOf('Left', `i${i}`), putOf('Right', `i${i}`)]).flat() });

    expect(await ids(store, 'Left')).toHaveLength(50);
    expect(await ids(store, 'Right')).toHaveLength(50);
  });

  it('moves index entries with the items', async () => {
    const store = await storeOf(orders);
    const key = { customer: { S: 'c' }, order: { S: '1' } };
    await store.call('PutItem', { TableName: 'Orders', Item: { ...key, status: { S: 'NEW' }, amount: { N: '1' } } });

    await store.call('TransactWriteItems', {
      TransactItems: [{ Update: { TableName: 'Orders', Key: key, UpdateExpression: 'SET #s = :s', ExpressionAttributeNames: { '#s': 'status' }, ExpressionAttributeValues: { ':s': { S: 'SENT' } } } }],
    });

    expect((await store.call('Scan', { TableName: 'Orders', IndexName: 'byStatus' })).Items).toEqual([{ ...key, status: { S: 'SENT' }, amount: { N: '1' } }]);
  });
});

describe('isolation', () => {
  it('never oversells: of 50 concurrent transactions on 20 pieces, 20 succeed', async () => {
    const store = await storeOf(table('Stock'), table('Sales'));
    await store.call('PutItem', { TableName: 'Stock', Item: { ...id('piece'), left: { N: '20' } } });

    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        store.call('TransactWriteItems', {
          TransactItems: [
            { Update: { TableName: 'Stock', Key: id('piece'), UpdateExpression: 'SET #l = #l - :one', ConditionExpression: '#l >= :one', ExpressionAttributeNames: { '#l': 'left' }, ExpressionAttributeValues: { ':one': { N: '1' } } } },
            putOf('Sales', `sale${i}`),
          ],
        }),
      ),
    );

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    expect(await ids(store, 'Sales')).toHaveLength(20);
    expect((await store.call('GetItem', { TableName: 'Stock', Key: id('piece') })).Item).toEqual({ ...id('piece'), left: { N: '0' } });
  });

  it('gets single writes and crossing transactions on the same items done, one after the other', async () => {
    const store = await storeOf(table('Left'), table('Right'));
    const add = (TableName: string, key: string) => ({ TableName, Key: id(key), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } });

    await Promise.all(
      Array.from({ length: 40 }, (_, i) => {
        const pair = [{ Update: add('Left', 'x') }, { Update: add('Right', 'x') }];
        return [
          store.call('TransactWriteItems', { TransactItems: i % 2 ? pair : pair.reverse() }),
          store.call('UpdateItem', add('Left', 'x')),
        ];
      }).flat(),
    );

    expect((await store.call('GetItem', { TableName: 'Left', Key: id('x') })).Item).toEqual({ ...id('x'), n: { N: '80' } });
    expect((await store.call('GetItem', { TableName: 'Right', Key: id('x') })).Item).toEqual({ ...id('x'), n: { N: '40' } });
  });

  it('shows a reader all of a transaction or nothing', async () => {
    const store = await storeOf(table('Left'), table('Right'));
    const write = (n: number) => store.call('TransactWriteItems', { TransactItems: ['Left', 'Right'].map((TableName) => ({ Put: { TableName, Item: { ...id('x'), n: { N: String(n) } } } })) });
    const read = async () => {
      const { Responses } = await store.call('TransactGetItems', { TransactItems: ['Left', 'Right'].map((TableName) => ({ Get: { TableName, Key: id('x') } })) });
      return (Responses as { Item: { n: { N: string } } }[]).map(({ Item }) => Item.n.N);
    };
    await write(0);

    const writes = Array.from({ length: 100 }, (_, n) => write(n));
    const reads: string[][] = [];
    for (const pending of writes) {
      reads.push(await read());
      await pending;
    }

    expect(reads.filter(([left, right]) => left !== right)).toEqual([]);
    expect(await read()).toEqual(['99', '99']);
  });
});

describe('TransactGetItems', () => {
  it('answers in request order, with an empty entry for a missing item', async () => {
    const store = await storeOf(table('Left'), table('Right'));
    await store.call('PutItem', { TableName: 'Right', Item: { ...id('a'), n: { N: '1' }, m: { S: 'x' } } });

    expect(
      await store.call('TransactGetItems', {
        TransactItems: [{ Get: { TableName: 'Left', Key: id('a') } }, { Get: { TableName: 'Right', Key: id('a'), ProjectionExpression: 'n' } }],
      }),
    ).toEqual({ Responses: [{}, { Item: { n: { N: '1' } } }] });
  });

  it('is cancelled by a key that does not fit its table', async () => {
    const store = await storeOf(table('Left'));

    const error = await transactFailure(store, 'TransactGetItems', [{ Get: { TableName: 'Left', Key: id('a') } }, { Get: { TableName: 'Left', Key: { name: { S: 'a' } } } }]);

    expect(error.cancellationReasons).toEqual([{ Code: 'None' }, { Code: 'ValidationError', Message: 'The provided key element does not match the schema' }]);
  });

  it.each([
    ['the same item twice', [{ Get: { TableName: 'Left', Key: id('a') } }, { Get: { TableName: 'Left', Key: id('a') } }], 'ValidationException', 'Transaction request cannot include multiple operations on one item'],
    ['a missing table', [{ Get: { TableName: 'Nowhere', Key: id('a') } }], 'ResourceNotFoundException', 'Requested resource not found'],
    ['an entry without a get', [{}], 'ValidationException', `1 validation error detected: Value null at 'transactItems.1.member.get' failed to satisfy constraint: Member must not be null`],
  ])('rejects %s', async (_, TransactItems, code, message) => {
    const store = await storeOf(table('Left'));

    const error = await transactFailure(store, 'TransactGetItems', TransactItems);

    expect([error.code, error.message]).toEqual([code, message]);
  });
});
