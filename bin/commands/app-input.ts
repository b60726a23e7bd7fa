/** Where an API comes from: a CDK app that is run, an assembly that was synthesized before, or a template file. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Assembly, readApis } from '../../lib/model';
import { textOption, UsageError } from './command';

export const inputOptions = { app: { type: 'string' }, assembly: { type: 'string' }, template: { type: 'string' } } as const;

export const inputHelp = `  --app CMD        run this CDK app (default: the "app" of cdk.json)
  --assembly DIR   read a cloud assembly that exists already (cdk.out)
  --template FILE  read one CloudFormation or SAM template, JSON or YAML`;

export interface AppInput {
  /** For people: what is being read. */
  readonly description: string;
  /** Reads, and for an app first synthesizes. @throws UsageError when the app fails; DiagnosticError when its output cannot be read */
  read(): Promise<Assembly>;
  /** Whether a changed file calls for another `read()`. */
  isInput(path: string): boolean;
}

/** @param workFolder where an app's assembly is put */
export function appInput(values: Readonly<Record<string, unknown>>, workFolder: string): AppInput {
  const given = (['app', 'assembly', 'template'] as const).filter((name) => values[name] !== undefined);
  if (given.length > 1) throw new UsageError(`give one of --app, --assembly and --template, not ${given.map((name) => `--${name}`).join(' and ')}`);

  const path = textOption(values, 'assembly') ?? textOption(values, 'template');
  if (path !== undefined) {
    const absolute = resolve(path);
    return { description: path, read: async () => readApis(absolute), isInput: (changed) => changed === absolute || changed.startsWith(join(absolute, '/')) };
  }

  const app = textOption(values, 'app') ?? appOfCdkJson();
  const outdir = join(workFolder, 'cdk.out');
  return {
    description: app,
    async read() {
      await mkdir(workFolder, { recursive: true });
      await synthesize(app, outdir);
      return readApis(outdir);
    },
    isInput: (changed) => /\.(ts|mts|cts|js|mjs|cjs|json|graphql|graphqls|gql|vtl|ya?ml|py|java|go|cs)$/.test(changed),
  };
}

function appOfCdkJson(): string {
  const file = resolve('cdk.json');
  if (!existsSync(file)) throw new UsageError('there is no cdk.json in this folder: run this in a CDK project, or give --app, --assembly or --template');
  const { app } = readJson(file);
  if (typeof app !== 'string') throw new UsageError('cdk.json has no "app": add the command that runs your CDK app, or give --app');
  return app;
}

/** Runs the app the way the CDK CLI does, without its network calls and without the CDK's own template validation, which `cdk synth` does. */
async function synthesize(app: string, outdir: string): Promise<void> {
  const environment = {
    ...process.env,
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify(context()),
    CDK_DEFAULT_ACCOUNT: process.env.CDK_DEFAULT_ACCOUNT ?? '123456789012',
    CDK_DEFAULT_REGION: process.env.CDK_DEFAULT_REGION ?? process.env.AWS_REGION ?? 'us-east-1',
    CDK_VALIDATION: 'false',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    // The same checks run on the assembly, once, and their findings are printed here.
    CDK_ENTERPRISE_APPSYNC_CHECKS: 'off',
  };
  const child = spawn(app, { shell: true, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const code = await new Promise<number | null>((settle, fail) => child.once('error', fail).once('close', settle));
  if (code !== 0) throw new UsageError(`the CDK app failed (${app}, exit code ${code}):\n${relevantPart(output.join(''))}`);
}

/** What the CDK CLI would hand to the app: the context of cdk.json and what earlier look-ups have cached. */
function context(): Record<string, unknown> {
  const parts = [readIfPresent('cdk.json').context, readIfPresent('cdk.context.json')];
  return Object.assign({ 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true }, ...parts);
}

function readIfPresent(name: string): Record<string, unknown> {
  const file = resolve(name);
  return existsSync(file) ? readJson(file) : {};
}

function readJson(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

/** The message of a crash without Node's stack frames. */
function relevantPart(output: string): string {
  const lines = output.split('\n').filter((line) => !/^\s+at /.test(line) && !/^Node\.js v/.test(line));
  return lines.join('\n').trim().slice(-4_000);
}
