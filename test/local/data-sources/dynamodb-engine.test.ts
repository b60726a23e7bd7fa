/**
 * What AppSync's operations need of DynamoDB, checked on whatever the tables live in: the embedded engine, or with
 * `npm run test:dynamodb-local` Amazon's own DynamoDB Local. Nothing here may depend on which of them it is.
 */
import { type ItemChange, TableChanges, type TableStore } from '../../../lib/local/data-sources';
import { itEmbedded } from './embedded-only';
import { failure, pages, storeOf, storeWith, table } from './tables-fixture';

type Values = Readonly<Record<string, object>>;

const S = (text: string) => ({ S: text });
const N = (number: number | string) => ({ N: String(number) });

const readings = table('Readings', {
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  globalIndexes: [{ name: 'byGroup', partitionKey: { name: 'g', type: 'S' }, sortKey: { name: 'n', type: 'N' }, projection: { type: 'ALL' } }],
  localIndexes: [{ name: 'byNumber', partitionKey: { name: 'pk', type: 'S' }, sortKey: { name: 'n', type: 'N' }, projection: { type: 'KEYS_ONLY' } }],
});
const key = (i: number) => ({ pk: S('p'), sk: S(`s${String(i).padStart(2, '0')}`) });
const reading = (i: number) => ({ ...key(i), g: S(`g${i % 2}`), n: N(i), m: { M: { a: { L: [N(1), S('x')] } } }, ss: { SS: ['a', 'b'] } });

describe('reading 20 items of one partition', () => {
  let store: TableStore;
  const read = (operation: 'Query' | 'Scan', parameters: object) => store.call(operation, { TableName: 'Readings', ...parameters });
  const partition = { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': S('p') } };
  const numbers = ({ Items }: Record<string, unknown>) => (Items as { n: { N: string } }[]).map(({ n }) => Number(n.N));

  beforeAll(async () => {
    store = await storeOf(readings);
    const puts = Array.from({ length: 20 }, (_, i) => ({ PutRequest: { Item: reading(i) } }));
    await store.call('BatchWriteItem', { RequestItems: { Readings: puts } });
  });

  it('projects a path through maps and lists', async () => {
    expect(await store.call('GetItem', { TableName: 'Readings', Key: key(1), ProjectionExpression: 'm.a[1], #g', ExpressionAttributeNames: { '#g': 'g' } })).toEqual({
      Item: { m: { M: { a: { L: [S('x')] } } }, g: S('g1') },
    });
  });

  it('gives nothing for an item that is not there', async () => {
    expect(await store.call('GetItem', { TableName: 'Readings', Key: key(99) })).toEqual({});
  });

  it.each<[string, Values, number[]]>([
    ['sk = :v', { ':v': S('s07') }, [7]],
    ['sk < :v', { ':v': S('s02') }, [0, 1]],
    ['sk <= :v', { ':v': S('s02') }, [0, 1, 2]],
    ['sk > :v', { ':v': S('s17') }, [18, 19]],
    ['sk >= :v', { ':v': S('s17') }, [17, 18, 19]],
    ['sk BETWEEN :v AND :w', { ':v': S('s09'), ':w': S('s11') }, [9, 10, 11]],
    ['begins_with(sk, :v)', { ':v': S('s1') }, [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]],
  ])('finds the range %s', async (range, values, expected) => {
    expect(numbers(await read('Query', { KeyConditionExpression: `pk = :p AND ${range}`, ExpressionAttributeValues: { ':p': S('p'), ...values } }))).toEqual(expected);
  });

  it.each<[string, Values, number[]]>([
    ['n > :v AND contains(ss, :a) AND size(ss) = :two AND attribute_type(n, :t)', { ':v': N(17), ':a': S('a'), ':two': N(2), ':t': S('N') }, [18, 19]],
    ['n IN (:v, :w) OR NOT n > :x', { ':v': N(18), ':w': N(19), ':x': N(1) }, [0, 1, 18, 19]],
    ['NOT n >= :v AND g = :g', { ':v': N(4), ':g': S('g1') }, [1, 3]],
    ['(n = :v OR n = :w) AND g <> :g', { ':v': N(4), ':w': N(5), ':g': S('g1') }, [4]],
    ['attribute_exists(m.a[1]) AND attribute_not_exists(m.b) AND n BETWEEN :v AND :w', { ':v': N(2), ':w': N(3) }, [2, 3]],
    ['absent <> :v AND n < :w', { ':v': N(0), ':w': N(1) }, [0]],
    ['absent = :v', { ':v': N(0) }, []],
    ['contains(m.a, :v) AND begins_with(g, :g) AND n = m.a[0]', { ':v': S('x'), ':g': S('g') }, [1]],
    ['n < :v', { ':v': S('5') }, []],
    ['size(g) > :v AND n <= :w', { ':v': N(1), ':w': N(0) }, [0]],
    ['m = :m AND ss = :s AND n = :v', { ':m': { M: { a: { L: [N('1.0'), S('x')] } } }, ':s': { SS: ['b', 'a'] }, ':v': N('3.0') }, [3]],
  ])('filters %s after counting', async (FilterExpression, values, expected) => {
    const answer = await read('Query', { ...partition, FilterExpression, ExpressionAttributeValues: { ...partition.ExpressionAttributeValues, ...values } });

    expect(numbers(answer)).toEqual(expected);
    expect(answer).toMatchObject({ Count: expected.length, ScannedCount: 20 });
  });

  it('pages through a partition in both directions, each item once', async () => {
    const forward = await pages(store, 'Query', { TableName: 'Readings', ...partition, Limit: 7 });
    const backward = await pages(store, 'Query', { TableName: 'Readings', ...partition, Limit: 7, ScanIndexForward: false });

    expect(forward.map((page) => page.length)).toEqual([7, 7, 6]);
    expect(backward.flat()).toEqual(forward.flat().reverse());
  });

  it('limits what is looked at, not what is found', async () => {
    const answer = await read('Query', { ...partition, Limit: 5, FilterExpression: 'n = :v', ExpressionAttributeValues: { ':p': S('p'), ':v': N(4) } });

    expect(answer).toMatchObject({ Count: 1, ScannedCount: 5, LastEvaluatedKey: key(4) });
  });

  it('reads a global index by its own key, and pages with the keys of both', async () => {
    const query = { IndexName: 'byGroup', KeyConditionExpression: 'g = :g AND n BETWEEN :a AND :b', ExpressionAttributeValues: { ':g': S('g1'), ':a': N(3), ':b': N(9) } };

    expect(numbers(await read('Query', query))).toEqual([3, 5, 7, 9]);
    expect((await read('Query', { ...query, Limit: 1 })).LastEvaluatedKey).toEqual({ ...key(3), g: S('g1'), n: N(3) });
  });

  it('gives the keys alone from an index that has no more', async () => {
    const query = { IndexName: 'byNumber', KeyConditionExpression: 'pk = :p AND n < :n', ExpressionAttributeValues: { ':p': S('p'), ':n': N(2) } };

    expect((await read('Query', query)).Items).toEqual([0, 1].map((i) => ({ ...key(i), n: N(i) })));
    expect((await read('Query', { ...query, Select: 'ALL_ATTRIBUTES', ConsistentRead: true })).Items).toEqual([0, 1].map(reading));
  });

  it('counts', async () => {
    const { Items = [], ...answer } = await read('Query', { ...partition, Select: 'COUNT' });

    expect(Items).toEqual([]);
    expect(answer).toMatchObject({ Count: 20, ScannedCount: 20 });
  });

  it('scans in segments that cover the table, and an index', async () => {
    const segments = await Promise.all([0, 1, 2].map((Segment) => read('Scan', { Segment, TotalSegments: 3 })));

    expect(segments.flatMap(numbers).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(await read('Scan', { IndexName: 'byGroup' })).toMatchObject({ Count: 20, ScannedCount: 20 });
  });

  it.each([
    ['a query without the partition key', { KeyConditionExpression: 'sk = :s', ExpressionAttributeValues: { ':s': S('s01') } }],
    ['a key twice in a condition', { KeyConditionExpression: 'pk = :p AND pk = :q', ExpressionAttributeValues: { ':p': S('p'), ':q': S('q') } }],
    ['a filter on a key', { ...partition, FilterExpression: 'sk = :p' }],
    ['an undefined value', { ...partition, FilterExpression: 'n = :missing' }],
    ['an unused value', { ...partition, ExpressionAttributeValues: { ':p': S('p'), ':unused': S('x') } }],
    ['a reserved word', { ...partition, FilterExpression: 'status = :p' }],
    ['bad syntax', { ...partition, FilterExpression: 'n = = :p' }],
    ['an unknown index', { ...partition, IndexName: 'byNothing' }],
    ['a consistent read of a global index', { IndexName: 'byGroup', KeyConditionExpression: 'g = :g', ExpressionAttributeValues: { ':g': S('g1') }, ConsistentRead: true }],
    ['a limit of nothing', { ...partition, Limit: 0 }],
    ['all attributes and a projection', { ...partition, Select: 'ALL_ATTRIBUTES', ProjectionExpression: 'n' }],
    ['projected attributes of a table', { ...partition, Select: 'ALL_PROJECTED_ATTRIBUTES' }],
    ['specific attributes that are not named', { ...partition, Select: 'SPECIFIC_ATTRIBUTES' }],
    ['overlapping paths in a projection', { ...partition, ProjectionExpression: 'm, m.a' }],
  ])('refuses %s', async (_, parameters) => {
    expect((await failure(read('Query', parameters))).code).toBe('ValidationException');
  });

  it.each([
    ['a segment alone', { Segment: 0 }],
    ['a number of segments alone', { TotalSegments: 2 }],
    ['a segment beyond their number', { Segment: 2, TotalSegments: 2 }],
  ])('refuses to scan %s', async (_, parameters) => {
    expect((await failure(read('Scan', parameters))).code).toBe('ValidationException');
  });
});

describe('writing', () => {
  const things = table('Things');
  const a = { id: S('a') };
  const storeHolding = async (more: Values) => {
    const store = await storeOf(things);
    await store.call('PutItem', { TableName: 'Things', Item: { ...a, ...more } });
    return store;
  };
  const stored = async (store: TableStore) => (await store.call('GetItem', { TableName: 'Things', Key: a })).Item;
  const update = (store: TableStore, UpdateExpression: string, values: Values | undefined, more: object = {}) =>
    store.call('UpdateItem', { TableName: 'Things', Key: a, UpdateExpression, ...(values && { ExpressionAttributeValues: values }), ReturnValues: 'ALL_NEW', ...more });

  it.each<[string, Values, Values | undefined, Values]>([
    ['SET n = n + :v, m = :v - n', { n: N(2) }, { ':v': N('0.5') }, { n: N('2.5'), m: N('-1.5') }],
    ['SET l = list_append(if_not_exists(l, :e), :v)', {}, { ':e': { L: [] }, ':v': { L: [N(1)] } }, { l: { L: [N(1)] } }],
    ['SET l = list_append(:v, l)', { l: { L: [N(1)] } }, { ':v': { L: [N(0)] } }, { l: { L: [N(0), N(1)] } }],
    ['SET l[9] = :v', { l: { L: [N(0)] } }, { ':v': N(1) }, { l: { L: [N(0), N(1)] } }],
    ['SET m.b.c = :v', { m: { M: { b: { M: {} } } } }, { ':v': S('x') }, { m: { M: { b: { M: { c: S('x') } } } } }],
    ['SET b = a, a = :v', { a: S('old') }, { ':v': S('new') }, { a: S('new'), b: S('old') }],
    ['SET x = if_not_exists(x, :v), y = if_not_exists(y, :v)', { x: N(1) }, { ':v': N(2) }, { x: N(1), y: N(2) }],
    ['REMOVE x, m.b, absent', { x: N(1), m: { M: { b: N(1), c: N(2) } } }, undefined, { m: { M: { c: N(2) } } }],
    ['REMOVE l[0], l[2]', { l: { L: [N(0), N(1), N(2), N(3)] } }, undefined, { l: { L: [N(1), N(3)] } }],
    ['SET l[1] = :v REMOVE l[0]', { l: { L: [N(0), N(1)] } }, { ':v': N(9) }, { l: { L: [N(9)] } }],
    ['ADD n :v', {}, { ':v': N(5) }, { n: N(5) }],
    ['ADD n :v', { n: N('0.1') }, { ':v': N('0.2') }, { n: N('0.3') }],
    ['ADD s :v', { s: { NS: ['1'] } }, { ':v': { NS: ['1.0'] } }, { s: { NS: ['1'] } }],
    ['DELETE s :v', { s: { SS: ['x'] } }, { ':v': { SS: ['x', 'y'] } }, {}],
    ['ADD n :big', { n: N('12345678901234567890123456789012345677') }, { ':big': N(1) }, { n: N('12345678901234567890123456789012345678') }],
  ])('updates by %s', async (expression, before, values, after) => {
    const store = await storeHolding(before);

    expect(await update(store, expression, values)).toEqual({ Attributes: { ...a, ...after } });
    expect(await stored(store)).toEqual({ ...a, ...after });
  });

  it('creates what it updates', async () => {
    const store = await storeOf(things);

    expect(await update(store, 'SET x = :v', { ':v': N(1) })).toEqual({ Attributes: { ...a, x: N(1) } });
  });

  it.each<[string, Values, Values | undefined]>([
    ['SET m.a = :v, m.a[0] = :v', { m: { M: {} } }, { ':v': S('v') }],
    ['SET x = :v, x = :v', {}, { ':v': S('v') }],
    ['SET x = :v REMOVE x', {}, { ':v': S('v') }],
    ['SET id = :v', {}, { ':v': S('b') }],
    ['SET x.y = :v', {}, { ':v': S('b') }],
    ['SET x = y + :v', {}, { ':v': N(1) }],
    ['SET x = x + :v', { x: S('1') }, { ':v': N(1) }],
    ['ADD x :v', { x: S('1') }, { ':v': N(1) }],
    ['ADD x :v', {}, { ':v': S('1') }],
    ['DELETE x :v', { x: { SS: ['1'] } }, { ':v': { NS: ['1'] } }],
    ['SET l = list_append(l, :v)', { l: { L: [] } }, { ':v': N(1) }],
    ['SET x = :v SET y = :v', {}, { ':v': N(1) }],
    ['SET x = :missing', {}, undefined],
    ['', {}, undefined],
  ])('refuses to update by %j, and changes nothing', async (expression, before, values) => {
    const store = await storeHolding(before);

    expect((await failure(update(store, expression, values))).code).toBe('ValidationException');
    expect(await stored(store)).toEqual({ ...a, ...before });
  });

  it.each<[string, Values, object]>([
    ['UPDATED_NEW', { q: S('new'), n: N(1) }, { Attributes: { q: S('new') } }],
    ['UPDATED_OLD', { q: S('new'), n: N(1) }, { Attributes: { q: S('old') } }],
    ['ALL_OLD', { q: S('new'), n: N(1) }, { Attributes: { ...a, q: S('old'), n: N(1) } }],
    ['NONE', { q: S('new'), n: N(1) }, {}],
  ])('returns %s of an update', async (ReturnValues, _, expected) => {
    const store = await storeHolding({ q: S('old'), n: N(1) });

    expect(await update(store, 'SET q = :v', { ':v': S('new') }, { ReturnValues })).toEqual(expected);
  });

  it('refuses a write whose condition fails, with the stored item where that is wanted', async () => {
    const store = await storeHolding({ n: N(7) });
    const put = { TableName: 'Things', Item: a, ConditionExpression: 'attribute_not_exists(id)' };

    const [silent, telling] = [await failure(store.call('PutItem', put)), await failure(store.call('PutItem', { ...put, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }))];

    expect([silent.code, silent.message, silent.item]).toEqual(['ConditionalCheckFailedException', 'The conditional request failed', undefined]);
    expect(telling.item).toEqual({ ...a, n: N(7) });
    expect(await stored(store)).toEqual({ ...a, n: N(7) });
  });

  it('deletes by a condition, and returns what was there', async () => {
    const store = await storeHolding({ n: N(4) });
    const remove = (value: number) => store.call('DeleteItem', { TableName: 'Things', Key: a, ConditionExpression: 'n = :n', ExpressionAttributeValues: { ':n': N(value) }, ReturnValues: 'ALL_OLD' });

    expect((await failure(remove(5))).code).toBe('ConditionalCheckFailedException');
    expect(await remove(4)).toEqual({ Attributes: { ...a, n: N(4) } });
    expect(await stored(store)).toBeUndefined();
  });

  it.each<[string, Values, Values]>([
    ['38 digits', { n: N('12345678901234567890123456789012345678') }, { n: N('12345678901234567890123456789012345678') }],
    ['numbers in another spelling', { v: N('1.50'), w: N('-0'), x: N('1e3'), y: { NS: ['00.10'] } }, { v: N('1.5'), w: N('0'), x: N('1000'), y: { NS: ['0.1'] } }],
    ['an empty string', { v: S('') }, { v: S('') }],
    ['empty binary', { v: { B: '' } }, { v: { B: '' } }],
    ['an empty list and an empty map', { l: { L: [] }, m: { M: {} } }, { l: { L: [] }, m: { M: {} } }],
    ['null and truth', { x: { NULL: true }, y: { BOOL: false } }, { x: { NULL: true }, y: { BOOL: false } }],
  ])('keeps %s', async (_, put, kept) => {
    expect(await stored(await storeHolding(put))).toEqual({ ...a, ...kept });
  });

  it.each<[string, object]>([
    ['39 digits', { v: N('123456789012345678901234567890123456789') }],
    ['a number that is too large', { v: N('1e126') }],
    ['no number', { v: N('x') }],
    ['an empty set', { v: { SS: [] } }],
    ['a set with the same twice', { v: { SS: ['x', 'x'] } }],
    ['a value of no type', { v: {} }],
    ['more than 400 KB', { v: S('x'.repeat(410 * 1024)) }],
    ['more than 400 KB with the names', { ['n'.repeat(5_000)]: S('x'.repeat(405_000)) }],
    ['an empty key', { id: S('') }],
    ['a key of another type', { id: N(1) }],
  ])('refuses %s', async (_, item) => {
    const store = await storeOf(things);

    expect((await failure(store.call('PutItem', { TableName: 'Things', Item: { ...a, ...item } }))).code).toBe('ValidationException');
    expect(await store.call('Scan', { TableName: 'Things' })).toMatchObject({ Count: 0 });
  });

  it('refuses index keys that are empty or of another type', async () => {
    const store = await storeOf(readings);
    await store.call('PutItem', { TableName: 'Readings', Item: reading(1) });
    const set = (name: string, value: object) =>
      store.call('UpdateItem', { TableName: 'Readings', Key: key(1), UpdateExpression: `SET ${name} = :v`, ExpressionAttributeValues: { ':v': value } });

    for (const work of [set('g', S('')), store.call('PutItem', { TableName: 'Readings', Item: { ...key(2), g: N(1) } })]) expect((await failure(work)).code).toBe('ValidationException');
    expect((await store.call('GetItem', { TableName: 'Readings', Key: key(1) })).Item).toEqual(reading(1));
  });
});

describe('several items at once', () => {
  const id = (name: string) => ({ id: S(name) });
  const tables = () => storeOf(table('Left'), table('Right'));
  const idsIn = async (store: TableStore, TableName: string) => ((await store.call('Scan', { TableName })).Items as { id: { S: string } }[]).map((item) => item.id.S).sort();

  it('writes and reads batches over several tables', async () => {
    const store = await tables();
    await store.call('PutItem', { TableName: 'Left', Item: id('old') });

    const written = await store.call('BatchWriteItem', { RequestItems: { Left: [{ PutRequest: { Item: { ...id('a'), n: N(1) } } }, { DeleteRequest: { Key: id('old') } }], Right: [{ PutRequest: { Item: id('b') } }] } });
    const read = (await store.call('BatchGetItem', { RequestItems: { Left: { Keys: [id('a'), id('old')], ProjectionExpression: 'n' }, Right: { Keys: [id('b')], ConsistentRead: true } } })) as { Responses: object };

    expect(written).toEqual({ UnprocessedItems: {} });
    expect(read).toEqual({ Responses: { Left: [{ n: N(1) }], Right: [id('b')] }, UnprocessedKeys: {} });
  });

  it('writes a transaction of every kind', async () => {
    const store = await tables();
    await store.call('BatchWriteItem', { RequestItems: { Left: ['changed', 'gone', 'checked'].map((name) => ({ PutRequest: { Item: id(name) } })) } });

    await store.call('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'Right', Item: id('new') } },
        { Update: { TableName: 'Left', Key: id('changed'), UpdateExpression: 'SET z = :z', ExpressionAttributeValues: { ':z': S('z') } } },
        { Delete: { TableName: 'Left', Key: id('gone') } },
        { ConditionCheck: { TableName: 'Left', Key: id('checked'), ConditionExpression: 'attribute_exists(id)' } },
      ],
    });

    expect([await idsIn(store, 'Left'), await idsIn(store, 'Right')]).toEqual([['changed', 'checked'], ['new']]);
    expect(await store.call('TransactGetItems', { TransactItems: [{ Get: { TableName: 'Left', Key: id('changed'), ProjectionExpression: 'z' } }, { Get: { TableName: 'Right', Key: id('never') } }] })).toEqual({
      Responses: [{ Item: { z: S('z') } }, {}],
    });
  });

  it('cancels a transaction as a whole, with a reason per entry', async () => {
    const store = await tables();
    await store.call('PutItem', { TableName: 'Left', Item: { ...id('a'), n: N(1) } });
    const isNew = { ConditionExpression: 'attribute_not_exists(id)' };

    const error = await failure(
      store.call('TransactWriteItems', {
        TransactItems: [
          { Put: { TableName: 'Right', Item: id('b') } },
          { Put: { TableName: 'Left', Item: id('a'), ...isNew, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
          { ConditionCheck: { TableName: 'Right', Key: id('c'), ConditionExpression: 'attribute_exists(id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
        ],
      }),
    );

    // DynamoDB Local ends the sentence.
    const refused = expect.stringMatching(/^The conditional request failed\.?$/);
    expect(error.code).toBe('TransactionCanceledException');
    expect(error.message).toBe('Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed]');
    expect(error.cancellationReasons).toEqual([
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: refused, Item: { ...id('a'), n: N(1) } },
      { Code: 'ConditionalCheckFailed', Message: refused },
    ]);
    expect(await idsIn(store, 'Right')).toEqual([]);
  });

  // DynamoDB Local refuses the request as a whole.
  itEmbedded('cancels a transaction with an update that cannot be done', async () => {
    const store = await tables();
    await store.call('PutItem', { TableName: 'Left', Item: { ...id('a'), n: S('text') } });

    const error = await failure(
      store.call('TransactWriteItems', {
        TransactItems: [{ Put: { TableName: 'Right', Item: id('b') } }, { Update: { TableName: 'Left', Key: id('a'), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': N(1) } } }],
      }),
    );

    expect([error.code, error.cancellationReasons?.map(({ Code }) => Code)]).toEqual(['TransactionCanceledException', ['None', 'ValidationError']]);
    expect(await idsIn(store, 'Right')).toEqual([]);
  });

  const put = (name: string) => ({ PutRequest: { Item: id(name) } });
  const many = (count: number) => Array.from({ length: count }, (_, i) => id(`i${i}`));
  it.each([
    ['a batch with the same item twice', 'BatchWriteItem', { RequestItems: { Left: [put('a'), put('a')] } }],
    ['a batch that puts and deletes an item', 'BatchWriteItem', { RequestItems: { Left: [put('a'), { DeleteRequest: { Key: id('a') } }] } }],
    ['26 writes', 'BatchWriteItem', { RequestItems: { Left: many(26).map((Item) => ({ PutRequest: { Item } })) } }],
    ['no writes', 'BatchWriteItem', { RequestItems: {} }],
    ['101 keys', 'BatchGetItem', { RequestItems: { Left: { Keys: many(101) } } }],
    ['the same key twice', 'BatchGetItem', { RequestItems: { Left: { Keys: [id('a'), id('a')] } } }],
    ['two operations on one item', 'TransactWriteItems', { TransactItems: [{ Put: { TableName: 'Left', Item: id('a') } }, { Delete: { TableName: 'Left', Key: id('a') } }] }],
    ['101 entries', 'TransactWriteItems', { TransactItems: many(101).map((Item) => ({ Put: { TableName: 'Left', Item } })) }],
    ['no entries', 'TransactGetItems', { TransactItems: [] }],
  ] as const)('refuses %s', async (_, operation, parameters) => {
    const store = await tables();

    expect((await failure(store.call(operation, parameters))).code).toBe('ValidationException');
    expect(await idsIn(store, 'Left')).toEqual([]);
  });
});

it('tells of each write before it is answered', async () => {
  const changes = new TableChanges();
  const store = await storeWith({ changes }, table('Things'), table('Others'));
  const heard: ItemChange[] = [];
  changes.subscribe('Things', (change) => heard.push(change));
  const id = (name: string) => ({ id: S(name) });
  const hearing = async (...[operation, parameters]: Parameters<TableStore['call']>) => {
    await store.call(operation, parameters);
    return heard.splice(0).map(({ before, after }) => ({ key: (after ?? before)?.id, after }));
  };

  expect(await hearing('PutItem', { TableName: 'Things', Item: id('a') })).toEqual([{ key: S('a'), after: id('a') }]);
  expect(await hearing('UpdateItem', { TableName: 'Things', Key: id('a'), UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': N(1) } })).toEqual([{ key: S('a'), after: { ...id('a'), n: N(1) } }]);
  expect(await hearing('BatchWriteItem', { RequestItems: { Things: [{ DeleteRequest: { Key: id('a') } }, { PutRequest: { Item: id('b') } }], Others: [{ PutRequest: { Item: id('c') } }] } })).toEqual([
    { key: S('a'), after: undefined },
    { key: S('b'), after: id('b') },
  ]);
  expect(await hearing('TransactWriteItems', { TransactItems: [{ Delete: { TableName: 'Things', Key: id('b') } }, { ConditionCheck: { TableName: 'Things', Key: id('x'), ConditionExpression: 'attribute_not_exists(id)' } }] })).toEqual([
    { key: S('b'), after: undefined },
  ]);
  expect(await hearing('GetItem', { TableName: 'Things', Key: id('a') })).toEqual([]);
});
