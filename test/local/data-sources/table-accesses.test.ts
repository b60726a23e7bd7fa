import { tableAccesses } from '../../../lib/local/data-sources/table-accesses';
import type { TableOperation } from '../../../lib/local/data-sources/table-store';
import { orders, table } from './tables-fixture';

const tables = [orders, table('Counters', { partitionKey: { name: 'n', type: 'N' } })];
const accesses = (operation: TableOperation, parameters: Readonly<Record<string, unknown>>) => tableAccesses(operation, parameters, (name) => tables.find(({ tableName }) => tableName === name));
const key = { customer: { S: 'ann' }, order: { S: '1' } };
const TableName = 'Orders';

/** Operation, parameters; then action, and the keys that are asked about. */
const rows: readonly (readonly [string, TableOperation, Readonly<Record<string, unknown>>, readonly Readonly<Record<string, unknown>>[]])[] = [
  ['a read of a key', 'GetItem', { TableName, Key: key }, [{ action: 'dynamodb:GetItem', keys: ['ann'], attributes: ['customer', 'order'], select: ['ALL_ATTRIBUTES'] }]],
  [
    'a read of some attributes, names and paths among them',
    'GetItem',
    { TableName, Key: key, ProjectionExpression: '#a, total.net, lines[0].sku', ExpressionAttributeNames: { '#a': 'amount' } },
    [{ action: 'dynamodb:GetItem', keys: ['ann'], attributes: ['customer', 'order', 'amount', 'total', 'lines'], select: ['SPECIFIC_ATTRIBUTES'] }],
  ],
  [
    'a conditional put',
    'PutItem',
    { TableName, Item: { ...key, amount: { N: '5' } }, ConditionExpression: 'attribute_not_exists(customer) OR NOT #state IN (:a, :b)', ExpressionAttributeNames: { '#state': 'state' } },
    [{ action: 'dynamodb:PutItem', keys: ['ann'], attributes: ['customer', 'order', 'amount', 'state'], returnValues: ['NONE'] }],
  ],
  [
    'an update',
    'UpdateItem',
    { TableName, Key: key, UpdateExpression: 'SET a = if_not_exists (b, :zero)+:one, c=:c REMOVE #d ADD e :n DELETE f :s', ExpressionAttributeNames: { '#d': 'd' }, ReturnValues: 'ALL_NEW' },
    [{ action: 'dynamodb:UpdateItem', keys: ['ann'], attributes: ['customer', 'order', 'a', 'b', 'c', 'd', 'e', 'f'], returnValues: ['ALL_NEW'] }],
  ],
  ['a deletion', 'DeleteItem', { TableName, Key: key, ReturnValues: 'ALL_OLD' }, [{ action: 'dynamodb:DeleteItem', keys: ['ann'], attributes: ['customer', 'order'], returnValues: ['ALL_OLD'] }]],
  [
    'a query',
    'Query',
    { TableName, KeyConditionExpression: '#o BETWEEN :a AND :b AND (customer=:c)', ExpressionAttributeNames: { '#o': 'order' }, ExpressionAttributeValues: { ':a': { S: '1' }, ':b': { S: '2' }, ':c': { S: 'ann' } } },
    [{ action: 'dynamodb:Query', keys: ['ann'], attributes: ['order', 'customer'], select: ['ALL_ATTRIBUTES'] }],
  ],
  [
    'a query of an index, whose own key leads',
    'Query',
    { TableName, IndexName: 'byStatus', KeyConditionExpression: '#s = :s', ExpressionAttributeNames: { '#s': 'status' }, ExpressionAttributeValues: { ':s': { S: 'OPEN' } } },
    [{ action: 'dynamodb:Query', index: 'byStatus', keys: ['OPEN'], attributes: ['status'], select: ['ALL_PROJECTED_ATTRIBUTES'] }],
  ],
  [
    'a query whose key condition is no equality, which DynamoDB will refuse',
    'Query',
    { TableName, KeyConditionExpression: 'customer >= :c', ExpressionAttributeValues: { ':c': { S: 'ann' } } },
    [{ action: 'dynamodb:Query', keys: [], attributes: ['customer'], select: ['ALL_ATTRIBUTES'] }],
  ],
  ['a scan, which has no leading key', 'Scan', { TableName, Select: 'COUNT', FilterExpression: 'amount > :n' }, [{ action: 'dynamodb:Scan', attributes: ['amount'], select: ['COUNT'] }]],
  ['a scan of an index', 'Scan', { TableName, IndexName: 'byAmount' }, [{ action: 'dynamodb:Scan', index: 'byAmount', attributes: [], select: ['ALL_PROJECTED_ATTRIBUTES'] }]],
  [
    'a batch of reads, one access a table',
    'BatchGetItem',
    { RequestItems: { Orders: { Keys: [key, { ...key, customer: { S: 'bob' } }] }, Counters: { Keys: [{ n: { N: '7' } }], ProjectionExpression: 'hits' } } },
    [
      { action: 'dynamodb:BatchGetItem', keys: ['ann', 'bob'], attributes: ['customer', 'order'], select: ['ALL_ATTRIBUTES'] },
      { action: 'dynamodb:BatchGetItem', table: 'Counters', keys: ['7'], attributes: ['n', 'hits'], select: ['SPECIFIC_ATTRIBUTES'] },
    ],
  ],
  [
    'a batch of writes',
    'BatchWriteItem',
    { RequestItems: { Orders: [{ PutRequest: { Item: { ...key, amount: { N: '5' } } } }, { DeleteRequest: { Key: { ...key, customer: { S: 'bob' } } } }] } },
    [{ action: 'dynamodb:BatchWriteItem', keys: ['ann', 'bob'], attributes: ['customer', 'order', 'amount'] }],
  ],
  [
    'the reads of a transaction',
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName, Key: key } }] },
    [{ action: 'dynamodb:GetItem', keys: ['ann'], attributes: ['customer', 'order'], select: ['ALL_ATTRIBUTES'], enclosing: ['TransactGetItems'] }],
  ],
  [
    'the writes of a transaction',
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName, Item: key } }, { Update: { TableName: 'Counters', Key: { n: { N: '7' } }, UpdateExpression: 'ADD hits :one' } }, { Delete: { TableName, Key: key } }, { ConditionCheck: { TableName, Key: key, ConditionExpression: 'amount = :n' } }] },
    [
      { action: 'dynamodb:PutItem', keys: ['ann'], attributes: ['customer', 'order'], returnValues: ['NONE'], enclosing: ['TransactWriteItems'] },
      { action: 'dynamodb:UpdateItem', table: 'Counters', keys: ['7'], attributes: ['n', 'hits'], returnValues: ['NONE'], enclosing: ['TransactWriteItems'] },
      { action: 'dynamodb:DeleteItem', keys: ['ann'], attributes: ['customer', 'order'], returnValues: ['NONE'], enclosing: ['TransactWriteItems'] },
      { action: 'dynamodb:ConditionCheckItem', keys: ['ann'], attributes: ['customer', 'order', 'amount'], returnValues: ['NONE'], enclosing: ['TransactWriteItems'] },
    ],
  ],
];

test.each(rows)('%s', (_what, operation, parameters, expected) => {
  expect(accesses(operation, parameters)).toEqual(
    expected.map(({ action, table: tableName = TableName, index: indexName, keys, attributes, select, returnValues, enclosing }) => ({
      action,
      tableName,
      ...(indexName !== undefined && { indexName }),
      conditionKeys: {
        ...(keys !== undefined && { 'dynamodb:leadingkeys': keys }),
        'dynamodb:attributes': attributes,
        ...(select !== undefined && { 'dynamodb:select': select }),
        ...(returnValues !== undefined && { 'dynamodb:returnvalues': returnValues }),
        ...(enclosing !== undefined && { 'dynamodb:enclosingoperation': enclosing }),
        'dynamodb:returnconsumedcapacity': ['NONE'],
      },
    })),
  );
});

test('has no leading keys for a table whose keys are not known, nor for an index that is not there', () => {
  expect(accesses('GetItem', { TableName: 'Elsewhere', Key: key })[0]?.conditionKeys).toMatchObject({ 'dynamodb:leadingkeys': [] });
  expect(accesses('Query', { TableName, IndexName: 'byNothing', KeyConditionExpression: 'customer = :c', ExpressionAttributeValues: { ':c': { S: 'ann' } } })[0]?.conditionKeys).toMatchObject({ 'dynamodb:leadingkeys': [] });
});

test.each<[TableOperation, unknown]>([
  ['GetItem', {}],
  ['PutItem', { TableName, Item: 'no item' }],
  ['UpdateItem', { TableName, Key: { customer: 'ann' }, UpdateExpression: 7 }],
  ['Query', { TableName, KeyConditionExpression: 'customer = :c', ExpressionAttributeNames: 'none', ExpressionAttributeValues: null }],
  ['BatchGetItem', { RequestItems: { Orders: null } }],
  ['BatchWriteItem', { RequestItems: { Orders: [null, { PutRequest: null }] } }],
  ['TransactWriteItems', { TransactItems: [null, { Put: null }, { Nonsense: {} }] }],
  ['TransactGetItems', {}],
])('says what it can of a %s that DynamoDB will not take: %j', (operation, parameters) => {
  for (const { conditionKeys } of accesses(operation, parameters as Readonly<Record<string, unknown>>)) expect(conditionKeys).not.toMatchObject({ 'dynamodb:leadingkeys': [expect.anything()] });
});
