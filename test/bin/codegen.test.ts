import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, edit, root, runCli, temporaryFolder } from './cli-process';

afterEach(cleanUp);

test('--check tells a file that is missing or out of date from one that is not, and writes nothing', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'schema.graphql'), 'type Query { a: Int }');
  const args = ['codegen', '--schema', 'schema.graphql', '--out', 'types.ts'];

  expect(await runCli([...args, '--check'], { cwd: folder })).toEqual({ code: 1, stdout: 'types.ts is missing: run appsync-local codegen without --check\n', stderr: '' });
  expect(await runCli(args, { cwd: folder })).toEqual({ code: 0, stdout: 'types.ts written\n', stderr: '' });
  const written = readFileSync(join(folder, 'types.ts'), 'utf8');
  writeFileSync(join(folder, 'types.ts'), written.replaceAll('\n', '\r\n'));
  expect(await runCli([...args, '--check'], { cwd: folder })).toEqual({ code: 0, stdout: 'types.ts is up to date\n', stderr: '' });
  edit(join(folder, 'schema.graphql'), 'a: Int', 'a: String');
  expect(await runCli([...args, '--check'], { cwd: folder })).toEqual({ code: 1, stdout: 'types.ts is out of date: run appsync-local codegen without --check\n', stderr: '' });
  expect(readFileSync(join(folder, 'types.ts'), 'utf8')).toBe(written.replaceAll('\n', '\r\n'));
});

test.each(['ecommerce', 'chat', 'iot'])('the types of the sample %s are up to date, and "npm run codegen" writes them', async (name) => {
  const args = `codegen --schema schema/${name}.graphql --out resolvers/${name}/schema-types.ts`;

  expect(await runCli([...args.split(' '), '--check'], { cwd: root })).toMatchObject({ code: 0 });
  expect(readFileSync(join(root, 'package.json'), 'utf8')).toContain(args);
});
