/** A folder that one process at a time writes to. */
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from '../../lib/diagnostics';
import { UsageError } from './command';

const claimFile = 'process-id';

export type Claim = { release(): Promise<void> } | { readonly heldBy: number };

/**
 * Takes a folder for this process, making it if need be. A process that died without letting go holds nothing.
 * @throws UsageError when the folder cannot be written
 */
export async function claimFolder(folder: string): Promise<Claim> {
  const file = join(folder, claimFile);
  const draft = `${file}-${process.pid}`;
  try {
    await mkdir(folder, { recursive: true });
    const holder = await holderOf(file);
    if (holder !== undefined && isRunning(holder)) return { heldBy: holder };
    await rm(file, { force: true });
    // Appears with its content or not at all, for the first of two who get here together.
    await writeFile(draft, String(process.pid));
    const isFirst = await link(draft, file).then(() => true, () => false);
    await rm(draft, { force: true });
    if (!isFirst) return { heldBy: (await holderOf(file)) ?? 0 };
  } catch (error) {
    throw new UsageError(`cannot write to ${folder}: ${reasonOf(error)}`);
  }
  return { release: () => rm(file, { force: true }) };
}

async function holderOf(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's
  }
}
