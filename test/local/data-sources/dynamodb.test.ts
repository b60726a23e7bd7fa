import { createDataSource, type DataSource, type TableStore } from '../../../lib/local/data-sources';
import { itEmbedded } from './embedded-only';
import { call, orders, resource, storeOf, table } from './tables-fixture';

const requestId = / \(Service: DynamoDb, Status Code: 400, Request ID: [A-Z0-5]{52}\)$/;

async function source(tableName = 'Things', model = table('Things')): Promise<{ things: DataSource; store: TableStore }> {
  const store = await storeOf(model);
  return { things: createDataSource({ name: 'Things', type: 'AMAZON_DYNAMODB', tableName, region: 'eu-west-1', versioned: false, resource }, { tables: store }), store };
}

const key = (id: string) => ({ id: { S: id } });

describe('GetItem', () => {
  it('gives the item as plain values, or null', async () => {
    const { things } = await source();
    await things.invoke(
      {
        operation: 'PutItem',
        key: key('a'),
        attributeValues: {
          n: { N: 12.5 },
          ns: { NS: [1, '2'] },
          ss: { SS: ['x', 'y'] },
          b: { B: 'aGVs\nbG8=' },
          flag: { BOOL: false },
          nothing: { NULL: null },
          deep: { M: { list: { L: [{ S: '' }, { N: '-3' }] } } },
        },
      },
      call,
    );

    expect(await things.invoke({ operation: 'GetItem', key: key('a'), consistentRead: true }, call)).toEqual({
      result: { id: 'a', n: 12.5, ns: [1, 2], ss: ['x', 'y'], b: 'aGVsbG8=', flag: false, nothing: null, deep: { list: ['', -3] } },
    });
    expect(await things.invoke({ operation: 'GetItem', key: key('b') }, call)).toEqual({ result: null });
  });

  it('projects', async () => {
    const { things } = await source();
    await things.invoke({ operation: 'PutItem', key: key('a'), attributeValues: { name: { S: 'x' }, size: { N: 1 } } }, call);

    const projection = { expression: '#n', expressionNames: { '#n': 'name' } };

    expect(await things.invoke({ operation: 'GetItem', key: key('a'), projection }, call)).toEqual({ result: { name: 'x' } });
  });
});

describe('writes', () => {
  it('give the item as written, as updated, and as it was before its deletion', async () => {
    const { things } = await source();
    const update = { expression: 'SET #n = :n', expressionNames: { '#n': 'name' }, expressionValues: { ':n': { S: 'new' } } };

    expect(await things.invoke({ operation: 'PutItem', key: key('a'), attributeValues: { name: { S: 'x' }, size: { N: '01.0' } } }, call)).toEqual({ result: { id: 'a', name: 'x', size: 1 } });
    expect(await things.invoke({ operation: 'UpdateItem', key: key('a'), update }, call)).toEqual({ result: { id: 'a', name: 'new', size: 1 } });
    expect(await things.invoke({ operation: 'DeleteItem', key: key('a') }, call)).toEqual({ result: { id: 'a', name: 'new', size: 1 } });
    expect(await things.invoke({ operation: 'DeleteItem', key: key('a') }, call)).toEqual({ result: null });
  });

  it('merge the placeholders of update and condition', async () => {
    const { things } = await source();
    await things.invoke({ operation: 'PutItem', key: key('a'), attributeValues: { stock: { N: 3 } } }, call);
    const sell = (pieces: number) =>
      things.invoke(
        {
          operation: 'UpdateItem',
          key: key('a'),
          update: { expression: 'SET #s = #s - :n', expressionNames: { '#s': 'stock' }, expressionValues: { ':n': { N: pieces } } },
          condition: { expression: '#t >= :m', expressionNames: { '#t': 'stock' }, expressionValues: { ':m': { N: pieces } } },
        },
        call,
      );

    expect(await sell(2)).toEqual({ result: { id: 'a', stock: 1 } });
    expect(await sell(2)).toEqual({
      result: { id: 'a', stock: 1 },
      error: {
        type: 'DynamoDB:ConditionalCheckFailedException',
        message: expect.stringMatching(new RegExp(`^The conditional request failed${requestId.source}`)),
      },
    });
  });

  it('count a put as done when the stored item equals it, apart from the attributes to ignore', async () => {
    const { things } = await source();
    const put = (more: object, condition?: object) => things.invoke({ operation: 'PutItem', key: key('a'), attributeValues: { n: { N: 1 }, tags: { SS: ['a', 'b'] }, ...more }, condition }, call);
    const isNew = { expression: 'attribute_not_exists(id)' };
    await put({ at: { S: 'first' } });
    const stored = { id: 'a', n: 1, tags: ['a', 'b'], at: 'first' };

    expect(await put({ at: { S: 'first' }, n: { N: '1.0' }, tags: { SS: ['b', 'a'] } }, isNew)).toEqual({ result: stored });
    expect(await put({ at: { S: 'second' } }, { ...isNew, equalsIgnore: ['at'] })).toEqual({ result: stored });
    expect(await put({ at: { S: 'second' } }, isNew)).toMatchObject({ result: stored, error: { type: 'DynamoDB:ConditionalCheckFailedException' } });
    expect(await put({ at: { S: 'first' }, n: { N: 2 } }, isNew)).toMatchObject({ result: stored, error: { type: 'DynamoDB:ConditionalCheckFailedException' } });
  });

  it('count a delete as done when there is nothing to delete, and never an update', async () => {
    const { things } = await source();
    const condition = { expression: 'attribute_exists(id)', conditionalCheckFailedHandler: { strategy: 'Reject' } };

    expect(await things.invoke({ operation: 'DeleteItem', key: key('a'), condition }, call)).toEqual({ result: null });
    expect(await things.invoke({ operation: 'UpdateItem', key: key('a'), update: { expression: 'SET n = :n', expressionValues: { ':n': { N: 1 } } }, condition }, call)).toMatchObject({
      result: null,
      error: { type: 'DynamoDB:ConditionalCheckFailedException' },
    });
  });

  it.each([
    ['the handler Custom without a function', { condition: { expression: 'x', conditionalCheckFailedHandler: { strategy: 'Custom' } } }, `Value for field '$[condition][conditionalCheckFailedHandler][lambdaArn]' not found.`],
    ['an unknown handler', { condition: { expression: 'x', conditionalCheckFailedHandler: { strategy: 'Other' } } }, `Unsupported value 'Other' for field '$[condition][conditionalCheckFailedHandler][strategy]'.`],
  ])('refuse %s', async (_, more, message) => {
    const { things } = await source();

    await expect(things.invoke({ operation: 'PutItem', key: key('a'), ...more }, call)).rejects.toThrow(message);
  });

  it('refuse conflict detection, and say so', async () => {
    const tables = await storeOf(table('Things'));
    const things = createDataSource({ name: 'Things', type: 'AMAZON_DYNAMODB', tableName: 'Things', region: 'eu-west-1', versioned: true, resource }, { tables });

    await expect(things.invoke({ operation: 'PutItem', key: key('a') }, call)).rejects.toThrow('writing to a DynamoDB data source with conflict detection is not emulated locally yet');
    expect(await things.invoke({ operation: 'GetItem', key: key('a') }, call)).toEqual({ result: null });
  });
});

describe('Query and Scan', () => {
  async function ordersOf(count: number): Promise<DataSource> {
    const { things } = await source('Orders', orders);
    for (let i = 0; i < count; i++) {
      const attributeValues = { status: { S: i % 2 ? 'SENT' : 'NEW' }, amount: { N: i * 10 } };
      await things.invoke({ operation: 'PutItem', key: { customer: { S: 'c' }, order: { S: `o${i}` } }, attributeValues }, call);
    }
    return things;
  }
  const ofCustomer = { operation: 'Query', query: { expression: 'customer = :c', expressionValues: { ':c': { S: 'c' } } } };
  type Page = { items: { order: string }[]; nextToken: string | null; scannedCount: number };

  it('give items, a token while there is more, and how many were looked at', async () => {
    const source = await ordersOf(5);

    const first = (await source.invoke({ ...ofCustomer, limit: 3, nextToken: null }, call)).result as Page;
    const second = (await source.invoke({ ...ofCustomer, limit: 3, nextToken: first.nextToken }, call)).result as Page;

    expect([first.items.map(({ order }) => order), first.scannedCount, typeof first.nextToken]).toEqual([['o0', 'o1', 'o2'], 3, 'string']);
    expect(second).toEqual({
      items: [
        { customer: 'c', order: 'o3', status: 'SENT', amount: 30 },
        { customer: 'c', order: 'o4', status: 'NEW', amount: 40 },
      ],
      nextToken: null,
      scannedCount: 2,
    });
  });

  it('understand index, direction, filter and projection together', async () => {
    const source = await ordersOf(6);

    const answer = await source.invoke(
      {
        operation: 'Query',
        index: 'byStatusAndAmount',
        query: { expression: '#s = :s AND amount > :t', expressionNames: { '#s': 'status' }, expressionValues: { ':s': { S: 'NEW' }, ':t': { N: 5 } } },
        filter: { expression: '#o <> :o', expressionNames: { '#o': 'order' }, expressionValues: { ':o': { S: 'o9' } } },
        projection: { expression: '#p', expressionNames: { '#p': 'order' } },
        select: 'SPECIFIC_ATTRIBUTES',
        scanIndexForward: false,
      },
      call,
    );

    expect(answer).toEqual({ result: { items: [{ order: 'o4' }, { order: 'o2' }], nextToken: null, scannedCount: 2 } });
  });

  it('scan in segments', async () => {
    const source = await ordersOf(4);
    const scan = async (segment: number) => (await source.invoke({ operation: 'Scan', totalSegments: 2, segment }, call)).result as Page;

    const found = [...(await scan(0)).items, ...(await scan(1)).items];

    expect(found).toHaveLength(4);
  });

  it.each([
    ['damaged', (token: string) => `${token.slice(0, -4)}AAAA`],
    ['made up', () => 'eyJvcmRlciI6Im8xIn0='],
    ['not even text', () => 5],
    ['empty', () => ''],
  ])('answer a token that is %s as AppSync does', async (_, change) => {
    const source = await ordersOf(3);
    const { nextToken } = (await source.invoke({ ...ofCustomer, limit: 1 }, call)).result as Page;

    expect(await source.invoke({ ...ofCustomer, limit: 1, nextToken: change(nextToken!) }, call)).toEqual({
      result: null,
      error: {
        type: 'DynamoDB:UserIllegalArgumentException',
        message: 'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
      },
    });
  });

  it('accept a token only from the resolver that was given it, and do not show the key in it', async () => {
    const source = await ordersOf(3);
    const { nextToken } = (await source.invoke({ ...ofCustomer, limit: 1 }, call)).result as Page;

    const elsewhere = await source.invoke({ ...ofCustomer, limit: 1, nextToken }, { ...call, scope: 'Query.other' });

    expect(elsewhere.error?.type).toBe('DynamoDB:UserIllegalArgumentException');
    expect(Buffer.from(nextToken!, 'base64').toString('latin1')).not.toContain('customer');
  });
});

describe('errors of DynamoDB', () => {
  itEmbedded.each([
    ['a validation error', { operation: 'GetItem', key: { name: { S: 'a' } } }, 'DynamoDB:DynamoDbException', 'The provided key element does not match the schema'],
    [
      'a value without a type',
      { operation: 'PutItem', key: key('a'), attributeValues: { x: { S: null } } },
      'DynamoDB:DynamoDbException',
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      'an empty map of names',
      { operation: 'Scan', filter: { expression: 'n = :n', expressionNames: {}, expressionValues: { ':n': { N: 1 } } } },
      'DynamoDB:DynamoDbException',
      'ExpressionAttributeNames must not be empty',
    ],
  ])('reach ctx.error with the suffix of the service: %s', async (_, request, type, message) => {
    const { things } = await source();

    const { result, error } = await things.invoke(request, call);

    expect(result).toBeNull();
    expect(error!.type).toBe(type);
    expect(error!.message).toMatch(requestId);
    expect(error!.message.replace(requestId, '')).toBe(message);
  });

  it('name a table that is not there', async () => {
    const { things } = await source('Nowhere');

    const { error } = await things.invoke({ operation: 'GetItem', key: key('a') }, call);

    expect(error!.type).toBe('DynamoDB:ResourceNotFoundException');
  });
});

describe('documents AppSync refuses', () => {
  it.each([
    [{ payload: 1 }, `Value for field '$[operation]' not found.`],
    [null, `Value for field '$[operation]' not found.`],
    ['text', `Value for field '$[operation]' not found.`],
    [{ operation: 'Fetch' }, `Unsupported operation 'Fetch'.`],
    [{ operation: 'GetItem' }, `Value for field '$[key]' not found.`],
    [{ operation: 'Query' }, `Value for field '$[query]' not found.`],
    [{ operation: 'Query', query: {} }, `Value for field '$[query][expression]' not found.`],
    [{ operation: 'UpdateItem', key: key('a') }, `Value for field '$[update]' not found.`],
    [{ operation: 'PutItem', key: key('a'), condition: {} }, `Value for field '$[condition][expression]' not found.`],
    [{ operation: 'GetItem', key: { id: 'a' } }, `Expected JSON object for attribute value '$[key][id]' but got a 'STRING' instead.`],
    [{ operation: 'GetItem', key: { id: null } }, `Expected JSON object for attribute value '$[key][id]' but got a 'NULL' instead.`],
    [{ operation: 'GetItem', key: ['a'] }, `Expected JSON object for field '$[key]' but got a 'ARRAY' instead.`],
    [
      { operation: 'GetItem', key: { id: { S: 'a', N: 1 } } },
      `Supplied AttributeValue for '$[key][id]' has more than one datatypes set, must contain exactly one of the supported datatypes`,
    ],
    [
      { operation: 'PutItem', key: key('a'), attributeValues: { l: { L: [{ M: { x: 5 } }] } } },
      `Expected JSON object for attribute value '$[attributeValues][l][L][0][M][x]' but got a 'NUMBER' instead.`,
    ],
    [{ operation: 'BatchGetItem' }, `Value for field '$[tables]' not found.`],
    [{ operation: 'BatchPutItem', tables: { Things: {} } }, `Expected JSON array for field '$[tables][Things]' but got a 'OBJECT' instead.`],
    [{ operation: 'TransactWriteItems' }, `Value for field '$[transactItems]' not found.`],
    [{ operation: 'TransactWriteItems', transactItems: [{ table: 'Things', operation: 'Put', key: key('a') }] }, `Unsupported operation 'Put'.`],
    [{ operation: 'TransactWriteItems', transactItems: [{ table: 'Things', operation: 'ConditionCheck', key: key('a') }] }, `Value for field '$[transactItems][0][condition]' not found.`],
  ])('%j', async (request, message) => {
    const { things } = await source();

    await expect(things.invoke(request, call)).rejects.toMatchObject({ name: 'DataSourceRequestError', errorType: 'MappingTemplate', message });
  });

  it('Sync is said not to be emulated', async () => {
    const { things } = await source();

    await expect(things.invoke({ operation: 'Sync' }, call)).rejects.toMatchObject({ errorType: 'NotEmulatedLocally', message: 'the DynamoDB operation Sync is not emulated locally yet' });
  });
});
