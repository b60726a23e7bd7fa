/** `dev --stub`: a module of the user's that answers in place of a data source. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, cleanUp, fixtures, runCli, startDev, temporaryFolder } from './cli-process';

const notes = join(fixtures, 'notes.yaml');
afterEach(cleanUp);

function stubFile(text: string): string {
  const file = join(temporaryFolder(), 'stub.mjs');
  writeFileSync(file, text);
  return file;
}

test('answers for its data source, and the others stay as they are', async () => {
  const file = stubFile("export default async ({ payload }, { resolver }) => (payload.includes('nobody') ? Promise.reject(new Error('who?')) : `${payload.toUpperCase()} from ${resolver}`);");
  const dev = await startDev(['--template', notes, '--stub', `Local=${file}`, '--state', temporaryFolder()]);

  expect(await ask(dev, '{ greet(name: "you") }')).toEqual({ data: { greet: 'HELLO YOU from Query.greet' } });
  expect(await ask(dev, '{ getNote(id: "1") { id } }')).toEqual({ data: { getNote: null } });
  // This resolver looks at no error; the log tells of it.
  expect(await ask(dev, '{ greet(name: "nobody") }')).toEqual({ data: { greet: null } });
  await dev.printed('who?');
});

test.each([
  ['Local', '--stub is SOURCE=FILE, such as Assistant=stubs/assistant.mjs, not "Local"'],
  ['Local=gone.mjs', 'cannot use the stub of Local: there is no file gone.mjs'],
])('refuses --stub %s', async (option, message) => {
  expect(await runCli(['dev', '--template', notes, '--stub', option])).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});

test('refuses a module without a function, one that does not load, and a data source that no API has', async () => {
  const withStub = (text: string, source = 'Local') => runCli(['dev', '--template', notes, '--port', '0', '--state', temporaryFolder(), '--stub', `${source}=${stubFile(text)}`]);

  expect(await withStub('export const answer = 1;')).toMatchObject({ code: 2, stderr: expect.stringContaining('has no function as its default export: export default async (request) => result') });
  expect(await withStub('export default (')).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot load the stub of Local from') });
  expect(await withStub('export default () => 1;', 'Locale')).toMatchObject({ code: 2, stderr: expect.stringContaining('--stub names data source "Locale", which no API has: did you mean "Local"?') });
});
