/**
 * Where an author's project has a text that the CDK copied into its assembly: a schema, a handler, a mapping template. The assembly does not say
 * from which file a text came, so the file is told by holding it. Hides the search for it, made once and only when there is something to report.
 */
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { locationAt, type SourceFile, type SourceLocation } from '../diagnostics';
import { readText } from './template-file';

/** A project with more files than this is not searched to its end. */
const mostFiles = 20_000;

export class AuthorFiles {
  /** By project folder: its files by size in bytes. */
  private readonly projects = new Map<string, ReadonlyMap<number, readonly string[]>>();

  /**
   * @param place in the copy, whose text is `text`
   * @param stackFile where the CDK app makes the resource that the copy is for
   * @returns undefined when no file of the project around the app holds the text, or several do
   */
  origin(place: SourceLocation, text: string, stackFile: string): SourceLocation | undefined {
    const found = this.holderOf(text, stackFile);
    return found && locationAt(found.file, found.start + offsetOf(place, text), place.length);
  }

  /** The app itself, when the text is written out in it as it is; else the one file that is the text. */
  private holderOf(text: string, stackFile: string): { readonly file: SourceFile; readonly start: number } | undefined {
    // Nothing, or a line break, is the text of any file that happens to be empty.
    if (text.trim() === '') return undefined;
    const stack = { path: stackFile, text: readText(stackFile) };
    const start = stack.text.indexOf(text);
    if (start >= 0) return stack.text.includes(text, start + 1) ? undefined : { file: stack, start };
    const sameSize = this.filesOf(projectAround(stackFile)).get(Buffer.byteLength(text)) ?? [];
    const [path, ...others] = sameSize.filter((candidate) => unlessRefused(() => readFileSync(candidate, 'utf8')) === text);
    return path === undefined || others.length > 0 ? undefined : { file: { path, text }, start: 0 };
  }

  private filesOf(project: string): ReadonlyMap<number, readonly string[]> {
    const known = this.projects.get(project) ?? bySize(project);
    this.projects.set(project, known);
    return known;
  }
}

/** The nearest folder that has its own dependencies or CDK app, else that of the file. */
function projectAround(file: string): string {
  const own = dirname(file);
  for (let folder = own; folder !== dirname(folder); folder = dirname(folder)) if (['cdk.json', 'package.json'].some((name) => existsSync(join(folder, name)))) return folder;
  return own;
}

/** Installed packages, hidden folders and assemblies left out. */
function bySize(project: string): ReadonlyMap<number, readonly string[]> {
  const sizes = new Map<number, string[]>();
  const folders = [project];
  let count = 0;
  for (const folder of folders) {
    const entries: readonly Dirent[] = unlessRefused(() => readdirSync(folder, { withFileTypes: true })) ?? [];
    if (entries.some(({ name }) => name === 'manifest.json') && entries.some(({ name }) => name === 'cdk.out')) continue;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) folders.push(path);
      if (!entry.isFile()) continue;
      if (++count > mostFiles) return sizes;
      const size = statSync(path, { throwIfNoEntry: false })?.size;
      if (size !== undefined) sizes.set(size, [...(sizes.get(size) ?? []), path]);
    }
  }
  return sizes;
}

/** A project may hold what only others may read, such as the data of a database. */
function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function offsetOf({ line, column }: SourceLocation, text: string): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((length, row) => length + row.length + 1, column - 1);
}
