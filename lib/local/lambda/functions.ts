/** The Lambda functions of an assembly: which of them run here, where the others are, and what their environment says. */
import { delimiter } from 'node:path';
import type { LambdaFunctionModel } from '../../model';
import type { AccessKey } from '../auth';
import type { ServiceEndpoint } from './service-endpoint';
import { CodeFolders, codeVersion } from './code-folder';
import { type InvocationOutcome, maxPayloadBytes } from './invocation';
import { LocalFunction } from './local-function';
import { postEvent } from './remote-function';

export interface FunctionsOptions {
  /** Where a function's AWS SDK talks to. */
  readonly endpoint: ServiceEndpoint;
  /** What a function signs with: credentials that the endpoint and local APIs accept. */
  readonly credentialsOf: (fn: LambdaFunctionModel) => AccessKey;
  /** Functions that run elsewhere: name, logical id or ARN → URL that takes events. @default none */
  readonly urls?: Readonly<Record<string, string>>;
  /** Folder whose `node_modules` serve what functions do not bundle. @default the working directory */
  readonly packagesFrom?: string;
  readonly log: (line: string) => void;
}

/** An answer from elsewhere is waited for that long when the template does not say. Source: Lambda's longest timeout. */
const longestTimeoutSeconds = 900;

interface Running {
  /** Tells whether an edit has changed the function. */
  readonly version: string;
  readonly fn: LocalFunction;
}

export class LambdaFunctions {
  private models: readonly LambdaFunctionModel[] = [];
  private readonly running = new Map<string, Running>();
  private readonly retired = new Set<LocalFunction>();
  private readonly folders: CodeFolders;
  private isClosed = false;

  constructor(private readonly options: FunctionsOptions) {
    this.folders = new CodeFolders(options.packagesFrom ?? process.cwd());
  }

  /** Runs changed functions anew from the next call on; the others stay warm. */
  use(models: readonly LambdaFunctionModel[]): void {
    this.models = models;
    for (const [arn, { version, fn }] of this.running) {
      const model = models.find((candidate) => candidate.functionArn === arn);
      if (model && this.versionOf(model) === version) continue;
      this.running.delete(arn);
      this.retired.add(fn);
      fn.retire();
    }
  }

  /** Calls a function and waits for it. Never rejects. @param functionArn may have a version or alias after it */
  readonly invoke = async (functionArn: string, event: unknown): Promise<InvocationOutcome> => {
    const payload = JSON.stringify(event ?? null);
    const size = Buffer.byteLength(payload);
    // Observed: the text.
    if (size > maxPayloadBytes) return { kind: 'refused', errorType: 'RequestTooLargeException', errorMessage: `${size} byte payload is too large for the RequestResponse invocation type (limit ${maxPayloadBytes} bytes)` };
    const arn = functionArn.split(':').slice(0, 7).join(':');
    const model = this.models.find((candidate) => candidate.functionArn === arn);
    const url = this.urlOf(arn, model);
    if (url !== undefined) return postEvent(url, payload, (model?.timeoutSeconds ?? longestTimeoutSeconds) * 1000);
    const reason = this.isClosed ? 'the local API was closed' : reasonAgainst(arn, model);
    if (!model || reason !== undefined) return { kind: 'unavailable', reason: reason ?? '' };
    try {
      const { fn } = this.running.get(arn) ?? (await this.start(model));
      const outcome = await fn.invoke(functionArn, payload);
      if (outcome.kind === 'error') this.report(model, outcome);
      return outcome;
    } catch (error) {
      return { kind: 'unavailable', reason: `the code of function "${model.functionName}" cannot be run: ${(error as Error).message}` };
    }
  };

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.retired, ...[...this.running.values()].map(({ fn }) => fn)].map((fn) => fn.close()));
    this.running.clear();
    this.folders.remove();
  }

  private async start(model: LambdaFunctionModel): Promise<Running> {
    const { code, handler, functionName } = model;
    if (!code) throw new Error('it has none');
    const endpoint = await this.options.endpoint.url();
    if (this.isClosed) throw new Error('the local API was closed');
    const known = this.running.get(model.functionArn);
    if (known) return known;
    const root = this.folders.folderOf(code, handler);
    const packages = this.folders.layerPackages(model.layers ?? [], model.runtime ?? '');
    const fn = new LocalFunction({ model, root, environment: { ...(packages.length > 0 && { NODE_PATH: packages.join(delimiter) }), ...this.environment(model, root, endpoint) }, log: (line) => this.options.log(`function ${functionName}: ${line}`) });
    const running = { version: this.versionOf(model), fn };
    this.running.set(model.functionArn, running);
    return running;
  }

  /** Another one when the function has to start anew. */
  private versionOf(model: LambdaFunctionModel): string {
    return JSON.stringify([model, codeVersion(model.code), this.options.credentialsOf(model).accessKeyId]);
  }

  /** Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html and …/sdkref/latest/guide/feature-ss-endpoints.html */
  private environment(model: LambdaFunctionModel, root: string, endpoint: string): Record<string, string> {
    const { accessKeyId, secretAccessKey, sessionToken } = this.options.credentialsOf(model);
    const own = Object.entries(model.environment).map(([name, value]) => [name, this.options.endpoint.withLocalApis(value, endpoint)] as const);
    const region = model.functionArn.split(':')[3] ?? '';
    return {
      PATH: process.env.PATH ?? '',
      LANG: 'en_US.UTF-8',
      AWS_EXECUTION_ENV: `AWS_Lambda_${model.runtime ?? 'nodejs'}`,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      ...Object.fromEntries(own),
      // Those are Lambda's own: a function cannot set them.
      _HANDLER: model.handler,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
      AWS_LAMBDA_FUNCTION_NAME: model.functionName,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memoryMb),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      LAMBDA_TASK_ROOT: root,
    };
  }

  /** What the service writes into the function's log, and what only matters here. */
  private report({ functionName, layers = [] }: LambdaFunctionModel, { errorType, errorMessage }: Extract<InvocationOutcome, { kind: 'error' }>): void {
    this.options.log(`function ${functionName}: ${errorType}: ${errorMessage}`);
    const [, missing = ''] = /Cannot find (?:module|package) '([^']+)'/.exec(errorType === 'Runtime.ImportModuleError' ? errorMessage : '') ?? [];
    if (!missing || /^[./]/.test(missing)) return;
    const name = missing.split('/').slice(0, missing.startsWith('@') ? 2 : 1).join('/');
    const lost = layers.find(({ path }) => path === undefined);
    const isOfLambda = /^@(aws-sdk|smithy)\//.test(name);
    if (lost && !isOfLambda) return this.options.log(`function ${functionName}: the package "${name}" may be in the layer ${lost.name}, which is not on disk here: run npm install --save-dev ${name}, or run the function elsewhere (--lambda ${functionName}=URL)`);
    this.options.log(`function ${functionName}: ${isOfLambda ? `Lambda brings "${name}" along, this machine does not` : `the package "${name}" is neither bundled nor installed`}: run npm install --save-dev ${name}`);
  }

  private urlOf(arn: string, model: LambdaFunctionModel | undefined): string | undefined {
    const named = Object.entries(this.options.urls ?? {}).find(([name]) => (model ? isNamed(model, name) : name === arn || name === arn.split(':')[6]));
    return named?.[1];
  }
}

function isNamed({ functionArn, functionName, resource }: LambdaFunctionModel, name: string): boolean {
  return name === functionName || name === functionArn || name === resource.logicalId;
}

/** Why a function cannot run on this machine. */
function reasonAgainst(arn: string, model: LambdaFunctionModel | undefined): string | undefined {
  if (!model) return `function "${arn.split(':')[6] ?? arn}" is not in the templates; ${elsewhere(arn.split(':')[6] ?? arn)}`;
  const { functionName, runtime, code } = model;
  if (!runtime?.startsWith('nodejs')) return `function "${functionName}" (${runtime ?? 'a container image'}) runs only when deployed; ${elsewhere(functionName)}`;
  return code ? undefined : `the code of function "${functionName}" is not on disk here; synthesize again, or ${elsewhere(functionName)}`;
}

function elsewhere(functionName: string): string {
  return `run it elsewhere and give its address: --lambda ${functionName}=URL`;
}
