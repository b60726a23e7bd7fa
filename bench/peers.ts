/** The programs in `bench/peers`, which live in a package of their own so that nothing of them is a dependency of the project. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './report';

export const peersFolder = join(projectRoot, 'bench', 'peers');

export function peerProgram(name: string): string {
  return join(peersFolder, `${name}.cjs`);
}

/** Installs the peers on first use. */
export function installPeers(): void {
  const { dependencies } = JSON.parse(readFileSync(join(peersFolder, 'package.json'), 'utf8')) as { readonly dependencies: Readonly<Record<string, string>> };
  if (Object.keys(dependencies).every((name) => existsSync(join(peersFolder, 'node_modules', name, 'package.json')))) return;
  console.log('Installing what is compared with into bench/peers/node_modules (about 330 MB, once) …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['install', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: peersFolder, stdio: 'inherit' });
}
