/** `AWS::DynamoDB::Table` and `::GlobalTable` → `TableModel`. */
import type { IndexModel, KeyAttribute, KeyType, TableModel } from './api-model';
import type { Properties } from './properties';
import type { Resource } from './stack';

export const tableTypes: readonly string[] = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

/** @returns undefined when the table has no usable key; that is reported */
export function readTable(resource: Resource): TableModel | undefined {
  const { stack, logicalId, ref, properties } = resource;
  const tableName = String(stack.ref(logicalId, { logicalId, property: 'TableName' }));
  const types = new Map(properties.objects('AttributeDefinitions').map((definition) => [definition.text('AttributeName'), definition.text('AttributeType')]));
  const keys = keysOf(properties, types);
  if (!keys) return undefined;
  const timeToLive = properties.flag('TimeToLiveSpecification.Enabled') ? properties.text('TimeToLiveSpecification.AttributeName') : undefined;
  return {
    tableName,
    ...keys,
    globalIndexes: indexesOf(properties, 'GlobalSecondaryIndexes', types),
    localIndexes: indexesOf(properties, 'LocalSecondaryIndexes', types),
    ...(timeToLive === undefined ? {} : { timeToLiveAttribute: timeToLive }),
    resource: ref,
  };
}

type AttributeTypes = ReadonlyMap<string | undefined, string | undefined>;
type Keys = Pick<TableModel, 'partitionKey' | 'sortKey'>;

function indexesOf(table: Properties, property: string, types: AttributeTypes): IndexModel[] {
  return table.objects(property).flatMap((index) => {
    const name = index.required('IndexName');
    const keys = keysOf(index, types);
    return name === undefined || !keys ? [] : [{ name, ...keys, projection: projectionOf(index) }];
  });
}

function keysOf(owner: Properties, types: AttributeTypes): Keys | undefined {
  const schema = owner.objects('KeySchema').map((key) => ({ name: key.required('AttributeName'), role: key.text('KeyType') }));
  const attributeOf = (role: string): KeyAttribute | undefined => {
    const name = schema.find((key) => key.role === role)?.name;
    if (name === undefined) return undefined;
    const type = types.get(name);
    if (isKeyType(type)) return { name, type };
    owner.report('KeySchema', `names "${name}", which has no type`, `declare "${name}" in "AttributeDefinitions" with the type S, N or B`);
    return undefined;
  };
  const partitionKey = attributeOf('HASH');
  const sortKey = attributeOf('RANGE');
  if (!schema.some(({ role }) => role === 'HASH')) owner.report('KeySchema', 'has no HASH key', 'add the partition key to "KeySchema"');
  return partitionKey && { partitionKey, ...(sortKey ? { sortKey } : {}) };
}

function isKeyType(type: string | undefined): type is KeyType {
  return type === 'S' || type === 'N' || type === 'B';
}

function projectionOf(index: Properties): IndexModel['projection'] {
  const type = index.text('Projection.ProjectionType');
  const nonKeyAttributes = index.texts('Projection.NonKeyAttributes');
  switch (type) {
    case 'KEYS_ONLY':
      return { type };
    case 'INCLUDE':
      return { type, nonKeyAttributes };
    case 'ALL':
    case undefined:
      return { type: 'ALL' };
    default:
      index.report('Projection.ProjectionType', `is "${type}"`, 'use ALL, KEYS_ONLY or INCLUDE');
      return { type: 'ALL' };
  }
}
