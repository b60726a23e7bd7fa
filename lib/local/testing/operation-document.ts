/** The documents a test may hand in, their types included, and what an operation selects at its root. */
import { type DocumentNode, parse, print } from 'graphql';
import { setupError } from './setup-error';

/**
 * A document that knows its types: `TypedDocumentNode` and `TypedDocumentString` of GraphQL Code Generator have this member, and so do the
 * documents of most clients. It never exists at run time.
 */
export interface TypedDocument<Data, Variables> {
  readonly __apiType?: (variables: Variables) => Data;
}

export type UntypedDocument = string | DocumentNode;

export type Variables = Readonly<Record<string, unknown>>;

/** The value of the only root field; the data as a whole when there are several. */
export type RootValue<Data> = IsUnion<RootKey<Data>> extends true ? Data : Data[RootKey<Data>];

type RootKey<Data> = Exclude<keyof Data, '__typename'>;
type IsUnion<Key, Each = Key> = Each extends unknown ? ([Key] extends [Each] ? false : true) : never;

export interface Operation {
  readonly query: string;
  /** Response key of the only root field; absent when the operation has several, or cannot be read. */
  readonly rootKey?: string;
}

/** @throws TestSetupError `RUN_TEST_VALUE` when it is no document; a text that does not parse is for AppSync to refuse */
export function readDocument(document: unknown): Operation {
  const query = textOf(document);
  try {
    const [operation, ...others] = parse(query, { noLocation: true }).definitions.filter((definition) => definition.kind === 'OperationDefinition');
    const [field, ...moreFields] = operation?.selectionSet.selections ?? [];
    if (others.length > 0 || moreFields.length > 0 || field?.kind !== 'Field') return { query };
    return { query, rootKey: field.alias?.value ?? field.name.value };
  } catch {
    return { query };
  }
}

function textOf(document: unknown): string {
  // A TypedDocumentString is a String object.
  if (typeof document === 'string' || document instanceof String) return String(document);
  if (isDocumentNode(document)) return print(document);
  throw setupError('RUN_TEST_VALUE', `${document === null ? 'null' : typeof document} is not a GraphQL document`, 'give the text of an operation, or a parsed document');
}

function isDocumentNode(value: unknown): value is DocumentNode {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Document';
}
