import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DiagnosticError } from '../../../lib/diagnostics';
import { explainOpenFailure } from '../../../lib/local/data-sources/key-value-database';
import { openTableStore } from '../../../lib/local/data-sources/table-store';
import { withFolder } from './tables-fixture';

async function refusal(path: string): Promise<unknown> {
  const error = await openTableStore({ path }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DiagnosticError);
  return (error as DiagnosticError).diagnostics;
}

describe('a data folder that cannot be opened', () => {
  it('is named when another process holds it', () =>
    withFolder(async (path) => {
      const holder = await openTableStore({ path });

      expect(await refusal(path)).toEqual([
        {
          code: 'RUN_STATE_FOLDER',
          severity: 'error',
          message: `the data folder "${path}" is in use by another process`,
          notes: [],
          fix: 'stop the other process, or choose another folder',
        },
      ]);
      await holder.close();
      await (await openTableStore({ path })).close();
    }));

  it.each(['', 'below'])('is named when it is a file (%j in it)', (below) =>
    withFolder(async (folder) => {
      const file = join(folder, 'file');
      await writeFile(file, '');
      const path = join(file, below);

      expect(await refusal(path)).toMatchObject([{ code: 'RUN_STATE_FOLDER', message: `the data folder "${path}" is not a folder` }]);
    }),
  );

  it.each([
    [{ code: 'EACCES', message: 'EACCES: permission denied, mkdir' }, 'is not writable'],
    [{ code: 'LEVEL_IO_ERROR', message: 'IO error: /data/LOCK: Permission denied' }, 'is not writable'],
    [{ code: 'LEVEL_CORRUPTION', message: 'Corruption: bad magic number' }, 'cannot be opened: Corruption: bad magic number'],
  ])('is explained from %j', (cause, problem) => {
    expect(explainOpenFailure('/data', Object.assign(new Error('Database failed to open'), { cause })).message).toBe(`the data folder "/data" ${problem}`);
  });
});
