/** Where the API of a test comes from. CDK's objects are recognised by their shape, because lib/local never loads CDK. */
import { basename } from 'node:path';
import { DiagnosticError } from '../../diagnostics';
import { type ApiModel, type Assembly, readApis } from '../../model';
import { setupError, TestSetupError, unknownName } from './setup-error';

/** What `app.synth()` returns. */
export interface SynthesizedAssembly {
  readonly directory: string;
}

/** An `App`, a `Stage` or a `Stack`. */
export interface ConstructTree {
  readonly node: { readonly root: unknown; findAll(): readonly unknown[] };
}

/** What `app.synth()` returns, an `App`, a `Stack`, or the path of an assembly folder or of a CloudFormation or SAM template. */
export type ApiSource = SynthesizedAssembly | ConstructTree | string;

export interface FoundApi {
  readonly assembly: Assembly;
  readonly model: ApiModel;
}

/**
 * @param name which API, when there are several
 * @throws TestSetupError `RUN_TEST_SOURCE`, `RUN_TEST_NAME`, or why the assembly cannot be read (`MAN_UNREADABLE`)
 */
export function findApi(source: ApiSource, name?: string): FoundApi {
  const { path, templates } = locate(source);
  const assembly = read(path);
  const models = assembly.apis.filter(({ resource }) => !templates || templates.has(basename(resource.templatePath)));
  const names = models.map((model) => model.name);
  if (models.length === 0) {
    const reasons = assembly.diagnostics.map(({ code, message }) => `; ${code}: ${message}`).join('');
    throw setupError('RUN_TEST_SOURCE', `there is no AWS::AppSync::GraphQLApi in ${templates ? 'this stack' : `"${path}"`}${reasons}`, 'give the stack, assembly or template that holds the API');
  }
  if (name === undefined && models.length > 1) {
    throw setupError('RUN_TEST_SOURCE', `there are ${models.length} APIs: ${names.map((each) => `"${each}"`).join(', ')}`, `say which one, as in startLocalApi(source, { api: '${names[0]}' })`);
  }
  const model = name === undefined ? models[0] : models.find((each) => each.name === name);
  if (!model) throw unknownName(`there is no API "${name}"`, name ?? '', names, '');
  return { assembly, model };
}

function read(path: string): Assembly {
  try {
    return readApis(path);
  } catch (error) {
    throw error instanceof DiagnosticError ? new TestSetupError(error.diagnostics) : error;
  }
}

/** @returns the folder or file to read, and the templates to keep to when one stack is meant */
function locate(source: unknown): { readonly path: string; readonly templates?: ReadonlySet<string> } {
  if (typeof source === 'string') return { path: source };
  if (isAssembly(source)) return { path: source.directory };
  if (canSynthesize(source)) return { path: synthesize(source) };
  if (isTree(source) && canSynthesize(source.node.root)) {
    // A stack may have put its API into a nested stack.
    const templates = source.node.findAll().flatMap((construct) => templateOf(construct) ?? []);
    return { path: synthesize(source.node.root), templates: new Set(templates) };
  }
  throw setupError('RUN_TEST_SOURCE', 'this is nothing that holds an API', 'give what app.synth() returns, an App, a Stack, or the path of an assembly folder or template');
}

interface Synthesizable {
  synth(): SynthesizedAssembly;
}

/**
 * CDK's own validation of templates takes seconds, and `cdk synth` does it; the checks of AppSync run all the same.
 * An app that was synthesized before gives the same assembly again.
 */
function synthesize(app: Synthesizable): string {
  const { CDK_VALIDATION: before } = process.env;
  process.env.CDK_VALIDATION = before ?? 'false';
  try {
    return app.synth().directory;
  } finally {
    if (before === undefined) delete process.env.CDK_VALIDATION;
  }
}

function isAssembly(value: unknown): value is SynthesizedAssembly {
  return isObject(value) && typeof value.directory === 'string';
}

function canSynthesize(value: unknown): value is Synthesizable {
  return isObject(value) && typeof value.synth === 'function';
}

function isTree(value: unknown): value is ConstructTree {
  return isObject(value) && isObject(value.node) && typeof value.node.findAll === 'function';
}

function templateOf(construct: unknown): string | undefined {
  return isObject(construct) && typeof construct.templateFile === 'string' ? construct.templateFile : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
