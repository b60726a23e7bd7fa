/** A PostgreSQL server for the tests of one file: Debian's `postgresql`, or another that is installed, on a free port and in a folder that goes with it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = [...versionsIn('/usr/lib/postgresql'), '/opt/homebrew/bin', '/usr/local/bin', '/usr/bin'];

/** Folder of the server's programs; undefined when there is none, and tests that need it are skipped. `POSTGRES_BIN` names one that is elsewhere. */
export const postgresBin = [process.env.POSTGRES_BIN ?? '', ...folders].find((folder) => folder !== '' && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));

/** Its one user, and the password it asks for; each character of which has a meaning in an address. */
export const user = 'alice';
export const password = 's3cr:et@/?#%';

export interface TestPostgres {
  /** With the password. @param database the one it was made with, if none is given */
  url(database?: string): string;
  readonly port: number;
  readonly folder: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** @throws Error when none is installed, or it does not start */
export async function startPostgres(): Promise<TestPostgres> {
  if (postgresBin === undefined) throw new Error('no PostgreSQL is installed: apt-get install postgresql, or name the folder of its programs with POSTGRES_BIN');
  const server = new RunningPostgres(postgresBin, mkdtempSync(join(tmpdir(), 'pg-')), await freePort());
  await server.start();
  return server;
}

/** PostgreSQL refuses to run as root; Debian's package makes this user. */
const account = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};

class RunningPostgres implements TestPostgres {
  private child: ChildProcess | undefined;

  constructor(
    private readonly bin: string,
    readonly folder: string,
    readonly port: number,
  ) {
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, password);
    chmodSync(folder, 0o755);
    if (account.uid !== undefined) for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
    execFileSync(join(bin, 'initdb'), ['--pgdata', this.data, '--username', user, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'], { stdio: 'pipe', cwd: folder, ...account });
  }

  url(database = 'postgres'): string {
    return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${this.port}/${database}`;
  }

  async start(): Promise<void> {
    // Set up as results must not be read: what is asked for is UTC and ISO.
    const settings = { fsync: 'off', listen_addresses: '127.0.0.1', port: String(this.port), unix_socket_directories: this.folder, TimeZone: 'Asia/Kolkata', DateStyle: 'German', IntervalStyle: 'iso_8601', bytea_output: 'escape', max_connections: '20' };
    const child = spawn(join(this.bin, 'postgres'), ['-D', this.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])], { stdio: ['ignore', 'ignore', 'pipe'], cwd: this.folder, ...account });
    this.child = child;
    process.once('exit', () => child.kill('SIGQUIT'));
    let output = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('ready to accept connections')) resolve();
      });
      child.on('exit', () => reject(new Error(`PostgreSQL did not start: ${output}`)));
    });
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    // Fast: ends connections, asks nobody.
    child.kill('SIGINT');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return join(this.folder, 'data');
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { readonly port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres']));
}

/** The newest first. */
function versionsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(folder, version, 'bin'));
}
