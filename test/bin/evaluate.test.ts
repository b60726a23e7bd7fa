import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, fixtures, runCli, temporaryFolder } from './cli-process';

afterEach(cleanUp);

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const context = JSON.stringify({ arguments: { id: 'n1' }, result: { words: 'hello' } });

test('code gives the answer of EvaluateCode as JSON, and exit code 0', async () => {
  const code = 'export function request(ctx) {\n  console.log(ctx.args);\n  return { id: ctx.args.id };\n}\nexport function response(ctx) {\n  return ctx.result.words;\n}\n';
  const folder = folderWith({ 'code.js': code, 'context.json': context });

  const request = await runCli(['evaluate', '--code', 'code.js', '--function', 'request', '--context', 'context.json'], { cwd: folder });
  expect(request).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(request.stdout)).toEqual({ evaluationResult: '{"id":"n1"}', logs: ['INFO - code.js:2:3: {"id":"n1"}'], stash: '{}', outErrors: '[]' });

  const response = await runCli(['evaluate', '--code', 'code.js', '--function', 'response', '--context', 'context.json'], { cwd: folder });
  expect(JSON.parse(response.stdout)).toMatchObject({ evaluationResult: '"hello"' });
});

test('TypeScript is bundled with what it imports', async () => {
  const folder = folderWith({ 'context.json': JSON.stringify({ arguments: { id: 'n1', name: 'Ada' } }) });
  const code = join(fixtures, 'notes-app', 'resolvers', 'Query.greet.ts');

  const { code: exit, stdout, stderr } = await runCli(['evaluate', '--code', code, '--function', 'request', '--context', 'context.json'], { cwd: folder });

  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  expect(Object.keys(JSON.parse(stdout) as object)).toEqual(['evaluationResult', 'logs', 'stash', 'outErrors']);
});

test('a mapping template gives the text it prints', async () => {
  const folder = folderWith({ 'template.vtl': '{ "key": $util.toJson($ctx.args.id) }', 'context.json': context });

  const { code, stdout } = await runCli(['evaluate', '--template', 'template.vtl', '--context', 'context.json'], { cwd: folder });

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ evaluationResult: '{ "key": "n1" }' });
});

test('an error of the code is part of the answer, and gives exit code 1', async () => {
  const folder = folderWith({ 'code.js': 'export function request(ctx) {\n  util.error("no note", "NotFound");\n}\nexport function response() {}\n', 'broken.js': 'export function request( {', 'context.json': '{}' });
  const args = ['--function', 'request', '--context', 'context.json'];

  const raised = await runCli(['evaluate', '--code', 'code.js', ...args], { cwd: folder });
  expect(raised).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(raised.stdout)).toEqual({ error: { message: 'no note' }, logs: [], stash: '{}', outErrors: '[]' });

  const broken = await runCli(['evaluate', '--code', 'broken.js', ...args], { cwd: folder });
  expect(broken).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(broken.stdout)).toMatchObject({ error: { message: 'The code contains one or more errors.', codeErrors: [{ errorType: 'PARSER_ERROR', location: { line: 1 } }] } });
});

test('what cannot run is told in one line, with exit code 2', async () => {
  const folder = folderWith({ 'code.js': 'export function request() {}\nexport function response() {}\n', 'bad.ts': 'import { x } from "./gone";\nexport const request = () => x;\n', 'context.json': '{}', 'text.json': 'hello' });
  const run = (...args: string[]) => runCli(['evaluate', ...args], { cwd: folder });
  const refused = (stderr: string) => ({ code: 2, stdout: '', stderr });

  expect(await run('--code', 'code.js', '--function', 'request')).toEqual(
    refused('appsync-local: --context and one of --code and --template are needed; usage: appsync-local evaluate (--code FILE --function request|response | --template FILE) --context FILE\n'),
  );
  expect(await run('--code', 'code.js', '--template', 'code.js', '--context', 'context.json')).toEqual(refused('appsync-local: give --code or --template, not both: one run evaluates one of them\n'));
  expect(await run('--code', 'code.js', '--context', 'context.json', '--function', 'before')).toEqual(refused('appsync-local: --function is request or response, not "before"\n'));
  expect(await run('--code', 'gone.js', '--context', 'context.json', '--function', 'request')).toEqual(refused('appsync-local: --code gone.js cannot be read: there is no such file or folder\n'));
  const notJson = await run('--code', 'code.js', '--context', 'text.json', '--function', 'request');
  expect(notJson).toMatchObject({ code: 2, stdout: '' });
  expect(notJson.stderr).toMatch(/^text\.json:1:1 - error RUN_EVALUATE: the context is not JSON: .*\n\n 1 \| hello\n   \| \^\n/);
  const unresolved = await run('--code', 'bad.ts', '--context', 'context.json', '--function', 'request');
  expect(unresolved).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('bad.ts:1:19 - error RES_BUNDLE: could not resolve "./gone"') as string });
});
