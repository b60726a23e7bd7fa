/**
 * Runs the resolver of a field: request handler, data source, response handler, alone or through the functions of a pipeline.
 * Source: AppSync developer guide, "AWS AppSync JavaScript resolvers overview" (order, stash, prev), "Runtime utilities" (earlyReturn) and
 * "AWS AppSync directives" (`#return`).
 */
import { type BatchCall, type DataSourceCall, DataSourceRequestError } from '../data-sources/data-source';
import type { Effects, Evaluation, Evaluator, Invocation, LoadedCode, ResolverError, StepContext } from '../evaluator';
import { type FieldFailure, fieldError, internalFailure, resolverLimitReached, type ResponsePath } from './appsync-error';
import type { RequestContext } from './operation';
import { type CompiledField, failed, type FieldResolver, type OperationRun } from './compiled-field';
import type { BatchScope } from './batch-scope';
import { planResolver, type ResolverPlan, type ResolverPlanOptions, type Step } from './resolver-plan';
import { templateVersion } from './template-version';
import type { ResolverRecording } from './trace';

/** An operation whose fields may run resolvers. */
export interface ResolverOperation extends OperationRun {
  readonly context: RequestContext;
  /** True while the fields of a mutation run. */
  readonly isMutation: boolean;
  /** Counts down from the API's limit. */
  resolversLeft: number;
  /** Gathers what fields ask of Lambda functions; absent in APIs without any. */
  readonly batches?: BatchScope;
  /** Takes what handlers asked for besides their values, in the order they ran. */
  readonly onEffects: (effects: Effects, handler: 'request' | 'response', path: ResponsePath, field: CompiledField<ResolverOperation>) => void;
}

export interface ResolverSetOptions extends ResolverPlanOptions {
  readonly evaluator: Evaluator;
  readonly log: (line: string) => void;
}

/** Finds what answers a field. Code is loaded when a query first reaches its field, so a start costs nothing for the others. */
export function resolverSet(options: ResolverSetOptions): (typeName: string, fieldName: string) => FieldResolver<ResolverOperation> | undefined {
  const models = new Map(options.api.resolvers.map((resolver) => [`${resolver.typeName}.${resolver.fieldName}`, resolver]));
  const plans = new Map<string, ResolverPlan>();
  return (typeName, fieldName) => {
    const coordinate = `${typeName}.${fieldName}`;
    const model = models.get(coordinate);
    if (!model) return undefined;
    return (source, field, operation, path) => {
      let plan = plans.get(coordinate);
      if (!plan) plans.set(coordinate, (plan = planResolver(model, options)));
      const trace = operation.context.trace?.resolver(coordinate, path);
      const outcome = new ResolverRun(options, source, field, operation, path, trace).resolve(plan);
      return trace ? trace.until(outcome) : outcome;
    };
  };
}

/** Ends a resolver with an error; the field becomes null. */
class Stop extends Error {
  constructor(readonly failure: FieldFailure) {
    super(failure.message);
  }
}

/** How one step ended: its value, and whether the rest of the pipeline is skipped. */
interface StepEnd {
  readonly value: unknown;
  readonly isEnd: boolean;
}

/** What is asked of the field; the selection set on demand, since most requests never read it. A class, because a literal with accessors costs a hidden class per request. */
class FieldInfo {
  readonly fieldName: string;
  readonly parentTypeName: string;
  readonly variables: Readonly<Record<string, unknown>>;

  constructor(
    private readonly field: CompiledField<ResolverOperation>,
    private readonly operation: ResolverOperation,
  ) {
    this.fieldName = field.fieldName;
    this.parentTypeName = field.parentTypeName;
    this.variables = operation.variables;
  }

  get arguments(): Readonly<Record<string, unknown>> {
    return this.field.args(this.variables);
  }

  get outputType(): string {
    return this.field.outputType;
  }

  get selectionSetList(): readonly string[] {
    return this.field.selection(this.operation).selectionSetList;
  }

  get selectionSetGraphQL(): string {
    return this.field.selection(this.operation).selectionSetGraphQL;
  }
}

class ResolverRun {
  private readonly invocation: Invocation;
  private readonly info: FieldInfo;

  constructor(
    private readonly options: ResolverSetOptions,
    source: unknown,
    private readonly field: CompiledField<ResolverOperation>,
    private readonly operation: ResolverOperation,
    private readonly path: ResponsePath,
    private readonly trace: ResolverRecording | undefined,
  ) {
    const { context, variables } = operation;
    this.info = new FieldInfo(field, operation);
    this.invocation = options.evaluator.begin({
      args: field.args(variables),
      identity: context.caller.identity,
      source: path.parent === undefined ? null : source,
      request: { headers: context.headers, domainName: null },
      info: this.info,
      env: options.api.environment,
    });
  }

  /** Never rejects. */
  async resolve(plan: ResolverPlan): Promise<unknown> {
    const { batches } = this.operation;
    batches?.enter(this.field);
    try {
      if (--this.operation.resolversLeft < 0) throw new Stop(resolverLimitReached);
      switch (plan.kind) {
        case 'UNIT':
          return (await this.step(plan.step)).value;
        case 'PIPELINE':
          return await this.pipeline(plan.code, plan.steps);
        case 'BROKEN':
          throw new Stop(plan.failure);
      }
    } catch (error) {
      if (error instanceof Stop) this.report(error.failure);
      else if (error instanceof DataSourceRequestError) this.report({ message: error.message, errorType: error.errorType });
      else {
        this.options.log(`error in ${this.coordinate}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        this.report(internalFailure);
      }
      return failed;
    } finally {
      batches?.leave(this.field);
    }
  }

  private async pipeline(code: LoadedCode, steps: readonly Step[]): Promise<unknown> {
    const before = isLeftOut(code, 'request') ? ({ kind: 'value', value: {} } as const) : this.handler(code, 'request', {});
    let previous = before.value;
    if (before.kind === 'value') {
      for (const step of steps) {
        const end = await this.step(step, { result: previous });
        previous = end.value;
        if (end.isEnd) break;
      }
    }
    // An early return of the resolver itself skips every function; `earlyReturn` leaves the response handler to run, `#return` does not.
    else if (code.kind === 'VTL') return previous;
    return isLeftOut(code, 'response') ? previous : this.handler(code, 'response', { result: previous, prev: { result: previous } }).value;
  }

  private async step(step: Step, prev?: { readonly result: unknown }): Promise<StepEnd> {
    const context: StepContext = prev ? { prev } : {};
    const trace = this.trace?.step(step.name, step.dataSourceName);
    const request = this.handler(step.code, 'request', context);
    if (request.kind === 'earlyReturn') return { value: request.value, isEnd: request.skipTo === 'END' };

    trace?.asks(request.value);
    const isOld = step.code.kind === 'VTL' && !prev && templateVersion(request.value) === '2017-02-28';
    const answer = await step.dataSource.invoke(request.value, this.callOf(step));
    trace?.hears(answer);
    const { result, error } = answer;
    if (answer.isFinal) return { value: result, isEnd: false };
    if (isOld && !error && result === null) return { value: null, isEnd: false };
    const response = this.handler(step.code, 'response', error ? { ...context, result, error } : { ...context, result });
    if (isOld && error) throw new Stop(this.failureOf({ message: error.message, errorType: error.type, data: response.value, errorInfo: null }));
    // A data source error that no handler looked at is gone; say so where the developer can see it.
    if (error) this.options.log(`${step.name}: data source error ${error.type}: ${error.message}`);
    return { value: response.value, isEnd: response.kind === 'earlyReturn' && response.skipTo === 'END' };
  }

  private callOf(step: Step): DataSourceCall {
    const call = { caller: this.operation.caller, scope: step.name, resolution: this.info };
    const { batches } = this.operation;
    if (!step.batching || !batches) return call;
    const batch: BatchCall = { ...step.batching, gather: (item, most, send) => batches.gather(this.field, step, item, most, send) };
    return { ...call, batch };
  }

  /** Runs one handler and reports what it appended and logged. @throws Stop on its error */
  private handler(code: LoadedCode, handler: 'request' | 'response', step: StepContext): Exclude<Evaluation['outcome'], { kind: 'error' }> {
    const evaluation = this.invocation.run(code, handler, step);
    const { outcome } = evaluation;
    const failure = outcome.kind === 'error' && outcome.error.errorType === 'Code' ? [outcome.error.message] : [];
    for (const line of [...evaluation.logs, ...failure]) this.options.log(`${this.coordinate}: ${code.authored?.explain(line) ?? line}`);
    this.trace?.logs.push(...evaluation.logs);
    for (const error of evaluation.appendedErrors) this.report(this.failureOf(error));
    this.operation.onEffects(evaluation.effects, handler, this.path, this.field);
    if (outcome.kind === 'error') throw new Stop(this.failureOf(outcome.error));
    return outcome;
  }

  /** `data` is limited to the selection of the field. */
  private failureOf(error: ResolverError): FieldFailure {
    return error.data === null || error.data === undefined ? error : { ...error, data: this.field.prune(error.data) };
  }

  private report(failure: FieldFailure): void {
    this.trace?.errors.push(failure);
    this.operation.errors.push(fieldError(failure, this.path, this.field.location));
  }

  private get coordinate(): string {
    return `${this.field.parentTypeName}.${this.field.fieldName}`;
  }
}

/** Assumed: a pipeline resolver may leave out its own templates, and then passes on what it gets. JavaScript has to have both handlers. */
function isLeftOut(code: LoadedCode, handler: 'request' | 'response'): boolean {
  return code.kind !== 'APPSYNC_JS' && !(handler === 'request' ? code.hasRequest : code.hasResponse);
}
