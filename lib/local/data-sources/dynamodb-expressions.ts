/** The `{expression, expressionNames, expressionValues}` objects of request documents, as parameters of DynamoDB calls. */
import { asObject, type Document, required } from './request-document';
import { DataSourceRequestError } from './data-source';
import type { Item } from './table-error';
import { readItem } from './typed-values';

export interface Expression {
  readonly expression: string;
  readonly names?: Readonly<Record<string, unknown>>;
  readonly values?: Item;
}

/** @throws DataSourceRequestError */
export function readExpression(value: unknown, path: string): Expression {
  const document = asObject(value, path);
  const { expressionNames, expressionValues } = document;
  return {
    expression: required(document, 'expression', path) as string,
    ...(expressionNames != null && { names: asObject(expressionNames, `${path}[expressionNames]`) }),
    ...(expressionValues != null && { values: readItem(expressionValues, `${path}[expressionValues]`) }),
  };
}

/** An expression that the document may lack. */
export function optionalExpression(document: Document, name: string, path = '$'): Expression | undefined {
  return document[name] == null ? undefined : readExpression(document[name], `${path}[${name}]`);
}

/** The placeholders of all expressions of one call. An empty map stays: DynamoDB refuses it, as it does in AppSync. */
export function placeholders(...expressions: readonly (Expression | undefined)[]): Document {
  let names: Record<string, unknown> | undefined;
  let values: Record<string, unknown> | undefined;
  for (const expression of expressions) {
    if (expression?.names) names = { ...names, ...expression.names };
    if (expression?.values) values = { ...values, ...expression.values };
  }
  return { ...(names && { ExpressionAttributeNames: names }), ...(values && { ExpressionAttributeValues: values }) };
}

export interface Condition extends Expression {
  /** Attributes that do not count when PutItem compares the stored item with the new one. */
  readonly equalsIgnore: readonly string[];
  /** Strategy `Custom`: the function that decides what happens when the condition fails. */
  readonly handlerArn?: string;
}

/**
 * The condition of a single write.
 * @throws DataSourceRequestError
 */
export function readCondition(document: Document): Condition | undefined {
  const condition = optionalExpression(document, 'condition');
  if (!condition) return undefined;
  const { equalsIgnore, conditionalCheckFailedHandler } = document.condition as Document;
  const handlerArn = conditionalCheckFailedHandler == null ? undefined : readHandlerArn(conditionalCheckFailedHandler);
  return { ...condition, equalsIgnore: Array.isArray(equalsIgnore) ? equalsIgnore.map(String) : [], ...(handlerArn !== undefined && { handlerArn }) };
}

/** @returns undefined for the strategy `Reject` */
function readHandlerArn(value: unknown): string | undefined {
  const path = '$[condition][conditionalCheckFailedHandler]';
  const handler = asObject(value, path);
  const strategy = required(handler, 'strategy', path);
  if (strategy === 'Reject') return undefined;
  if (strategy === 'Custom') return String(required(handler, 'lambdaArn', path));
  // Assumed: the text; the developer guide only says which two values there are.
  throw new DataSourceRequestError(`Unsupported value '${String(strategy)}' for field '${path}[strategy]'.`);
}
