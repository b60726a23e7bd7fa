/**
 * A function's code as a folder that Node can run: assets where they lie, archives unpacked, inline code and single files in a folder of their own.
 * Lambda brings the AWS SDK along, this machine does not: what a function does not bundle comes from the packages of the project, because
 * folders made here have a link to them beside them.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import type { LambdaFunctionModel, LayerModel } from '../../model';
import { unzip } from './zip-archive';

type Code = NonNullable<LambdaFunctionModel['code']>;

export class CodeFolders {
  private stage: string | undefined;

  /** @param packagesFrom folder whose `node_modules` serve what functions do not bundle */
  constructor(private readonly packagesFrom: string) {}

  /** @returns absolute path. @throws Error for an archive that cannot be unpacked */
  folderOf(code: Code, handler: string): string {
    if (code.kind === 'INLINE') return this.made((folder) => writeFileSync(join(folder, `${fileOf(handler)}.js`), code.source.text));
    if (statSync(code.path).isDirectory()) return hasPackages(code.path) ? code.path : this.made((folder) => cpSync(code.path, folder, { recursive: true }));
    const extension = extname(code.path);
    // An asset that is a single module is named after its hash.
    if (/^\.[cm]?js$/.test(extension)) return this.made((folder) => cpSync(code.path, join(folder, `${fileOf(handler)}${extension}`)));
    return this.made((folder) => unzip(code.path, folder));
  }

  /**
   * Where `require` looks for packages of layers, the last layer first, since it covers the others. ES modules look nowhere but beside themselves, on
   * Lambda too.
   * @param runtime `nodejs22.x`
   * @throws Error for an archive that cannot be unpacked
   * Source: https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
   */
  layerPackages(layers: readonly LayerModel[], runtime: string): string[] {
    const [, node = ''] = /^nodejs(\d+)/.exec(runtime) ?? [];
    const folders = layers.flatMap(({ path }) => (path === undefined ? [] : [statSync(path).isDirectory() ? path : this.made((folder) => unzip(path, folder))]));
    return folders.reverse().flatMap((folder) => [join(folder, 'nodejs', `node${node}`, 'node_modules'), join(folder, 'nodejs', 'node_modules')]);
  }

  /** Removes what was made here. */
  remove(): void {
    if (this.stage !== undefined) rmSync(this.stage, { recursive: true, force: true });
    this.stage = undefined;
  }

  private made(fill: (folder: string) => void): string {
    if (this.stage === undefined) {
      this.stage = mkdtempSync(join(tmpdir(), 'appsync-functions-'));
      const packages = nearestPackages(this.packagesFrom);
      if (packages !== undefined) symlinkSync(packages, join(this.stage, 'node_modules'), 'junction');
    }
    const folder = mkdtempSync(join(this.stage, 'code-'));
    fill(folder);
    return folder;
  }
}

/** Changes when code at the same place does. Packages do not count: there are too many of them to look at. */
export function codeVersion(code: Code | undefined): string {
  if (code === undefined) return '';
  return code.kind === 'INLINE' ? code.source.text : stamp(code.path);
}

function stamp(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return '';
  if (!stats.isDirectory()) return `${stats.size}@${stats.mtimeMs}`;
  const names = readdirSync(path).filter((name) => name !== 'node_modules').sort();
  return names.map((name) => `${name}:${stamp(join(path, name))}`).join('|');
}

function fileOf(handler: string): string {
  return basename(handler).replace(/\..*$/, '') || 'index';
}

function hasPackages(folder: string): boolean {
  return nearestPackages(folder) !== undefined;
}

/** The `node_modules` that Node looks into first. */
function nearestPackages(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const packages = join(at, 'node_modules');
    if (existsSync(packages)) return packages;
    if (at === dirname(at)) return undefined;
  }
}
