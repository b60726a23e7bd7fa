/** Where an API comes from: a CDK app that is run, an assembly that was synthesized before, or a template file. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { reasonOf } from '../../lib/diagnostics';
import { type Assembly, readApis } from '../../lib/model';
import { type HelpRow, textOption, UsageError } from './command';

export const inputOptions = { app: { type: 'string' }, assembly: { type: 'string' }, template: { type: 'string' } } as const;

export const inputHelp: readonly HelpRow[] = [
  ['--app CMD', 'run this CDK app (default: the "app" of cdk.json)'],
  ['--assembly DIR', 'read a cloud assembly that exists already (cdk.out)'],
  ['--template FILE', 'read one CloudFormation or SAM template, JSON or YAML'],
];

export interface AppInput {
  /** For people: what is read. */
  readonly description: string;
  /** For people: what `read` does. */
  readonly activity: string;
  /** The folder whose files may be input; undefined when it is one file. */
  readonly tree?: string;
  /** Whether `read` writes an assembly. */
  readonly outputs: boolean;
  /** How long a change takes to be complete. */
  readonly settleMs: number;
  /**
   * Reads, and for an app first synthesizes.
   * @param outdir where an app's assembly is put
   * @throws UsageError when the app fails; DiagnosticError when its output cannot be read
   */
  read(outdir: string): Promise<Assembly>;
  /** Whether a changed file calls for another `read()`. */
  isInput(path: string): boolean;
}

/** Editors write a file in several steps. */
const editMs = 15;
/** CDK writes an assembly file by file. */
const synthMs = 150;

/** @throws UsageError when the options contradict each other, or there is nothing to read */
export function appInput(values: Readonly<Record<string, unknown>>): AppInput {
  const given = (['app', 'assembly', 'template'] as const).filter((name) => values[name] !== undefined);
  if (given.length > 1) throw new UsageError(`give one of --app, --assembly and --template, not ${given.map((name) => `--${name}`).join(' and ')}`);

  const assembly = textOption(values, 'assembly');
  if (assembly !== undefined) {
    const tree = resolve(assembly);
    return { description: assembly, activity: `Reading ${assembly}`, tree, outputs: false, settleMs: synthMs, read: async () => readApis(tree), isInput: (path) => path.startsWith(tree + sep) };
  }
  const template = textOption(values, 'template');
  if (template !== undefined) {
    const file = resolve(template);
    return { description: template, activity: `Reading ${template}`, outputs: false, settleMs: editMs, read: async () => readApis(file), isInput: (path) => path === file };
  }
  const app = textOption(values, 'app') ?? appOfCdkJson();
  return {
    description: app,
    activity: `Synthesizing: ${app}`,
    tree: process.cwd(),
    outputs: true,
    settleMs: editMs,
    async read(outdir) {
      await synthesize(app, outdir);
      return readApis(outdir);
    },
    isInput: (path) => /\.(ts|mts|cts|js|mjs|cjs|json|graphql|graphqls|gql|vtl|ya?ml|py|java|go|cs)$/.test(path),
  };
}

/** @throws UsageError when there is nothing to serve */
export function requireApis({ apis, diagnostics }: Assembly, { description }: AppInput): void {
  if (apis.length > 0) return;
  const reasons = diagnostics.map(({ code, message }) => `\n${code}: ${message}`).join('');
  throw new UsageError(`there is no AWS::AppSync::GraphQLApi in ${description}${reasons}`);
}

/** A folder for one assembly, when the usual place is taken. */
export async function temporaryOutdir(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'appsync-local-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

function appOfCdkJson(): string {
  const file = resolve('cdk.json');
  if (!existsSync(file)) throw new UsageError('there is no cdk.json in this folder: run this in a CDK project, or give --app, --assembly or --template');
  const { app } = readJson(file);
  if (typeof app !== 'string' || app.trim() === '') throw new UsageError('cdk.json has no "app": add the command that runs your CDK app, or give --app');
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
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((settle, fail) =>
    child.once('error', fail).once('close', (...end) => settle(end)),
  );
  if (code !== 0) throw new UsageError(`the CDK app failed (${app}, ${signal ? `ended by ${signal}` : `exit code ${code}`})${messageOf(output.join(''))}`);
  if (!existsSync(join(outdir, 'manifest.json')))
    throw new UsageError(`the CDK app wrote no assembly (${app}): it has to create an App and call app.synth()${messageOf(output.join(''))}`);
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
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(error instanceof SyntaxError ? `${file} is not JSON: ${error.message}` : `cannot read ${file}: ${reasonOf(error)}`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw new UsageError(`${file} holds no object`);
  return content as Record<string, unknown>;
}

const longestLine = 400;

/** What a crashed app said: without Node's own lines and the stack, but for its first frame in the user's files. */
function messageOf(output: string): string {
  const lines = output
    .replace(/^node:internal\/.*\n(?:.*\n){1,2}?\s*\^\n/m, '')
    .replace(/ \{\n(?: {2}.*\n)*\}$/m, '')
    .split('\n');
  const place = lines.find((line) => /^\s+at /.test(line) && !/node:|node_modules/.test(line));
  const message = lines
    .filter((line) => !/^\s+at |^Node\.js v/.test(line))
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return message === '' ? '' : `:\n${message.slice(-4_000)}${place === undefined ? '' : `\n${place}`}`;
}
