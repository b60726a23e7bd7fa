/** Runs the command line as a user does, in processes of its own that never outlive a test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { ApiDescriptions } from '../../bin/commands/greeting';

export const root = resolve(__dirname, '..', '..');
export const fixtures = join(root, 'test', 'fixtures', 'cli');

export interface Finished {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  /** @default the root of the repository */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Its own process group, as a terminal gives. @default false */
  readonly group?: boolean;
}

/** Below Jest's own limit, so that a test that fails says what was printed. */
const patienceMs = 60_000;
const running = new Set<Started>();
const folders: string[] = [];

/** A process whose output can be waited for. */
export class Started {
  private stdout = '';
  private stderr = '';
  private readonly listeners = new Set<() => void>();
  private readonly ended: Promise<Finished>;

  constructor(readonly child: ChildProcess) {
    running.add(this);
    child.stdout?.on('data', (chunk: Buffer) => this.hear(() => (this.stdout += chunk.toString())));
    child.stderr?.on('data', (chunk: Buffer) => this.hear(() => (this.stderr += chunk.toString())));
    this.ended = new Promise((settle) => {
      child.on('close', (code) => {
        running.delete(this);
        settle({ code, stdout: this.stdout, stderr: this.stderr });
        this.hear(() => undefined);
      });
    });
  }

  get output(): string {
    return this.stdout + this.stderr;
  }

  /** Forgets what was printed so far, so that the next `printed` is about what comes. */
  clear(): void {
    this.stdout = '';
    this.stderr = '';
  }

  /** Waits until the output has the text. Rejects, with what was printed, when the process ends or time is up. */
  printed(text: string | RegExp, withinMs = patienceMs): Promise<string> {
    return new Promise((settle, fail) => {
      const giveUp = (why: string) => fail(new Error(`${why} without printing ${String(text)}:\n${this.output}`));
      const timer = setTimeout(() => giveUp(`${withinMs} ms went by`), withinMs);
      const look = () => {
        if (typeof text === 'string' ? this.output.includes(text) : text.test(this.output)) settle(this.output);
        else if (!running.has(this)) giveUp('the process ended');
        else return;
        clearTimeout(timer);
        this.listeners.delete(look);
      };
      this.listeners.add(look);
      look();
    });
  }

  finished(): Promise<Finished> {
    return this.ended;
  }

  stop(signal: NodeJS.Signals = 'SIGINT'): Promise<Finished> {
    this.child.kill(signal);
    return this.ended;
  }

  private hear(take: () => void): void {
    take();
    for (const listener of [...this.listeners]) listener();
  }
}

export function start(command: string, args: readonly string[], { cwd = root, env = {}, group = false }: StartOptions = {}): Started {
  return new Started(spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: group }));
}

let compiled: string | undefined;
afterAll(() => compiled && rmSync(compiled, { recursive: true, force: true }));

/** The command line as JavaScript, as an installed package has it: a process per test would spend most of its time on compiling. */
function compiledCli(): string {
  if (compiled === undefined) {
    // Inside the repository, where its dependencies and its own package.json are found; in a folder that git ignores.
    const parent = join(root, '.appsync-local');
    mkdirSync(parent, { recursive: true });
    compiled = mkdtempSync(join(parent, 'test-cli-'));
    const sources = ['lib', 'bin/commands'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name)),
    );
    const entryPoints = [join(root, 'bin', 'cli.ts'), ...sources.filter((path) => path.endsWith('.ts'))];
    buildSync({ entryPoints, outdir: compiled, outbase: root, format: 'cjs', platform: 'node', target: 'node20', logLevel: 'silent' });
  }
  return join(compiled, 'bin', 'cli.js');
}

export function startCli(args: readonly string[], options: StartOptions = {}): Started {
  return start(process.execPath, [compiledCli(), ...args], options);
}

/** Runs `appsync-local` to its end. */
export function runCli(args: readonly string[], options: StartOptions = {}): Promise<Finished> {
  return startCli(args, options).finished();
}

export interface Dev extends Started {
  readonly ready: ApiDescriptions;
}

export interface DevOptions extends StartOptions {
  readonly readyFile?: string;
  /** How long it may take, where Jest's own limit is a larger one than usual. @default 15 seconds */
  readonly withinMs?: number;
}

/** Starts `appsync-local dev` on a free port, and waits until everything is printed. */
export async function startDev(args: readonly string[], { readyFile = join(temporaryFolder(), 'ready.json'), withinMs, ...options }: DevOptions = {}): Promise<Dev> {
  const dev = startCli(['dev', '--port', '0', '--ready-file', readyFile, ...args], options);
  await dev.printed('Ctrl-C ends.', withinMs);
  return Object.assign(dev, { ready: JSON.parse(readFileSync(readyFile, 'utf8')) as ApiDescriptions });
}

/** Ends what a test has left running, and removes its folders. */
export async function cleanUp(): Promise<void> {
  await Promise.all([...running].map((started) => started.stop('SIGKILL')));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'appsync-local-test-'));
  folders.push(folder);
  return folder;
}

/** A copy of the fixture app to edit, with the library and its dependencies in reach. */
export function appCopy(): string {
  const folder = temporaryFolder();
  cpSync(join(fixtures, 'notes-app'), folder, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  edit(join(folder, 'app.ts'), "'../../../../lib'", `'${join(root, 'lib')}'`);
  return folder;
}

export function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(file, text.replace(from, () => to));
}

/** One operation with the API key of the first API. */
export async function ask({ ready }: Dev, query: string): Promise<Record<string, unknown>> {
  const [api] = ready.apis;
  const response = await fetch(api?.url ?? '', { method: 'POST', headers: { 'x-api-key': api?.apiKeys[0] ?? '' }, body: JSON.stringify({ query }) });
  return (await response.json()) as Record<string, unknown>;
}

