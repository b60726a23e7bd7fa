/**
 * Completion: what a resolver or parent object gave, made to fit the type of the field. Compiled per type; wrong values become
 * null and an error, and null in a non-null place travels up as `bubble`.
 */
import { getNamedType, type GraphQLAbstractType, type GraphQLLeafType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import { nullForNonNull, type ResponsePath, typeMismatch, unresolvableType, unserializable } from './appsync-error';
import { bubble, type CompiledSelection, type Complete, executeSelection, memberOf, type OperationRun } from './compiled-field';
import { type LeafSerializer, UnserializableValue } from './leaf-values';

/** The field whose value is completed, and what is asked of objects found there. */
export interface CompletionSite<R> {
  readonly schema: GraphQLSchema;
  readonly parentTypeName: string;
  readonly fieldName: string;
  readonly leaf: (type: GraphQLLeafType) => LeafSerializer;
  /** Compiles the selection for one object type; called when the first such object is met. */
  readonly selectionOf: (type: GraphQLObjectType) => CompiledSelection<R>;
}

export function compileCompletion<R extends OperationRun>(type: GraphQLOutputType, site: CompletionSite<R>): Complete<R> {
  if (isNonNullType(type)) {
    const typeName = isListType(type.ofType) ? null : getNamedType(type.ofType).name;
    return nonNullCompletion(compileCompletion(type.ofType, site), typeName, site.parentTypeName);
  }
  if (isListType(type)) return listCompletion(compileCompletion(type.ofType, site));
  if (isLeafType(type)) return leafCompletion(site.leaf(type));
  if (isObjectType(type)) return objectCompletion(type, site);
  return abstractCompletion(type, site);
}

function nonNullCompletion<R extends OperationRun>(inner: Complete<R>, typeName: string | null, parentTypeName: string): Complete<R> {
  return (value, run, parent, key) => {
    if (value === null || value === undefined) {
      run.errors.push(nullForNonNull(typeName, parentTypeName, { parent, key }));
      return bubble;
    }
    const completed = inner(value, run, parent, key);
    // Null from a value that was there: whatever made it null has been reported.
    if (completed instanceof Promise) return completed.then((settled) => (settled === null ? bubble : settled));
    return completed === null ? bubble : completed;
  };
}

function listCompletion<R extends OperationRun>(item: Complete<R>): Complete<R> {
  return (value, run, parent, key) => {
    if (value === null || value === undefined) return null;
    const path: ResponsePath = { parent, key };
    if (!Array.isArray(value)) {
      run.errors.push(typeMismatch('LIST', kindOf(value), path));
      return null;
    }
    const out = new Array<unknown>(value.length);
    let pending: Promise<void>[] | undefined;
    let isNulled = false;
    for (let i = 0; i < value.length; i++) {
      const completed = item(value[i], run, path, i);
      if (completed instanceof Promise) {
        (pending ??= []).push(
          completed.then((settled) => {
            if (settled === bubble) isNulled = true;
            else out[i] = settled;
          }),
        );
      } else if (completed === bubble) isNulled = true;
      else out[i] = completed;
    }
    if (pending) return Promise.all(pending).then(() => (isNulled ? null : out));
    return isNulled ? null : out;
  };
}

function leafCompletion<R extends OperationRun>(serialize: LeafSerializer): Complete<R> {
  return (value, run, parent, key) => {
    if (value === null || value === undefined) return null;
    try {
      return serialize(value);
    } catch (error) {
      if (!(error instanceof UnserializableValue)) throw error;
      run.errors.push(unserializable(error.message, { parent, key }));
      return null;
    }
  };
}

function objectCompletion<R extends OperationRun>(type: GraphQLObjectType, { selectionOf }: CompletionSite<R>): Complete<R> {
  let selection: CompiledSelection<R> | undefined;
  return (value, run, parent, key) => {
    if (value === null || value === undefined) return null;
    const path: ResponsePath = { parent, key };
    if (typeof value !== 'object' || Array.isArray(value)) {
      run.errors.push(typeMismatch('OBJECT', kindOf(value), path));
      return null;
    }
    return nullable(executeSelection((selection ??= selectionOf(type)), value, run, path));
  };
}

/** The member type of an interface or union is what `__typename` of the value says. */
function abstractCompletion<R extends OperationRun>(type: GraphQLAbstractType, { schema, selectionOf, parentTypeName, fieldName }: CompletionSite<R>): Complete<R> {
  const possible = new Map(schema.getPossibleTypes(type).map((member) => [member.name, member]));
  const selections = new Map<GraphQLObjectType, CompiledSelection<R>>();
  return (value, run, parent, key) => {
    if (value === null || value === undefined) return null;
    const path: ResponsePath = { parent, key };
    const typeName = memberOf(value, '__typename');
    const member = typeof typeName === 'string' ? possible.get(typeName) : undefined;
    if (!member) {
      run.errors.push(unresolvableType(type.name, parentTypeName, fieldName, path));
      return null;
    }
    let selection = selections.get(member);
    if (!selection) selections.set(member, (selection = selectionOf(member)));
    return nullable(executeSelection(selection, value, run, path));
  };
}

/** A nullable position absorbs what bubbles up. */
function nullable(completed: unknown): unknown {
  if (completed instanceof Promise) return completed.then((settled) => (settled === bubble ? null : settled));
  return completed === bubble ? null : completed;
}

/** Assumed for scalars; `OBJECT` is observed. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'LIST';
  switch (typeof value) {
    case 'object':
      return 'OBJECT';
    case 'string':
      return 'STRING';
    case 'boolean':
      return 'BOOLEAN';
    default:
      return 'NUMBER';
  }
}
