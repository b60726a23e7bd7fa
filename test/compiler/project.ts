/** A folder of resolver sources on disk, for what only real files can show. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Project {
  readonly root: string;
  path(file: string): string;
  remove(): void;
}

/** @param files path → text, relative to the folder */
export function makeProject(files: Readonly<Record<string, string>>): Project {
  const root = mkdtempSync(join(tmpdir(), 'resolvers-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return { root, path: (file) => join(root, file), remove: () => rmSync(root, { recursive: true, force: true }) };
}
