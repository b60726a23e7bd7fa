/**
 * An operation compiled to closures: field collection, `@skip`/`@include`, arguments, field authorization and completion are
 * worked out once per query text, so that running it only walks data. The same compiler, with other `CompilerOptions`, makes
 * the projection of subscription payloads.
 * A closure returns a plain value when nothing below it is asynchronous; promises appear only where a resolver runs.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isIntrospectionType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type GraphQLResolveInfo,
} from 'graphql';
import { invariant } from '../../diagnostics';
import type { Caller } from '../auth/auth-mode';
import { compileArguments } from './argument-values';
import {
  type AppSyncError,
  depthLimitReached,
  type ErrorLocation,
  type FieldFailure,
  fieldError,
  locationOfNode,
  nullForNonNull,
  type ResponsePath,
  typeMismatch,
  unauthorized,
  unresolvableType,
  unserializable,
} from './appsync-error';
import type { FieldAccess } from './field-access';
import { collectFields, inclusion, isConditional, type Occurrence, selectionCondition, selectionsBelow, type SelectionSource } from './field-collection';
import { type LeafSerializer, UnserializableValue } from './leaf-values';
import { fragmentsOf, selectionText, type SelectionText } from './selection-text';

/** What closures read and write while one operation runs. */
export interface OperationRun {
  readonly caller: Caller;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly errors: AppSyncError[];
  /** How many root fields authorization has refused. */
  refusedRootFields: number;
}

/** Stands for "null in a non-null place, error already reported": the nearest nullable parent becomes null. */
export const bubble = Symbol('null for non-null');

/** Stands for "the resolver failed, error already reported". */
export const failed = Symbol('resolver failed');

type Complete<R> = (value: unknown, run: R, parent: ResponsePath | undefined, key: string | number) => unknown;

/** Runs the resolver of a field: its value, or `failed`. */
export type FieldResolver<R> = (source: unknown, field: CompiledField<R>, run: R, path: ResponsePath) => Promise<unknown>;

export interface CompiledField<R> {
  readonly responseKey: string;
  readonly fieldName: string;
  readonly parentTypeName: string;
  readonly location: ErrorLocation;
  readonly isNonNull: boolean;
  /** Level in the query, 1 for root fields. */
  readonly depth: number;
  readonly args: (variables: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** Drops from a plain object what the selection does not name, and renames as its aliases say. */
  readonly prune: (data: unknown) => unknown;
  readonly selection: (run: R) => SelectionText;
  /** Value at this field of an object of the parent type, completed. */
  readonly execute: (source: unknown, run: R, parent: ResponsePath | undefined) => unknown;
  /** False when `@skip` or `@include` removes the field from this run. */
  readonly isIncluded: (variables: Readonly<Record<string, unknown>>) => boolean;
}

export interface CompilerOptions<R> {
  readonly schema: GraphQLSchema;
  readonly access: (typeName: string, fieldName: string) => FieldAccess;
  readonly resolver: (typeName: string, fieldName: string) => FieldResolver<R> | undefined;
  readonly leaf: (type: GraphQLLeafType) => LeafSerializer;
  /** 0 means none. */
  readonly depthLimit: number;
}

/** What one object type answers to a selection. */
export interface CompiledSelection<R> {
  readonly fields: readonly CompiledField<R>[];
  /** True when a run may leave some of the fields out. */
  readonly isConditional: boolean;
}

/** The root fields of an operation. */
export function compileOperation<R extends OperationRun>(
  rootType: GraphQLObjectType,
  selectionSet: SelectionSetNode,
  document: DocumentNode,
  options: CompilerOptions<R>,
): CompiledSelection<R> {
  return new Compiler(document, options).selection(rootType, [{ set: selectionSet, when: [] }], 1);
}

/** Runs sibling fields, in parallel where they wait. @returns the object, or `bubble` */
export function executeSelection<R extends OperationRun>(
  { fields, isConditional }: CompiledSelection<R>,
  source: unknown,
  run: R,
  path: ResponsePath | undefined,
): unknown {
  const out: Record<string, unknown> = {};
  let pending: Promise<void>[] | undefined;
  let isNulled = false;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as CompiledField<R>;
    if (isConditional && !field.isIncluded(run.variables)) continue;
    const value = field.execute(source, run, path);
    if (value instanceof Promise) {
      out[field.responseKey] = null; // holds the place, so that keys keep the order of the selection
      (pending ??= []).push(
        value.then((settled) => {
          if (settled === bubble) isNulled = true;
          else out[field.responseKey] = settled;
        }),
      );
    } else if (value === bubble) isNulled = true;
    else out[field.responseKey] = value;
  }
  if (pending) return Promise.all(pending).then(() => (isNulled ? bubble : out));
  return isNulled ? bubble : out;
}

class Compiler<R extends OperationRun> {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly document: DocumentNode,
    private readonly options: CompilerOptions<R>,
  ) {
    this.fragments = fragmentsOf(document);
  }

  selection(type: GraphQLObjectType, sources: readonly SelectionSource[], depth: number): CompiledSelection<R> {
    const groups = collectFields(this.options.schema, this.fragments, type, sources);
    return {
      fields: [...groups].map(([responseKey, occurrences]) => this.field(type, responseKey, occurrences, depth)),
      isConditional: [...groups.values()].some(isConditional),
    };
  }

  private field(parentType: GraphQLObjectType, responseKey: string, occurrences: readonly Occurrence[], depth: number): CompiledField<R> {
    const [first] = occurrences;
    invariant(first, 'a collected field has a node');
    const fieldName = first.node.name.value;
    if (fieldName === '__typename') return this.typeNameField(parentType, responseKey, first.node, occurrences, depth);

    const definition = this.definitionOf(parentType, fieldName);
    invariant(definition, `validation let ${parentType.name}.${fieldName} pass`);
    const namedType = getNamedType(definition.type);
    const sources = selectionsBelow(occurrences);
    const complete = this.completion(definition.type, parentType.name, fieldName, sources, depth);
    const isNonNull = isNonNullType(definition.type);
    const location = locationOfNode(first.node);
    const args = compileArguments(definition, first.node);
    const nodes = occurrences.map((o) => o.node);

    const field: CompiledField<R> = {
      responseKey,
      fieldName,
      parentTypeName: parentType.name,
      location,
      isNonNull,
      depth,
      args,
      prune: this.pruning(namedType, sources),
      selection: this.selectionOf(namedType, nodes),
      isIncluded: inclusion(occurrences),
      execute: (source, run, parent) => execute(source, run, parent),
    };
    const execute = this.execution(field, definition, parentType, complete);
    return field;
  }

  /** Refusals first, then the resolver, else the same key of the parent object. */
  private execution(field: CompiledField<R>, definition: GraphQLField<unknown, unknown>, parentType: GraphQLObjectType, complete: Complete<R>): CompiledField<R>['execute'] {
    const { responseKey, fieldName, isNonNull, location } = field;
    const refuse = (failure: FieldFailure, run: R, parent: ResponsePath | undefined) => {
      run.errors.push(fieldError(failure, { parent, key: responseKey }, location));
      return isNonNull ? bubble : null;
    };

    if (this.options.depthLimit > 0 && field.depth > this.options.depthLimit) return (_source, run, parent) => refuse(depthLimitReached, run, parent);
    if (isIntrospectionType(parentType) || fieldName === '__schema' || fieldName === '__type') {
      // Introspection resolvers of graphql-js read nothing of `info` but the schema.
      const info = { schema: this.options.schema } as unknown as GraphQLResolveInfo;
      return (source, run, parent) => complete(definition.resolve?.(source, field.args(run.variables), undefined, info), run, parent, responseKey);
    }

    const resolver = this.options.resolver(parentType.name, fieldName);
    const read: CompiledField<R>['execute'] = resolver
      ? (source, run, parent) =>
          resolver(source, field, run, { parent, key: responseKey }).then((value) => {
            if (value === failed) return isNonNull ? bubble : null;
            return complete(value, run, parent, responseKey);
          })
      : (source, run, parent) => complete(memberOf(source, fieldName), run, parent, responseKey);

    const access = this.options.access(parentType.name, fieldName);
    if (!access) return read;
    const refusal = unauthorized(fieldName, parentType.name);
    return (source, run, parent) => {
      if (access(run.caller)) return read(source, run, parent);
      if (parent === undefined) run.refusedRootFields++;
      return refuse(refusal, run, parent);
    };
  }

  private typeNameField(parentType: GraphQLObjectType, responseKey: string, node: FieldNode, occurrences: readonly Occurrence[], depth: number): CompiledField<R> {
    const text: SelectionText = { selectionSetList: [], selectionSetGraphQL: '' };
    return {
      responseKey,
      fieldName: '__typename',
      parentTypeName: parentType.name,
      location: locationOfNode(node),
      isNonNull: true,
      depth,
      args: () => ({}),
      prune: (data) => data,
      selection: () => text,
      isIncluded: inclusion(occurrences),
      execute: () => parentType.name,
    };
  }

  private definitionOf(parentType: GraphQLObjectType, fieldName: string): GraphQLField<unknown, unknown> | undefined {
    if (parentType === this.options.schema.getQueryType()) {
      if (fieldName === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (fieldName === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return parentType.getFields()[fieldName];
  }

  private completion(type: GraphQLOutputType, parentTypeName: string, fieldName: string, sources: readonly SelectionSource[], depth: number): Complete<R> {
    if (isNonNullType(type)) {
      const inner = this.completion(type.ofType, parentTypeName, fieldName, sources, depth);
      const typeName = isListType(type.ofType) ? null : getNamedType(type.ofType).name;
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
    if (isListType(type)) return this.listCompletion(type.ofType, parentTypeName, fieldName, sources, depth);
    if (isLeafType(type)) return leafCompletion(this.options.leaf(type));
    if (isObjectType(type)) return objectCompletion(lazy(() => this.selection(type, sources, depth + 1)));

    const selections = new Map<string, CompiledSelection<R>>();
    const possible = new Map(this.options.schema.getPossibleTypes(type).map((t) => [t.name, t]));
    return (value, run, parent, key) => {
      if (value === null || value === undefined) return null;
      const typeName = memberOf(value, '__typename');
      const concrete = typeof typeName === 'string' ? possible.get(typeName) : undefined;
      if (!concrete) {
        run.errors.push(unresolvableType(type.name, parentTypeName, fieldName, { parent, key }));
        return null;
      }
      let selection = selections.get(concrete.name);
      if (!selection) selections.set(concrete.name, (selection = this.selection(concrete, sources, depth + 1)));
      return nullable(executeSelection(selection, value, run, { parent, key }));
    };
  }

  private listCompletion(itemType: GraphQLOutputType, parentTypeName: string, fieldName: string, sources: readonly SelectionSource[], depth: number): Complete<R> {
    const item = this.completion(itemType, parentTypeName, fieldName, sources, depth);
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

  /** Per plan when nothing in it depends on variables, else per run. */
  private selectionOf(type: GraphQLNamedType, nodes: readonly FieldNode[]): CompiledField<R>['selection'] {
    let cached: SelectionText | undefined;
    let isVariable = false;
    return (run) => {
      if (cached) return cached;
      const text = selectionText(this.options.schema, this.document, type, nodes, (node) => {
        const condition = selectionCondition(node);
        isVariable ||= condition.isVariable;
        return !condition.isIncluded(run.variables);
      });
      if (!isVariable) cached = text;
      return text;
    };
  }

  /** Assumed: `data` of `util.error` is keyed by field name and comes out under the aliases of the selection. */
  private pruning(type: GraphQLNamedType, sources: readonly SelectionSource[]): (data: unknown) => unknown {
    if (isLeafType(type)) return (data) => data ?? null;
    return (data) => {
      if (Array.isArray(data)) return data.map((item) => this.pruneObject(type, sources, item));
      return this.pruneObject(type, sources, data);
    };
  }

  private pruneObject(type: GraphQLNamedType, sources: readonly SelectionSource[], data: unknown): unknown {
    if (typeof data !== 'object' || data === null) return null;
    const typeName = isObjectType(type) ? type.name : memberOf(data, '__typename');
    const concrete = typeof typeName === 'string' ? this.options.schema.getType(typeName) : undefined;
    if (!isObjectType(concrete)) return null;
    const out: Record<string, unknown> = {};
    for (const field of this.selection(concrete, sources, 1).fields) {
      out[field.responseKey] = field.fieldName === '__typename' ? concrete.name : field.prune(memberOf(data, field.fieldName) ?? null);
    }
    return out;
  }
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

function objectCompletion<R extends OperationRun>(selectionOf: () => CompiledSelection<R>): Complete<R> {
  return (value, run, parent, key) => {
    if (value === null || value === undefined) return null;
    const path: ResponsePath = { parent, key };
    if (typeof value !== 'object' || Array.isArray(value)) {
      run.errors.push(typeMismatch('OBJECT', kindOf(value), path));
      return null;
    }
    const selection = selectionOf();
    return nullable(executeSelection(selection, value, run, path));
  };
}

/** A nullable position absorbs what bubbles up. */
function nullable(completed: unknown): unknown {
  if (completed instanceof Promise) return completed.then((settled) => (settled === bubble ? null : settled));
  return completed === bubble ? null : completed;
}

/** The own property of a parent value; a parent that is no object has none. */
function memberOf(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, name)) return undefined;
  return (source as Readonly<Record<string, unknown>>)[name];
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

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
