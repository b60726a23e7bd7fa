// Runs a command of this checkout, installing its dependencies first when they are missing or older than the lock file.
// Plain JavaScript without dependencies, because in a fresh clone there are none.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const parentCheckMs = 300;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [command, ...args] = process.argv.slice(2);

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) stop(`Node.js 20 or later is needed, this is ${process.versions.node}: install it from https://nodejs.org and try again`);
if (command === undefined) stop('usage: node bin/fresh-clone.mjs COMMAND [ARGUMENT…]');

if (isStale()) {
  // npm would empty the folder behind the link, which belongs to another checkout.
  if (isLink(join(root, 'node_modules'))) stop('node_modules is a link and older than package-lock.json: install where it leads to, or remove the link, and run the same command again');
  console.error('Installing dependencies (once) …');
  const started = Date.now();
  const status = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { npm_config_progress: 'true' });
  if (status !== 0) stop('npm ci failed: see its message above, then run the same command again', status === 130 || status === 143 ? status : 2);
  console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s`);
}
process.exit(await run(command, args));

/** npm writes the file at the end of every install. */
function isStale() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** Runs a command to its end with this process's input and output. Resolves with its exit code, or what a shell makes of the signal that ended it. */
function run(name, parameters, environment = {}) {
  const child = spawn(name, parameters, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, ...environment } });
  // This process waits for the child's own end. A terminal sends Ctrl-C to both; `kill` does not.
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  // npm does not pass `kill` on, it dies: without it nobody is left who would end the server.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined) setInterval(() => process.ppid !== parent && pass('SIGTERM'), parentCheckMs).unref();
  return new Promise((settle) => {
    child.on('error', (error) => stop(`cannot run ${name}: ${error.code === 'ENOENT' ? 'it is not on the PATH' : error.message}${name === 'npm' ? '; npm comes with Node.js, from https://nodejs.org' : ''}`));
    child.on('close', (status, signal) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      settle(status ?? 128 + constants.signals[signal]);
    });
  });
}

function stop(message, status = 2) {
  console.error(message);
  process.exit(status);
}
