/**
 * Where dynalite 4.0.0 answers other than DynamoDB and can be put right from outside, by rearranging what its actions are given.
 * Each correction says what is wrong; when dynalite mends it, the correction goes and its test stays.
 */
import type { EngineAction, TableDescription, ValidRequest } from './dynalite-engine';
import { canonicalValue } from './item-equality';
import { type AttributeValue, type Item, TableError } from './table-error';

/** A parsed condition or filter. Operands are paths (lists), typed values, or calls of `size`. */
export interface ConditionNode {
  readonly type: string;
  readonly args: readonly unknown[];
}

/** One assignment, removal, addition or deletion of a parsed update. */
interface UpdateSection {
  readonly type: 'set' | 'remove' | 'add' | 'delete';
  readonly path: readonly (string | number)[];
}

/**
 * dynalite compares lists and maps by identity, so `tags = :tags` never holds. Gives those in the item that equal the other operand
 * the very same content, which changes no value.
 */
export function alignEqualValues(node: ConditionNode, item: Item): void {
  switch (node.type) {
    case 'and':
    case 'or':
    case 'not':
      for (const arg of node.args) alignEqualValues(arg as ConditionNode, item);
      return;
    case '=':
    case '<>':
    case 'in':
      for (const other of node.args.slice(1)) {
        if (Array.isArray(node.args[0])) align(node.args[0], other, item);
        else if (Array.isArray(other)) align(other, node.args[0], item);
      }
  }
}

function align(path: readonly (string | number)[], other: unknown, item: Item): void {
  const value = valueAt(path, item);
  const compared = Array.isArray(other) ? valueAt(other, item) : (other as AttributeValue);
  if (!value || !compared) return;
  for (const type of ['L', 'M']) {
    if (value[type] && compared[type] && canonicalValue(value) === canonicalValue(compared)) (value as Record<string, unknown>)[type] = compared[type];
  }
}

function valueAt(path: readonly (string | number)[], item: Item): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) {
    const children = (typeof step === 'number' ? value?.L : value?.M) as Record<string | number, AttributeValue> | undefined;
    value = children?.[step];
  }
  return value;
}

/**
 * dynalite removes list elements one after the other, so `REMOVE l[0], l[1]` takes the third for the second.
 * The last element first, after everything else, is right.
 */
export function listRemovalsLast(request: ValidRequest): ValidRequest {
  const updates = request._updates as { readonly sections: readonly UpdateSection[] } | undefined;
  if (!updates) return request;
  const removals = updates.sections.filter(isListRemoval).sort((a, b) => Number(b.path.at(-1)) - Number(a.path.at(-1)));
  const others = updates.sections.filter((section) => !isListRemoval(section));
  return { ...request, _updates: { ...updates, sections: [...others, ...removals] } };
}

function isListRemoval({ type, path }: UpdateSection): boolean {
  return type === 'remove' && typeof path.at(-1) === 'number';
}

/**
 * dynalite takes a Query or Scan whose `Select` contradicts the rest of it, and a segment without their number.
 * Observed: the texts about `Select`, in DynamoDB Local. Assumed: the one about the segment, after its counterpart for `TotalSegments`.
 */
export function contradictionIn({ Select: select, ProjectionExpression: projection, IndexName: index, Segment: segment, TotalSegments: segments }: ValidRequest): TableError | undefined {
  const refused = (message: string) => new TableError('ValidationException', message);
  if (segment !== undefined && segments === undefined) return refused('The TotalSegments parameter is required but was not present in the request when Segment parameter is present');
  if (projection !== undefined && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    return refused(`Cannot specify the ProjectionExpression when choosing to get ${select === 'COUNT' ? 'only the Count' : String(select)}`);
  }
  if (projection === undefined && select === 'SPECIFIC_ATTRIBUTES') return refused('Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES');
  if (index === undefined && select === 'ALL_PROJECTED_ATTRIBUTES') return refused('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  return undefined;
}

/**
 * dynalite stores empty index keys, which DynamoDB refuses.
 * Observed: the text for puts, in public reports; the one for updates, in DynamoDB Local.
 */
export function emptyIndexKey(action: EngineAction, item: Item, table: TableDescription): TableError | undefined {
  for (const { IndexName, KeySchema } of [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])]) {
    for (const { AttributeName } of KeySchema) {
      const value = item[AttributeName];
      const kind = value?.S === '' ? 'string' : value?.B === '' ? 'binary' : undefined;
      if (!kind) continue;
      const what = action === 'UpdateItem' ? 'The update expression attempted to update a secondary index key to a value that is not supported.' : 'A value specified for a secondary index key is not supported.';
      const where = action === 'UpdateItem' ? '' : ` IndexName: ${IndexName}, IndexKey: ${AttributeName}`;
      return new TableError('ValidationException', `One or more parameter values are not valid. ${what} The AttributeValue for a key attribute cannot contain an empty ${kind} value.${where}`);
    }
  }
  return undefined;
}
