/** Tells of changed files below folders. Watches folder by folder, because a recursive watch would first walk all of node_modules. */
import { createHash } from 'node:crypto';
import { type FSWatcher, readdirSync, readFileSync, watch } from 'node:fs';
import { join, sep } from 'node:path';

/** Folders whose files are no input of an app. */
const ignored = /^(node_modules|cdk\.out|dist|build|coverage|docs?|tests?|__tests__|\..*)$/;

export interface WatchOptions {
  /** Watched with everything below it, but for folders that hold no input of an app. */
  readonly tree?: string;
  /** Nothing in these folders is told. */
  readonly skip: readonly string[];
  /** Changes that follow each other faster than this are told together. */
  readonly settleMs: number;
  /** @param paths absolute; files whose content differs from when it was last seen, or that are gone */
  readonly changed: (paths: readonly string[]) => void;
  /** Told once, when the system watches no more folders. */
  readonly failed: (reason: string) => void;
}

export interface FileWatch {
  /** Watches the files of one more folder; nothing when they are watched already. */
  add(folder: string): void;
  close(): void;
}

export function watchFiles({ tree, skip, settleMs, changed, failed }: WatchOptions): FileWatch {
  const watchers = new Map<string, FSWatcher>();
  const hashes = new Map<string, string>();
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let hasFailed = false;

  const settle = () => {
    const paths = [...pending].filter((path) => differs(path, hashes));
    pending.clear();
    if (paths.length > 0) changed(paths);
  };
  const isSkipped = (path: string) => skip.some((folder) => path === folder || path.startsWith(folder + sep));
  const add = (directory: string, found: (path: string) => void) => {
    if (watchers.has(directory) || hasFailed) return;
    try {
      const watcher = watch(directory, (_event, name) => {
        if (name === null || ignored.test(name)) return;
        const path = join(directory, name);
        if (isSkipped(path)) return;
        found(path);
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
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return; // gone again
      hasFailed = true;
      failed(code === 'ENOSPC' || code === 'EMFILE' ? 'the system watches no more files (see fs.inotify.max_user_watches and ulimit -n)' : message);
    }
  };
  const enter = (directory: string) => {
    const entries = isSkipped(directory) ? undefined : entriesOf(directory);
    if (!entries) return;
    add(directory, enter);
    for (const entry of entries) if (entry.isDirectory() && !ignored.test(entry.name)) enter(join(directory, entry.name));
  };
  if (tree !== undefined) enter(tree);

  return {
    add: (folder) => (isSkipped(folder) ? undefined : add(folder, () => undefined)),
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
