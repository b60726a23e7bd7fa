/**
 * The entries of `errors` as AppSync writes them: members, their order and every text the execution stage can produce.
 * Validation texts are in `validation.ts`.
 */
import type { FieldNode } from 'graphql';

export interface ErrorLocation {
  readonly line: number;
  readonly column: number;
  readonly sourceName: null;
}

/** One entry of `errors`. Field errors have every member, in this order; request errors only `path`, `locations`, `message`. */
export interface AppSyncError {
  readonly path: readonly (string | number)[] | null;
  readonly data?: unknown;
  readonly errorType?: string | null;
  readonly errorInfo?: unknown;
  readonly locations: readonly ErrorLocation[] | null;
  readonly message: string;
}

/** A place in the response, innermost first, so that the hot path allocates one link per object and none per leaf. */
export interface ResponsePath {
  readonly parent: ResponsePath | undefined;
  readonly key: string | number;
}

/** What a resolver's error says; the executor adds path and location. */
export interface FieldFailure {
  readonly message: string;
  readonly errorType: string | null;
  readonly data?: unknown;
  readonly errorInfo?: unknown;
}

/** An error of a resolver or of field authorization. Observed: members and their order in bodies quoted in public repositories. */
export function fieldError(failure: FieldFailure, path: ResponsePath, location: ErrorLocation): AppSyncError {
  return {
    path: pathToArray(path),
    data: failure.data ?? null,
    errorType: failure.errorType,
    errorInfo: failure.errorInfo ?? null,
    locations: [location],
    message: failure.message,
  };
}

/** An error of the whole request: validation, variables. */
export function requestError(message: string, locations: readonly ErrorLocation[] | null): AppSyncError {
  return { path: null, locations, message };
}

export function unauthorized(fieldName: string, typeName: string): FieldFailure {
  return { message: `Not Authorized to access ${fieldName} on type ${typeName}`, errorType: 'Unauthorized' };
}

/** Observed: lists have no name there, so AppSync prints `'null'` for them. */
export function nullForNonNull(typeName: string | null, parentTypeName: string, path: ResponsePath): AppSyncError {
  return completionError(`Cannot return null for non-nullable type: '${typeName}' within parent '${parentTypeName}' (${pathToText(path)})`, path);
}

export function typeMismatch(expected: 'LIST' | 'OBJECT', got: string, path: ResponsePath): AppSyncError {
  return completionError(`Can't resolve value (${pathToText(path)}) : type mismatch error, expected type ${expected}, got ${got}`, path);
}

export function unserializable(reason: string, path: ResponsePath): AppSyncError {
  return completionError(`Can't serialize value (${pathToText(path)}) : ${reason}`, path);
}

/** Assumed: graphql-java's text; the spec only says that such a field is an error. */
export function unresolvableType(abstractType: string, parentTypeName: string, fieldName: string, path: ResponsePath): AppSyncError {
  return completionError(
    `Can't resolve '${pathToText(path)}'. Abstract type '${abstractType}' must resolve to an Object type at runtime for field '${parentTypeName}.${fieldName}'. Could not determine the exact type of '${abstractType}'`,
    path,
  );
}

/** Assumed: errorType is observed, the message is not. */
export const depthLimitReached: FieldFailure = { message: 'Query depth limit reached.', errorType: 'QueryDepthLimitReached' };

/** Assumed: errorType is documented, the message is not. */
export const resolverLimitReached: FieldFailure = { message: 'Resolver invocation limit reached.', errorType: 'ResolverExecutionLimitReached' };

/** What a client sees of a bug, here as there. */
export const internalFailure: FieldFailure = { message: 'An internal failure occurred while resolving this field.', errorType: 'InternalFailure' };

/** Where a field stands in the query text. */
export function locationOfNode(node: { readonly loc?: FieldNode['loc'] }): ErrorLocation {
  const token = node.loc?.startToken;
  return { line: token?.line ?? 1, column: token?.column ?? 1, sourceName: null };
}

function completionError(message: string, path: ResponsePath): AppSyncError {
  return { path: pathToArray(path), locations: null, message };
}

export function pathToArray(path: ResponsePath): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: ResponsePath | undefined = path; at; at = at.parent) keys.push(at.key);
  return keys.reverse();
}

/** `/listPosts/items[0]/title` */
function pathToText(path: ResponsePath): string {
  return pathToArray(path)
    .map((key) => (typeof key === 'number' ? `[${key}]` : `/${key}`))
    .join('');
}
