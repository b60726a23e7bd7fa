/** The files of a source folder. Hides what lies there and is not the user's. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file in a folder and the folders below it, in name order; installed packages and hidden folders left out. A folder that does not exist has none. */
export function* filesBelow(folder: string): Generator<string> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) yield* filesBelow(path);
  }
}
