/**
 * Run as a process of its own by durability.test.ts: `durability-writer.ts FOLDER TURNS`. Does some rounds of writes and prints the number
 * of each once it was answered; begins one more, and kills itself some turns of the event loop later, while the database is writing.
 * A round gives the twins of both tables one number in one transaction, which moves them in their indexes, and puts an item of its own.
 */
import { setImmediate } from 'node:timers/promises';
import { openTableStore, type TableStore } from '../../../lib/local/data-sources/table-store';
import { index, table } from './tables-fixture';

export const rounds = 30;
export const twins = Array.from({ length: 10 }, (_, i) => `twin${i}`);
export const tables = ['Left', 'Right'].map((name) => table(name, { globalIndexes: [index('byParity', 'parity')] }));

async function writeAndDie(path: string, turns: number): Promise<void> {
  const store = await openTableStore({ path });
  await store.ensureTables(tables);
  for (let n = 0; n < rounds; n++) {
    await write(store, n);
    process.stdout.write(`${n}\n`);
  }
  void write(store, rounds);
  for (let turn = 0; turn < turns; turn++) await setImmediate();
  process.kill(process.pid, 'SIGKILL');
}

async function write(store: TableStore, n: number): Promise<void> {
  const item = (id: string) => ({ id: { S: id }, n: { N: String(n) }, parity: { S: n % 2 ? 'odd' : 'even' } });
  await Promise.all([
    store.call('TransactWriteItems', { TransactItems: twins.flatMap((twin) => tables.map(({ tableName }) => ({ Put: { TableName: tableName, Item: item(twin) } }))) }),
    store.call('PutItem', { TableName: 'Left', Item: item(`single${n}`) }),
  ]);
}

if (require.main === module) void writeAndDie(process.argv[2]!, Number(process.argv[3]));
