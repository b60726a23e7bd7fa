/** What a resolver of the template needs to run here: its code loaded, its data sources found, or the reason why it cannot. */
import type { ApiModel, ResolverModel } from '../../model';
import type { DataSource } from '../data-sources/data-source';
import type { Evaluator, LoadedCode } from '../evaluator';
import type { FieldFailure } from './appsync-error';

/** A unit resolver, or one function of a pipeline. */
export interface Step {
  /** `Query.listProducts`, or the function's name. */
  readonly name: string;
  readonly code: LoadedCode;
  readonly dataSourceName: string;
  readonly dataSource: DataSource;
  /** Present when the data source is a Lambda function, whose calls may be gathered. */
  readonly batching?: { readonly isDirect: boolean; readonly maxBatchSize: number | undefined };
}

export type ResolverPlan =
  | { readonly kind: 'UNIT'; readonly step: Step }
  | { readonly kind: 'PIPELINE'; readonly code: LoadedCode; readonly steps: readonly Step[] }
  /** Every call gives this error. */
  | { readonly kind: 'BROKEN'; readonly failure: FieldFailure };

export interface ResolverPlanOptions {
  readonly api: ApiModel;
  readonly evaluator: Pick<Evaluator, 'load'>;
  readonly dataSources: ReadonlyMap<string, DataSource>;
}

/** Thrown inside the planner only. */
class NotRunnable extends Error {}

export function planResolver(resolver: ResolverModel, options: ResolverPlanOptions): ResolverPlan {
  const coordinate = `${resolver.typeName}.${resolver.fieldName}`;
  try {
    if (resolver.kind === 'UNIT') return { kind: 'UNIT', step: step(`resolver ${coordinate}`, coordinate, resolver, options) };
    const steps = resolver.functionIds.map((functionId) => {
      const model = options.api.functions.find((candidate) => candidate.functionId === functionId);
      if (!model) throw new NotRunnable(`resolver ${coordinate} names function "${functionId}", which the template does not declare`);
      return step(`function "${model.name}" of resolver ${coordinate}`, model.name, model, options);
    });
    return { kind: 'PIPELINE', code: options.evaluator.load(resolver.handler), steps };
  } catch (error) {
    if (!(error instanceof NotRunnable)) throw error;
    return { kind: 'BROKEN', failure: { message: error.message, errorType: 'LocalAppSync' } };
  }
}

function step(label: string, name: string, { handler, dataSourceName, maxBatchSize }: Pick<ResolverModel, 'handler' | 'dataSourceName' | 'maxBatchSize'>, { api, evaluator, dataSources }: ResolverPlanOptions): Step {
  if (dataSourceName === undefined) throw new NotRunnable(`${label} has no data source`);
  const dataSource = dataSources.get(dataSourceName);
  if (!dataSource) throw new NotRunnable(`${label} uses data source "${dataSourceName}", which the template does not declare`);
  // AppSync calls a Lambda function without being told how, and nothing else.
  const type = api.dataSources.find((model) => model.name === dataSourceName)?.type;
  if (handler.kind === 'DIRECT' && type !== undefined && type !== 'AWS_LAMBDA') throw new NotRunnable(`${label} has neither code nor mapping templates, which only a Lambda data source does without`);
  const batching = type === 'AWS_LAMBDA' ? { isDirect: handler.kind === 'DIRECT', maxBatchSize } : undefined;
  return { name, code: evaluator.load(handler), dataSourceName, dataSource, ...(batching && { batching }) };
}
