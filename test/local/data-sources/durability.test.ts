import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openTableStore } from '../../../lib/local/data-sources/table-store';
import { rounds, tables, twins } from './durability-writer';
import { pages, withFolder } from './tables-fixture';

/** @returns the numbers of the rounds that the killed process had an answer for */
async function writeUntilKilled(folder: string, turns: number): Promise<number[]> {
  const arguments_ = ['--import', 'tsx', join(__dirname, 'durability-writer.ts'), folder, String(turns)];
  const child = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(signal).toBe('SIGKILL');
  return output.trim().split('\n').map(Number);
}

it.each([1, 4])('loses no answered write, and leaves no half transaction nor an index out of step, when killed %i turns into a write', (turns) =>
  withFolder(async (folder) => {
    const answered = await writeUntilKilled(folder, turns);

    const store = await openTableStore({ path: folder });
    await store.ensureTables(tables);
    const scan = async (more: object) => Promise.all(tables.map(async ({ tableName }) => (await pages(store, 'Scan', { TableName: tableName, ...more })).flat()));
    const items = await scan({});
    const entries = await scan({ IndexName: 'byParity' });
    await store.close();

    const numbers = new Set(items.flat().filter((item) => twins.includes(item.id!.S!)).map((item) => Number(item.n!.N)));
    const written = items.flat().map((item) => item.id!.S);
    const sorted = (list: (typeof items)[number]) => list.map((item) => JSON.stringify(item)).sort();
    expect(answered).toEqual(Array.from({ length: rounds }, (_, n) => n));
    expect(written).toEqual(expect.arrayContaining(answered.map((n) => `single${n}`)));
    expect(numbers.size).toBe(1);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(rounds - 1);
    expect(entries.map(sorted)).toEqual(items.map(sorted));
  }),
);
