/** What happens after the start of `dev`: the checks, and every edit. Loads the compiler, which the first answer does not need. */
import { checkAssembly } from '../../lib/checks';
import { type Diagnostic, DiagnosticError, formatDiagnostics } from '../../lib/diagnostics';
import type { LocalAssembly } from '../../lib/local';
import type { Assembly } from '../../lib/model';
import { type AppInput, requireApis } from './app-input';
import { filesOf, foldersOf, handlersOf, sourcesOf } from './assembly-files';
import { recompile, warmUp } from './hot-reload';
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

export type FollowEdits = (following: Following) => (paths: readonly string[]) => void;

/**
 * Prints what the checks find, then waits for edits. An edit that brings an error is reported and not served: what ran before goes on.
 * @returns what to call with changed files; edits are dealt with one after the other
 */
export const followEdits: FollowEdits = (following) => {
  const follower = new Follower(following);
  let queue = follower.start().catch(reportFailure);
  return (paths) => {
    queue = queue.then(() => follower.apply(paths)).catch(reportFailure);
  };
};

class Follower {
  private current: Assembly;
  private findings: readonly Diagnostic[] = [];

  constructor(private readonly following: Following) {
    this.current = following.assembly;
  }

  async start(): Promise<void> {
    this.findings = checkAssembly(this.current);
    print(this.findings);
    await warmUp(this.current);
  }

  async apply(paths: readonly string[]): Promise<void> {
    const started = performance.now();
    const sources = new Set(handlersOf(this.current).flatMap(sourcesOf));
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
    const { input, outdir, local, watch, served } = this.following;
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
    for (const folder of foldersOf(next)) watch.add(folder);
    await served();
    console.log(`Served after ${since(started)}`);
  }

  /** A template has no tree of its own: its files are those it names. */
  private isInput(path: string): boolean {
    return this.following.input.isInput(path) || (this.following.input.tree === undefined && filesOf(this.current).has(path));
  }
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
