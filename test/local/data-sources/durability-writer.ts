/**
 * Run as a process of its own by durability.test.ts: writes to the folder in argv until killed, and prints a line for each write that
 * was answered. Item `n` and its twin are written by one transaction; every write moves the items between index partitions.
 */
import { openTableStore } from '../../../lib/local/data-sources/table-store';
import { index, table } from './tables-fixture';

export const tables = [table('Left', { globalIndexes: [index('byParity', 'parity')] }), table('Right', { globalIndexes: [index('byParity', 'parity')] })];

async function writeForEver(path: string): Promise<never> {
  const store = await openTableStore({ path });
  await store.ensureTables(tables);
  for (let n = 0; ; n++) {
    const item = (id: string) => ({ id: { S: id }, n: { N: String(n) }, parity: { S: n % 2 ? 'odd' : 'even' } });
    await Promise.all([
      store.call('TransactWriteItems', { TransactItems: ['Left', 'Right'].map((TableName) => ({ Put: { TableName, Item: item('twin') } })) }),
      store.call('PutItem', { TableName: 'Left', Item: item(`single${n}`) }),
    ]);
    process.stdout.write(`${n}\n`);
  }
}

if (require.main === module) void writeForEver(process.argv[2]!);
