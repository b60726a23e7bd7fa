/** APIs of shapes that many teams deploy: nothing in them is refused by AppSync, so nothing in them may be reported as if it were. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkAssembly } from '../../lib/checks';
import { formatDiagnostics } from '../../lib/diagnostics';
import { readApis } from '../../lib/model';

const folder = join(__dirname, 'templates');
const june2026 = Date.UTC(2026, 5, 1);

/** Honest warnings: the shape is common, AppSync takes it, and it still surprises. */
const warnings: Readonly<Record<string, readonly string[]>> = {
  // The API that merges is left out; its source is checked.
  'merged-source.yaml': ['MAN_MERGED_API'],
};

test.each(readdirSync(folder).filter((name) => !name.startsWith('.')))('%s checks clean', (name) => {
  const assembly = readApis(join(folder, name));
  const found = checkAssembly(assembly, { nowMs: june2026 });

  expect(assembly.apis.length).toBeGreaterThan(0);
  expect(found.filter(({ severity }) => severity === 'error').map((finding) => formatDiagnostics([finding], { cwd: folder }))).toEqual([]);
  expect(found.map(({ code }) => code)).toEqual(warnings[name] ?? []);
});
