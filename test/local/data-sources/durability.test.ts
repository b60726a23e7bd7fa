import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openTableStore } from '../../../lib/local/data-sources/table-store';
import { tables } from './durability-writer';
import { pages, withFolder } from './tables-fixture';

const acknowledgedBeforeKill = 150;

/** Runs the writer on a folder, kills it amid its work, and gives the number of the last write it had an answer for. */
async function writeUntilKilled(folder: string): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'durability-writer.ts'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let acknowledged = -1;
  for await (const line of createInterface(child.stdout)) {
    acknowledged = Number(line);
    if (acknowledged === acknowledgedBeforeKill) child.kill('SIGKILL');
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return acknowledged;
}

it('loses no answered write, and leaves no half transaction nor an index out of step, when the process is killed', () =>
  withFolder(async (folder) => {
    const acknowledged = await writeUntilKilled(folder);

    const store = await openTableStore({ path: folder });
    await store.ensureTables(tables);
    const [left, right] = await Promise.all(['Left', 'Right'].map(async (TableName) => (await pages(store, 'Scan', { TableName })).flat()));
    const byIndex = await Promise.all(
      ['Left', 'Right'].map(async (TableName) => (await pages(store, 'Scan', { TableName, IndexName: 'byParity' })).flat()),
    );
    await store.close();

    const twin = (items: typeof left) => Number(items!.find((item) => item.id!.S === 'twin')!.n!.N);
    const sorted = (items: typeof left) => items!.map((item) => JSON.stringify(item)).sort();
    expect(acknowledged).toBeGreaterThanOrEqual(acknowledgedBeforeKill);
    expect(twin(left)).toBe(twin(right));
    expect(twin(left)).toBeGreaterThanOrEqual(acknowledged);
    const singles = new Set(left!.map((item) => item.id!.S));
    expect(Array.from({ length: acknowledged + 1 }, (_, n) => `single${n}`).filter((id) => !singles.has(id))).toEqual([]);
    expect(sorted(byIndex[0])).toEqual(sorted(left));
    expect(sorted(byIndex[1])).toEqual(sorted(right));
  }));
