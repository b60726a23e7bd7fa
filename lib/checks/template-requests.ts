/**
 * The DynamoDB requests that a request template writes out, in the form of those that code makes, so that one rule speaks of both.
 * Operation, index and names of attributes where they are literal; whatever comes from a reference or stands in a condition is left out.
 */
import { keyConditionNames, type TableRequest, type WrittenName, type WrittenObject } from '../compiler';
import { locationAt, type SourceFile, type SourceLocation } from '../diagnostics';
import type { Span } from '../velocity';
import { readTemplate } from './mapping-templates';
import type { LiteralMember, RequestDocument } from './request-document';

export interface TableRequests {
  /** Every operation that may be asked for by name. */
  readonly operations: ReadonlySet<string>;
  readonly requests: readonly TableRequest[];
  locate(span: Span): SourceLocation;
}

export function readTemplateRequests(template: SourceFile): TableRequests | undefined {
  const document = readTemplate(template).read?.document;
  const operation = document?.members.get('operation');
  if (!document || operation?.value === undefined) return undefined;
  return {
    operations: new Set([operation.value]),
    requests: requestsOf(operation.value, operation.span, document),
    locate: ({ start, end }) => locationAt(template, start, Math.max(1, end - start)),
  };
}

function requestsOf(operation: string, at: Span, document: RequestDocument): TableRequest[] {
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchPutItem':
    case 'BatchDeleteItem': {
      const tables = document.members.get('tables')?.object?.members ?? new Map<string, LiteralMember>();
      return [...tables].map(([text, { span }]) => ({ operation, at: span, isEntry: true, table: { kind: 'TEXT', text } }));
    }
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return [];
    default:
      return [{ operation, at, isEntry: false, ...details(operation, document) }];
  }
}

function details(operation: string, { members, isComplete }: RequestDocument): Partial<TableRequest> {
  const key = members.get('key');
  const item = members.get('attributeValues');
  const index = members.get('index');
  const consistentRead = members.get('consistentRead');
  const query = members.get('query')?.object;
  const conditions = operation === 'Query' && query ? conditionsOf(query) : undefined;
  return {
    ...(key?.object ? { key: written(key.object) } : {}),
    ...(operation === 'PutItem' && (item ?? !isComplete) ? { item: item?.object ? written(item.object) : { names: [], isComplete: false, at: item?.span ?? { start: 0, end: 0 } } } : {}),
    ...(conditions ? { conditions } : {}),
    ...(index || !isComplete ? { index: { name: index?.value === undefined ? undefined : { name: index.value, at: index.span } } } : {}),
    ...(consistentRead?.word === 'true' ? { consistentRead: consistentRead.span } : {}),
  };
}

function written({ members, isComplete, brace }: RequestDocument): WrittenObject {
  return { names: [...members].map(([name, { span }]): WrittenName => ({ name, at: span })), isComplete, at: brace };
}

function conditionsOf({ members, isComplete }: RequestDocument): WrittenObject | undefined {
  const expression = members.get('expression');
  if (expression?.value === undefined) return undefined;
  const aliases = members.get('expressionNames')?.object?.members;
  const names = keyConditionNames(expression.value, (alias) => aliases?.get(alias)?.value);
  const known = names.filter((name) => name !== undefined);
  return { names: known.map((name) => ({ name, at: expression.span })), isComplete: isComplete && known.length === names.length, at: expression.span };
}
