/**
 * The DynamoDB requests that a handler writes out, with the names in them and their places: what can be compared with real tables.
 * Only what the code says for certain is given. A name that is computed, a document that is spread, a variable that changes later:
 * each of them is left out, never guessed.
 */
import type { SourceLocation } from '../diagnostics';
import { analyzeHandler, type HandlerFacts, operationNames, operationOfHelper, transactKindOfKey, transactKinds } from './analyze';
import { type ContextPart, isContext, memberReads, readArguments, readParts } from './context-reads';
import { type ExtensionCall, readExtensionCalls } from './extension-calls';
import type { Names } from './names';
import type { ParsedHandler } from './parsed-handler';
import { readReturnedRequests, type ReturnedRequest } from './returned-requests';
import type { Span } from './rules/handler-rule';
import { literalText, type NodeOf, type SyntaxNode, type SyntaxTree, writtenName } from './syntax-tree';
import { WrittenValues } from './written-values';

/** A name in the code, and where. */
export interface WrittenName {
  readonly name: string;
  readonly at: Span;
}

/** The members of an object that the code writes out. */
export interface WrittenObject {
  readonly names: readonly WrittenName[];
  /** False when it may have more members. */
  readonly isComplete: boolean;
  readonly at: Span;
}

/** The table of an entry of a batch or transaction. */
export type TableName = { readonly kind: 'TEXT'; readonly text: string } | { readonly kind: 'ENVIRONMENT'; readonly name: string };

export interface TableRequest {
  /** `GetItem`, `Query`, `BatchGetItem`, …; for an entry of `TransactWriteItems` its own: `PutItem`, `UpdateItem`, `DeleteItem`, `ConditionCheck`. */
  readonly operation: string;
  readonly at: Span;
  /** True in a batch or transaction: the entry is for `table`, not for the data source's. */
  readonly isEntry: boolean;
  /** Of an entry; absent when it is computed. */
  readonly table?: TableName;
  /** `key`; of a `BatchGetItem`, what is common to its keys. */
  readonly key?: WrittenObject;
  /** `item` or `attributeValues` of a put. */
  readonly item?: WrittenObject;
  /** Attributes of a query's key condition. */
  readonly conditions?: WrittenObject;
  /** Absent when there is none, `undefined` in it when it is computed or may be there. */
  readonly index?: { readonly name: WrittenName | undefined };
  /** Where `consistentRead: true` is written. */
  readonly consistentRead?: Span;
}

export interface HandlerRequests {
  readonly facts: HandlerFacts;
  readonly requests: readonly TableRequest[];
  /** What `request` hands to the data source, of whatever kind that is. */
  readonly returned: readonly ReturnedRequest[];
  /** Every call of a function of `extensions`. */
  readonly extensionCalls: readonly ExtensionCall[];
  /** Every `ctx.env.NAME`. */
  readonly environmentReads: readonly WrittenName[];
  /** The first use of each part of the context, but for what is only printed to the log. */
  readonly contextReads: Readonly<Partial<Record<ContextPart, Span>>>;
  /** Every `ctx.args.NAME`, but for what is only printed to the log. */
  readonly argumentReads: readonly WrittenName[];
  /** True when `__typename` is anywhere in the code. */
  readonly namesType: boolean;
  /** True when the code may ask Lambda for a `BatchInvoke`. */
  readonly mayBatchInvoke: boolean;
  /** Where a stretch of the code was written by its author. */
  locate(span: Span): SourceLocation;
}

/** @returns undefined for code that does not parse */
export function readRequests(handler: ParsedHandler): HandlerRequests | undefined {
  if (!handler.module) return undefined;
  const { tree, names } = handler.module;
  const values = new WrittenValues(tree, names);
  const { text } = handler.code;
  const facts = analyzeHandler(handler);
  return {
    facts,
    requests: new RequestReader(tree, names, values).read(),
    returned: readReturnedRequests(handler.module),
    extensionCalls: text.includes('extensions') ? readExtensionCalls(handler.module) : [],
    environmentReads: memberReads(handler.module, ['env']).map(({ name, node }) => ({ name, at: node })),
    contextReads: readParts(handler.module),
    argumentReads: readArguments(handler.module),
    namesType: text.includes('__typename'),
    // A computed operation could be it; so could a whole request that comes from elsewhere, which no check asks about.
    mayBatchInvoke: text.includes('BatchInvoke') || facts.isDynamic,
    locate: (span) => handler.original.locate(span),
  };
}

class RequestReader {
  constructor(
    private readonly tree: SyntaxTree,
    private readonly names: Names,
    private readonly values: WrittenValues,
  ) {}

  read(): TableRequest[] {
    const calls = this.tree.nodes('CallExpression').flatMap((call) => {
      const operation = operationOfHelper.get(this.values.helperName(call.callee) ?? '');
      const document = call.arguments[0] && this.values.objectBehind(call.arguments[0]);
      return operation && document ? this.requests(operation, document, call.callee) : [];
    });
    const documents = this.tree.nodes('ObjectExpression').flatMap((document) => {
      const value = this.values.member(document, 'operation')?.value;
      const operation = value && literalText(value);
      const isEntry = this.values.member(document, 'table') !== undefined;
      return value && operation !== undefined && operationNames.has(operation) && !isEntry ? this.requests(operation, document, value) : [];
    });
    return [...calls, ...documents];
  }

  private requests(operation: string, document: NodeOf<'ObjectExpression'>, at: Span): TableRequest[] {
    switch (operation) {
      case 'BatchGetItem':
      case 'BatchPutItem':
      case 'BatchDeleteItem':
        return this.batchEntries(operation, document);
      case 'TransactGetItems':
      case 'TransactWriteItems':
        return this.transactionEntries(operation, document);
      default:
        return [{ operation, at, isEntry: false, ...this.details(operation, document) }];
    }
  }

  /** `tables: { [ctx.env.ITEMS]: { keys: […] }, literal: […] }` */
  private batchEntries(operation: string, document: NodeOf<'ObjectExpression'>): TableRequest[] {
    const tables = this.values.objectOf(document, 'tables');
    return (tables?.properties ?? []).flatMap((property): TableRequest[] => {
      if (property.type !== 'Property') return [];
      const written = writtenName(property);
      const table = written === undefined ? this.tableName(property.key) : { kind: 'TEXT' as const, text: written };
      const entry = this.values.objectBehind(property.value);
      const keys = operation === 'BatchPutItem' ? undefined : entry ? this.values.member(entry, 'keys')?.value : property.value;
      const key = keys && this.commonKey(keys);
      return [{ operation, at: property.key, isEntry: true, ...(table ? { table } : {}), ...(key ? { key } : {}) }];
    });
  }

  /** The key of a list whose only element is written out, or of all that a `map` makes. */
  private commonKey(keys: SyntaxNode): WrittenObject | undefined {
    if (keys.type === 'ArrayExpression') {
      const [only, ...others] = keys.elements;
      return only && others.length === 0 ? this.writtenObject(only) : undefined;
    }
    if (keys.type !== 'CallExpression' || keys.callee.type !== 'MemberExpression' || writtenName(keys.callee) !== 'map') return undefined;
    const [each] = keys.arguments;
    return each?.type === 'ArrowFunctionExpression' && each.body.type !== 'BlockStatement' ? this.writtenObject(each.body) : undefined;
  }

  /** `items: [{ putItem: { table, key } }]` of the helpers, `transactItems: [{ table, operation, key }]` of documents. */
  private transactionEntries(operation: string, document: NodeOf<'ObjectExpression'>): TableRequest[] {
    const items = (this.values.member(document, 'items') ?? this.values.member(document, 'transactItems'))?.value;
    if (items?.type !== 'ArrayExpression') return [];
    return items.elements.flatMap((element): TableRequest[] => {
      const item = element && this.values.objectBehind(element);
      if (!item) return [];
      if (operation === 'TransactGetItems') return this.transactionEntry('TransactGetItems', item, item);
      const raw = this.values.member(item, 'operation')?.value;
      const kind = raw && literalText(raw);
      if (raw && kind !== undefined) return transactKinds.has(kind) ? this.transactionEntry(kind, item, raw) : [];
      return item.properties.flatMap((property) => {
        const wrapped = property.type === 'Property' ? transactKindOfKey.get(writtenName(property) ?? '') : undefined;
        const entry = property.type === 'Property' ? this.values.objectBehind(property.value) : undefined;
        return wrapped && entry && property.type === 'Property' ? this.transactionEntry(wrapped, entry, property.key) : [];
      });
    });
  }

  private transactionEntry(operation: string, entry: NodeOf<'ObjectExpression'>, at: Span): TableRequest[] {
    const value = this.values.member(entry, 'table')?.value;
    const table = value && this.tableName(value);
    return [{ operation, at, isEntry: true, ...(table ? { table } : {}), ...this.details(operation, entry) }];
  }

  private tableName(value: SyntaxNode): TableName | undefined {
    const text = literalText(value);
    if (text !== undefined) return { kind: 'TEXT', text };
    if (value.type === 'MemberExpression' && value.object.type === 'MemberExpression' && writtenName(value.object) === 'env' && isContext(value.object.object, this.names)) {
      const name = writtenName(value);
      return name === undefined ? undefined : { kind: 'ENVIRONMENT', name };
    }
    const constant = this.values.constant(value);
    return constant ? this.tableName(constant) : undefined;
  }

  private details(operation: string, document: NodeOf<'ObjectExpression'>): Partial<TableRequest> {
    const key = this.values.member(document, 'key')?.value;
    const writtenKey = key && this.writtenObject(key);
    const item = (this.values.member(document, 'item') ?? this.values.member(document, 'attributeValues'))?.value;
    const consistentRead = this.values.member(document, 'consistentRead');
    const conditions = operation === 'Query' ? this.queryConditions(document) : undefined;
    return {
      ...(writtenKey ? { key: writtenKey } : {}),
      ...(operation === 'PutItem' && item ? { item: this.writtenObject(item) ?? { names: [], isComplete: false, at: item } } : {}),
      ...(conditions ? { conditions } : {}),
      ...this.index(document),
      ...(consistentRead?.value.type === 'Literal' && consistentRead.value.value === true ? { consistentRead: consistentRead } : {}),
    };
  }

  private index(document: NodeOf<'ObjectExpression'>): Pick<TableRequest, 'index'> {
    const value = this.values.member(document, 'index')?.value;
    if (!value) return this.values.isComplete(document) && !this.values.isChanged(document) ? {} : { index: { name: undefined } };
    const constant = this.values.constant(value) ?? value;
    const text = literalText(constant);
    return { index: { name: text === undefined ? undefined : { name: text, at: value } } };
  }

  /** `query: { id: { eq: … } }` of the helper; of a document, the attributes in `{ expression, expressionNames }`. */
  private queryConditions(document: NodeOf<'ObjectExpression'>): WrittenObject | undefined {
    const query = this.values.objectOf(document, 'query');
    if (!query) return undefined;
    const expression = this.values.member(query, 'expression')?.value;
    const text = expression && literalText(expression);
    if (expression === undefined) return this.written(query);
    if (text === undefined) return undefined;
    const aliases = this.values.objectOf(query, 'expressionNames');
    const resolved = keyConditionNames(text, (alias) => {
      const name = aliases && this.values.member(aliases, alias)?.value;
      return name && literalText(name);
    });
    const known = resolved.filter((name) => name !== undefined);
    return { names: known.map((name) => ({ name, at: expression })), isComplete: known.length === resolved.length, at: expression };
  }

  /** An object, also one behind `util.dynamodb.toMapValues(…)`. */
  private writtenObject(value: SyntaxNode): WrittenObject | undefined {
    const isMapped = value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && writtenName(value.callee) === 'toMapValues';
    const inner = isMapped ? value.arguments[0] : value;
    const object = inner && this.values.objectBehind(inner);
    return object && this.written(object);
  }

  private written(object: NodeOf<'ObjectExpression'>): WrittenObject {
    const names = object.properties.flatMap((property) => {
      const name = property.type === 'Property' ? writtenName(property) : undefined;
      return property.type === 'Property' && name !== undefined ? [{ name, at: property.key }] : [];
    });
    return { names, isComplete: this.values.isComplete(object), at: object };
  }
}

/**
 * The attributes in a key condition, in order, with aliases replaced; undefined among them for an alias that is not known.
 * @param nameOf of an alias, which begins with `#`
 */
export function keyConditionNames(expression: string, nameOf: (alias: string) => string | undefined): (string | undefined)[] {
  const words = expression.match(/[#:]?[A-Za-z_][\w.-]*/g) ?? [];
  const attributes = words.filter((word) => !word.startsWith(':') && !/^(and|between|begins_with)$/i.test(word));
  return attributes.map((word) => (word.startsWith('#') ? nameOf(word) : word));
}
