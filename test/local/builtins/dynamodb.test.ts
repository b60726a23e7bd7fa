/** Expected values without a note were recorded from AWS EvaluateCode (localstack/appsync-utils, index.test.js.snap). */
import { evaluate, failure } from './run-handler';

describe('util.dynamodb', () => {
  it.each([
    [`toDynamoDB('test')`, { S: 'test' }],
    ['toDynamoDB(12345)', { N: 12345 }],
    ['toDynamoDB(true)', { BOOL: true }],
    ['toDynamoDB(null)', { NULL: null }],
    [`toString('test')`, { S: 'test' }],
    [`toStringSet(['foo', 'bar'])`, { SS: ['foo', 'bar'] }],
    ['toNumber(12345)', { N: 12345 }],
    ['toNumberSet([1, 23, 4.56])', { NS: [1, 23, 4.56] }],
    [`toBinary('foo')`, { B: 'foo' }],
    [`toBinarySet(['foo'])`, { BS: ['foo'] }],
    ['toBoolean(true)', { BOOL: true }],
    ['toNull()', { NULL: null }],
    [`toList(['foo', 123, { bar: 'baz' }])`, { L: [{ S: 'foo' }, { N: 123 }, { M: { bar: { S: 'baz' } } }] }],
    [`toMap({ foo: 'bar', beep: ['boop'] })`, { M: { foo: { S: 'bar' }, beep: { L: [{ S: 'boop' }] } } }],
    [`toMapValues({ foo: 'bar', baz: 1234 })`, { foo: { S: 'bar' }, baz: { N: 1234 } }],
    [`toS3Object('foo', 'bar', 'baz')`, { S: '{"s3":{"key":"foo","bucket":"bar","region":"baz"}}' }],
    [`toS3Object('foo', 'bar', 'baz', 'beep')`, { S: '{"s3":{"key":"foo","bucket":"bar","region":"baz","version":"beep"}}' }],
    [`fromS3ObjectJson('{"s3":{"key":"foo","bucket":"bar","region":"baz"}}')`, { key: 'foo', bucket: 'bar', region: 'baz' }],
    [`fromS3ObjectJson('nope')`, null],
  ])('%s', (call, expected) => {
    expect(evaluate(`util.dynamodb.${call}`)).toStrictEqual(expected);
  });

  it.each(['toString', 'toStringSet', 'toNumber', 'toNumberSet', 'toBinary', 'toBinarySet', 'toBoolean', 'toList', 'toMap', 'toMapValues'])('%s answers null for null', (name) => {
    expect(evaluate(`util.dynamodb.${name}(null)`)).toBeNull();
  });
});

describe('the dynamodb module', () => {
  it.each([
    [`get({ key: { id: 'id' } })`, { operation: 'GetItem', key: { id: { S: 'id' } } }],
    [`put({ key: { id: 'abc' }, item: { value: 10 } })`, { operation: 'PutItem', key: { id: { S: 'abc' } }, attributeValues: { value: { N: 10 } } }],
    [`remove({ key: { id: 'test' }, condition: null })`, { operation: 'DeleteItem', key: { id: { S: 'test' } } }],
    [`scan({ limit: 10, nextToken: 'abc', filter: undefined })`, { operation: 'Scan', limit: 10, nextToken: 'abc' }],
    [`sync({ limit: 10, lastSync: 1 })`, { operation: 'Sync', limit: 10, lastSync: 1 }],
    [
      `query({ query: { id: { eq: '1' } }, index: 'byId', scanIndexForward: false })`,
      { operation: 'Query', query: { expression: '(#id = :id_eq)', expressionNames: { '#id': 'id' }, expressionValues: { ':id_eq': { S: '1' } } }, index: 'byId', scanIndexForward: false },
    ],
    [
      `put({ key: { id: '1' }, item: {}, condition: { id: { attributeExists: false } } }).condition`,
      { expression: '(attribute_not_exists(#id))', expressionNames: { '#id': 'id' } },
    ],
    [
      `get({ key: { id: '1' }, projection: ['id', 'address.city', 'address.zip', 'tags[0]'] }).projection`,
      { expression: '#expName_1, #expName_2.#expName_3, #expName_2.#expName_4, #expName_5[0]', expressionNames: { '#expName_1': 'id', '#expName_2': 'address', '#expName_3': 'city', '#expName_4': 'zip', '#expName_5': 'tags' } },
    ],
    [
      `batchGet({ tables: { users: { keys: [{ id: 1 }], consistentRead: true } } })`,
      { operation: 'BatchGetItem', tables: { users: { keys: [{ id: { N: 1 } }], consistentRead: true } } },
    ],
    [`batchPut({ tables: { users: [{ id: 1 }] } })`, { operation: 'BatchPutItem', tables: { users: [{ id: { N: 1 } }] } }],
    [`batchDelete({ tables: { users: [{ id: 1 }] } })`, { operation: 'BatchDeleteItem', tables: { users: [{ id: { N: 1 } }] } }],
    [`transactGet({ items: [{ table: 't', key: { id: 1 } }] })`, { operation: 'TransactGetItems', transactItems: [{ table: 't', key: { id: { N: 1 } } }] }],
    [
      `transactWrite({ items: [
        { putItem: { table: 't', key: { id: 1 }, item: { a: 2 } } },
        { updateItem: { table: 't', key: { id: 1 }, update: { a: 2 } } },
        { deleteItem: { table: 't', key: { id: 1 } } },
        { conditionCheck: { table: 't', key: { id: 1 }, condition: { a: { eq: 2 } } } },
      ] })`,
      {
        operation: 'TransactWriteItems',
        transactItems: [
          { table: 't', operation: 'PutItem', key: { id: { N: 1 } }, attributeValues: { a: { N: 2 } } },
          { table: 't', operation: 'UpdateItem', key: { id: { N: 1 } }, update: { expression: 'SET #expName_1 = :expValue_1', expressionNames: { '#expName_1': 'a' }, expressionValues: { ':expValue_1': { N: 2 } } } },
          { table: 't', operation: 'DeleteItem', key: { id: { N: 1 } } },
          { table: 't', operation: 'ConditionCheck', key: { id: { N: 1 } }, condition: { expression: '(#a = :a_eq)', expressionNames: { '#a': 'a' }, expressionValues: { ':a_eq': { N: 2 } } } },
        ],
      },
    ],
    [`toStringSet(['a'])`, { SS: ['a'] }],
  ])('%s', (call, expected) => {
    expect(evaluate(`ddb.${call}`)).toStrictEqual(expected);
  });

  it.each([
    ['age: 10', 'SET #expName_1 = :expValue_1'],
    ['age: ddb.operations.add(10)', 'SET #expName_1 = :expValue_1'],
    ['age: ddb.operations.replace({ a: 10 })', 'SET #expName_1 = :expValue_1'],
    ['age: ddb.operations.increment(10)', 'SET #expName_1 = #expName_1 + :expValue_1'],
    ['age: ddb.operations.decrement()', 'SET #expName_1 = #expName_1 - :expValue_1'],
    ['list: ddb.operations.append([1])', 'SET #expName_1 = list_append(#expName_1, :expValue_1)'],
    ['list: ddb.operations.prepend([1])', 'SET #expName_1 = list_append(:expValue_1, #expName_1)'],
    ['list: [ddb.operations.updateListItem(5, 1), ddb.operations.updateListItem(6, 2)]', 'SET #expName_1[1] = :expValue_1, #expName_1[2] = :expValue_2'],
    ['b: ddb.operations.remove(), a: 1, c: 2', 'SET #expName_1 = :expValue_1, #expName_2 = :expValue_2 REMOVE #expName_3'],
    ['info: { address: ddb.operations.replace({ zip: 1 }), name: "x" }', 'SET #expName_1.#expName_2 = :expValue_1, #expName_1.#expName_3 = :expValue_2'],
    ['info: { plain: { object: 1 } }', 'SET #expName_1 = :expValue_1'],
    ['gone: undefined, a: 1', 'SET #expName_1 = :expValue_1'],
  ])('update({ %s }) writes %s', (members, expression) => {
    expect(evaluate(`ddb.update({ key: { id: 1 }, update: { ${members} } }).update.expression`)).toBe(expression);
  });

  it('sets an attribute to null rather than removing it', () => {
    expect(evaluate(`ddb.update({ key: { id: 1 }, update: { a: null } }).update`)).toStrictEqual({ expression: 'SET #expName_1 = :expValue_1', expressionNames: { '#expName_1': 'a' }, expressionValues: { ':expValue_1': { NULL: null } } });
  });

  it.each([
    ['operations.add(10)', { type: 'OPERATION_ADD', value: 10 }],
    ['operations.append([1, 2])', { type: 'OPERATION_APPEND', items: [1, 2] }],
    ['operations.increment(10)', { type: 'OPERATION_INCREMENT', by: 10 }],
    ['operations.remove()', { type: 'OPERATION_REMOVE' }],
  ])('%s gives a marker', (call, expected) => {
    expect(evaluate(`ddb.${call}`)).toStrictEqual(expected);
  });

  it('fails rather than dropping a condition it cannot write', () => {
    expect(failure(`ddb.remove({ key: { id: 1 }, condition: { id: { like: 'x' } } })`)).toBe('code.js:3:12: Unable to convert condition to a DynamoDB expression.');
    expect(failure(`ddb.update({ key: { id: 1 }, update: { a: { type: 'OPERATION_GUESS' } } })`)).toBe('code.js:3:12: Unsupported operation OPERATION_GUESS.');
    expect(failure('ddb.get()')).toBe('code.js:3:12: Expected payload to be an Object.');
  });
});
