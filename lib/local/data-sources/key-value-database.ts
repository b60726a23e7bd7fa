/**
 * Ordered keys to JSON values, in memory or in a folder: atomic batches, snapshots, ranges. Hides the level databases and turns their
 * failures to open into diagnostics. A folder survives `kill -9`: every answered batch is in LevelDB's log, whole or not at all.
 */
import { type Diagnostic, DiagnosticError } from '../../diagnostics';
import { createLevel, type KeyRange, type LevelSnapshot } from './dynalite-engine';

/** Writes to apply together; undefined deletes the key. */
export type Batch = ReadonlyMap<string, unknown>;

export type Entry = readonly [key: string, value: unknown];

export type Snapshot = LevelSnapshot;

export interface KeyValueDatabase {
  get(key: string, snapshot?: Snapshot): unknown;
  /** All of it or nothing, also when the process dies. */
  write(batch: Batch): Promise<void>;
  /** Entries in key order, some at a time, read from a snapshot (of now, unless one is given). */
  entries(range: KeyRange, snapshot?: Snapshot): AsyncGenerator<readonly Entry[], void, undefined>;
  clear(prefix: string): Promise<void>;
  snapshot(): Snapshot;
  close(): Promise<void>;
}

/** Entries read from the database at a time. */
const chunkSize = 100;

/** @throws DiagnosticError `RUN_STATE_FOLDER` */
export async function openKeyValueDatabase(path: string | undefined): Promise<KeyValueDatabase> {
  const level = createLevel(path);
  try {
    await level.open();
  } catch (error) {
    throw path === undefined ? error : new DiagnosticError([explainOpenFailure(path, error)]);
  }

  return {
    get: (key, snapshot) => level.getSync(key, snapshot ? { snapshot } : undefined),

    async write(batch) {
      if (batch.size === 0) return;
      await level.batch(Array.from(batch, ([key, value]) => (value === undefined ? { type: 'del', key } : { type: 'put', key, value })));
    },

    async *entries(range, snapshot) {
      const iterator = level.iterator({ ...range, ...(snapshot && { snapshot }) });
      try {
        for (;;) {
          const chunk = await iterator.nextv(chunkSize);
          if (chunk.length === 0) return;
          yield chunk;
        }
      } finally {
        await iterator.close();
      }
    },

    clear: (prefix) => level.clear(rangeOf(prefix)),
    snapshot: () => level.snapshot(),
    close: () => level.close(),
  };
}

/** The range of all keys that start with a prefix, which must end in `!`. */
export function rangeOf(prefix: string): { gte: string; lt: string } {
  return { gte: prefix, lt: `${prefix.slice(0, -1)}"` };
}

/** The diagnostic for a folder that could not be opened. */
export function explainOpenFailure(path: string, error: unknown): Diagnostic {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause ?? (error as { code?: string; message?: string });
  const { problem, fix } = explain(cause.code, cause.message ?? String(error));
  return { code: 'RUN_STATE_FOLDER', severity: 'error', message: `the data folder "${path}" ${problem}`, notes: [], fix };
}

function explain(code: string | undefined, message: string): { problem: string; fix: string } {
  if (code === 'LEVEL_LOCKED') return { problem: 'is in use by another process', fix: 'stop the other process, or choose another folder' };
  if (code === 'EEXIST' || code === 'ENOTDIR') return { problem: 'is not a folder', fix: 'choose a folder, or remove the file of that name' };
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || /permission denied|read-only file system/i.test(message))
    return { problem: 'is not writable', fix: 'give yourself write permission, or choose another folder' };
  return { problem: `cannot be opened: ${message}`, fix: 'choose another folder, or delete this one to start with empty tables' };
}
