/** The first screen of the README, typed in by somebody who has just cloned the repository. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { snippets } from './readme';

const root = resolve(__dirname, '..');
const clone = mkdtempSync(join(tmpdir(), 'appsync-clone-'));
const children: ChildProcess[] = [];

/** The commands of the shop block, one per entry, without comments. */
const commands = (snippets('bash').find((block) => block.includes('shop()')) ?? '')
  .replace(/^\s*#.*$/gm, '')
  .replace(/\s+#\s.*$/gm, '')
  .split(/\n(?=shop --|shop ')/)
  .map((command) => command.trim())
  .filter(Boolean);
const [definition = '', ...requests] = commands;

beforeAll(async () => {
  for (const entry of ['bin', 'lib', 'schema', 'resolvers', 'package.json', 'package-lock.json', 'tsconfig.json', 'cdk.json']) {
    cpSync(join(root, entry), join(clone, entry), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  // An install in the clone would empty the folder that the link leads to.
  utimesSync(join(clone, 'package-lock.json'), 0, 0);

  const [start = ''] = (snippets('bash').find((block) => block.startsWith('npm start')) ?? '').split('#');
  const server = spawn('bash', ['-c', `exec ${start.trim()} -- --port 0 --ready-file ready.json`], { cwd: clone, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  children.push(server);
  await printed(server, /Ctrl-C ends/);
}, 300_000);

afterAll(() => {
  for (const { pid } of children) if (pid !== undefined) endGroup(pid);
  rmSync(clone, { recursive: true, force: true });
});

test('every command of the first screen does what is written beside it', async () => {
  const ids = { USER_ID: '', ORDER_ID: '' };
  const fill = (command: string) => command.replace(/USER_ID|ORDER_ID/g, (name) => ids[name as keyof typeof ids]).replace(/&$/, '');
  const [catalogue, buy, watchOrders, watchStock, ship, restock, pry] = requests;
  expect(requests).toHaveLength(7);

  expect((await answer(catalogue)).data).toMatchObject({ listProducts: { items: [{ id: expect.any(String) }, {}, {}] } });

  const bought = (await answer(buy)).data.createOrder as { id: string; userId: string; status: string };
  expect(bought.status).toBe('PENDING');
  Object.assign(ids, { USER_ID: bought.userId, ORDER_ID: bought.id });

  const orders = listen(fill(watchOrders ?? ''));
  const stock = listen(fill(watchStock ?? ''));
  await Promise.all([orders, stock].map(({ child }) => printed(child, /subscribed/)));

  expect((await answer(fill(ship ?? ''))).data).toMatchObject({ updateOrderStatus: { status: 'SHIPPED' } });
  expect((await answer(fill(restock ?? ''))).data).toEqual({ updateInventory: { id: 'p-espresso-grinder', inventory: 25 } });
  expect(await orders.next()).toEqual({ data: { onOrderStatusChange: { id: bought.id, status: 'SHIPPED' } } });
  expect(await stock.next()).toEqual({ data: { onInventoryUpdate: { id: 'p-espresso-grinder', inventory: 25 } } });

  const { data, errors } = await answer(fill(pry ?? ''));
  expect(data).toEqual({ getOrder: null });
  expect(errors?.[0]).toMatchObject({ errorType: 'Unauthorized' });
}, 300_000);

test('the sample app is the one of the README: its template passes CDK’s own validation and ours', async () => {
  await promisify(execFile)('npx', ['cdk', 'synth', '--no-notices', '--quiet'], { cwd: clone, env: { ...process.env, CDK_VALIDATION: 'true' } });

  expect(existsSync(join(clone, 'cdk.out', 'Ecommerce.template.json'))).toBe(true);
}, 300_000);

interface Answer {
  readonly data: Record<string, unknown>;
  readonly errors?: readonly { readonly errorType?: string }[];
}

/** What a command prints. A request whose answer has errors exits with 1, which is fine here. */
async function answer(command = ''): Promise<Answer> {
  const { stdout } = await promisify(execFile)('bash', ['-c', `${definition}\n${command}`], { cwd: clone }).catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as Answer;
}

function listen(command: string) {
  const child = spawn('bash', ['-c', `${definition}\n${command}`], { cwd: clone, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  children.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    child,
    async next(): Promise<unknown> {
      while (!text.includes('\n')) await new Promise((settle) => child.stdout.once('data', settle));
      return JSON.parse(text.slice(0, text.indexOf('\n')));
    },
  };
}

/** Resolves once a process has printed something, on either stream. */
function printed(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((settle, fail) => {
    let text = '';
    const look = (chunk: Buffer) => {
      text += chunk.toString();
      if (pattern.test(text)) settle();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', (code) => fail(new Error(`ended with ${code} before printing ${String(pattern)}:\n${text}`)));
  });
}

/** Ends a command together with what it started; npx and npm put processes in between. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}
