// Runs a command of this checkout, installing its dependencies first when they are missing or older than the lock file.
// Plain JavaScript without dependencies, because in a fresh clone there are none.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [command, ...args] = process.argv.slice(2);

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`Node.js 20 or later is needed, this is ${process.versions.node}: install it from https://nodejs.org and try again`);
  process.exit(2);
}

// npm writes this file at the end of every install.
const installed = join(root, 'node_modules', '.package-lock.json');
const isStale = () => !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
if (isStale()) {
  console.error('Installing dependencies (once) …');
  const started = Date.now();
  const { status } = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { npm_config_progress: 'true' });
  if (status !== 0) {
    console.error('npm ci failed: see its message above, then run the same command again');
    process.exit(2);
  }
  console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

const { status, signal } = run(command, args);
process.exit(signal ? 130 : (status ?? 1));

function run(name, parameters, environment = {}) {
  // Ctrl-C reaches the child as well; this process waits for it to finish.
  process.on('SIGINT', () => {});
  return spawnSync(name, parameters, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, ...environment } });
}
