/**
 * TypeScript to one-file APPSYNC_JS. The only importer of esbuild; hides its options, its rounds after a failure, and its
 * units (bytes, paths relative to a working directory). Nothing is written to disk.
 */
import { statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { build, type BuildOptions, type BuildResult, buildSync, type Location, type Message, type Metafile, transform } from 'esbuild';
import { type Diagnostic, invariant, type SourceLocation } from '../diagnostics';
import type { RuleSummary } from './rules/handler-rule';

export interface BundledHandler {
  /** Absolute path of the entry file. */
  readonly file: string;
  /** ES module text without a source map comment, `@aws-appsync/utils` and its sub-paths left as imports. */
  readonly code: string;
  /** Source map version 3 as JSON text; `sources` are absolute paths, `sourcesContent` is included. */
  readonly sourceMap: string;
  /** Absolute paths of every file that went in; an edit of any of them makes the bundle stale. */
  readonly inputs: readonly string[];
}

export interface BundleOptions {
  /** Paths inside the bundle's comments are relative to this folder, so that two machines make the same bytes. */
  readonly root: string;
}

/** What `bundleHandlers` and `rebundleHandler` can report. */
export const bundles: RuleSummary = {
  code: 'RES_BUNDLE',
  severity: 'error',
  summary: 'a resolver and everything it imports compile and resolve',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/additional-utilities.html',
};

/**
 * Bundles all files in one esbuild call. A file that does not compile is left out of `value` and reported with its position;
 * the others are still bundled. Two calls on the same input give the same bytes. Keys are the absolute paths of the files.
 */
export function bundleHandlers(files: readonly string[], options: BundleOptions): { value: ReadonlyMap<string, BundledHandler>; diagnostics: Diagnostic[] } {
  const rounds = bundling(files, resolve(options.root));
  let round = rounds.next();
  while (!round.done) {
    try {
      round = rounds.next(buildSync(round.value));
    } catch (error) {
      round = rounds.next(failureOf(error));
    }
  }
  return round.value;
}

/** Bundles one file again, for the watch loop: asynchronous, on esbuild's running service, milliseconds after the first call. */
export async function rebundleHandler(file: string, options: BundleOptions): Promise<{ value: BundledHandler | undefined; diagnostics: Diagnostic[] }> {
  const rounds = bundling([file], resolve(options.root));
  let round = rounds.next();
  while (!round.done) {
    try {
      round = rounds.next(await build(round.value));
    } catch (error) {
      round = rounds.next(failureOf(error));
    }
  }
  return { value: round.value.value.get(resolve(file)), diagnostics: round.value.diagnostics };
}

/** A Lambda function as Node runs it: `index.js` and, beside it, `index.js.map`. */
export interface BundledFunction {
  readonly code: string;
  readonly sourceMap: string;
}

/**
 * Bundles a Lambda function into one CommonJS module. The AWS SDK, which Lambda brings along, stays outside.
 * @param file absolute path of a TypeScript or JavaScript module
 * @returns no value, and why, when it does not compile
 */
export function bundleFunction(file: string, { root }: BundleOptions): { value?: BundledFunction; diagnostics: Diagnostic[] } {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    return { diagnostics: [{ ...ruleParts(), message: 'the file of the function does not exist', location: { file, line: 1, column: 1 }, notes: [], fix: 'create the file, or correct its path' }] };
  try {
    const { outputFiles } = buildSync({
      absWorkingDir: resolve(root),
      entryPoints: [{ in: file, out: 'index' }],
      outdir: outputFolder,
      write: false,
      bundle: true,
      format: 'cjs',
      target: 'node20',
      platform: 'node',
      mainFields: ['module', 'main'],
      external: ['@aws-sdk/*', '@smithy/*'],
      sourcemap: 'linked',
      sourcesContent: false,
      charset: 'utf8',
      logLevel: 'silent',
    });
    const textOf = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
    return { value: { code: textOf('index.js'), sourceMap: textOf('index.js.map') }, diagnostics: [] };
  } catch (error) {
    const failure = failureOf(error);
    invariant('errors' in failure, 'the bundle of one function is larger than esbuild can hand over');
    return { diagnostics: failure.errors.map((message) => diagnosticOf(message, resolve(root))) };
  }
}

/** TypeScript text as JavaScript, its imports left alone. @returns undefined when it is not TypeScript either */
export async function stripTypes(text: string): Promise<string | undefined> {
  try {
    return (await transform(text, { loader: 'ts', format: 'esm', target: 'esnext', charset: 'utf8', logLevel: 'silent' })).code;
  } catch (error) {
    failureOf(error);
    return undefined;
  }
}

type Built = BuildResult<ReturnType<typeof esbuildOptions>>;
type Failed = { readonly errors: readonly Message[] } | { readonly isTooLarge: true };
interface Bundles {
  readonly value: ReadonlyMap<string, BundledHandler>;
  readonly diagnostics: Diagnostic[];
}

/**
 * The builds that one request takes, as a generator, so that the synchronous and the asynchronous door share them. One build when all is well.
 * After a failure the files at fault become externals: the next build then passes, shows the errors that only linking finds, and its import
 * graph tells which entries led to a broken file. Those are left out; nothing is reported twice.
 */
function* bundling(files: readonly string[], root: string): Generator<ReturnType<typeof esbuildOptions>, Bundles, Built | Failed> {
  const value = new Map<string, BundledHandler>();
  const diagnostics: Diagnostic[] = [];
  const broken = new Set<string>();
  const entries = [...new Set(files.map((file) => resolve(file)))].filter((file) => {
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return true;
    diagnostics.push({ ...ruleParts(), message: 'the resolver file does not exist', location: { file, line: 1, column: 1 }, notes: [], fix: 'create the file, or correct its path' });
    return false;
  });
  const reported = new Set<string>();
  const queue = entries.length > 0 ? [entries] : [];

  for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
    const remaining = batch.filter((file) => !broken.has(file));
    if (remaining.length === 0) continue;
    const outcome = yield esbuildOptions(remaining, broken, root);
    if ('isTooLarge' in outcome) {
      invariant(remaining.length > 1, 'one resolver bundle is larger than esbuild can hand over');
      queue.unshift(remaining.slice(0, remaining.length / 2), remaining.slice(remaining.length / 2));
    } else if ('outputFiles' in outcome) {
      for (const [index, file] of remaining.entries()) {
        const inputs = inputsOf(file, outcome.metafile, root, broken);
        if (inputs) value.set(file, bundleOf(file, index, inputs, outcome, root));
      }
    } else {
      const brokenBefore = broken.size;
      for (const message of outcome.errors) {
        const diagnostic = diagnosticOf(message, root);
        const key = JSON.stringify([diagnostic.message, diagnostic.location]);
        if (!reported.has(key)) diagnostics.push(diagnostic);
        reported.add(key);
        if (diagnostic.location) broken.add(diagnostic.location.file);
      }
      // An error outside the modules (a tsconfig.json, say) cannot be set aside: it fails every entry.
      if (broken.size > brokenBefore) queue.unshift(remaining);
    }
  }
  return { value, diagnostics };
}

/**
 * `esnext`, because lowering `?.` and `??` makes assignments; ES modules before CommonJS ones, because the CommonJS wrapper uses `try`;
 * platform `node`, so that an import of a Node module stays an import and the subset check can name it; external maps, because an inline
 * map counts against the code size limit. Outputs are numbered, so that equal base names do not collide.
 */
function esbuildOptions(entries: readonly string[], broken: ReadonlySet<string>, root: string) {
  return {
    absWorkingDir: root,
    entryPoints: entries.map((file, index) => ({ in: file, out: String(index) })),
    outdir: outputFolder,
    write: false,
    metafile: true,
    bundle: true,
    treeShaking: true,
    format: 'esm',
    target: 'esnext',
    platform: 'node',
    mainFields: ['module', 'main'],
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*', ...broken],
    sourcemap: 'external',
    sourcesContent: true,
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
    logLimit: 0,
  } as const satisfies BuildOptions;
}

/** A name only: nothing is written. */
const outputFolder = '.appsync-bundles';

/** By shape and not by class: esbuild's worker thread hands over errors of another realm than a test runner's. */
function failureOf(error: unknown): Failed {
  const { errors, code } = error as { readonly errors?: unknown; readonly code?: unknown };
  if (Array.isArray(errors)) return { errors: errors as Message[] };
  // Without worker threads the synchronous API reads its child's output through a buffer of fixed size.
  if (code === 'ENOBUFS') return { isTooLarge: true };
  throw error;
}

/** Every file the entry leads to, sorted; undefined when one of them is broken. */
function inputsOf(entry: string, metafile: Metafile, root: string, broken: ReadonlySet<string>): string[] | undefined {
  const files = new Set<string>();
  const pending = [relative(root, entry).split('\\').join('/')];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const input = metafile.inputs[path];
    const file = resolve(root, path);
    if (!input || files.has(file)) continue;
    files.add(file);
    for (const imported of input.imports) {
      if (!imported.external) pending.push(imported.path);
      // esbuild writes the path of an external file relative to the output.
      else if (broken.has(resolve(root, outputFolder, imported.path))) return undefined;
    }
  }
  return [...files].sort();
}

function isFilePath(path: string): boolean {
  return isAbsolute(path) || path.startsWith('.');
}

function bundleOf(file: string, index: number, inputs: string[], { outputFiles }: Built, root: string): BundledHandler {
  const path = join(root, outputFolder, `${index}.js`);
  const code = outputFiles.find((output) => output.path === path);
  const map = outputFiles.find((output) => output.path === `${path}.map`);
  invariant(code && map, `esbuild gave no output for "${file}"`);
  const sourceMap = JSON.parse(map.text) as { sources: string[] };
  // In a map they are URLs: a bracket in a file's name is percent-encoded.
  sourceMap.sources = sourceMap.sources.map((source) => resolve(dirname(path), decodeURIComponent(source)));
  return { file, code: code.text, sourceMap: JSON.stringify(sourceMap), inputs };
}

function diagnosticOf(message: Message, root: string): Diagnostic {
  const location = message.location ? locationOf(message.location, root) : undefined;
  const notes = message.notes.flatMap((note) => (note.location ? [{ message: lowerFirst(note.text), location: locationOf(note.location, root) }] : []));
  const fix = fixFor(message);
  return { ...ruleParts(), message: lowerFirst(message.text), ...(location ? { location } : {}), notes, ...(fix ? { fix } : {}) };
}

function ruleParts() {
  return { code: bundles.code, severity: bundles.severity, ...(bundles.url ? { url: bundles.url } : {}) };
}

function fixFor({ text, location }: Message): string | undefined {
  if (location?.suggestion) return `write ${location.suggestion}`;
  if (text.startsWith('No matching export')) return 'export it there, or correct its name';
  const unresolved = /^Could not resolve "([^"]+)"/.exec(text)?.[1];
  if (unresolved === undefined) return undefined;
  return isFilePath(unresolved) ? 'correct the path of the import' : `install "${unresolved}", or correct its name`;
}

/** esbuild counts columns and lengths in bytes, from 0. */
function locationOf({ file, line, column, length, lineText }: Location, root: string): SourceLocation {
  const bytes = Buffer.from(lineText);
  const before = bytes.subarray(0, column).toString().length;
  const marked = bytes.subarray(column, column + length).toString().length;
  return { file: resolve(root, file), line, column: before + 1, length: Math.max(1, marked), lineText };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
