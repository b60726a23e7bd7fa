/**
 * What IAM is asked before DynamoDB does what a call wants: actions on tables and indexes, and what the call tells conditions of policies.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_dynamodb.html,
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html and …/transaction-apis-iam.html
 */
import type { TableModel } from '../../model';
import { type Document, isObject } from './request-document';
import type { Item } from './table-error';
import type { TableOperation } from './table-store';

/** One action, which policies must allow. */
export interface TableAccess {
  /** `dynamodb:PutItem` */
  readonly action: string;
  readonly tableName: string;
  /** Given, the action is on the index and not on its table. */
  readonly indexName?: string;
  /** Condition keys in lower case (`dynamodb:leadingkeys`) → values. A key that is not here the call does not have. */
  readonly conditionKeys: Readonly<Record<string, readonly string[]>>;
}

/**
 * @param parameters also such as DynamoDB would not take: then some accesses lack what they cannot say
 * @param tableNamed the keys of a table; undefined for one outside of the templates, of whose calls no leading key is known
 */
export function tableAccesses(operation: TableOperation, parameters: Document, tableNamed: (name: string) => TableModel | undefined): TableAccess[] {
  const leadingKeysIn = (items: readonly Item[], tableName: string) => {
    const { name } = tableNamed(tableName)?.partitionKey ?? {};
    return items.flatMap((item) => (name !== undefined && isObject(item[name]) ? [keyText(item[name])] : []));
  };
  /** An access that names its items. */
  const toItems = (action: string, tableName: string, items: readonly Item[], call: Document, more: TableAccess['conditionKeys'] = {}): TableAccess => ({
    action: `dynamodb:${action}`,
    tableName,
    conditionKeys: { 'dynamodb:leadingkeys': leadingKeysIn(items, tableName), 'dynamodb:attributes': attributesOf(call, items), ...more, ...notConsumed },
  });

  switch (operation) {
    case 'GetItem':
      return [toItems(operation, tableOf(parameters), [itemOf(parameters)], parameters, selectOf(parameters))];
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [toItems(operation, tableOf(parameters), [itemOf(parameters)], parameters, returnValuesOf(parameters))];
    case 'Query':
    case 'Scan': {
      const tableName = tableOf(parameters);
      const indexName = parameters.IndexName == null ? undefined : String(parameters.IndexName);
      const leading = operation === 'Query' && { 'dynamodb:leadingkeys': queriedKeys(parameters, partitionKeyOf(tableNamed(tableName), indexName)) };
      const conditionKeys = { ...leading, 'dynamodb:attributes': attributesOf(parameters, []), ...selectOf(parameters), ...notConsumed };
      return [{ action: `dynamodb:${operation}`, tableName, ...(indexName !== undefined && { indexName }), conditionKeys }];
    }
    case 'BatchGetItem':
      return entriesOf(parameters.RequestItems).map(([tableName, part]) => {
        const read = objectOf(part);
        return toItems(operation, tableName, listOf(read.Keys).map(objectOf) as Item[], read, selectOf(read));
      });
    case 'BatchWriteItem':
      return entriesOf(parameters.RequestItems).map(([tableName, requests]) => toItems(operation, tableName, listOf(requests).flatMap((request) => entriesOf(request).map(([, write]) => itemOf(objectOf(write)))), {}));
    case 'TransactGetItems':
    case 'TransactWriteItems':
      // The parts of a transaction take the permissions that they take alone.
      return listOf(parameters.TransactItems).flatMap((entry) =>
        entriesOf(entry).map(([kind, part]) => {
          const call = objectOf(part);
          const more = kind === 'Get' ? selectOf(call) : returnValuesOf(call);
          return toItems(transactActions[kind] ?? kind, tableOf(call), [itemOf(call)], call, { ...more, 'dynamodb:enclosingoperation': [operation] });
        }),
      );
  }
}

const transactActions: Readonly<Record<string, string>> = { Get: 'GetItem', Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem' };

/** AppSync never asks what a call costs. */
const notConsumed = { 'dynamodb:returnconsumedcapacity': ['NONE'] };

function objectOf(value: unknown): Document {
  return isObject(value) ? value : {};
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(objectOf(value));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function tableOf({ TableName }: Document): string {
  return String(TableName);
}

function itemOf({ Item: item, Key }: Document): Item {
  return objectOf(item ?? Key) as Item;
}

/** Assumed: numbers and binary values as DynamoDB's JSON has them. */
function keyText(value: Item[string]): string {
  return String(Object.values(value)[0]);
}

/** Assumed: without `Select` the key has the value that DynamoDB takes for it. */
function selectOf({ Select, ProjectionExpression, IndexName }: Document): TableAccess['conditionKeys'] {
  const fallback = ProjectionExpression != null ? 'SPECIFIC_ATTRIBUTES' : IndexName != null ? 'ALL_PROJECTED_ATTRIBUTES' : 'ALL_ATTRIBUTES';
  return { 'dynamodb:select': [typeof Select === 'string' ? Select : fallback] };
}

function returnValuesOf({ ReturnValues = 'NONE' }: Document): TableAccess['conditionKeys'] {
  return { 'dynamodb:returnvalues': [String(ReturnValues)] };
}

/** Assumed: of an index, it is the index's own partition key that leads. */
function partitionKeyOf(table: TableModel | undefined, indexName: string | undefined): string | undefined {
  const index = indexName == null ? table : [...(table?.globalIndexes ?? []), ...(table?.localIndexes ?? [])].find(({ name }) => name === indexName);
  return index?.partitionKey.name;
}

/** The value in `partitionKey = :value`, which every key condition has. */
function queriedKeys({ KeyConditionExpression, ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Document, partitionKey: string | undefined): string[] {
  if (partitionKey === undefined || typeof KeyConditionExpression !== 'string') return [];
  return [...KeyConditionExpression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)].flatMap(([, name = '', value = '']) => {
    const given = objectOf(values)[value];
    return nameOf(name, names) === partitionKey && isObject(given) ? [keyText(given as Item[string])] : [];
  });
}

const expressions = ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression', 'ConditionExpression', 'UpdateExpression'];
const keywords: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN', 'SET', 'REMOVE', 'ADD', 'DELETE']);

/** Names of the attributes that a call has anywhere, those at the top of paths. Whatever is returned without being asked for by name is not among them. */
function attributesOf(call: Document, items: readonly Item[]): string[] {
  const named = expressions.flatMap((name) => {
    const text = call[name];
    if (typeof text !== 'string') return [];
    return [...text.matchAll(/(?<![:.\w#])(?:#\w+|[A-Za-z_]\w*)(?!\w*\s*\()/g)].map(([word]) => word).filter((word) => !keywords.has(word.toUpperCase()));
  });
  return [...new Set([...items.flatMap((item) => Object.keys(item)), ...named.map((name) => nameOf(name, call.ExpressionAttributeNames))])];
}

function nameOf(name: string, names: unknown): string {
  return String(objectOf(names)[name] ?? name);
}
