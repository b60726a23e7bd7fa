/** Renders a mapping template for a test. */
import type { Evaluation, InvocationContext, StepContext } from '../../../lib/local/evaluator';
import { newEvaluator, sampleContext } from '../builtins/run-handler';

export function run(text: string, context: Partial<InvocationContext> = {}, step: StepContext = {}, handler: 'request' | 'response' = 'response'): Evaluation {
  const evaluator = newEvaluator();
  return evaluator.begin({ ...sampleContext, ...context }).run(evaluator.load({ kind: 'VTL', [handler]: { path: 'template.vtl', text } }), handler, step);
}

/** What the template prints, be it JSON or not. @throws Error with the error it ends with */
export function printed(text: string, context: Partial<InvocationContext> = {}, step: StepContext = {}): string {
  const evaluation = run(text, context, step);
  if (evaluation.text === undefined) throw new Error(JSON.stringify(evaluation.outcome));
  return evaluation.text;
}

/** Message and type of the error the template ends with. */
export function failure(text: string, context: Partial<InvocationContext> = {}): { readonly message: string; readonly errorType: string | null } {
  const { outcome } = run(text, context);
  if (outcome.kind !== 'error') throw new Error(`expected an error, got ${JSON.stringify(outcome)}`);
  return { message: outcome.error.message, errorType: outcome.error.errorType };
}
