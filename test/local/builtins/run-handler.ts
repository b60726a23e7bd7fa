/** Runs a piece of handler code for a test. */
import { createEvaluator, type Evaluation, type Evaluator, type InvocationContext, type LoadedCode, type StepContext } from '../../../lib/local/evaluator';

/** 2018-02-06T19:01:35.749Z, the instant AWS documents `util.time` with. */
export const fixedNow = 1_517_943_695_749;

export const sampleContext: InvocationContext = {
  args: { id: 'p1' },
  identity: null,
  source: null,
  request: { headers: { host: 'example.com' }, domainName: null },
  info: { fieldName: 'getProduct', parentTypeName: 'Query', variables: {}, selectionSetList: ['id', 'name'], selectionSetGraphQL: '{ id name }' },
  env: { TABLE: 'products' },
};

export function newEvaluator(): Evaluator {
  return createEvaluator({ now: () => fixedNow });
}

export function loadCode(evaluator: Evaluator, text: string): LoadedCode {
  return evaluator.load({ kind: 'APPSYNC_JS', code: { path: 'code.js', text } });
}

/** Runs `request` of a module. */
export function runModule(text: string, context: Partial<InvocationContext> = {}, step: StepContext = {}): Evaluation {
  const evaluator = newEvaluator();
  return evaluator.begin({ ...sampleContext, ...context }).run(loadCode(evaluator, text), 'request', step);
}

const imports = `import * as ddb from '@aws-appsync/utils/dynamodb';\n`;

/** Runs the body of a `request` handler that may name the DynamoDB module `ddb`. */
export function runBody(body: string, context: Partial<InvocationContext> = {}, step: StepContext = {}): Evaluation {
  return runModule(`${imports}export function request(ctx) {\n${body}\n}\n`, context, step);
}

/** The value of an expression of a `request` handler. @throws Error with the AppSync error when it fails */
export function evaluate(expression: string, context: Partial<InvocationContext> = {}): unknown {
  const { outcome } = runBody(`return ${expression};`, context);
  if (outcome.kind !== 'value') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** The message of the error an expression ends with. */
export function failure(expression: string, context: Partial<InvocationContext> = {}): string {
  const { outcome } = runBody(`return ${expression};`, context);
  if (outcome.kind !== 'error') throw new Error(`expected an error, got ${JSON.stringify(outcome)}`);
  return outcome.error.message;
}
