/** The tests that the README shows, run as they stand on the app that it shows. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { exampleFiles } from './readme';

jest.mock('cdk-enterprise-appsync', () => jest.requireActual('../lib'), { virtual: true });
jest.mock('cdk-enterprise-appsync/local', () => jest.requireActual('../lib/local'), { virtual: true });

const root = process.cwd();
const project = mkdtempSync(join(tmpdir(), 'notes-'));
for (const [path, text] of Object.entries(exampleFiles())) {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}
symlinkSync(resolve(__dirname, '..', 'node_modules'), join(project, 'node_modules'));
// Its paths are relative to where it is run.
process.chdir(project);
afterAll(() => {
  process.chdir(root);
  rmSync(project, { recursive: true, force: true });
});

createRequire(__filename)(join(project, 'notes.test.ts'));
