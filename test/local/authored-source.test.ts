import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { bundleHandlers } from '../../lib/compiler';
import { loadCode, newEvaluator, sampleContext } from './builtins/run-handler';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'authored-'))));
afterAll(() => rmSync(folder, { recursive: true }));

it('names the line of the TypeScript after that of the bundle, in errors and logs', () => {
  const source = `import { sizeOf } from './size';\ninterface Context {\n  args: { name: string };\n}\nexport function request(ctx: Context) {\n  console.log('asked');\n  return sizeOf(ctx.args.name);\n}\nexport function response() {}\n`;
  writeFileSync(join(folder, 'size.ts'), 'type Text = string;\n\nexport function sizeOf(text: Text) {\n  return text.length.units.all;\n}\n');
  const file = join(folder, 'Query.size.ts');
  writeFileSync(file, source);
  const bundle = bundleHandlers([file], { root: folder }).value.get(file);
  const evaluator = newEvaluator();

  const code = evaluator.load({ kind: 'APPSYNC_JS', code: { path: 'asset.js', text: bundle?.code ?? '' }, sourceMap: bundle?.sourceMap ?? '' });
  const { outcome, logs } = evaluator.begin({ ...sampleContext, args: { name: 'a' } }).run(code, 'request', {});

  expect(logs.map((line) => code.authored?.explain(line))).toEqual([expect.stringMatching(/^INFO - code\.js:\d+:3: "asked" \(.*\)$/)]);
  expect(code.authored?.explain(logs[0] ?? '')).toContain(` (${relative(process.cwd(), file)}:6:3)`);
  const message = outcome.kind === 'error' ? outcome.error.message : '';
  expect(message).toMatch(/^code\.js:\d+:\d+: TypeError: Cannot read properties of undefined \(reading 'all'\)$/);
  expect(code.authored?.explain(message)).toBe(`${message} (${relative(process.cwd(), join(folder, 'size.ts'))}:4:28)`);
});

it('leaves a line alone that names no place, and one whose map does not help', () => {
  const evaluator = newEvaluator();
  const code = evaluator.load({ kind: 'APPSYNC_JS', code: { path: 'asset.js', text: 'export const request = () => 1;\n' }, sourceMap: 'no map' });

  expect(code.authored?.explain('code.js: TypeError: x')).toBe('code.js: TypeError: x');
  expect(code.authored?.explain('code.js:1:24: x')).toBe('code.js:1:24: x');
  expect(code.authored?.explain('code.js:900:1: x')).toBe('code.js:900:1: x');
  expect(loadCode(evaluator, 'export const request = () => 1;').authored).toBeUndefined();
});
