/** Which import of a resolver brought a module in. Works on the texts inside a source map, so it needs neither the disk nor the bundler. */
import { posix } from 'node:path';
import { locationAt, type SourceFile, type SourceLocation } from '../diagnostics';

/**
 * The import in one of `entries` that leads, directly or through other files, to `target`.
 * Undefined when no chain of relative or package imports does; a path alias, for one, cannot be followed.
 */
export function importLeadingTo(target: string, entries: readonly string[], files: readonly SourceFile[]): { specifier: string; location: SourceLocation } | undefined {
  const seen = new Set(entries);
  let reached = entries.flatMap((entry) => importsOf(entry, files).map((first) => ({ file: first.file, first })));
  while (reached.length > 0) {
    const hit = reached.find(({ file }) => file === target);
    if (hit) return { specifier: hit.first.specifier, location: hit.first.location };
    const fresh = reached.filter(({ file }) => !seen.has(file) && seen.add(file));
    reached = fresh.flatMap(({ file, first }) => importsOf(file, files).map((next) => ({ file: next.file, first })));
  }
  return undefined;
}

interface FoundImport {
  readonly specifier: string;
  readonly location: SourceLocation;
  /** Absolute path of a file it may lead to. */
  readonly file: string;
}

const importStatement = /\b(?:from|import|require\s*\(|import\s*\()\s*(['"])([^'"\n]+)\1/g;

function importsOf(path: string, files: readonly SourceFile[]): FoundImport[] {
  const source = files.find((file) => file.path === path);
  if (!source) return [];
  return [...source.text.matchAll(importStatement)].flatMap((match) => {
    const specifier = match[2]!;
    const start = match.index + match[0].lastIndexOf(match[1]! + specifier);
    const location = locationAt(source, start, specifier.length + 2);
    return files.filter((file) => file !== source && mayBe(specifier, path, file.path)).map((file) => ({ specifier, location, file: file.path }));
  });
}

/** Whether an import written in `from` can mean the file: extensions and `index` are optional, and a package is known by its folder. */
function mayBe(specifier: string, from: string, file: string): boolean {
  const candidate = slashed(file);
  if (!specifier.startsWith('.')) return candidate.includes(`/node_modules/${packageOf(specifier)}/`);
  const meant = posix.join(posix.dirname(slashed(from)), specifier);
  return withoutExtension(candidate) === withoutExtension(meant) || withoutExtension(candidate) === meant || withoutExtension(candidate) === posix.join(meant, 'index');
}

/** `lodash-es` for `lodash-es/get.js`, `@scope/name` for `@scope/name/part`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function withoutExtension(path: string): string {
  return path.replace(/\.[mc]?[jt]sx?$/, '');
}

function slashed(path: string): string {
  return path.replace(/\\/g, '/');
}
