/** TypeScript to one-file APPSYNC_JS. The only importer of esbuild. */
import type { Diagnostic } from '../diagnostics';

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

/**
 * Bundles all files in one esbuild call. A file that does not compile is left out of `value` and reported with its position;
 * the others are still bundled. Two calls on the same input give the same bytes.
 */
export function bundleHandlers(_files: readonly string[], _options: BundleOptions): { value: ReadonlyMap<string, BundledHandler>; diagnostics: Diagnostic[] } {
  throw new Error('pending');
}

/** Bundles one file again, for the watch loop: asynchronous, on esbuild's running service, milliseconds after the first call. */
export async function rebundleHandler(_file: string, _options: BundleOptions): Promise<{ value: BundledHandler | undefined; diagnostics: Diagnostic[] }> {
  throw new Error('pending');
}
