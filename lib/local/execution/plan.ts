/**
 * Compiles an operation: field collection, `@skip`/`@include`, arguments, field authorization and completion are worked out once
 * per query text, so that running it only walks data. The same compiler, with other `CompilerOptions`, makes the projection of
 * subscription payloads.
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
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isIntrospectionType,
  isLeafType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { invariant } from '../../diagnostics';
import { depthLimitReached, type FieldFailure, fieldError, locationOfNode, type ResponsePath, unauthorized } from './appsync-error';
import { compileArguments } from './argument-values';
import { bubble, type CompiledField, type CompiledSelection, type Complete, failed, type FieldResolver, memberOf, type OperationRun } from './compiled-field';
import { compileCompletion } from './completion';
import type { FieldAccess } from './field-access';
import { collectFields, inclusion, isConditional, type Occurrence, selectionCondition, selectionsBelow, type SelectionSource } from './field-collection';
import type { LeafSerializer } from './leaf-values';
import { fragmentsOf, selectionText, type SelectionText } from './selection-text';

export interface CompilerOptions<R> {
  readonly schema: GraphQLSchema;
  readonly access: (typeName: string, fieldName: string) => FieldAccess;
  readonly resolver: (typeName: string, fieldName: string) => FieldResolver<R> | undefined;
  readonly leaf: (type: GraphQLLeafType) => LeafSerializer;
  /** 0 means none. */
  readonly depthLimit: number;
}

/** The root fields of an operation. */
export function compileOperation<R extends OperationRun>(
  rootType: GraphQLObjectType,
  selectionSet: SelectionSetNode,
  document: DocumentNode,
  options: CompilerOptions<R>,
): CompiledSelection<R> {
  return new Compiler(document, options).selection(rootType, [{ set: selectionSet, when: [] }], undefined);
}

class Compiler<R extends OperationRun> {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly document: DocumentNode,
    private readonly options: CompilerOptions<R>,
  ) {
    this.fragments = fragmentsOf(document);
  }

  selection(type: GraphQLObjectType, sources: readonly SelectionSource[], parent: CompiledField<R> | undefined): CompiledSelection<R> {
    const groups = collectFields(this.options.schema, this.fragments, type, sources);
    return {
      fields: [...groups].map(([responseKey, occurrences]) => this.field(type, responseKey, occurrences, parent)),
      isConditional: [...groups.values()].some(isConditional),
    };
  }

  private field(parentType: GraphQLObjectType, responseKey: string, occurrences: readonly Occurrence[], parent: CompiledField<R> | undefined): CompiledField<R> {
    const [first] = occurrences;
    invariant(first, 'a collected field has a node');
    const fieldName = first.node.name.value;
    if (fieldName === '__typename') return this.typeNameField(parentType, responseKey, first.node, occurrences, parent);

    const definition = this.definitionOf(parentType, fieldName);
    invariant(definition, `validation let ${parentType.name}.${fieldName} pass`);
    const namedType = getNamedType(definition.type);
    const sources = selectionsBelow(occurrences);
    const complete = compileCompletion(definition.type, {
      schema: this.options.schema,
      parentTypeName: parentType.name,
      fieldName,
      leaf: this.options.leaf,
      selectionOf: (type) => this.selection(type, sources, field),
    });
    const isNonNull = isNonNullType(definition.type);
    const location = locationOfNode(first.node);
    const args = compileArguments(definition, first.node);
    const nodes = occurrences.map((o) => o.node);

    const field: CompiledField<R> = {
      responseKey,
      fieldName,
      parentTypeName: parentType.name,
      parent,
      location,
      outputType: namedType.name,
      isNonNull,
      depth: depthBelow(parent),
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

  private typeNameField(parentType: GraphQLObjectType, responseKey: string, node: FieldNode, occurrences: readonly Occurrence[], parent: CompiledField<R> | undefined): CompiledField<R> {
    const text: SelectionText = { selectionSetList: [], selectionSetGraphQL: '' };
    return {
      responseKey,
      fieldName: '__typename',
      parentTypeName: parentType.name,
      parent,
      location: locationOfNode(node),
      outputType: 'String',
      isNonNull: true,
      depth: depthBelow(parent),
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
    for (const field of this.selection(concrete, sources, undefined).fields) {
      out[field.responseKey] = field.fieldName === '__typename' ? concrete.name : field.prune(memberOf(data, field.fieldName) ?? null);
    }
    return out;
  }
}

function depthBelow(parent: { readonly depth: number } | undefined): number {
  return (parent?.depth ?? 0) + 1;
}
