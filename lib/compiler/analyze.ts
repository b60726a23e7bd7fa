/**
 * What a handler does, read from its code without running it: the basis of least-privilege roles. When the code leaves a doubt, the answer is
 * the larger set: a permission too many is safer than a resolver that fails, and `isDynamic` says when even that may not be enough.
 */
import { isContext, memberReads, membersRead } from './context-reads';
import type { Binding, Names } from './names';
import { type ParsedHandler, parseHandler } from './parsed-handler';
import { literalText, type NodeOf, type SyntaxNode, type SyntaxTree, writtenName } from './syntax-tree';

export interface HandlerFacts {
  /**
   * DynamoDB operation names in the code: uses of `@aws-appsync/utils/dynamodb` helpers (`get` is `GetItem`, …) and literal `operation:` members.
   * `TransactWriteItems` is one of them; its entries are listed apart.
   */
  readonly operations: ReadonlySet<string>;
  /** Kinds of entries seen for TransactWriteItems: `PutItem`, `UpdateItem`, `DeleteItem`, `ConditionCheck`. */
  readonly transactWrites: ReadonlySet<string>;
  /**
   * The same kinds by the environment name of the table they are for (`table: ctx.env.NAME`).
   * Absent when the table of any entry is written in another way: each kind may then be for each of the tables named.
   */
  readonly transactTables?: ReadonlyMap<string, ReadonlySet<string>>;
  /** True when a single-item write may carry a `condition`: AppSync then reads the item back after a failed check. */
  readonly hasCondition: boolean;
  /** True when an `index` may be queried or scanned. */
  readonly usesIndex: boolean;
  /** Names read as `ctx.env.NAME` or `context.env['NAME']`, or destructured from it. */
  readonly environmentNames: ReadonlySet<string>;
  /** True when an operation is computed, so the sets above may be incomplete. */
  readonly isDynamic: boolean;
}

/** @param handler a bundled APPSYNC_JS module, as text or parsed; code that does not parse gives empty facts with `isDynamic` true */
export function analyzeHandler(handler: string | ParsedHandler): HandlerFacts {
  const { module } = typeof handler === 'string' ? parseHandler({ path: '', text: handler }) : handler;
  if (!module) return { ...noFacts, isDynamic: true };
  const { tree, names } = module;
  const found = { operations: new Set<string>(), transactWrites: new Set<string>(), isDynamic: false };
  readHelpers(tree, names, found);
  readOperationMembers(tree, names, found);
  if (found.operations.has('TransactWriteItems')) {
    readTransactEntries(tree, found);
    if (found.transactWrites.size === 0) found.isDynamic = true;
  }
  const { operations, isDynamic } = found;
  const mayDo = (candidates: readonly string[]) => isDynamic || candidates.some((operation) => operations.has(operation));
  const transactTables = found.operations.has('TransactWriteItems') ? tablesOfEntries(tree, names, found.transactWrites) : undefined;
  return {
    ...found,
    ...(transactTables ? { transactTables } : {}),
    hasCondition: mayDo(['PutItem', 'UpdateItem', 'DeleteItem']) && setsMember(tree, 'condition'),
    usesIndex: mayDo(['Query', 'Scan']) && setsMember(tree, 'index'),
    environmentNames: new Set(memberReads({ tree, names }, ['env']).map(({ name }) => name)),
  };
}

const noFacts: HandlerFacts = { operations: new Set(), transactWrites: new Set(), hasCondition: false, usesIndex: false, environmentNames: new Set(), isDynamic: false };

/** Source: `@aws-appsync/utils/dynamodb` declarations; the functions that return a request document. */
export const operationOfHelper: ReadonlyMap<string, string> = new Map([
  ['get', 'GetItem'],
  ['put', 'PutItem'],
  ['update', 'UpdateItem'],
  ['remove', 'DeleteItem'],
  ['query', 'Query'],
  ['scan', 'Scan'],
  ['sync', 'Sync'],
  ['batchGet', 'BatchGetItem'],
  ['batchPut', 'BatchPutItem'],
  ['batchDelete', 'BatchDeleteItem'],
  ['transactGet', 'TransactGetItems'],
  ['transactWrite', 'TransactWriteItems'],
]);
export const operationNames: ReadonlySet<string> = new Set(operationOfHelper.values());

export const transactKindOfKey: ReadonlyMap<string, string> = new Map([
  ['putItem', 'PutItem'],
  ['updateItem', 'UpdateItem'],
  ['deleteItem', 'DeleteItem'],
  ['conditionCheck', 'ConditionCheck'],
]);
export const transactKinds: ReadonlySet<string> = new Set(transactKindOfKey.values());

interface Found {
  readonly operations: Set<string>;
  readonly transactWrites: Set<string>;
  isDynamic: boolean;
}

/** Uses of the helper module, however imported: by name, renamed, or as a namespace. */
function readHelpers(tree: SyntaxTree, names: Names, found: Found): void {
  const use = (helper: string | undefined) => {
    if (helper === undefined) found.isDynamic = true;
    const operation = helper === undefined ? undefined : operationOfHelper.get(helper);
    if (operation) found.operations.add(operation);
  };
  for (const { declaration, references } of names.bindings) {
    const parent = tree.parentOf(declaration);
    if (parent?.type !== 'ImportDeclaration' || parent.source.value !== '@aws-appsync/utils/dynamodb') continue;
    if (declaration.type === 'ImportSpecifier' && references.length > 0) {
      use(declaration.imported.type === 'Identifier' ? declaration.imported.name : literalText(declaration.imported));
    }
    if (declaration.type === 'ImportNamespaceSpecifier') for (const reference of references) for (const helper of membersRead(reference, tree)) use(helper);
  }
}

/** `operation:` members of request documents, and assignments to `.operation`. Entries of a transaction name their operation the same way. */
function readOperationMembers(tree: SyntaxTree, names: Names, found: Found): void {
  for (const property of tree.nodes('Property')) {
    if (writtenName(property) !== 'operation' || tree.parentOf(property)?.type !== 'ObjectExpression') continue;
    addOperations(property.value, property, tree, names, found);
  }
  for (const { left, right } of tree.nodes('AssignmentExpression')) {
    if (left.type === 'MemberExpression' && writtenName(left) === 'operation' && !isContext(left.object, names)) addOperations(right, undefined, tree, names, found);
  }
}

function addOperations(value: SyntaxNode, property: NodeOf<'Property'> | undefined, tree: SyntaxTree, names: Names, found: Found): void {
  for (const operation of possibleTexts(value, names)) {
    if (operation === undefined) {
      found.isDynamic = true;
    } else if (property && transactKinds.has(operation) && isTransactEntry(property, tree)) {
      found.transactWrites.add(operation);
    } else if (operationNames.has(operation)) {
      found.operations.add(operation);
    }
  }
}

/** A transaction entry stands below `transactItems`, or names its `table`, which a request for one item never does. */
function isTransactEntry(property: NodeOf<'Property'>, tree: SyntaxTree): boolean {
  const entry = tree.parentOf(property);
  if (entry?.type === 'ObjectExpression' && entry.properties.some((sibling) => sibling.type === 'Property' && writtenName(sibling) === 'table')) return true;
  return tree.enclosing(property, (node): node is NodeOf<'Property'> => node.type === 'Property' && writtenName(node) === 'transactItems') !== undefined;
}

/** `{ putItem: … }` and its kin, anywhere in a module that writes transactions: entries are often built far from the call. */
function readTransactEntries(tree: SyntaxTree, found: Found): void {
  for (const property of tree.nodes('Property')) {
    const kind = transactKindOfKey.get(writtenName(property) ?? '');
    if (kind && tree.parentOf(property)?.type === 'ObjectExpression') found.transactWrites.add(kind);
  }
  for (const member of assignedMembers(tree)) {
    const kind = transactKindOfKey.get(member);
    if (kind) found.transactWrites.add(kind);
  }
}

/** Kinds by table, if every entry is written as `{ putItem: { table: ctx.env.NAME, … } }` or the like. */
function tablesOfEntries(tree: SyntaxTree, names: Names, kinds: ReadonlySet<string>): Map<string, Set<string>> | undefined {
  const tables = new Map<string, Set<string>>();
  const placed = new Set<string>();
  for (const property of tree.nodes('Property')) {
    const kind = transactKindOfKey.get(writtenName(property) ?? '');
    if (!kind || tree.parentOf(property)?.type !== 'ObjectExpression') continue;
    const entry = property.value;
    const table = entry.type === 'ObjectExpression' ? entry.properties.find((member) => member.type === 'Property' && writtenName(member) === 'table') : undefined;
    const name = table?.type === 'Property' ? environmentName(table.value, names) : undefined;
    if (name === undefined) return undefined;
    tables.set(name, (tables.get(name) ?? new Set()).add(kind));
    placed.add(kind);
  }
  return placed.size > 0 && [...kinds].every((kind) => placed.has(kind)) ? tables : undefined;
}

/** `NAME` of `ctx.env.NAME`. */
function environmentName(value: SyntaxNode, names: Names): string | undefined {
  if (value.type !== 'MemberExpression' || value.object.type !== 'MemberExpression') return undefined;
  return writtenName(value.object) === 'env' && isContext(value.object.object, names) ? writtenName(value) : undefined;
}

/** The texts a value can be, when the code says: literals, choices between them, and constants; undefined stands for anything else. */
function possibleTexts(value: SyntaxNode, names: Names, seen: readonly Binding[] = []): (string | undefined)[] {
  switch (value.type) {
    case 'ConditionalExpression':
      return [...possibleTexts(value.consequent, names, seen), ...possibleTexts(value.alternate, names, seen)];
    case 'LogicalExpression':
      return [...possibleTexts(value.left, names, seen), ...possibleTexts(value.right, names, seen)];
    case 'Identifier': {
      const binding = names.bindingOf(value);
      if (binding?.declaration.type !== 'VariableDeclarator' || binding.declaration.id.type !== 'Identifier' || !binding.declaration.init) return [undefined];
      // `const a = b, b = a` parses, though it cannot run.
      if (seen.includes(binding) || binding.references.some((reference) => names.isWritten(reference))) return [undefined];
      return possibleTexts(binding.declaration.init, names, [...seen, binding]);
    }
    default:
      return [literalText(value)];
  }
}

/** True when an object is given a member of that name that is not plainly an attribute of an item. */
function setsMember(tree: SyntaxTree, name: string): boolean {
  const inLiteral = tree.nodes('Property').some((property) => {
    const object = tree.parentOf(property);
    if (object?.type !== 'ObjectExpression' || writtenName(property) !== name) return false;
    const holder = tree.parentOf(object);
    return !(holder?.type === 'Property' && attributeHolders.has(writtenName(holder) ?? ''));
  });
  return inLiteral || assignedMembers(tree).includes(name);
}

const attributeHolders: ReadonlySet<string> = new Set(['item', 'key', 'update', 'attributeValues', 'expressionNames', 'expressionValues']);

function assignedMembers(tree: SyntaxTree): string[] {
  return tree.nodes('AssignmentExpression').flatMap(({ left }) => (left.type === 'MemberExpression' ? (writtenName(left) ?? []) : []));
}
