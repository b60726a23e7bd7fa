/** Finds resolver sources by convention, so that a file's place says what it answers. Reads names only, never contents. */
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics';
import type { RuleSummary } from './rules/handler-rule';

export interface PipelineSource {
  /** `index.ts` of the folder: the pipeline's own request and response handlers. Absent: pass-through. */
  readonly ownFile?: string;
  /** One step per file, ordered by its numeric prefix: `1-priceItems.ts` gives `{ name: 'priceItems' }`. */
  readonly steps: readonly { readonly name: string; readonly file: string }[];
}

export interface ResolverSources {
  /** `Query.getProduct` → absolute path of `Query.getProduct.ts` (or `.js`, `.mts`, `.mjs`). */
  readonly units: ReadonlyMap<string, string>;
  /** `Mutation.createOrder` → the folder of that name. */
  readonly pipelines: ReadonlyMap<string, PipelineSource>;
  /** `functions/<name>.ts` → absolute path; functions shared by several pipelines. */
  readonly functions: ReadonlyMap<string, string>;
}

const folderExists: RuleSummary = {
  code: 'RES_FOLDER_MISSING',
  severity: 'error',
  summary: 'the resolver folder exists',
};
const answeredOnce: RuleSummary = {
  code: 'RES_DUPLICATE',
  severity: 'error',
  summary: 'one file, or one pipeline folder, answers a field',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-components.html',
};
const pipelineHasSteps: RuleSummary = {
  code: 'RES_STEPS_MISSING',
  severity: 'error',
  summary: 'a pipeline folder holds at least one step named <number>-<name>.ts',
};
const stepOrderIsClear: RuleSummary = {
  code: 'RES_STEP_ORDER',
  severity: 'error',
  summary: 'no two steps of a pipeline have the same number',
};
const stepNameIsLegal: RuleSummary = {
  code: 'RES_STEP_NAME',
  severity: 'error',
  summary: 'step names are unique in their pipeline and are AppSync names: letters, digits and _',
  url: 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateFunction.html',
};

/** Everything `discoverResolvers` can report. */
export const discoveryRules: readonly RuleSummary[] = [folderExists, answeredOnce, pipelineHasSteps, stepOrderIsClear, stepNameIsLegal];

/**
 * Reads a resolver folder. Files named `<Type>.<field>.ts` and folders named `<Type>.<field>` are resolvers, `functions/` holds shared
 * functions; anything else is a module to import and is left alone. A field that has both a file and a folder, two files for one coordinate,
 * a pipeline folder without steps, and a missing folder are diagnostics (`RES_…`); what they are about stays in `value`, so that nothing
 * is reported as missing on top. Files are absolute, maps are in name order.
 */
export function discoverResolvers(dir: string): { value: ResolverSources; diagnostics: Diagnostic[] } {
  const root = resolve(dir);
  const diagnostics: Diagnostic[] = [];
  const units = new Map<string, string>();
  const pipelines = new Map<string, PipelineSource>();
  const functions = new Map<string, string>();
  const sources = { units, pipelines, functions };

  if (!isFolder(root)) {
    diagnostics.push(problem(folderExists, root, 'the resolver folder does not exist', 'create the folder, or correct the path given as `resolvers`'));
    return { value: sources, diagnostics };
  }
  for (const entry of entriesOf(root)) {
    if (!entry.isFolder) {
      const name = moduleName(entry.name);
      if (name !== undefined && coordinate.test(name)) addOnce(units, name, entry, diagnostics);
    } else if (entry.name === 'functions') {
      for (const file of entriesOf(entry.path)) {
        const name = file.isFolder ? undefined : moduleName(file.name);
        if (name !== undefined && name !== 'index' && appSyncName.test(name)) addOnce(functions, name, file, diagnostics);
      }
    } else if (coordinate.test(entry.name)) {
      pipelines.set(entry.name, readPipeline(entry, diagnostics));
    }
  }
  for (const name of pipelines.keys()) {
    const file = units.get(name);
    if (file === undefined) continue;
    const folder = { message: `the folder "${name}" answers it as a pipeline`, location: { file: join(root, name), line: 1, column: 1 } };
    diagnostics.push({ ...problem(answeredOnce, file, `${name} has both a file and a pipeline folder`, 'remove one of them'), notes: [folder] });
  }
  return { value: sources, diagnostics };
}

/** A type starts with a capital or `_`, so that `query.helpers.ts` stays a module. */
const coordinate = /^[A-Z_]\w*\.[A-Za-z_]\w*$/;
/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateFunction.html (pattern of `name`) */
const appSyncName = /^[A-Za-z_]\w*$/;

interface FolderEntry {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
}

interface NumberedStep {
  readonly number: number;
  readonly name: string;
  readonly file: string;
}

function readPipeline(folder: FolderEntry, diagnostics: Diagnostic[]): PipelineSource {
  const own = new Map<string, string>();
  const steps: NumberedStep[] = [];
  for (const entry of entriesOf(folder.path)) {
    const stem = entry.isFolder ? undefined : moduleName(entry.name);
    if (stem === 'index') addOnce(own, folder.name, entry, diagnostics);
    const numbered = stem === undefined ? null : /^(\d+)-(.+)$/.exec(stem);
    if (numbered) steps.push({ number: Number(numbered[1]), name: numbered[2]!, file: entry.path });
  }
  if (steps.length === 0) {
    diagnostics.push(problem(pipelineHasSteps, folder.path, `the pipeline folder of ${folder.name} has no steps`, 'add a step such as "1-load.ts", or replace the folder by one file'));
  }
  steps.sort((a, b) => a.number - b.number || compare(a.name, b.name));
  return { ...(own.has(folder.name) ? { ownFile: own.get(folder.name)! } : {}), steps: uniqueSteps(folder.name, steps, diagnostics) };
}

/** The steps without those whose name cannot be used; names and numbers used twice are reported once. */
function uniqueSteps(field: string, steps: readonly NumberedStep[], diagnostics: Diagnostic[]): { name: string; file: string }[] {
  const kept = new Map<string, NumberedStep>();
  const byNumber = new Map<number, NumberedStep>();
  for (const step of steps) {
    const namesake = kept.get(step.name);
    const rival = byNumber.get(step.number);
    if (!appSyncName.test(step.name)) {
      diagnostics.push(problem(stepNameIsLegal, step.file, `"${step.name}" cannot name a step of ${field}: AppSync takes letters, digits and _`, `rename the file to "${step.number}-${camelCase(step.name)}"`));
      continue;
    }
    if (namesake) {
      diagnostics.push({ ...problem(stepNameIsLegal, step.file, `${field} has two steps named "${step.name}"`, 'rename one of them'), notes: [elsewhere(namesake)] });
      continue;
    }
    if (rival) {
      diagnostics.push({ ...problem(stepOrderIsClear, step.file, `${field} has two steps numbered ${step.number}`, 'give each step its own number'), notes: [elsewhere(rival)] });
    }
    kept.set(step.name, step);
    byNumber.set(step.number, step);
  }
  return [...kept.values()].map(({ name, file }) => ({ name, file }));
}

function elsewhere(step: NumberedStep): Diagnostic['notes'][number] {
  return { message: 'the other one', location: { file: step.file, line: 1, column: 1 } };
}

function camelCase(name: string): string {
  const joined = name.replace(/\W+(\w?)/g, (_, next: string) => next.toUpperCase());
  return /^\d/.test(joined) ? `_${joined}` : joined || 'step';
}

function addOnce(files: Map<string, string>, name: string, { path }: FolderEntry, diagnostics: Diagnostic[]): void {
  const other = files.get(name);
  if (other === undefined) {
    files.set(name, path);
    return;
  }
  const note = { message: 'the other one', location: { file: other, line: 1, column: 1 } };
  diagnostics.push({ ...problem(answeredOnce, path, `two files answer "${name}"`, 'remove one of them'), notes: [note] });
}

/** `Query.a` for `Query.a.ts`; undefined for anything that is not code of ours: declarations, tests, hidden files, other extensions. */
function moduleName(fileName: string): string | undefined {
  if (fileName.startsWith('.') || /\.(?:d|test)\.[mc]?[jt]s$/.test(fileName)) return undefined;
  return /^(.+)\.m?[jt]s$/.exec(fileName)?.[1];
}

function entriesOf(folder: string): FolderEntry[] {
  return readdirSync(folder)
    .sort(compare)
    .map((name) => ({ name, path: join(folder, name), isFolder: isFolder(join(folder, name)) }));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** By code unit, so that the order does not depend on the machine's locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function problem(rule: RuleSummary, file: string, message: string, fix: string): Diagnostic {
  const { code, severity, url } = rule;
  return { code, severity, message, location: { file, line: 1, column: 1 }, notes: [], fix, ...(url ? { url } : {}) };
}
