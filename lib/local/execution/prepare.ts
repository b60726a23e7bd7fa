/** Query text to an operation ready to run, once per text: parsed, validated, the operation chosen and compiled. */
import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode, type OperationTypeNode, parse, visit } from 'graphql';
import { type AppSyncError, requestError } from './appsync-error';
import { leafSerializer } from './leaf-values';
import { LeastRecentlyUsed } from './least-recently-used';
import type { OperationRequest, Refusal } from './operation';
import type { CompiledSelection, OperationRun } from './compiled-field';
import { type CompilerOptions, compileOperation } from './plan';
import type { ResolverOperation } from './resolver-run';
import { validateOperation } from './validation';
import { type CoercedVariables, compileVariables } from './variables';

/** Source: AppSync quotas, "Query length": 15,000 parsed tokens. */
const maxTokens = 15_000;

const cachedOperations = 1_000;

export type PreparedOperation =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'invalid'; readonly errors: readonly AppSyncError[] }
  | ReadyOperation;

export interface ReadyOperation {
  readonly kind: 'ready';
  readonly type: OperationTypeNode | `${OperationTypeNode}`;
  readonly coerceVariables: (input: Readonly<Record<string, unknown>>) => CoercedVariables;
  readonly selection: CompiledSelection<ResolverOperation>;
  /** The same selection over data that is complete already: no resolvers, leaves as they are. Compiled on first use. */
  readonly projection: () => CompiledSelection<OperationRun>;
  /** Variables that decide which fields are selected. */
  readonly selectingVariables: readonly string[];
}

export interface PrepareOptions extends Pick<CompilerOptions<ResolverOperation>, 'access' | 'resolver' | 'depthLimit'> {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
}

export function operationPreparer(options: PrepareOptions): (request: OperationRequest) => PreparedOperation {
  const prepared = new LeastRecentlyUsed<PreparedOperation>(cachedOperations);
  return (request) => {
    const key = request.operationName ? `${request.operationName}\n${request.query}` : request.query;
    let operation = prepared.get(key);
    if (!operation) prepared.set(key, (operation = prepare(request, options)));
    return operation;
  };
}

function prepare(request: OperationRequest, options: PrepareOptions): PreparedOperation {
  const document = parseQuery(request.query);
  if ('errorType' in document) return { kind: 'refused', refusal: document };
  const operation = chooseOperation(document, request.operationName);
  if ('errorType' in operation) return { kind: 'refused', refusal: operation };

  const errors = validateOperation(options.schema, document, options);
  if (errors.length > 0) return { kind: 'invalid', errors };
  const rootType = options.schema.getRootType(operation.operation);
  if (!rootType) return { kind: 'invalid', errors: [requestError(`Schema is not configured for ${operation.operation}s.`, null)] };

  let projection: CompiledSelection<OperationRun> | undefined;
  return {
    kind: 'ready',
    type: operation.operation,
    coerceVariables: compileVariables(options.schema, operation),
    selection: compileOperation(rootType, operation.selectionSet, document, { ...options, leaf: leafSerializer }),
    projection: () =>
      (projection ??= compileOperation<OperationRun>(rootType, operation.selectionSet, document, {
        ...options,
        resolver: () => undefined,
        leaf: () => (value) => value,
      })),
    selectingVariables: selectingVariables(document),
  };
}

function parseQuery(query: string): DocumentNode | Refusal {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // Assumed: status and type of this answer; the quota page gives the text.
    if (error.message.includes(`${maxTokens} tokens`)) return { errorType: 'BadRequestException', message: 'Maximum char length exceeded' };
    return { errorType: 'MalformedHttpRequestException', message: 'Unable to parse GraphQL query.' };
  }
}

function chooseOperation(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | Refusal {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [first] = operations;
  if (!first) return { errorType: 'MalformedHttpRequestException', message: 'Unable to parse GraphQL query.' };
  if (!name) return operations.length === 1 ? first : { errorType: 'BadRequestException', message: 'Missing operation name.' };
  // Assumed: graphql-java's text.
  return operations.find((operation) => operation.name?.value === name) ?? { errorType: 'BadRequestException', message: `Unknown operation named '${name}'.` };
}

function selectingVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      for (const { value } of directive.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
