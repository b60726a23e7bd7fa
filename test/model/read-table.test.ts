import { messages, readTemplate } from './harness';

const attributes = 'AttributeDefinitions: [{ AttributeName: id, AttributeType: S }, { AttributeName: at, AttributeType: N }, { AttributeName: raw, AttributeType: B }]';

test.each(['Table', 'GlobalTable'])('reads keys, indexes and time to live of a %s', (type) => {
  const assembly = readTemplate(`
Resources:
  Items:
    Type: AWS::DynamoDB::${type}
    Properties:
      TableName: items
      ${attributes}
      KeySchema: [{ AttributeName: id, KeyType: HASH }, { AttributeName: at, KeyType: RANGE }]
      GlobalSecondaryIndexes:
        - { IndexName: byRaw, KeySchema: [{ AttributeName: raw, KeyType: HASH }], Projection: { ProjectionType: INCLUDE, NonKeyAttributes: [name] } }
        - { IndexName: byTime, KeySchema: [{ AttributeName: at, KeyType: HASH }, { AttributeName: id, KeyType: RANGE }], Projection: { ProjectionType: KEYS_ONLY } }
      LocalSecondaryIndexes: [{ IndexName: local, KeySchema: [{ AttributeName: id, KeyType: HASH }, { AttributeName: raw, KeyType: RANGE }], Projection: { ProjectionType: ALL } }]
      TimeToLiveSpecification: { AttributeName: ttl, Enabled: true }`);

  expect(messages(assembly)).toEqual([]);
  expect(assembly.tables).toEqual([
    {
      tableName: 'items',
      partitionKey: { name: 'id', type: 'S' },
      sortKey: { name: 'at', type: 'N' },
      globalIndexes: [
        { name: 'byRaw', partitionKey: { name: 'raw', type: 'B' }, projection: { type: 'INCLUDE', nonKeyAttributes: ['name'] } },
        { name: 'byTime', partitionKey: { name: 'at', type: 'N' }, sortKey: { name: 'id', type: 'S' }, projection: { type: 'KEYS_ONLY' } },
      ],
      localIndexes: [{ name: 'local', partitionKey: { name: 'id', type: 'S' }, sortKey: { name: 'raw', type: 'B' }, projection: { type: 'ALL' } }],
      timeToLiveAttribute: 'ttl',
      resource: expect.objectContaining({ logicalId: 'Items' }),
    },
  ]);
});

test('names a table without a name after its stack and logical id, and ignores a time to live that is off', () => {
  const assembly = readTemplate(`Resources: { Items: { Type: AWS::DynamoDB::Table, Properties: { ${attributes}, KeySchema: [{ AttributeName: id, KeyType: HASH }], TimeToLiveSpecification: { AttributeName: ttl, Enabled: false } } } }`);

  expect(assembly.tables).toEqual([{ tableName: 'Shop-Items', partitionKey: { name: 'id', type: 'S' }, globalIndexes: [], localIndexes: [], resource: expect.anything() }]);
});

test.each([
  ['no key', '', 'error MAN_PROPERTY: "KeySchema" of "Items" has no HASH key'],
  ['a key of no type', 'KeySchema: [{ AttributeName: key, KeyType: HASH }]', 'error MAN_PROPERTY: "KeySchema" of "Items" names "key", which has no type'],
])('reports a table with %s and leaves it out', (_, schema, message) => {
  const assembly = readTemplate(`Resources: { Items: { Type: AWS::DynamoDB::Table, Properties: { ${attributes}${schema && `, ${schema}`} } } }`);

  expect(assembly.tables).toEqual([]);
  expect(messages(assembly)).toEqual([message]);
});
