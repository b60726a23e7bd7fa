/** Tells of changed files below a folder. Watches folder by folder, because a recursive watch would first walk all of node_modules. */
import { createHash } from 'node:crypto';
import { type FSWatcher, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Folders whose files are no input of an app. */
const ignored = /^(node_modules|cdk\.out|dist|build|coverage|docs?|tests?|__tests__|\..*)$/;

export interface FileWatch {
  close(): void;
}

/**
 * @param settleMs changes that follow each other faster than this are told together; editors write a file in several steps
 * @param changed absolute paths of files whose content differs from when it was last seen; a deleted file counts as changed
 */
export function watchFiles(folder: string, settleMs: number, changed: (paths: readonly string[]) => void): FileWatch {
  const watchers = new Map<string, FSWatcher>();
  const hashes = new Map<string, string>();
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const settle = () => {
    const paths = [...pending].filter((path) => differs(path, hashes));
    pending.clear();
    if (paths.length > 0) changed(paths);
  };
  const enter = (directory: string) => {
    if (watchers.has(directory)) return;
    const entries = entriesOf(directory);
    if (!entries) return;
    const watcher = watch(directory, (_event, name) => {
      if (name === null || ignored.test(name)) return;
      const path = join(directory, name);
      enter(path);
      pending.add(path);
      clearTimeout(timer);
      timer = setTimeout(settle, settleMs);
    });
    // A folder that is deleted ends its watch with an error; it is entered again if it comes back.
    watcher.on('error', () => {
      watcher.close();
      watchers.delete(directory);
    });
    watchers.set(directory, watcher);
    for (const entry of entries) if (entry.isDirectory() && !ignored.test(entry.name)) enter(join(directory, entry.name));
  };
  enter(folder);

  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return undefined; // a file, or gone again
  }
}

function differs(path: string, hashes: Map<string, string>): boolean {
  let hash = 'absent';
  try {
    hash = createHash('sha1').update(readFileSync(path)).digest('hex');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return false;
  }
  const before = hashes.get(path);
  hashes.set(path, hash);
  return before !== hash;
}
