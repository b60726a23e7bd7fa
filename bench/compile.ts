/**
 * Compiles `lib` and the programs of one benchmark into a folder, one output per source, as the published package is laid out: what is
 * measured is then the library, and not the transpiler that runs it from its sources.
 */
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { projectRoot } from './report';

/**
 * @param folder empty; gets `lib`, `bench` and a link to the installed packages
 * @param benchmark folder below `bench`
 * @returns where the compiled programs of the benchmark are
 */
export function compile(folder: string, benchmark: string): string {
  const programs = join('bench', benchmark);
  const sources = ['lib', programs].flatMap((root) => readdirSync(join(projectRoot, root), { recursive: true, encoding: 'utf8' }).map((path) => join(root, path)));
  buildSync({
    absWorkingDir: projectRoot,
    entryPoints: sources.filter((path) => path.endsWith('.ts')),
    outdir: folder,
    outbase: projectRoot,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    logLevel: 'warning',
  });
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return join(folder, programs);
}
