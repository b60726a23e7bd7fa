/**
 * The `update` member of `@aws-appsync/utils/dynamodb` `update()`: plain values and `operations.*` markers to an UpdateItem expression.
 * Observed: SET of bare values and of add, replace, append and increment in localstack/appsync-utils, `__tests__/__snapshots__/index.test.js.snap`.
 * Assumed: the paths of nested objects and of list items, which have no recording.
 */
import { BuiltinFailure, type BuiltinGroup, isPlainObject, type PlainObject } from './builtin';
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
  const writer = new UpdateWriter();
  for (const [name, value] of Object.entries(update)) writer.write([name], value);
  return writer.expression();
}

class UpdateWriter {
  private readonly aliases = new Map<string, string>();
  private readonly values: Record<string, TypedValue> = {};
  private readonly sets: string[] = [];
  private readonly removes: string[] = [];

  write(path: readonly string[], value: unknown): void {
    if (value === undefined) return;
    const target = path.map((segment) => this.alias(segment)).join('.');
    const items = listItemUpdates(value);
    if (items.length > 0) {
      for (const item of items) this.sets.push(`${target}[${String(item.index)}] = ${this.bind(item.value)}`);
      return;
    }
    if (!isPlainObject(value)) {
      this.sets.push(`${target} = ${this.bind(value)}`);
      return;
    }
    switch (value.type) {
      case 'OPERATION_ADD':
      case 'OPERATION_REPLACE':
        this.sets.push(`${target} = ${this.bind(value.value)}`);
        return;
      case 'OPERATION_INCREMENT':
        this.sets.push(`${target} = ${target} + ${this.bind(value.by)}`);
        return;
      case 'OPERATION_DECREMENT':
        this.sets.push(`${target} = ${target} - ${this.bind(value.by)}`);
        return;
      case 'OPERATION_APPEND':
        this.sets.push(`${target} = list_append(${target}, ${this.bind(value.items)})`);
        return;
      case 'OPERATION_PREPEND':
        this.sets.push(`${target} = list_append(${this.bind(value.items)}, ${target})`);
        return;
      case 'OPERATION_REMOVE':
        this.removes.push(target);
        return;
      default:
        // A plain object without a marker inside is a value like any other.
        if (!holdsOperation(value)) this.sets.push(`${target} = ${this.bind(value)}`);
        else for (const [name, member] of Object.entries(value)) this.write([...path, name], member);
    }
  }

  expression(): Expression {
    const clauses = [this.sets.length > 0 ? `SET ${this.sets.join(', ')}` : '', this.removes.length > 0 ? `REMOVE ${this.removes.join(', ')}` : ''];
    const expressionNames = Object.fromEntries([...this.aliases].map(([name, alias]) => [alias, name]));
    return { expression: clauses.filter(Boolean).join(' '), expressionNames, expressionValues: this.values };
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
