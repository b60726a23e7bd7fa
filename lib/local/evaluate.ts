/**
 * What AWS's EvaluateCode and EvaluateMappingTemplate would answer, without AWS: one handler or one template, run once with a context
 * made up for the occasion. Hides where code comes from (JavaScript, TypeScript, a file to bundle) and the limits of the two calls.
 */
import { readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { DiagnosticError, reasonOf } from '../diagnostics';
import type { HandlerModel } from '../model';
import { codeErrorsOf } from './code-errors';
import { compiler } from './compiler-on-demand';
import { refusal } from './evaluate-refusal';
import { createEvaluator, type Evaluation, type ResolverError } from './evaluator';
import { type MockContext, readMockContext } from './mock-context';

export type EvaluateInput = (EvaluateCodeInput | EvaluateFileInput | EvaluateTemplateInput) & EvaluateContext;

export interface EvaluateContext {
  /** An object or its JSON text: `{ arguments, identity, source, stash, result, prev, error, request, info, env, outErrors }`, all optional. */
  readonly context: object | string;
  /** Where that text is from, for people: what is wrong with it is said of this file. */
  readonly contextFile?: string;
}

export interface EvaluateCodeInput {
  /** One ES module. JavaScript is run as it is, so that positions are those AWS reports; TypeScript loses its types first. */
  readonly code: string;
  readonly function: 'request' | 'response';
}

export interface EvaluateFileInput {
  /** A resolver's source. TypeScript, and JavaScript that imports more than `@aws-appsync/utils`, is bundled as for a deployment. */
  readonly file: string;
  readonly function: 'request' | 'response';
}

export interface EvaluateTemplateInput {
  /** A mapping template, of a request or of a response. */
  readonly template: string;
}

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_EvaluateCode.html */
export interface EvaluateAnswer {
  /** JSON text of what the handler returned, or the text a template rendered. Absent when `error` is there. */
  readonly evaluationResult?: string;
  readonly error?: {
    readonly message: string;
    /** When the code cannot be run at all. */
    readonly codeErrors?: readonly CodeError[];
  };
  /** `INFO - code.js:13:5: "text"` */
  readonly logs: readonly string[];
  /** JSON text of `ctx.stash` afterwards. Absent when nothing ran, as is `outErrors`. */
  readonly stash?: string;
  /** JSON text of the errors appended. */
  readonly outErrors?: string;
}

export interface CodeError {
  /** Source: the API names these two "among others". */
  readonly errorType: 'PARSER_ERROR' | 'LINT_ERROR';
  /** `code.js(5,3): error @aws-appsync/no-for: For statements are not supported.` */
  readonly value: string;
  /** 1-based; `span` in characters. */
  readonly location: { readonly line: number; readonly column: number; readonly span: number };
}

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_EvaluateCode.html and API_EvaluateMappingTemplate.html; characters. */
const limits = { code: { min: 1, max: 32_768 }, template: { min: 2, max: 65_536 } };

/**
 * Runs a handler or a template once. Errors of the code are in the answer, as AWS puts them there.
 * Assumed: that `stash` and `outErrors` are given with an error too, and that an early return's value is the result.
 * @throws DiagnosticError RUN_EVALUATE when AWS would refuse the call itself (context, sizes), RES_BUNDLE when a file does not bundle
 */
export async function evaluate(input: EvaluateInput): Promise<EvaluateAnswer> {
  if (typeof input !== 'object' || input === null) throw refusal('there is nothing to evaluate', 'give { code, function, context } or { template, context }');
  const context = readMockContext(input.context, input.contextFile);
  if ('template' in input) {
    const template = bounded('template', input.template);
    return run({ kind: 'VTL', request: { path: 'template.vtl', text: template } }, 'request', context);
  }
  if (input.function !== 'request' && input.function !== 'response') throw refusal(`the function to evaluate is "request" or "response", not ${JSON.stringify(input.function) ?? 'undefined'}`, 'name one of the two');
  const code = bounded('code', await readCode(input));
  const codeErrors = codeErrorsOf(compiler().checkHandlerCode({ code: { path: 'code.js', text: code } }));
  if (codeErrors.length > 0) return { error: { message: 'The code contains one or more errors.', codeErrors }, logs: [] };
  return run({ kind: 'APPSYNC_JS', code: { path: 'code.js', text: code } }, input.function, context);
}

function run(handler: HandlerModel, name: 'request' | 'response', { invocation: given, step }: MockContext): EvaluateAnswer {
  const evaluator = createEvaluator({ now: Date.now });
  const invocation = evaluator.begin(given);
  const evaluation = invocation.run(evaluator.load(handler), name, step);
  return {
    ...resultOf(evaluation),
    logs: evaluation.logs,
    stash: JSON.stringify(invocation.stash()),
    outErrors: JSON.stringify(invocation.outErrors()),
  };
}

function resultOf({ outcome, text }: Evaluation): Pick<EvaluateAnswer, 'evaluationResult' | 'error'> {
  switch (outcome.kind) {
    case 'value':
    case 'earlyReturn':
      return { evaluationResult: text ?? JSON.stringify(outcome.value) };
    case 'error':
      return { error: { message: messageOf(outcome.error) } };
  }
}

/** Observed: `util.unauthorized()` answers with this word alone; AppSync names the field only where there is one. */
function messageOf({ message, errorType }: ResolverError): string {
  return errorType === 'Unauthorized' && message.startsWith('Not Authorized to access ') ? 'Unauthorized' : message;
}

async function readCode(input: EvaluateCodeInput | EvaluateFileInput): Promise<string> {
  const { parseHandler, rebundleHandler, stripTypes } = compiler();
  if ('code' in input) {
    if (typeof input.code !== 'string') throw refusal(`the code is ${typeof input.code}, not text`, 'give the text of an ES module');
    const isJavaScript = parseHandler({ path: 'code.js', text: input.code }).module !== undefined;
    return isJavaScript ? input.code : ((await stripTypes(input.code)) ?? input.code);
  }
  const file = resolve(input.file);
  const text = textOf(input.file);
  const { module } = parseHandler({ path: file, text });
  const isTypeScript = /^\.[cm]?tsx?$/.test(extname(file));
  const isAlone = module ? module.tree.nodes('ImportDeclaration').every(({ source }) => String(source.value).startsWith('@aws-appsync/')) : !isTypeScript;
  if (isAlone) return text;
  const { value, diagnostics } = await rebundleHandler(file, { root: dirname(file) });
  if (!value) throw new DiagnosticError(diagnostics);
  return value.code;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw refusal(`the code file "${file}" cannot be read: ${reasonOf(error)}`, 'correct its path');
  }
}

function bounded(name: keyof typeof limits, text: string): string {
  const { min, max } = limits[name];
  if (typeof text !== 'string') throw refusal(`the ${name} is ${typeof text}, not text`, 'give its text');
  if (text.length < min || text.length > max) throw refusal(`the ${name} has ${text.length} characters; AppSync takes ${min} to ${max}`, 'import less, or split it');
  return text;
}
