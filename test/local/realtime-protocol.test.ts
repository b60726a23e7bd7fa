/** docs/realtime-protocol.md is kept line by line with the code: what it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');

/** The last two cells of each row that has code: `file#name` and `file: title`. */
const rows = read('docs/realtime-protocol.md')
  .split('\n')
  .map((line) => /\| ([\w/-]+)#(\w+) \| ([\w-]+): (.+) \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([line, file = '', name = '', test = '', title = '']) => ({ line, file, name, test, title }));

test('every statement of the tables names code and a test', () => {
  const tables = read('docs/realtime-protocol.md').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| operator') && !/^\| `(eq|le|contains|between)`/.test(line) && !line.includes('| basis |'));

  expect(tables.filter((line) => !rows.some((row) => line.endsWith(row.line)))).toEqual([]);
});

test('the code that is named exists', () => {
  expect(rows.filter(({ file, name }) => !new RegExp(`\\b${name}\\b`).test(read(`lib/local/${file}.ts`))).map(({ file, name }) => `${file}#${name}`)).toEqual([]);
});

test('the tests that are named exist', () => {
  expect(rows.filter(({ test: file, title }) => !read(`test/local/${file}.test.ts`).includes(`'${title}'`)).map(({ test: file, title }) => `${file}: ${title}`)).toEqual([]);
});
