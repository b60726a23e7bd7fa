/**
 * The `update` member of `@aws-appsync/utils/dynamodb` `update()`: plain values and `operations.*` markers to an UpdateItem expression.
 * Observed: recorded from AWS EvaluateCode in localstack/appsync-utils, `__tests__/index.test.js`, list items and the order of aliases included.
 * Assumed: the paths of nested objects, which have no recording.
 */
import { asText, BuiltinFailure, type BuiltinGroup, isPlainObject, type PlainObject } from './builtin';
import { toDynamoDB, type TypedValue } from './dynamodb-values';
import type { Expression } from './filter-expression';

/** `operations` */
export const updateOperations: BuiltinGroup = {
  add: (value) => ({ type: 'OPERATION_ADD', value }),
  remove: () => ({ type: 'OPERATION_REMOVE' }),
  replace: (value) => ({ type: 'OPERATION_REPLACE', value }),
  increment: (by) => ({ type: 'OPERATION_INCREMENT', by: by ?? 1 }),
  decrement: (by) => ({ type: 'OPERATION_DECREMENT', by: by ?? 1 }),
  append: (items) => ({ type: 'OPERATION_APPEND', items }),
  prepend: (items) => ({ type: 'OPERATION_PREPEND', items }),
  updateListItem: (value, index) => ({ type: 'OPERATION_UPDATE_LIST_ITEM', value, index }),
};

/** @throws BuiltinFailure when `update` is no object */
export function toUpdateExpression(update: unknown): Expression {
  if (!isPlainObject(update)) throw new BuiltinFailure('Expected update to be an Object.');
  const changes = Object.entries(update).flatMap(([name, value]) => changesOf([name], value));
  const isRemoval = ({ operation }: Change) => operation.type === 'OPERATION_REMOVE';
  // Aliases are counted in the order of the expression, where SET comes first.
  const writer = new UpdateWriter();
  const sets = changes.filter((change) => !isRemoval(change)).map((change) => writer.assignment(change));
  const removes = changes.filter(isRemoval).map(({ path }) => writer.target(path));
  const clauses = [sets.length > 0 ? `SET ${sets.join(', ')}` : '', removes.length > 0 ? `REMOVE ${removes.join(', ')}` : ''];
  return { expression: clauses.filter(Boolean).join(' '), expressionNames: writer.names(), expressionValues: writer.values };
}

/** What is to happen to one attribute. */
interface Change {
  readonly path: readonly string[];
  /** A marker of `operations`; a bare value counts as a replacement by it. */
  readonly operation: PlainObject;
}

function changesOf(path: readonly string[], value: unknown): readonly Change[] {
  const items = listItemUpdates(value);
  if (items.length > 0) return items.map((operation) => ({ path, operation }));
  if (isOperation(value)) return [{ path, operation: value }];
  // A plain object without a marker inside is a value like any other.
  if (isPlainObject(value) && holdsOperation(value)) return Object.entries(value).flatMap(([name, member]) => changesOf([...path, name], member));
  return [{ path, operation: { type: 'OPERATION_REPLACE', value } }];
}

class UpdateWriter {
  readonly values: Record<string, TypedValue> = {};
  private readonly aliases = new Map<string, string>();

  /** @throws BuiltinFailure for a marker of an unknown type. Assumed: the text */
  assignment({ path, operation }: Change): string {
    const target = this.target(path);
    switch (operation.type) {
      case 'OPERATION_ADD':
      case 'OPERATION_REPLACE':
        return `${target} = ${this.bind(operation.value)}`;
      case 'OPERATION_INCREMENT':
        return `${target} = ${target} + ${this.bind(operation.by)}`;
      case 'OPERATION_DECREMENT':
        return `${target} = ${target} - ${this.bind(operation.by)}`;
      case 'OPERATION_APPEND':
        return `${target} = list_append(${target}, ${this.bind(operation.items)})`;
      case 'OPERATION_PREPEND':
        return `${target} = list_append(${this.bind(operation.items)}, ${target})`;
      case 'OPERATION_UPDATE_LIST_ITEM':
        return `${target}[${asText(operation.index)}] = ${this.bind(operation.value)}`;
      default:
        throw new BuiltinFailure(`Unsupported operation ${asText(operation.type)}.`);
    }
  }

  target(path: readonly string[]): string {
    return path.map((segment) => this.alias(segment)).join('.');
  }

  /** `{ [alias]: name }` */
  names(): Record<string, string> {
    return Object.fromEntries([...this.aliases].map(([name, alias]) => [alias, name]));
  }

  private alias(name: string): string {
    const alias = this.aliases.get(name) ?? `#expName_${this.aliases.size + 1}`;
    this.aliases.set(name, alias);
    return alias;
  }

  private bind(value: unknown): string {
    const alias = `:expValue_${Object.keys(this.values).length + 1}`;
    this.values[alias] = toDynamoDB(value);
    return alias;
  }
}

function isOperation(value: unknown): value is PlainObject {
  return isPlainObject(value) && typeof value.type === 'string' && value.type.startsWith('OPERATION_');
}

function holdsOperation(value: PlainObject): boolean {
  return Object.values(value).some((member) => isOperation(member) || listItemUpdates(member).length > 0 || (isPlainObject(member) && holdsOperation(member)));
}

/** The `updateListItem` markers in a value: itself, or every entry of a list. */
function listItemUpdates(value: unknown): readonly PlainObject[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.filter(isOperation).filter((entry) => entry.type === 'OPERATION_UPDATE_LIST_ITEM');
}
