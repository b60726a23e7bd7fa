/** What happens after the start of `dev`: the checks, and every edit. Loads the compiler, which the first answer does not need. */
import { dirname } from 'node:path';
import { checkAssembly } from '../../lib/checks';
import { type Diagnostic, DiagnosticError, formatDiagnostics } from '../../lib/diagnostics';
import type { LocalAssembly } from '../../lib/local';
import type { Assembly } from '../../lib/model';
import { type AppInput, requireApis } from './app-input';
import { handlerSources, recompile, warmUp } from './hot-reload';
import type { FileWatch } from './watch-files';

export interface Following {
  readonly input: AppInput;
  /** Where an app's assembly is put. */
  readonly outdir: string;
  /** What is served now. */
  readonly assembly: Assembly;
  readonly local: LocalAssembly;
  readonly watch: FileWatch;
  /** Called when an assembly that was read again is served. */
  readonly served: () => Promise<void>;
}

/**
 * Prints what the checks find, then waits for edits. An edit that brings an error is reported and not served: what ran before goes on.
 * @returns what to call with changed files; edits are dealt with one after the other
 */
export function followEdits(following: Following): (paths: readonly string[]) => void {
  const follower = new Follower(following);
  let queue = follower.start();
  return (paths) => {
    queue = queue.then(() => follower.apply(paths)).catch(reportFailure);
  };
}

class Follower {
  private current: Assembly;
  private findings: readonly Diagnostic[] = [];

  constructor(private readonly following: Following) {
    this.current = following.assembly;
  }

  async start(): Promise<void> {
    this.watchSources();
    this.findings = checkAssembly(this.current);
    print(this.findings);
    await warmUp(this.current);
  }

  async apply(paths: readonly string[]): Promise<void> {
    const started = performance.now();
    const sources = new Set(handlerSources(this.current));
    const inputs = paths.filter((path) => this.isInput(path));
    const relevant = paths.filter((path) => sources.has(path) || inputs.includes(path));
    if (relevant.length === 0) return;
    const edit = await recompile(this.current, relevant);
    if (!edit && inputs.length === 0) return; // an assembly: whoever synthesizes it again tells
    if (!edit) return this.readAgain(started);

    if (edit.served.length > 0) {
      this.current = edit.assembly;
      await this.following.local.reload(this.current);
    }
    print(edit.diagnostics);
    if (edit.refused.length > 0) console.log(`Not served: ${edit.refused.join(', ')}. The last good version goes on.`);
    if (edit.served.length > 0) console.log(`${edit.served.join(', ')} served after ${since(started)}`);
  }

  private async readAgain(started: number): Promise<void> {
    const { input, outdir, local, served } = this.following;
    console.log(`${input.activity} …`);
    const next = await input.read(outdir);
    const findings = checkAssembly(next);
    const before = new Set(this.findings.map(identity));
    const added = findings.filter((finding) => !before.has(identity(finding)));
    print(added);
    requireApis(next, input);
    if (added.some(({ severity }) => severity === 'error')) {
      console.log('Not served, because of new errors. What was served before goes on.');
      return;
    }
    this.findings = findings;
    this.current = next;
    await local.reload(next);
    this.watchSources();
    await served();
    console.log(`Served after ${since(started)}`);
  }

  /** A template has no tree of its own: its files are those it names. */
  private isInput(path: string): boolean {
    return this.following.input.isInput(path) || (this.following.input.tree === undefined && filesOf(this.current).includes(path));
  }

  private watchSources(): void {
    const { input, watch } = this.following;
    const files = [...handlerSources(this.current), ...(input.tree === undefined ? filesOf(this.current) : [])];
    for (const folder of new Set(files.map((file) => dirname(file)))) watch.add(folder);
  }
}

/** Template, schema and code files of an assembly. Text inside a template has the template's path and a fragment. */
function filesOf({ apis }: Assembly): string[] {
  return apis.flatMap((api) => [
    api.resource.templatePath,
    ...api.schema.map(({ path }) => path),
    ...[...api.resolvers, ...api.functions].flatMap(({ handler }) => (handler.kind === 'APPSYNC_JS' ? [handler.code.path] : [])),
  ]);
}

/** The same finding after an edit that moved it. */
function identity({ code, message, location, resource }: Diagnostic): string {
  return JSON.stringify([code, message, location?.file ?? resource]);
}

function reportFailure(error: unknown): void {
  if (error instanceof DiagnosticError) print(error.diagnostics);
  else console.log(`\n${(error as Error).message}\n`);
  console.log('What was served before goes on.');
}

function print(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) console.log(`\n${formatDiagnostics(diagnostics, { cwd: process.cwd() })}\n`);
}

function since(started: number): string {
  const ms = performance.now() - started;
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
