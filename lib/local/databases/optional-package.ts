/** Packages that a project installs only when it wants what they are for. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * An optional peer belongs to the project that wants it, which may be another than the one this package lies in.
 * @returns absolute path of the module; undefined when neither has it
 */
export function installedModule(name: string): string | undefined {
  for (const from of [__filename, join(process.cwd(), 'package.json')])
    try {
      return createRequire(from).resolve(name);
    } catch {
      // Not there.
    }
  return undefined;
}
