/** `bin/fresh-clone.mjs`, in a folder that looks like a clone, with an npm that only says what it was asked. */
import { chmodSync, copyFileSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, root, start, type StartOptions, temporaryFolder } from './cli-process';

afterEach(cleanUp);

/** @param npm its script; without one there is no npm on the PATH */
function clone({ npm = '', installed = true }: { npm?: string; installed?: boolean } = {}): { folder: string; options: StartOptions } {
  const folder = temporaryFolder();
  for (const name of ['bin', 'path', 'node_modules']) mkdirSync(join(folder, name));
  copyFileSync(join(root, 'bin', 'fresh-clone.mjs'), join(folder, 'bin', 'fresh-clone.mjs'));
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  symlinkSync(process.execPath, join(folder, 'path', 'node'));
  if (npm !== '') {
    writeFileSync(join(folder, 'path', 'npm'), `#!/bin/sh\n${npm}\n`);
    chmodSync(join(folder, 'path', 'npm'), 0o755);
  }
  if (installed) writeFileSync(join(folder, 'node_modules', '.package-lock.json'), '{}');
  return { folder, options: { env: { PATH: join(folder, 'path') } } };
}

const run = ({ folder, options }: ReturnType<typeof clone>, ...args: string[]) => start(process.execPath, [join(folder, 'bin', 'fresh-clone.mjs'), ...args], options);
const show = ['node', '-e', 'console.log(JSON.stringify(process.argv.slice(1)), process.cwd()); process.exit(3)'];
const wait = ['node', '-e', "process.on('SIGINT', () => { console.log('interrupted'); process.exit(0); }); console.log('waiting'); setInterval(() => {}, 1000)"];

test('passes arguments on as they are, runs in the root, and ends with the exit code of the command', async () => {
  const fresh = clone();

  const { code, stdout, stderr } = await run(fresh, ...show, 'a b', '$HOME', '*', '').finished();

  expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: `["a b","$HOME","*",""] ${fresh.folder}\n`, stderr: '' });
});

test('installs first when nothing is installed, and when the lock file is newer', async () => {
  const npm = 'echo "npm $*"; echo {} > node_modules/.package-lock.json';
  const fresh = clone({ npm, installed: false });

  const first = await run(fresh, ...show).finished();
  const second = await run(fresh, ...show).finished();
  const future = new Date(Date.now() + 60_000);
  utimesSync(join(fresh.folder, 'package-lock.json'), future, future);
  const third = await run(fresh, ...show).finished();

  const installing = 'npm ci --no-audit --no-fund --loglevel=error\n';
  const ran = `[] ${fresh.folder}\n`;
  expect([first, second, third].map(({ stdout }) => stdout)).toEqual([installing + ran, ran, installing + ran]);
  expect(first.stderr).toMatch(/^Installing dependencies \(once\) …\nInstalled in \d+ s\n$/);
});

test('never installs through a link, which would empty the folder of another checkout', async () => {
  const fresh = clone({ npm: 'echo "npm $*"', installed: false });
  const other = temporaryFolder();
  rmSync(join(fresh.folder, 'node_modules'), { recursive: true });
  symlinkSync(other, join(fresh.folder, 'node_modules'), 'dir');

  const stale = await run(fresh, ...show).finished();
  const future = new Date(Date.now() + 60_000);
  writeFileSync(join(other, '.package-lock.json'), '{}');
  utimesSync(join(other, '.package-lock.json'), future, future);
  const current = await run(fresh, ...show).finished();

  expect(stale).toEqual({
    code: 2,
    stdout: '',
    stderr: 'node_modules is a link and older than package-lock.json: install where it leads to, or remove the link, and run the same command again\n',
  });
  expect(current).toEqual({ code: 3, stdout: `[] ${fresh.folder}\n`, stderr: '' });
});

test('stops when the installation fails', async () => {
  expect(await run(clone({ npm: 'echo "no network" >&2; exit 1', installed: false }), ...show).finished()).toEqual({
    code: 2,
    stdout: '',
    stderr: 'Installing dependencies (once) …\nno network\nnpm ci failed: see its message above, then run the same command again\n',
  });
});

test('says what is missing without npm, without a command, and with an old Node.js', async () => {
  const [npm, command, none] = await Promise.all([run(clone({ installed: false }), ...show).finished(), run(clone(), 'no-such-command').finished(), run(clone()).finished()]);
  const { folder, options } = clone();
  const old = await start(
    process.execPath,
    ['--import', "data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'18.20.0'}})", join(folder, 'bin', 'fresh-clone.mjs'), ...show],
    options,
  ).finished();

  expect(npm).toEqual({ code: 2, stdout: '', stderr: 'Installing dependencies (once) …\ncannot run npm: it is not on the PATH; npm comes with Node.js, from https://nodejs.org\n' });
  expect(command).toEqual({ code: 2, stdout: '', stderr: 'cannot run no-such-command: it is not on the PATH\n' });
  expect(none).toEqual({ code: 2, stdout: '', stderr: 'usage: node bin/fresh-clone.mjs COMMAND [ARGUMENT…]\n' });
  expect(old).toEqual({ code: 2, stdout: '', stderr: 'Node.js 20 or later is needed, this is 18.20.0: install it from https://nodejs.org and try again\n' });
});

test('waits for the command on Ctrl-C, which a terminal sends to both', async () => {
  const { folder, options } = clone();
  const started = start(process.execPath, [join(folder, 'bin', 'fresh-clone.mjs'), ...wait], { ...options, group: true });
  await started.printed('waiting');

  process.kill(-started.child.pid!, 'SIGINT');

  expect(await started.finished()).toEqual({ code: 0, stdout: 'waiting\ninterrupted\n', stderr: '' });
});

test.each(['SIGINT', 'SIGTERM'] as const)('passes %s on when it alone is told', async (signal) => {
  const started = run(clone(), ...wait);
  await started.printed('waiting');

  const { code, stdout } = await started.stop(signal);

  expect([code, stdout]).toEqual(signal === 'SIGINT' ? [0, 'waiting\ninterrupted\n'] : [143, 'waiting\n']);
});

test('ends the command when npm, which started it, is killed', async () => {
  const { folder, options } = clone();
  const script = JSON.stringify([join(folder, 'bin', 'fresh-clone.mjs'), ...wait]);
  const npm = start(process.execPath, ['-e', `require('child_process').spawn(process.execPath, ${script}, { stdio: 'inherit' })`], { env: { ...options.env, npm_lifecycle_event: 'start' } });
  await npm.printed('waiting');

  // Its output is open as long as anybody below it lives.
  expect(await npm.stop('SIGKILL')).toEqual({ code: null, stdout: 'waiting\n', stderr: '' });
});
