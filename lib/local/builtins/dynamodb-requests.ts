/**
 * The module `@aws-appsync/utils/dynamodb`: helpers that write DynamoDB request documents. Optional members that are null or undefined are left out.
 * Observed: recorded from AWS EvaluateCode in localstack/appsync-utils, `__tests__/__snapshots__/index.test.js.snap`;
 * the batch and transaction helpers after their documentation in `@aws-appsync/utils` 2.1.1.
 */
import { BuiltinFailure, type BuiltinGroup, isPlainObject, type PlainObject, presentMembers } from './builtin';
import { setMakers, toMapValues } from './dynamodb-values';
import { toFilterExpression } from './filter-expression';
import { toUpdateExpression, updateOperations } from './update-expression';

export const dynamodbModule: BuiltinGroup = {
  get: request('GetItem', ({ key, consistentRead, projection }) => ({ key: typedKey(key), consistentRead, projection: toProjection(projection) })),
  put: request('PutItem', (input) => ({ key: typedKey(input.key), attributeValues: toMapValues(input.item), ...writeOptions(input) })),
  remove: request('DeleteItem', (input) => ({ key: typedKey(input.key), ...writeOptions(input) })),
  update: request('UpdateItem', (input) => ({ key: typedKey(input.key), update: withoutEmptyValues(toUpdateExpression(input.update)), ...writeOptions(input) })),
  query: request('Query', (input) => ({ query: toExpression('query', input.query), ...readOptions(input) })),
  scan: request('Scan', (input) => ({ ...readOptions(input), segment: input.segment, totalSegments: input.totalSegments })),
  sync: request('Sync', ({ basePartitionKey, deltaIndexName, limit, nextToken, lastSync, filter }) => ({
    basePartitionKey,
    deltaIndexName,
    limit,
    nextToken,
    lastSync,
    filter: toExpression('filter', filter),
  })),

  batchGet: request('BatchGetItem', ({ tables }) => ({
    tables: mapTables(tables, (table) => {
      const { keys, consistentRead, projection } = asObject(table, 'Expected a table of batchGet to be an Object.');
      return presentMembers({ keys: asList(keys).map(toMapValues), consistentRead, projection: toProjection(projection) });
    }),
  })),
  batchPut: request('BatchPutItem', ({ tables }) => ({ tables: mapTables(tables, (items) => asList(items).map(toMapValues)) })),
  batchDelete: request('BatchDeleteItem', ({ tables }) => ({ tables: mapTables(tables, (keys) => asList(keys).map(toMapValues)) })),

  transactGet: request('TransactGetItems', ({ items }) => ({
    transactItems: asList(items).map((item) => {
      const { table, key, projection } = asObject(item, 'Expected an item of transactGet to be an Object.');
      return presentMembers({ table, key: typedKey(key), projection: toProjection(projection) });
    }),
  })),
  transactWrite: request('TransactWriteItems', ({ items }) => ({ transactItems: asList(items).map(transactWriteItem) })),

  ...setMakers,
  operations: updateOperations,
};

/** @throws BuiltinFailure when called without an object. Assumed: the text. */
function request(operation: string, members: (input: PlainObject) => PlainObject): (input: unknown) => PlainObject {
  return (input) => ({ operation, ...presentMembers(members(asObject(input, 'Expected payload to be an Object.'))) });
}

function transactWriteItem(item: unknown): PlainObject {
  const members = asObject(item, 'Expected an item of transactWrite to be an Object.');
  for (const [kind, operation] of [
    ['putItem', 'PutItem'],
    ['updateItem', 'UpdateItem'],
    ['deleteItem', 'DeleteItem'],
    ['conditionCheck', 'ConditionCheck'],
  ] as const) {
    const input = members[kind];
    if (!isPlainObject(input)) continue;
    return presentMembers({
      table: input.table,
      operation,
      key: typedKey(input.key),
      attributeValues: kind === 'putItem' ? toMapValues(input.item) : undefined,
      update: kind === 'updateItem' ? withoutEmptyValues(toUpdateExpression(input.update)) : undefined,
      condition: toExpression('condition', input.condition),
    });
  }
  throw new BuiltinFailure('Expected an item of transactWrite to have one of putItem, updateItem, deleteItem, conditionCheck.');
}

function writeOptions({ condition, _version, customPartitionKey, populateIndexFields }: PlainObject): PlainObject {
  return { condition: toExpression('condition', condition), _version, customPartitionKey, populateIndexFields };
}

function readOptions({ index, limit, nextToken, consistentRead, scanIndexForward, select, filter, projection }: PlainObject): PlainObject {
  return { index, limit, nextToken, consistentRead, scanIndexForward, select, filter: toExpression('filter', filter), projection: toProjection(projection) };
}

/** A missing key is left out, so that the data source refuses the request as AppSync does. */
function typedKey(key: unknown): PlainObject | undefined {
  return isPlainObject(key) ? toMapValues(key) : undefined;
}

/**
 * @returns undefined for null and undefined
 * @throws BuiltinFailure for a filter that cannot be rendered. Assumed: `util.transform` answers null there, but a dropped condition would be an unguarded write.
 */
function toExpression(member: string, filter: unknown): PlainObject | undefined {
  if (filter == null) return undefined;
  const expression = toFilterExpression(filter);
  if (expression === null) throw new BuiltinFailure(`Unable to convert ${member} to a DynamoDB expression.`);
  return withoutEmptyValues(expression);
}

function withoutEmptyValues<T extends { readonly expressionValues: PlainObject }>(expression: T): PlainObject {
  const { expressionValues, ...rest } = expression;
  return Object.keys(expressionValues).length === 0 ? rest : expression;
}

/** One alias for each distinct segment of the paths. Assumed: a list index (`tags[1]`) stays outside the alias. */
function toProjection(paths: unknown): PlainObject | undefined {
  if (paths == null) return undefined;
  const aliases = new Map<string, string>();
  const expression = asList(paths).map((path) =>
    String(path)
      .split('.')
      .map((segment) => {
        const bracket = segment.indexOf('[');
        const name = bracket < 0 ? segment : segment.slice(0, bracket);
        const alias = aliases.get(name) ?? `#expName_${aliases.size + 1}`;
        aliases.set(name, alias);
        return alias + segment.slice(name.length);
      })
      .join('.'),
  );
  return { expression: expression.join(', '), expressionNames: Object.fromEntries([...aliases].map(([name, alias]) => [alias, name])) };
}

function mapTables(tables: unknown, convert: (table: unknown) => unknown): PlainObject {
  return Object.fromEntries(Object.entries(asObject(tables, 'Expected tables to be an Object.')).map(([name, table]) => [name, convert(table)]));
}

function asObject(value: unknown, message: string): PlainObject {
  if (!isPlainObject(value)) throw new BuiltinFailure(message);
  return value;
}

function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new BuiltinFailure('Expected an Array.');
  return value;
}
